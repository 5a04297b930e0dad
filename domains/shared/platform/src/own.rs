//! What is kept about a person, in one shape for everybody who keeps something: for the copy that he may take away (Personal Information
//! Protection Law, article 45), and for what has to stay when he closes his account (article 47).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use kernel::{Day, Text};

/// How long what may not be deleted is kept, by the key of its section.
static TERMS: LazyLock<BTreeMap<String, Term>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../data/accounts/retention.json")).expect("the terms are checked by a test")
});

#[derive(serde::Deserialize)]
struct Term {
    /// Full years from the day of the row; for ever without.
    years: Option<i32>,
    source_zh: String,
    source_en: String,
}

/// Rows of one kind about one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Stable key.
    pub key: &'static str,
    /// What it is.
    pub title: Text,
    /// Key and name of each column.
    pub columns: Vec<(&'static str, Text)>,
    /// The rows, each with as many texts as there are columns.
    pub rows: Vec<Vec<String>>,
    /// What of it has to stay; absent where nothing has to.
    pub kept: Option<Kept>,
}

/// Until when rows have to stay, and what says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The last day; without one, for ever.
    pub until: Option<Day>,
    /// The rule.
    pub source: Text,
}

impl Section {
    /// A section without rows.
    pub fn new(key: &'static str, title: Text, columns: &[(&'static str, &'static str, &'static str)]) -> Self {
        let columns = columns.iter().map(|(key, zh, en)| (*key, Text::fixed(zh, en))).collect();
        Self { key, title, columns, rows: Vec::new(), kept: None }
    }

    /// Adds a row of this day; where the law says so, the section stays as long as its newest row.
    pub fn add<const N: usize>(&mut self, on: Day, cells: [String; N]) {
        debug_assert_eq!(self.columns.len(), N, "{}", self.key);
        self.rows.push(cells.into());
        let Some(term) = TERMS.get(self.key) else { return };
        let until = term.years.map(|years| on.plus_years(years));
        let latest = self.kept.as_ref().map_or(until, |kept| kept.until.zip(until).map(|(one, other)| one.max(other)));
        self.kept = Some(Kept { until: latest, source: Text::new(term.source_zh.clone(), term.source_en.clone()) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p8_every_term_names_its_source_and_counts_from_the_newest_row() {
        assert!(TERMS.values().all(|term| !term.source_zh.is_empty() && !term.source_en.is_empty()));
        let section = |key| Section::new(key, Text::fixed("甲", "A"), &[("a", "甲", "A")]);
        let mut bookings = section("bookings");
        assert_eq!(bookings.kept, None, "nothing is kept of nothing");
        bookings.add(Day::ymd(2026, 7, 2), [String::new()]);
        bookings.add(Day::ymd(2026, 7, 1), [String::new()]);
        assert_eq!(bookings.kept.and_then(|kept| kept.until), Some(Day::ymd(2027, 7, 2)));
        let mut marriages = section("marriages");
        marriages.add(Day::ymd(2026, 7, 2), [String::new()]);
        assert_eq!(marriages.kept.map(|kept| kept.until), Some(None), "for ever");
        let mut account = section("account");
        account.add(Day::ymd(2026, 7, 2), [String::new()]);
        assert_eq!(account.kept, None, "what no rule keeps may go");
    }
}
