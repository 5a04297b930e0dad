//! Time limits as an item states them, and the last day that they give.

use kernel::{Calendar, Day, Lang, Period, Roll, Text};
use serde::{Deserialize, Serialize};

use super::LimitUnit;

/// A time limit in one unit; 0 means "on the spot".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// How many units; 0 is on the spot (即办, 当场).
    pub value: u32,
    /// The unit.
    pub unit: LimitUnit,
    /// What the figure leaves open, such as a period that the law puts in between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl Limit {
    /// A limit of `value` units.
    pub fn new(value: u32, unit: LimitUnit) -> Self {
        Self { value, unit, note: None }
    }

    /// Whether the matter is done while the applicant is there.
    pub fn is_immediate(&self) -> bool {
        self.value == 0
    }

    /// In words: 「20 个工作日」, "on the spot".
    pub fn text(&self, lang: Lang) -> String {
        match (self.is_immediate(), lang) {
            (true, Lang::Zh) => "当场办结".to_owned(),
            (true, Lang::En) => "on the spot".to_owned(),
            (false, lang) => format!("{} {}", self.value, self.unit_name(lang)),
        }
    }

    /// The period that a calendar counts; none if the matter is done on the spot. A limit is a time in which somebody has to act, so its
    /// end rolls off a day of rest. Hours are counted in whole days.
    pub fn period(&self) -> Option<Period> {
        let period = match self.unit {
            LimitUnit::WorkingDay => Period::Workdays(self.value),
            LimitUnit::Day => Period::Days(self.value, Roll::NextWorkday),
            LimitUnit::Hour => Period::Days(self.value.div_ceil(24), Roll::Stay),
            LimitUnit::Month => Period::Months(self.value, Roll::NextWorkday),
            LimitUnit::Year => Period::Years(self.value, Roll::NextWorkday),
        };
        (!self.is_immediate()).then_some(period)
    }

    fn unit_name(&self, lang: Lang) -> String {
        let label = self.unit.name().get(lang).to_owned();
        match (lang, self.value) {
            (Lang::En, 1) => label.trim_end_matches('s').to_owned(),
            _ => label,
        }
    }
}

/// A limit counted from a day of receipt: what a calendar makes of it.
pub trait Counts {
    /// The last day for a limit that begins with a receipt on `start`.
    fn last_day(&self, start: Day, limit: &Limit) -> Day;
    /// The last days for a limit that begins on every day from `first` to `last`, in the order of these days.
    fn last_days<'a>(&'a self, first: Day, last: Day, limit: &Limit) -> Box<dyn Iterator<Item = Day> + 'a>;
    /// The first and the last day that may be a start.
    fn starts(&self) -> (Day, Day);
}

impl Counts for Calendar {
    fn last_day(&self, start: Day, limit: &Limit) -> Day {
        limit.period().map_or(start, |period| self.end_of(start, period))
    }

    fn last_days<'a>(&'a self, first: Day, last: Day, limit: &Limit) -> Box<dyn Iterator<Item = Day> + 'a> {
        // What is done on the spot is done within no days.
        Box::new(self.ends_of(first, last, limit.period().unwrap_or(Period::Workdays(0))))
    }

    fn starts(&self) -> (Day, Day) {
        let years = || self.years().map(|year| year.year);
        let (first, last) = (years().min().unwrap_or(2004), years().max().unwrap_or(2004));
        (Day::ymd(first, 1, 1), Day::ymd(last, 12, 31))
    }
}
