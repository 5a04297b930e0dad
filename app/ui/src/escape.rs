//! Escaping for the few places that write HTML by hand: tables, text areas.

/// Appends `text` to `out`, safe inside an element and inside a quoted attribute.
pub(crate) fn push(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}

/// Text, safe inside an element.
pub(crate) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push(&mut out, text);
    out
}

/// The content of a textarea element. The parser drops one leading newline, so one is put there for it to drop.
pub(crate) fn text_area(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    out.push('\n');
    push(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_a_text_area() {
        assert_eq!(text_area("</textarea><script>"), "\n&lt;/textarea&gt;&lt;script&gt;");
        assert_eq!(text_area("\nfirst line is empty"), "\n\nfirst line is empty");
    }
}
