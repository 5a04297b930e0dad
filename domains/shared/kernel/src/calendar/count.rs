//! Counting a period from the day of its event to its last day.

use serde::{Deserialize, Serialize};

use super::{Calendar, DayKind};
use crate::{Day, Instant};

/// What happens when the last day is a day of rest. There is no default: only periods in which somebody may act
/// (apply, claim, answer, decide) roll; blocks, bars, validity and retention do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Roll {
    /// The period ends on that day all the same.
    Stay,
    /// It ends on the first working day after (Civil Code, article 203).
    NextWorkday,
}

/// The length of a period. The day of the event is not counted (Civil Code, article 201).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "unit", content = "length")]
pub enum Period {
    /// 工作日 (Administrative Licensing Law, article 82).
    Workdays(u32),
    /// 日, counted through weekends and holidays.
    Days(u32, Roll),
    /// 月; a month without that day ends on its last (Civil Code, article 202).
    Months(u32, Roll),
    /// 年
    Years(u32, Roll),
}

/// A time that does not count (中止, special procedures, correction of papers): the day of suspension is not counted,
/// the day of resumption is (K8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// The day on which the clock stopped.
    pub from: Day,
    /// The day on which it went on.
    pub resumed: Day,
}

impl Suspension {
    fn holds(&self, day: Day) -> bool {
        self.from <= day && day < self.resumed
    }
}

/// A holiday that lay inside a period and was not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The holiday: `国庆`.
    pub name: String,
    /// Days of its block inside the period.
    pub days: u32,
}

/// The end of a period, and how it came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The last day; it ends at 24:00, or when the office closes where it has hours.
    pub day: Day,
    /// The day of the event, which is not counted.
    pub from: Day,
    /// What was counted.
    pub period: Period,
    /// Years whose notice is not known: the end may still move when it is published (C-12). The earliest first.
    pub unknown_years: Vec<i16>,
    /// Holidays that were not counted or that the end was moved over.
    pub skipped: Vec<Skipped>,
    /// Days on which the clock stood still.
    pub suspended: u32,
}

impl Due {
    /// Whether the end may still move because a year's notice is not known.
    pub fn provisional(&self) -> bool {
        !self.unknown_years.is_empty()
    }
}

/// How a submission is received, which decides on the day that is not counted (K9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Receipt {
    /// The program receives by itself: the calendar day of the submission.
    Automatic,
    /// A clerk receives: after this minute of the day, or on a day of rest, the next working day.
    ByClerk {
        /// Minute of the day at which receiving ends: 17:30 is 1050.
        closes_at: u16,
    },
}

impl Calendar {
    /// The end of a period that begins with an event on `from`.
    pub fn due(&self, from: Day, period: Period) -> Due {
        self.due_with(from, period, &[])
    }

    /// The end of a period in working days.
    pub fn add_working_days(&self, from: Day, days: u32) -> Due {
        self.due(from, Period::Workdays(days))
    }

    /// The end of a period in natural days.
    pub fn natural_days(&self, from: Day, days: u32, roll: Roll) -> Due {
        self.due(from, Period::Days(days, roll))
    }

    /// The end of a period in months.
    pub fn months(&self, from: Day, months: u32, roll: Roll) -> Due {
        self.due(from, Period::Months(months, roll))
    }

    /// The day on which a period ends, without the explanation that [`due`](Self::due) gives: for who compares thousands of them.
    pub fn end_of(&self, from: Day, period: Period) -> Day {
        let (end, roll) = match period {
            Period::Days(days, roll) => (from.plus_days(i64::from(days)), roll),
            other => self.end(from, other, |_| false),
        };
        if roll == Roll::NextWorkday { self.workday_on_or_after(end) } else { end }
    }

