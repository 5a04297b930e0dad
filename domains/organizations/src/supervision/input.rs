//! What was typed into the form of an act, and how it is read: every mistake is told at its field, all at once.

use std::collections::BTreeMap;

use kernel::{Day, Fen, Issue, Issues, text};

/// Longest text.
const WORDS: usize = 4000;

/// Fields by name; a name may come several times.
#[derive(Debug, Clone, Default)]
pub struct Input(BTreeMap<String, Vec<String>>);

impl Input {
    /// One more value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.0.entry(name.to_owned()).or_default().push(value.to_string());
        self
    }

    /// As typed, without outer white space; empty if it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).and_then(|all| all.first()).map_or("", |value| value.trim())
    }

    /// Every value of a field.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a statement was agreed to.
    pub fn yes(&self, name: &str) -> bool {
        self.get(name) == "yes"
    }

    /// A text that may be empty.
    pub fn text(&self, name: &str) -> String {
        text::lines(self.get(name)).chars().take(WORDS).collect()
    }

    /// A text that is needed.
    pub fn words(&self, issues: &mut Issues, name: &str) -> String {
        let words = self.text(name);
        issues.ensure(!words.is_empty(), || missing(name));
        issues.ensure(self.get(name).chars().count() <= WORDS, || too_long(name));
        words
    }

    /// A day that is needed.
    pub fn day(&self, issues: &mut Issues, name: &str) -> Option<Day> {
        issues.keep(self.get(name).parse::<Day>().map_err(|_| no_day(name)))
    }

    /// A day not after `today`; today if none is given.
    pub fn past(&self, issues: &mut Issues, name: &str, today: Day) -> Day {
        if self.get(name).is_empty() {
            return today;
        }
        let day = self.day(issues, name).unwrap_or(today);
        issues.ensure(day <= today, || ahead(name));
        day.min(today)
    }

    /// A time of day that may be left out: `09:30`.
    pub fn maybe_time(&self, issues: &mut Issues, name: &str) -> String {
        let typed = text::code(self.get(name));
        let of = |part: Option<&str>, most: u8| part.filter(|part| part.len() == 2).and_then(|part| part.parse::<u8>().ok()).is_some_and(|part| part <= most);
        let (hour, minute) = (typed.split(':').next(), typed.split(':').nth(1));
        issues.ensure(typed.is_empty() || (typed.len() == 5 && of(hour, 23) && of(minute, 59)), || no_time(name));
        typed
    }

    /// A day that may be left out.
    pub fn maybe_day(&self, issues: &mut Issues, name: &str) -> Option<Day> {
        if self.get(name).is_empty() { None } else { self.day(issues, name) }
    }

    /// An amount that may be left out; never below nothing.
    pub fn amount(&self, issues: &mut Issues, name: &str) -> Option<Fen> {
        if self.get(name).is_empty() {
            return None;
        }
        let read = self.get(name).parse::<Fen>().ok().filter(|fen| *fen >= Fen::ZERO);
        issues.keep(read.ok_or_else(|| no_amount(name)))
    }

    /// A whole number from nothing on.
    pub fn number(&self, issues: &mut Issues, name: &str) -> Option<i64> {
        let read = text::code(self.get(name)).parse::<i64>().ok().filter(|number| (0..=1_000_000_000).contains(number));
        issues.keep(read.ok_or_else(|| no_number(name)))
    }

    /// One of a list.
    pub fn one<T>(&self, issues: &mut Issues, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        issues.keep(read(self.get(name)).ok_or_else(|| missing(name)))
    }
}

fn missing(name: &str) -> Issue {
    Issue::error("E-D80", "请填写", "This is needed").field(name)
}

fn too_long(name: &str) -> Issue {
    Issue::error("E-D81", format!("不超过{WORDS}字"), format!("At most {WORDS} characters")).field(name).param("most", WORDS)
}

fn no_day(name: &str) -> Issue {
    Issue::error("E-D82", "请填写日期，如 2026-07-01", "Enter a date, for instance 2026-07-01").field(name)
}

fn ahead(name: &str) -> Issue {
    Issue::error("E-D83", "日期不能晚于今天", "The date lies in the future").field(name)
}

fn no_time(name: &str) -> Issue {
    Issue::error("E-D96", "请填写时间，如 09:30", "Enter a time, for instance 09:30").field(name)
}

fn no_amount(name: &str) -> Issue {
    Issue::error("E-D84", "请填写金额，如 20000.00", "Enter an amount, for instance 20000.00").field(name)
}

fn no_number(name: &str) -> Issue {
    Issue::error("E-D85", "请填写整数", "Enter a whole number").field(name)
}
