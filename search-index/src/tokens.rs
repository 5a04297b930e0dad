//! The tokenizers, as plain functions. The same function makes the terms of the index and of the question.

use std::collections::BTreeSet;

use tantivy::tokenizer::{PreTokenizedString, Token};

use crate::name::Name;
use crate::normalise::{is_han, normalise};

/// Positions left free between two forms of a name in one field, so that no phrase reaches from one into the other.
const GAP: usize = 10;
/// Letters a gram of initials has.
pub(crate) const INITIAL_GRAM: usize = 3;

/// Which whole string a prefix is the beginning of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    /// The name.
    Name,
    /// The joined syllables.
    Pinyin,
    /// The initials.
    Initials,
    /// The code.
    Code,
    /// A word of the English name.
    Word,
}

impl Edge {
    /// The letter before the prefix in the field, and the longest prefix kept there.
    pub(crate) fn shape(self) -> (char, usize) {
        match self {
            Edge::Name => ('n', 4),
            Edge::Pinyin => ('p', 7),
            Edge::Initials => ('i', 4),
            Edge::Code => ('c', 9),
            Edge::Word => ('w', 7),
        }
    }
}

/// Single characters, for questions of one and for transposed ones.
pub(crate) fn unigrams(chars: &[char]) -> Vec<Token> {
    chars.iter().enumerate().map(|(at, c)| token(c.to_string(), at)).collect()
}

/// Pairs of neighbours: a phrase of pairs is a part of the name. One character alone is its own token.
pub(crate) fn bigrams(chars: &[char]) -> Vec<Token> {
    match chars {
        [only] => vec![token(only.to_string(), 0)],
        _ => chars.windows(2).enumerate().map(|(at, pair)| token(pair.iter().collect(), at)).collect(),
    }
}

/// Syllables, the readings of an ambiguous character at one position; then the short form.
pub(crate) fn syllables(name: &Name) -> Vec<Token> {
    let mut found: Vec<Token> = readings_at(name, 0..name.chars.len(), 0).collect();
    if name.has_short_form() {
        found.extend(readings_at(name, name.kept.iter().copied(), name.chars.len() + GAP));
    }
    found
}

fn readings_at(name: &Name, places: impl IntoIterator<Item = usize>, base: usize) -> impl Iterator<Item = Token> {
    places
        .into_iter()
        .enumerate()
        .flat_map(move |(position, at)| name.readings[at].iter().map(move |r| token(r.clone(), base + position)))
}

/// Initials in overlapping threes, of the name and of its short form, in all their variants.
pub(crate) fn initial_grams(name: &Name) -> Vec<Token> {
    let mut rows = name.full_initials();
    if name.has_short_form() {
        rows.extend(name.initials());
    }
    let mut found = Vec::new();
    let mut base = 0;
    for row in rows {
        found.extend(grams(&row).into_iter().enumerate().map(|(at, gram)| token(gram, base + at)));
        base += row.len() + GAP;
    }
    found
}

/// A row of ASCII letters in overlapping threes; what is shorter has none.
pub(crate) fn grams(letters: &str) -> Vec<String> {
    let letters: Vec<char> = letters.chars().collect();
    letters.windows(INITIAL_GRAM).map(|gram| gram.iter().collect()).collect()
}

/// Words of an English text.
pub(crate) fn words(text: &str) -> Vec<Token> {
    let spelled: String = normalise(text).chars.into_iter().collect();
    spelled.split(' ').filter(|word| !word.is_empty()).enumerate().map(|(at, word)| token(word.to_owned(), at)).collect()
}

/// Running text: pairs in Chinese, words otherwise.
pub(crate) fn running(text: &str) -> Vec<Token> {
    let chars = normalise(text).chars;
    let mut found = Vec::new();
    let mut base = 0;
    for run in chars.chunk_by(|a, b| *a != ' ' && *b != ' ' && is_han(*a) == is_han(*b)) {
        match run {
            [' ', ..] => {}
            [first, ..] if is_han(*first) => {
                found.extend(bigrams(run).into_iter().map(|t| token(t.text, base + t.position)));
            }
            _ => found.push(token(run.iter().collect(), base)),
        }
        base += run.len() + 1;
    }
    found
}

/// The beginnings of a whole string, marked with what they are the beginning of.
pub(crate) fn edges(into: &mut BTreeSet<String>, edge: Edge, whole: &str) {
    let (mark, longest) = edge.shape();
    let mut prefix = String::from(mark);
    for c in whole.chars().take(longest) {
        prefix.push(c);
        into.insert(prefix.clone());
    }
}

/// Wraps tokens for a field; the field does not store the text.
pub(crate) fn field(tokens: Vec<Token>) -> PreTokenizedString {
    PreTokenizedString { text: String::new(), tokens }
}

fn token(text: String, position: usize) -> Token {
    Token { offset_from: 0, offset_to: 0, position, text, position_length: 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(tokens: &[Token]) -> Vec<&str> {
        tokens.iter().map(|t| t.text.as_str()).collect()
    }

    #[test]
    fn pairs_words_and_initials() {
        assert_eq!(texts(&bigrams(&['结', '婚', '登'])), ["结婚", "婚登"]);
        assert_eq!(texts(&running("婚姻登记 Marriage, A4纸")), ["婚姻", "姻登", "登记", "marriage", "a4", "纸"]);
        assert_eq!(texts(&initial_grams(&Name::new("结婚登记"))), ["jhd", "hdj"]);
        assert_eq!(texts(&words("Marriage Registration")), ["marriage", "registration"]);
    }

    #[test]
    fn the_short_form_stands_apart() {
        let tokens = syllables(&Name::new("厦门市民政局"));
        let place = |text: &str| tokens.iter().filter(|t| t.text == text).map(|t| t.position).collect::<Vec<_>>();
        assert_eq!(place("men"), [1, 17]);
        assert_eq!(place("min"), [3, 18]);
    }
}