    /// The ends of a period that begins on every day from `first` to `last`, in the order of these days: for who compares the whole
    /// calendar. Working days are counted on from one end to the next, and not from every beginning.
    pub fn ends_of(&self, first: Day, last: Day, period: Period) -> impl Iterator<Item = Day> {
        let mut before: Option<Day> = None;
        std::iter::successors(Some(first), |from| Some(from.plus_days(1))).take_while(move |from| *from <= last).map(move |from| {
            let end = match (period, before) {
                // Beginning a day later, a working day is left out in front, and the next one behind is taken in.
                (Period::Workdays(1..), Some(end)) if self.is_workday(from) => self.workday_on_or_after(end.plus_days(1)),
                (Period::Workdays(1..), Some(end)) => end,
                _ => self.end_of(from, period),
            };
            before = Some(end);
            end
        })
    }

    /// The end of a period before it rolls, and whether it does.
    fn end(&self, from: Day, period: Period, stands: impl Fn(Day) -> bool) -> (Day, Roll) {
        let months = |count: u32| from.plus_months(i32::try_from(count).unwrap_or(i32::MAX));
        match period {
            Period::Workdays(days) => (nth(from, days, |day| self.is_workday(day) && !stands(day)), Roll::Stay),
            Period::Days(days, roll) => (nth(from, days, |day| !stands(day)), roll),
            Period::Months(count, roll) => (extended(from, months(count), stands), roll),
            Period::Years(count, roll) => (extended(from, months(count.saturating_mul(12)), stands), roll),
        }
    }

    /// The end of a period during which the clock stood still at times.
    pub fn due_with(&self, from: Day, period: Period, suspensions: &[Suspension]) -> Due {
        let stands = |day: Day| suspensions.iter().any(|suspension| suspension.holds(day));
        let (end, roll) = self.end(from, period, stands);
        let day = if roll == Roll::NextWorkday { self.workday_on_or_after(end) } else { end };
        let through = |first: Day| (0..=first.days_until(day)).map(move |days| first.plus_days(days));
        let counted = from.plus_days(1);
        // A natural day counts whatever it is; only an end that rolls asks what the days from it on are.
        let asked_from = match (period, roll) {
            (Period::Workdays(_), _) => Some(counted),
            (_, Roll::NextWorkday) => Some(end),
            (_, Roll::Stay) => None,
        };
        Due {
            day,
            from,
            period,
            unknown_years: asked_from.map(|first| self.unknown_years(through(first))).into_iter().flatten().collect(),
            skipped: asked_from.map(|first| self.holidays(through(first))).unwrap_or_default(),
            suspended: through(counted).filter(|day| stands(*day)).count() as u32,
        }
    }

    /// The day that counts as that of receipt, from which a period is counted (K9).
    pub fn receipt_day(&self, at: Instant, receipt: Receipt) -> Day {
        let day = at.day();
        match receipt {
            Receipt::Automatic => day,
            Receipt::ByClerk { closes_at } if at.minute_of_day() > closes_at => {
                self.workday_on_or_after(day.plus_days(1))
            }
            Receipt::ByClerk { .. } => self.workday_on_or_after(day),
        }
    }

    /// The holidays among these days with their number, in the order of the calendar.
    fn holidays(&self, days: impl Iterator<Item = Day>) -> Vec<Skipped> {
        let mut skipped: Vec<Skipped> = Vec::new();
        for day in days.filter(|day| self.kind(*day) == DayKind::Holiday) {
            let name = self.name(day).unwrap_or_default();
            match skipped.last_mut().filter(|last| last.name == name) {
                Some(last) => last.days += 1,
                None => skipped.push(Skipped { name: name.to_string(), days: 1 }),
            }
        }
        skipped
    }
}

/// The `count`th day after `from` that counts.
fn nth(from: Day, count: u32, counts: impl Fn(Day) -> bool) -> Day {
    let mut day = from;
    let mut left = count;
    while left > 0 && day < Day::MAX {
        day = day.plus_days(1);
        left -= u32::from(counts(day));
    }
    day
}

/// The end moved on by as many days as the clock stood still before it.
fn extended(from: Day, end: Day, stands: impl Fn(Day) -> bool) -> Day {
    nth(from, from.days_until(end).try_into().unwrap_or(0), |day| !stands(day))
}
