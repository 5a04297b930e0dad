//! A small reader of Rust sources: it follows `q(…)` and the `.bind/.sql/.arg/.list/.rows` calls after it.

/// A SQL text in a source file.
pub(crate) struct Text {
    /// `file:line`
    pub(crate) place: String,
    /// The text, as far as it can be read.
    pub(crate) sql: String,
    /// Whether it is known to the end: the chain runs it.
    pub(crate) whole: bool,
}

/// Every text of a source file.
pub(crate) fn texts(file: &str, source: &str) -> Vec<Text> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < source.len() {
        let rest = &source[at..];
        if let Some(length) = skipped(rest) {
            at += length;
        } else if starts_call(source, at) {
            let open = at + rest.find('(').expect("a call has a parenthesis") + 1;
            if let Some((sql, whole)) = chain(source, open) {
                let line = source[..at].matches('\n').count() + 1;
                found.push(Text { place: format!("{file}:{line}"), sql, whole });
            }
            at = open;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// `q(` as a word of its own.
fn starts_call(source: &str, at: usize) -> bool {
    let before = source[..at].chars().next_back();
    source[at..].starts_with("q(") && !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// The text of a call and the calls chained to it, from just after `q(`.
fn chain(source: &str, open: usize) -> Option<(String, bool)> {
    let (first, mut at) = argument(source, open)?;
    let mut sql = value(source, first)?;
    let mut values = 0;
    loop {
        at += blank(&source[at..]);
        let Some(call) = source[at..].strip_prefix('.') else { return Some((sql, false)) };
        let name: String = call.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let mut after = at + 1 + name.len();
        if matches!(name.as_str(), "all" | "opt" | "one" | "exec") {
            return Some((sql, true));
        }
        if !source[after..].starts_with('(') {
            return Some((sql, false));
        }
        after += 1;
        let (inside, end) = argument(source, after)?;
        match name.as_str() {
            "bind" => values += 1,
            "arg" | "list" => {
                values += 1;
                sql.push_str(&format!("${values}"));
            }
            "rows" => {
                let columns = sql.split_once('(')?.1.split_once(')')?.0.matches(',').count() + 1;
                let row: Vec<String> = (1..=columns).map(|column| format!("${}", values + column)).collect();
                values += columns;
                sql.push_str(&format!("({})", row.join(", ")));
            }
            "sql" if inside.contains("skip_locked") => {}
            "sql" => match value(source, inside) {
                Some(piece) => sql.push_str(&piece),
                None => return Some((sql, false)),
            },
            _ => return Some((sql, false)),
        }
        at = end;
    }
}

/// What stands between the parentheses, and where it goes on after them.
fn argument(source: &str, open: usize) -> Option<(&str, usize)> {
    let (mut at, mut depth) = (open, 1);
    while at < source.len() {
        let rest = &source[at..];
        if let Some((_, length)) = literal(rest) {
            at += length;
            continue;
        }
        if let Some(length) = skipped(rest) {
            at += length;
            continue;
        }
        let c = rest.chars().next()?;
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&source[open..at], at + 1));
        }
        at += c.len_utf8();
    }
    None
}

/// The text that an argument stands for: a literal, `concat!` of literals, or a constant of the same file.
fn value(source: &str, argument: &str) -> Option<String> {
    let argument = argument.trim().trim_end_matches(',').trim_end();
    if let Some((text, length)) = literal(argument) {
        return (length == argument.len()).then_some(text);
    }
    if let Some(inside) = argument.strip_prefix("concat!(") {
        let (inside, _) = self::argument(inside, 0)?;
        return pieces(source, inside);
    }
    let name = argument.strip_prefix("Self::").unwrap_or(argument);
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_') {
        return None;
    }
    let declared = source.find(&format!("const {name}: &str ="))?;
    let start = declared + source[declared..].find('=')? + 1;
    let start = start + blank(&source[start..]);
    let end = start + literal(&source[start..]).map_or_else(|| source[start..].find(';'), |(_, length)| Some(length))?;
    value(source, &source[start..end])
}

/// Literals with commas between them.
fn pieces(source: &str, list: &str) -> Option<String> {
    let mut text = String::new();
    let mut at = blank(list);
    while at < list.len() {
        let (piece, length) = literal(&list[at..]).or_else(|| {
            let name: String = list[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            Some((value(source, &name)?, name.len()))
        })?;
        text.push_str(&piece);
        at += length;
        at += blank(&list[at..]);
        if list[at..].starts_with(',') {
            at += 1;
            at += blank(&list[at..]);
        }
    }
    Some(text)
}

/// A string literal at the start: its value and its length in the source.
fn literal(rest: &str) -> Option<(String, usize)> {
    if let Some(raw) = rest.strip_prefix('r') {
        let hashes = raw.bytes().take_while(|byte| *byte == b'#').count();
        let body = raw[hashes..].strip_prefix('"')?;
        let end = body.find(&format!("\"{}", "#".repeat(hashes)))?;
        return Some((body[..end].to_owned(), 1 + hashes + 1 + end + 1 + hashes));
    }
    let body = rest.strip_prefix('"')?;
    let mut text = String::new();
    let mut chars = body.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((text, 1 + at + 1)),
            '\\' => match chars.next()?.1 {
                '\n' => while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {},
                'n' => text.push('\n'),
                't' => text.push('\t'),
                other => text.push(other),
            },
            c => text.push(c),
        }
    }
    None
}

/// The length of a comment or of a character literal that looks like the start of a string.
fn skipped(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    ["'\"'", "'\\\"'", "b'\"'", "'('", "')'"].iter().find(|quoted| rest.starts_with(**quoted)).map(|quoted| quoted.len())
}

/// The length of white space and comments.
fn blank(rest: &str) -> usize {
    let mut at = 0;
    loop {
        let space = rest[at..].len() - rest[at..].trim_start().len();
        at += space;
        match skipped(&rest[at..]).filter(|_| rest[at..].starts_with("//")) {
            Some(length) => at += length,
            None => return at,
        }
    }
}
