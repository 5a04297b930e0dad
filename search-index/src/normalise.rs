//! One spelling for index and query: width, traditional forms, case, tone marks and punctuation are taken away.

use std::collections::HashMap;
use std::sync::LazyLock;

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use unicode_normalization::UnicodeNormalization as _;

/// Traditional to simplified; its tables are embedded and take about 0.1 s to load ([`warm`]).
static SIMPLIFY: LazyLock<OpenCC> =
    LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).expect("the embedded tables of the converter are well formed"));

/// Forms that the converter keeps, in the format described in the file's head.
pub(crate) const VARIANTS: &str = include_str!("../data/variants.txt");
static VARIANT_FORMS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let rows = VARIANTS.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_whitespace().filter_map(|form| form.chars().next()));
    rows.filter_map(|mut pair| Some((pair.next()?, pair.next()?))).collect()
});

/// A text in the one spelling, with the way back to the characters it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Normal {
    /// Letters, digits and single spaces.
    pub(crate) chars: Vec<char>,
    /// For each of them, the position (in characters) in the original text.
    pub(crate) origin: Vec<usize>,
}

/// Loads the tables, so that the first visitor does not wait for them.
pub(crate) fn warm() {
    LazyLock::force(&SIMPLIFY);
    LazyLock::force(&VARIANT_FORMS);
}

/// Brings a text into the one spelling.
pub(crate) fn normalise(text: &str) -> Normal {
    let mut chars = Vec::new();
    let mut origin = Vec::new();
    for (at, original) in text.chars().enumerate() {
        for c in std::iter::once(original).nfkc() {
            let c = fold(c);
            let spelled = if c.is_alphanumeric() {
                c
            } else if is_dropped(c) || chars.last().is_none_or(|last| *last == ' ') {
                continue;
            } else {
                ' '
            };
            chars.push(spelled);
            origin.push(at);
        }
    }
    if chars.last() == Some(&' ') {
        chars.pop();
        origin.pop();
    }
    simplify(&mut chars);
    Normal { chars, origin }
}

/// The text in the one spelling, as it is compared by the fallback that searches the database: lower case, simplified, no
/// punctuation, no spaces.
pub fn plain(text: &str) -> String {
    normalise(text).chars.into_iter().filter(|c| *c != ' ').collect()
}

/// A code in the one spelling: full-width forms, spaces and dashes gone, letters in upper case.
pub fn code(text: &str) -> String {
    text.nfkc().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// Whether the character is read by a syllable.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Lower case; a Latin letter loses its marks, and ü is written v as on a keyboard.
fn fold(c: char) -> char {
    let c = c.to_lowercase().next().unwrap_or(c);
    if c.is_ascii() || !matches!(c, '\u{c0}'..='\u{24f}') {
        return c;
    }
    let parts: Vec<char> = std::iter::once(c).nfd().collect();
    match parts.as_slice() {
        ['u', marks @ ..] if marks.contains(&'\u{308}') => 'v',
        [base, ..] if base.is_ascii_alphabetic() => *base,
        _ => c,
    }
}

/// Brackets, quotation marks and the middle dot do not separate what stands on both sides of them.
fn is_dropped(c: char) -> bool {
    matches!(
        c,
        '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '【' | '】' | '「' | '」' | '『' | '』' | '《' | '》' | '〈' | '〉' | '〔' | '〕'
            | '“' | '”' | '‘' | '"' | '`' | '·' | '•'
    )
}

/// Simplified forms in place. Conversion by phrases nearly always keeps the length; where it does not, it goes by characters.
fn simplify(chars: &mut [char]) {
    if chars.iter().all(char::is_ascii) {
        return;
    }
    let text: String = chars.iter().collect();
    let whole: Vec<char> = SIMPLIFY.convert(&text).chars().collect();
    if whole.len() == chars.len() {
        chars.copy_from_slice(&whole);
    } else {
        for c in chars.iter_mut().filter(|c| is_han(**c)) {
            let mut one = [0; 4];
            let converted = SIMPLIFY.convert(c.encode_utf8(&mut one));
            *c = converted.chars().next().unwrap_or(*c);
        }
    }
    for c in chars.iter_mut() {
        *c = VARIANT_FORMS.get(c).copied().unwrap_or(*c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_brackets_and_traditional_forms_do_not_matter() {
        assert_eq!(plain("結婚登記（內地居民）"), "结婚登记内地居民");
        assert_eq!(plain("Ｃafé  “婚姻”·登记"), "cafe婚姻登记");
        assert_eq!(plain("nǚ lǜ hūn"), "nvlvhun");
        assert_eq!(plain("慈谿市衞生協會"), "慈溪市卫生协会");
        assert_eq!(plain("広州囯学会"), "广州国学会");
        assert_eq!(code(" 1135-０２０３ mb１ "), "11350203MB1");
    }

    #[test]
    fn every_character_knows_where_it_came_from() {
        let normal = normalise("（結婚）、登記");
        assert_eq!(normal.chars.iter().collect::<String>(), "结婚 登记");
        assert_eq!(normal.origin, [1, 2, 4, 5, 6]);
    }
}
