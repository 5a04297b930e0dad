//! Working days counted in constant time: a nightly run asks some hundred thousand times.

use kernel::{Calendar, Day};

/// Years around the day of the run for which the count is laid out; beyond them days are counted one by one.
const YEARS: i32 = 4;

/// The calendar as running totals.
#[derive(Debug, Clone)]
pub struct Workdays {
    calendar: Calendar,
    first: Day,
    /// Working days from `first` up to and with each day.
    totals: Vec<i32>,
    /// The working days themselves, in order.
    days: Vec<Day>,
}

impl Workdays {
    /// Lays the calendar out around a day.
    pub fn around(calendar: Calendar, day: Day) -> Self {
        let (first, last) = (day.plus_years(-YEARS), day.plus_years(YEARS));
        let (mut totals, mut days) = (Vec::new(), Vec::new());
        for offset in 0..=first.days_until(last) {
            let day = first.plus_days(offset);
            if calendar.is_workday(day) {
                days.push(day);
            }
            totals.push(i32::try_from(days.len()).expect("a few thousand days"));
        }
        Self { calendar, first, totals, days }
    }

    /// The calendar.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Working days after `from` up to and with `to`; negative if `to` is earlier.
    pub fn between(&self, from: Day, to: Day) -> i64 {
        match (self.total(from), self.total(to)) {
            (Some(from), Some(to)) => i64::from(to - from),
            _ => self.calendar.workdays_between(from, to),
        }
    }

    /// The `n`th working day after `from`; `from` itself for zero.
    pub fn after(&self, from: Day, n: i64) -> Day {
        if n <= 0 {
            return from;
        }
        let at = self.total(from).and_then(|total| usize::try_from(i64::from(total) + n - 1).ok());
        at.and_then(|at| self.days.get(at).copied()).unwrap_or_else(|| self.calendar.add_working_days(from, u32::try_from(n).unwrap_or(u32::MAX)).day)
    }

    fn total(&self, day: Day) -> Option<i32> {
        usize::try_from(self.first.days_until(day)).ok().and_then(|at| self.totals.get(at).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn counts_as_the_calendar_does(from in -1600i64..1600, days in 0i64..400, n in 1u32..80) {
            let (base, calendar) = (Day::ymd(2026, 7, 1), Calendar::builtin());
            let (from, to) = (base.plus_days(from), base.plus_days(from + days));
            let laid_out = Workdays::around(calendar.clone(), base);
            prop_assert_eq!(laid_out.between(from, to), calendar.workdays_between(from, to));
            prop_assert_eq!(laid_out.after(from, i64::from(n)), calendar.add_working_days(from, n).day);
        }
    }
}
