//! The tokenizers, as plain functions. The same function makes the terms of the index and of the question.

use std::collections::BTreeSet;

use tantivy::tokenizer::{PreTokenizedString, Token};

use crate::name::Name;
use crate::normalise::{is_han, normalise};
use crate::readings;

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

/// Pairs of neighbours. One character alone is its own token.
pub(crate) fn bigrams(chars: &[char]) -> Vec<Token> {
    match chars {
        [only] => vec![token(only.to_string(), 0)],
        _ => rows_of(chars, 2),
    }
}

/// Threes of neighbours: a phrase of threes is a part of the name, and of the many parts of three that are asked for (幼儿园) each is
/// one term, whose places need not be read.
pub(crate) fn trigrams(chars: &[char]) -> Vec<Token> {
    rows_of(chars, 3)
}

fn rows_of(chars: &[char], length: usize) -> Vec<Token> {
    chars.windows(length).enumerate().map(|(at, row)| token(row.iter().collect(), at)).collect()
}

/// The syllables of a name, each once: for questions of one syllable, which need no order.
pub(crate) fn syllables(name: &Name) -> Vec<Token> {
    let all: BTreeSet<&String> = name.readings.iter().flatten().collect();
    all.into_iter().map(|syllable| token(syllable.clone(), 0)).collect()
}

/// Pairs of neighbouring syllables. All readings of ambiguous characters stand at one position; the short form follows after a gap.
pub(crate) fn sound_pairs(name: &Name) -> Vec<Token> {
    sounds(&name.readings, name, 2)
}

/// Threes of neighbouring syllables: a phrase of threes is a part of the name as it sounds.
pub(crate) fn sound_threes(name: &Name) -> Vec<Token> {
    sounds(&name.readings, name, 3)
}

/// As [`sound_pairs`], with the sounds that many people do not tell apart written alike, and the readings that are wrong in this word.
pub(crate) fn slurs(name: &Name) -> Vec<Token> {
    let all_ways = name.readings.iter().zip(&name.chars).map(|(known, c)| {
        let ways = readings::ways(*c);
        let slurred: BTreeSet<String> = known.iter().map(String::as_str).chain(ways).map(slur).collect();
        slurred.into_iter().collect()
    });
    sounds(&all_ways.collect::<Vec<_>>(), name, 2)
}

fn sounds(readings: &[Vec<String>], name: &Name, length: usize) -> Vec<Token> {
    let everything: Vec<usize> = (0..name.chars.len()).collect();
    let mut found = Vec::new();
    sounds_at(readings, &everything, length, 0, &mut found);
    if name.has_short_form() {
        sounds_at(readings, &name.kept, length, name.chars.len() + GAP, &mut found);
    }
    found
}

fn sounds_at(readings: &[Vec<String>], places: &[usize], length: usize, base: usize, found: &mut Vec<Token>) {
    for (position, row) in places.windows(length).enumerate() {
        let mut here = BTreeSet::from([String::new()]);
        for at in row {
            here = here.iter().flat_map(|start| readings[*at].iter().map(move |next| heard(&[start, next]))).collect();
        }
        found.extend(here.into_iter().map(|text| token(text, base + position)));
    }
}

/// The term of neighbouring syllables.
pub(crate) fn heard<S: AsRef<str>>(syllables: &[S]) -> String {
    let spoken: Vec<&str> = syllables.iter().map(AsRef::as_ref).filter(|syllable| !syllable.is_empty()).collect();
    spoken.join(" ")
}

/// A syllable as it is heard where zh and z, ng and n, l and n, f and h are not told apart.
pub(crate) fn slur(syllable: &str) -> String {
    let (initial, rest) = match syllable.as_bytes() {
        [b'z' | b'c' | b's', b'h', ..] => (&syllable[..1], &syllable[2..]),
        [b'l', ..] if syllable.len() > 1 => ("n", &syllable[1..]),
        [b'f', ..] if syllable.len() > 1 => ("h", &syllable[1..]),
        _ => ("", syllable),
    };
    let rest = rest.strip_suffix("ng").map_or_else(|| rest.to_owned(), |open| format!("{open}n"));
    format!("{initial}{rest}")
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
        assert_eq!(texts(&trigrams(&['结', '婚', '登', '记'])), ["结婚登", "婚登记"]);
        assert_eq!(texts(&running("婚姻登记 Marriage, A4纸")), ["婚姻", "姻登", "登记", "marriage", "a4", "纸"]);
        assert_eq!(texts(&initial_grams(&Name::new("结婚登记"))), ["jhd", "hdj"]);
        assert_eq!(texts(&words("Marriage Registration")), ["marriage", "registration"]);
    }

    #[test]
    fn the_short_form_stands_apart() {
        let tokens = sound_pairs(&Name::new("厦门市民政局"));
        let place = |text: &str| tokens.iter().filter(|t| t.text == text).map(|t| t.position).collect::<Vec<_>>();
        assert_eq!(place("xia men"), [0, 16]);
        assert_eq!(place("min zheng"), [3, 18]);
        assert_eq!(place("men min"), [17]);
        assert_eq!(texts(&sound_threes(&Name::new("厦门市"))), ["xia men shi"]);
    }

    #[test]
    fn what_is_mixed_up_is_written_alike() {
        for (one, other) in [("zhong", "zon"), ("shang", "san"), ("lan", "nan"), ("jing", "jin"), ("fu", "hu"), ("cheng", "cen")] {
            assert_eq!(slur(one), slur(other), "{one} {other}");
        }
        assert_ne!(slur("ji"), slur("qi"));
        assert_eq!(slur("l"), "l");
    }
}
