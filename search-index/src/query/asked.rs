//! What was typed, cut to size and classified.

use crate::normalise::{self, normalise};

/// The longest question, in characters; the rest is cut off and the answer says so.
pub const MAX_QUERY_CHARS: usize = 64;
/// The shortest code.
const MIN_CODE: usize = 3;

/// A question in the one spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    /// What kind of text it is.
    pub(crate) shape: Shape,
    /// Whether something was cut off.
    pub(crate) cut: bool,
}

/// What a question looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Nothing that could be found.
    Empty,
    /// Letters and digits in upper case.
    Code(String),
    /// Words of ASCII letters: syllables, initials or English.
    Letters(Vec<String>),
    /// Runs of characters, cut at spaces and where ASCII meets Chinese.
    Runs(Vec<Vec<char>>),
}

impl Asked {
    /// Reads a question.
    pub(crate) fn new(text: &str) -> Asked {
        let text = text.trim();
        let cut = text.chars().nth(MAX_QUERY_CHARS).is_some();
        let text: String = text.chars().take(MAX_QUERY_CHARS).collect();
        Asked { shape: Shape::of(&text), cut }
    }

    /// The code, when it is one.
    pub(crate) fn code(&self) -> Option<&str> {
        match &self.shape {
            Shape::Code(code) => Some(code),
            _ => None,
        }
    }

    /// All runs, whatever the shape.
    pub(crate) fn runs(&self) -> Vec<Vec<char>> {
        match &self.shape {
            Shape::Empty => Vec::new(),
            Shape::Code(code) => vec![code.to_ascii_lowercase().chars().collect()],
            Shape::Letters(words) => words.iter().map(|word| word.chars().collect()).collect(),
            Shape::Runs(runs) => runs.clone(),
        }
    }

    /// The runs that may be English words.
    pub(crate) fn words(&self) -> Vec<Vec<char>> {
        self.runs().into_iter().filter(|run| run.len() > 1 && run.iter().all(char::is_ascii)).collect()
    }
}

impl Shape {
    fn of(text: &str) -> Shape {
        let chars = normalise(text).chars;
        let spelled: String = chars.iter().collect();
        let words: Vec<&str> = spelled.split(' ').filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return Shape::Empty;
        }
        if spelled.is_ascii() {
            let code = normalise::code(text);
            if code.len() >= MIN_CODE && words.iter().all(|word| word.bytes().any(|b| b.is_ascii_digit())) {
                return Shape::Code(code);
            }
            if !code.bytes().any(|b| b.is_ascii_digit()) {
                return Shape::Letters(words.into_iter().map(str::to_owned).collect());
            }
        }
        let runs = chars.chunk_by(|a, b| *a != ' ' && *b != ' ' && a.is_ascii() == b.is_ascii());
        Shape::Runs(runs.filter(|run| *run != [' ']).map(<[char]>::to_vec).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(list: &[&str]) -> Shape {
        Shape::Runs(list.iter().map(|run| run.chars().collect()).collect())
    }

    #[test]
    fn questions_are_told_apart() {
        assert_eq!(Asked::new("  （） ").shape, Shape::Empty);
        assert_eq!(Asked::new("113502-03mb1").shape, Shape::Code("11350203MB1".to_owned()));
        assert_eq!(Asked::new("xi'an").shape, Shape::Letters(vec!["xi".to_owned(), "an".to_owned()]));
        assert_eq!(Asked::new("結婚 登記").shape, runs(&["结婚", "登记"]));
        assert_eq!(Asked::new("xm结婚").shape, runs(&["xm", "结婚"]));
        assert_eq!(Asked::new("form 3").shape, runs(&["form", "3"]));
    }

    #[test]
    fn a_long_question_is_cut_and_says_so() {
        let asked = Asked::new(&"婚".repeat(65));
        assert!(asked.cut);
        assert_eq!(asked.runs()[0].len(), MAX_QUERY_CHARS);
        assert!(!Asked::new(&"婚".repeat(64)).cut);
    }
}
