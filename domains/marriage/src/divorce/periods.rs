//! The two periods of A.3: thirty days in which either may withdraw, and thirty days after them in which both may claim.

use kernel::{Calendar, Day, Period, Roll};
use serde::{Deserialize, Serialize};

use super::parameters::parameters;

/// How the ends of the periods are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counting {
    /// The days in which either may withdraw.
    pub cooling: Period,
    /// The days in which both may claim, from the end of the first.
    pub claim: Period,
}

impl Counting {
    /// As the parameters in force say.
    pub fn in_force() -> Self {
        let p = parameters();
        Self::new(p.extend_first.value, p.extend_second.value)
    }

    /// With ends that move over rest days, or that stay.
    pub fn new(extend_first: bool, extend_second: bool) -> Self {
        let roll = |extend: bool| if extend { Roll::NextWorkday } else { Roll::Stay };
        let p = parameters();
        Self {
            cooling: Period::Days(p.cooling_days.value, roll(extend_first)),
            claim: Period::Days(p.claim_days.value, roll(extend_second)),
        }
    }

    /// What a case keeps of it, so that its dates can be explained later.
    pub fn note(&self) -> String {
        serde_json::to_string(&[self.cooling, self.claim]).expect("plain data")
    }
}

/// The dates of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// A: the day of acceptance, which is not counted.
    pub accepted: Day,
    /// C: the last day on which one of them may withdraw.
    pub cool_end: Day,
    /// E: the last day of the claim.
    pub claim_end: Day,
    /// A year's calendar was missing: C or E may still move (C-12).
    pub provisional: bool,
}

impl Dates {
    /// Counts both periods from the day of acceptance.
    pub fn count(calendar: &Calendar, accepted: Day, counting: Counting) -> Self {
        let first = calendar.due(accepted, counting.cooling);
        let second = calendar.due(first.day, counting.claim);
        Self { accepted, cool_end: first.day, claim_end: second.day, provisional: first.provisional() || second.provisional() }
    }

    /// C + 1: the first day of the claim.
    pub fn claim_from(&self) -> Day {
        self.cool_end.plus_days(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(accepted: (i16, i8, i8), extend_first: bool) -> (String, String, String, bool) {
        let (year, month, day) = accepted;
        let dates = Dates::count(&Calendar::builtin().clone().without(2027), Day::ymd(year, month, day), Counting::new(extend_first, true));
        (dates.cool_end.to_string(), dates.claim_from().to_string(), dates.claim_end.to_string(), dates.provisional)
    }

    fn dates(cool_end: &str, claim_from: &str, claim_end: &str) -> (String, String, String, bool) {
        (cool_end.to_owned(), claim_from.to_owned(), claim_end.to_owned(), false)
    }

    #[test]
    fn r_mr_27_and_r_mr_28_a_plain_case_ends_before_a_saturday_that_works() {
        assert_eq!(count((2026, 8, 10), true), dates("2026-09-09", "2026-09-10", "2026-10-09"));
    }

    #[test]
    fn r_mr_28_the_last_day_moves_over_labour_day() {
        assert_eq!(count((2026, 3, 2), true), dates("2026-04-01", "2026-04-02", "2026-05-06"));
    }

    #[test]
    fn r_mr_27_the_first_period_moves_over_the_spring_festival_as_the_province_chooses() {
        assert_eq!(count((2026, 1, 16), true), dates("2026-02-24", "2026-02-25", "2026-03-26"));
        assert_eq!(count((2026, 1, 16), false), dates("2026-02-15", "2026-02-16", "2026-03-17"));
    }

    #[test]
    fn r_mr_27_and_r_mr_28_both_ends_move() {
        assert_eq!(count((2026, 9, 1), true), dates("2026-10-08", "2026-10-09", "2026-11-09"));
    }

    #[test]
    fn r_mr_27_a_saturday_that_works_does_not_move_the_end() {
        assert_eq!(count((2026, 4, 9), true), dates("2026-05-09", "2026-05-10", "2026-06-08"));
    }

    #[test]
    fn c_12_and_r_mr_28_an_end_in_a_year_without_calendar_is_provisional() {
        let (cool_end, claim_from, claim_end, provisional) = count((2026, 11, 2), true);
        assert_eq!((cool_end.as_str(), claim_from.as_str(), claim_end.as_str()), ("2026-12-02", "2026-12-03", "2027-01-04"));
        assert!(provisional);
    }
}
