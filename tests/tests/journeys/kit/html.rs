//! Just enough reading of HTML for our own well-formed pages: forms with their values, and the text a person reads.

/// A form as it stands in a page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form {
    pub(crate) id: String,
    pub(crate) action: String,
    pub(crate) method: String,
    pub(crate) multipart: bool,
    /// Values that would be sent if nobody touched it.
    pub(crate) fields: Vec<(String, String)>,
    /// Names of everything that can be filled in.
    pub(crate) names: Vec<String>,
    /// Named buttons: name and value.
    pub(crate) buttons: Vec<(String, String)>,
}

/// A tag or the text between two tags.
enum Token<'a> {
    Open { name: &'a str, attributes: Vec<(String, String)> },
    Close { name: &'a str },
    Text(&'a str),
}

/// Every form of a page.
pub(crate) fn forms(html: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut inside = false;
    let mut select: Option<(String, Option<String>)> = None;
    let mut area: Option<String> = None;
    for token in tokens(html) {
        match token {
            Token::Open { name: "form", attributes } => {
                inside = true;
                forms.push(Form {
                    id: get(&attributes, "id"),
                    action: get(&attributes, "action"),
                    method: get(&attributes, "method"),
                    multipart: get(&attributes, "enctype").starts_with("multipart"),
                    ..Form::default()
                });
            }
            Token::Close { name: "form" } => inside = false,
            Token::Open { name, attributes } if inside => {
                let Some(form) = forms.last_mut() else { continue };
                control(form, name, &attributes, &mut select, &mut area);
            }
            Token::Text(text) => {
                if let (Some(form), Some(name)) = (forms.last_mut(), area.take()) {
                    let text = unescape(text);
                    form.fields.push((name, text.strip_prefix('\n').unwrap_or(&text).to_owned()));
                }
            }
            Token::Close { name: "select" } => {
                if let (Some(form), Some((name, Some(value)))) = (forms.last_mut(), select.take()) {
                    form.fields.push((name, value));
                }
            }
            Token::Close { .. } | Token::Open { .. } => {}
        }
    }
    forms
}

fn control(form: &mut Form, tag: &str, attributes: &[(String, String)], select: &mut Option<(String, Option<String>)>, area: &mut Option<String>) {
    let (name, value) = (get(attributes, "name"), get(attributes, "value"));
    match tag {
        "input" if !name.is_empty() => {
            form.names.push(name.clone());
            let kind = get(attributes, "type");
            let checkable = kind == "radio" || kind == "checkbox";
            if kind != "file" && (!checkable || has(attributes, "checked")) {
                form.fields.push((name, value));
            }
        }
        "textarea" => {
            form.names.push(name.clone());
            *area = Some(name);
        }
        "select" => {
            form.names.push(name.clone());
            *select = Some((name, None));
        }
        "option" => {
            if let Some((_, chosen)) = select
                && (chosen.is_none() || has(attributes, "selected"))
            {
                *chosen = Some(value);
            }
        }
        "button" if !name.is_empty() => form.buttons.push((name, value)),
        _ => {}
    }
}

/// The text that a person reads, white space folded.
pub(crate) fn text(html: &str) -> String {
    let mut out = String::new();
    let mut hidden = false;
    for token in tokens(html) {
        match token {
            Token::Open { name, .. } => {
                hidden = matches!(name, "script" | "style");
                if !matches!(name, "span" | "a" | "b" | "strong" | "time" | "em") {
                    out.push(' ');
                }
            }
            Token::Close { name } => {
                hidden = false;
                if !matches!(name, "span" | "a" | "b" | "strong" | "time" | "em") {
                    out.push(' ');
                }
            }
            Token::Text(text) if !hidden => out.push_str(&unescape(text)),
            Token::Text(_) => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every link of a page: its words without white space, and where it leads.
pub(crate) fn links(html: &str) -> Vec<(String, String)> {
    let mut links: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for token in tokens(html) {
        match token {
            Token::Open { name: "a", attributes } => {
                inside = true;
                links.push((String::new(), get(&attributes, "href")));
            }
            Token::Close { name: "a" } => inside = false,
            Token::Text(text) if inside => {
                if let Some((words, _)) = links.last_mut() {
                    words.extend(unescape(text).split_whitespace());
                }
            }
            Token::Open { .. } | Token::Close { .. } | Token::Text(_) => {}
        }
    }
    links
}

fn get(attributes: &[(String, String)], name: &str) -> String {
    attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

fn has(attributes: &[(String, String)], name: &str) -> bool {
    attributes.iter().any(|(key, _)| key == name)
}

fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(tag) = rest.strip_prefix('<') {
            let end = end_of_tag(tag);
            let (inside, after) = (&tag[..end], tag.get(end + 1..).unwrap_or_default());
            rest = after;
            match inside.strip_prefix('/') {
                Some(name) => out.push(Token::Close { name: name.trim() }),
                None => out.push(open(inside)),
            }
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            out.push(Token::Text(&rest[..end]));
            rest = &rest[end..];
        }
    }
    out
}

/// Where the tag ends: the first `>` outside of quotes.
fn end_of_tag(tag: &str) -> usize {
    let mut quoted = false;
    for (at, c) in tag.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    tag.len()
}

fn open(inside: &str) -> Token<'_> {
    let inside = inside.trim_end_matches('/');
    let end = inside.find(char::is_whitespace).unwrap_or(inside.len());
    let (name, mut rest) = inside.split_at(end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Token::Open { name, attributes };
        }
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        match after.strip_prefix("=\"") {
            Some(value) => {
                let end = value.find('"').unwrap_or(value.len());
                attributes.push((key.to_owned(), unescape(&value[..end])));
                rest = value.get(end + 1..).unwrap_or_default();
            }
            None => {
                attributes.push((key.to_owned(), String::new()));
                rest = after.strip_prefix('=').unwrap_or(after);
            }
        }
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'").replace("&amp;", "&")
}
