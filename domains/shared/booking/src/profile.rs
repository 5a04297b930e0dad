//! How a service books: the parameters that a service declares as data (every number is ⚙ with its source).

use std::collections::BTreeMap;

use kernel::Text;
use serde::{Deserialize, Serialize};

/// In which days "ahead" is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Days of the calendar.
    CalendarDays,
    /// Days on which that office opens ("working day" in P9-2).
    OpenDays,
}

/// A service's own code and words for one of booking's refusals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnCode {
    /// The code shown instead.
    pub code: String,
    /// The text shown instead.
    pub message: Text,
    /// The service's rule behind it.
    pub rule: String,
}

/// What a service declares about the booking of one kind of business. Stored as one data row a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The kind of business, e.g. `marriage.domestic`; offices and slots carry it.
    pub item_kind: String,
    /// Basic codes (基本编码, 12 characters) of the catalogue items that are booked under this kind.
    pub basic_codes: Vec<String>,
    /// What is booked, in words.
    pub name: Text,
    /// Two people come together and both are named.
    pub couple: bool,
    /// Messages and calendar files name only the office.
    pub discreet: bool,
    /// In which days the next three are counted.
    pub unit: Unit,
    /// The furthest day that can be booked, counted from today.
    pub days_ahead: u16,
    /// Minute of the day at which a new day is released.
    pub release_minute: u16,
    /// Days between booking and appointment at least; 0 allows the same day.
    pub min_lead: u16,
    /// Cancelling and moving end this many minutes before the start.
    pub cancel_lead_minutes: u16,
    /// How often a booking may be moved.
    pub max_moves: u8,
    /// Open bookings that one person may have at once, over all kinds.
    pub max_active: u8,
    /// So many no-shows …
    pub no_show_limit: u8,
    /// … within so many days …
    pub no_show_window_days: u16,
    /// … end online booking for so many days.
    pub block_days: u16,
    /// How long a place is held while the form is filled in.
    pub hold_minutes: u16,
    /// How long a free place is offered to the waiting list.
    pub offer_minutes: u16,
    /// How long a new place is kept for somebody whose office closed.
    pub reseat_offer_minutes: u16,
    /// So many minutes before the start, what is left on site and online becomes one quota.
    pub merge_minutes: u16,
    /// Share of a new slot plan that is released online, in percent.
    pub online_percent: u8,
    /// Level of assurance that a citizen needs, 1–3.
    pub min_level: u8,
    /// The service's own codes for booking's, by booking's code.
    pub codes: BTreeMap<String, OwnCode>,
    /// Where each number comes from, by field name.
    pub sources: BTreeMap<String, String>,
}

impl Profile {
    /// The limits of OVP P9.3 for a kind of business; a service changes what its own rules set otherwise.
    pub fn p9(item_kind: &str, name: Text) -> Self {
        let sources = [
            ("days_ahead", "P9-1"),
            ("release_minute", "P9-1"),
            ("online_percent", "P9-1"),
            ("merge_minutes", "P9-1"),
            ("min_lead", "P9-2"),
            ("min_level", "P9-3"),
            ("max_active", "P9-4"),
            ("cancel_lead_minutes", "P9-6"),
            ("max_moves", "P9-6"),
            ("no_show_limit", "P9-7"),
            ("no_show_window_days", "P9-7"),
            ("block_days", "P9-7"),
            ("offer_minutes", "P9-8"),
            ("hold_minutes", "own decision"),
            ("reseat_offer_minutes", "own decision"),
        ];
        Self {
            item_kind: item_kind.to_owned(),
            basic_codes: Vec::new(),
            name,
            couple: false,
            discreet: false,
            unit: Unit::OpenDays,
            days_ahead: 5,
            release_minute: 8 * 60,
            min_lead: 1,
            cancel_lead_minutes: 120,
            max_moves: 2,
            max_active: 3,
            no_show_limit: 3,
            no_show_window_days: 90,
            block_days: 60,
            hold_minutes: 10,
            offer_minutes: 120,
            reseat_offer_minutes: 48 * 60,
            merge_minutes: 15,
            online_percent: 70,
            min_level: 2,
            codes: BTreeMap::new(),
            sources: sources.into_iter().map(|(field, source)| (field.to_owned(), source.to_owned())).collect(),
        }
    }

    /// Whether the business of a catalogue item is booked under this profile. `impl_code` is an implementation code
    /// (31 characters: body 18, level 1, basic code 12; two more for a variant).
    pub fn serves(&self, impl_code: &str) -> bool {
        basic_code(impl_code).is_some_and(|basic| self.basic_codes.iter().any(|code| code == basic))
    }
}

/// The basic code inside an implementation code.
pub fn basic_code(impl_code: &str) -> Option<&str> {
    impl_code.is_ascii().then(|| impl_code.get(19..31)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_implementation_code_finds_its_profile() {
        let mut profile = Profile::p9("marriage.domestic", Text::new("结婚登记", "Marriage registration"));
        profile.basic_codes.push("000711001001".into());
        assert!(profile.serves("11990126YY9990101F4000711001001"));
        assert!(!profile.serves("11990126YY9990101F4000711001002"));
        assert!(!profile.serves("字"));
    }

    #[test]
    fn a_profile_survives_its_data_row() {
        let profile = Profile::p9("x", Text::new("甲", "A"));
        let text = serde_json::to_string(&profile).expect("plain data");
        assert_eq!(serde_json::from_str::<Profile>(&text).expect("own text"), profile);
    }
}
