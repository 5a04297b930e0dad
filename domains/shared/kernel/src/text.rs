//! What people type, made plain: full-width digits, stray spaces, invisible characters.
//!
//! Nothing here judges; a parser calls one of these first and then looks at what is left.

#[cfg(not(target_arch = "wasm32"))]
use unicode_normalization::UnicodeNormalization;

/// A number or code: full-width forms become half-width, white space and dashes go, letters become capitals.
///
/// ```
/// assert_eq!(kernel::text::code(" ９９０１０２ 19900307-002x "), "99010219900307002X");
/// ```
pub fn code(typed: &str) -> String {
    const DASHES: [char; 6] = ['-', '‐', '‑', '–', '—', '−'];
    visible(&compatible(typed))
        .filter(|character| !character.is_whitespace() && !DASHES.contains(character))
        .flat_map(char::to_uppercase)
        .collect()
}

/// Compatibility composition (NFKC).
#[cfg(not(target_arch = "wasm32"))]
fn compatible(typed: &str) -> String {
    typed.nfkc().collect()
}

/// In the browser full-width forms alone: the tables for the rest are larger than the islands, and the server reads everything again.
#[cfg(target_arch = "wasm32")]
fn compatible(typed: &str) -> String {
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    typed.chars().map(narrow).collect()
}

/// Composition (NFC); left to the server in the browser, see [`compatible`].
#[cfg(not(target_arch = "wasm32"))]
fn composed(typed: &str) -> String {
    typed.nfc().collect()
}

#[cfg(target_arch = "wasm32")]
fn composed(typed: &str) -> String {
    typed.to_owned()
}

/// One line of text: composed, no control or invisible characters, single spaces, none at the ends.
/// Full-width punctuation stays, it is Chinese.
pub fn line(typed: &str) -> String {
    let composed: String = composed(typed);
    let spaced: String = composed.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    visible(&spaced).collect::<String>().split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Several lines of text: each as [`line`], line ends as `\n`, no blank lines at either end.
pub fn lines(typed: &str) -> String {
    let unix = typed.replace("\r\n", "\n").replace('\r', "\n");
    unix.split('\n').map(line).collect::<Vec<_>>().join("\n").trim_matches('\n').to_string()
}

/// The name of a person: full-width letters become half-width, the many dots between foreign names become `·`, and
/// spaces between Chinese characters go. Two spellings of one name become the same text, so that its hash is found.
///
/// ```
/// assert_eq!(kernel::text::name("李　小　敏"), "李小敏");
/// assert_eq!(kernel::text::name("阿依古丽•买买提"), "阿依古丽·买买提");
/// assert_eq!(kernel::text::name(" Anna  ＳＭＩＴＨ "), "Anna SMITH");
/// ```
pub fn name(typed: &str) -> String {
    const DOTS: [char; 7] = ['•', '・', '．', '‧', '∙', '⋅', '･'];
    let dotted: String = typed.chars().map(|c| if DOTS.contains(&c) { '·' } else { c }).collect();
    let plain = line(&compatible(&dotted));
    let mut out = String::with_capacity(plain.len());
    let mut characters = plain.chars().peekable();
    while let Some(character) = characters.next() {
        let between_han = character == ' '
            && (out.chars().next_back().is_some_and(is_han_or_dot) || characters.peek().copied().is_some_and(is_han_or_dot));
        if !between_han {
            out.push(character);
        }
    }
    out
}

/// Whether the character is a Chinese one (the unified blocks and their extensions).
pub fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        || character == '〇'
}

fn is_han_or_dot(character: char) -> bool {
    is_han(character) || character == '·'
}

/// Leaves out control characters (NUL would end a text in PostgreSQL) and those that show nothing or turn the line
/// around: zero-width, bidirectional marks, the byte-order mark, soft hyphen.
fn visible(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|character| {
        !character.is_control()
            && !matches!(
                character,
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
            )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn takes_out_what_cannot_be_seen() {
        assert_eq!(line("  王\0老\u{200b}人\u{202e} \t 好 "), "王老人 好");
        assert_eq!(lines("\r\n一\r\n\r\n二  三\n\n"), "一\n\n二 三");
        assert_eq!(code("１３８ 1234–5678\u{feff}"), "13812345678");
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(typed in "\\PC*") {
            for normalise in [line, lines, name] {
                let once = normalise(&typed);
                prop_assert_eq!(normalise(&once), once.clone());
                prop_assert!(!once.contains('\0'));
            }
        }
    }
}
