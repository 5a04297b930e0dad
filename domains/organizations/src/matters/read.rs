//! Answers read as values. A faulty form is refused by the form itself; what is not there is not judged here.

use casework::Answers;
use kernel::{Day, Fen, Uscc};

/// Reads answers.
pub(crate) struct Read<'a>(pub(crate) &'a Answers);

impl<'a> Read<'a> {
    /// The answer; empty where there is none.
    pub(crate) fn text(&self, key: &str) -> &'a str {
        self.0.get(key).map_or("", |answer| answer.trim())
    }

    /// The answer, where there is one.
    pub(crate) fn given(&self, key: &str) -> Option<&'a str> {
        Some(self.text(key)).filter(|answer| !answer.is_empty())
    }

    /// A whole number.
    pub(crate) fn number(&self, key: &str) -> Option<i64> {
        self.text(key).parse().ok()
    }

    /// An amount, which is kept in fen.
    pub(crate) fn money(&self, key: &str) -> Option<Fen> {
        self.number(key).map(Fen)
    }

    /// A day.
    pub(crate) fn day(&self, key: &str) -> Option<Day> {
        self.text(key).parse().ok()
    }

    /// A credit code.
    pub(crate) fn uscc(&self, key: &str) -> Option<Uscc> {
        Uscc::parse(self.text(key)).ok()
    }

    /// Whether the answer is yes.
    pub(crate) fn yes(&self, key: &str) -> bool {
        self.text(key) == "yes"
    }
}
