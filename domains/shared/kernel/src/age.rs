//! Full years of age (周岁, C-13).

use serde::{Deserialize, Serialize};

use crate::Day;

/// On which day of a common year somebody born on 29 February completes a year. The law is silent; a province decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum LeapPolicy {
    /// On 28 February, by analogy with article 202 of the Civil Code.
    #[default]
    Feb28,
    /// On 1 March.
    Mar1,
}

/// The first day on which somebody has this many full years; the birthday itself counts.
pub fn reaches(birth: Day, years: u16, policy: LeapPolicy) -> Day {
    let anniversary = birth.plus_years(i32::from(years));
    let moved = anniversary.day() != birth.day();
    if moved && policy == LeapPolicy::Mar1 { anniversary.plus_days(1) } else { anniversary }
}

/// Full years on that day; `None` before birth.
pub fn full_years(birth: Day, on: Day, policy: LeapPolicy) -> Option<u16> {
    if on < birth {
        return None;
    }
    let calendar_years = u16::try_from(on.year() - birth.year()).expect("not before birth");
    let completed = reaches(birth, calendar_years, policy) <= on;
    Some(if completed { calendar_years } else { calendar_years - 1 })
}

/// Whether somebody has at least this many full years on that day.
pub fn is_at_least(birth: Day, years: u16, on: Day, policy: LeapPolicy) -> bool {
    reaches(birth, years, policy) <= on
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn c_13_the_birthday_itself_counts() {
        let birth = Day::ymd(2004, 5, 20);
        let policy = LeapPolicy::Feb28;
        assert_eq!(reaches(birth, 22, policy), Day::ymd(2026, 5, 20));
        assert!(!is_at_least(birth, 22, Day::ymd(2026, 5, 19), policy));
        assert!(is_at_least(birth, 22, Day::ymd(2026, 5, 20), policy));
        assert_eq!(full_years(birth, Day::ymd(2026, 5, 19), policy), Some(21));
        assert_eq!(full_years(birth, Day::ymd(2004, 5, 19), policy), None);
        assert_eq!(full_years(birth, birth, policy), Some(0));
    }

    #[test]
    fn c_13_born_on_29_february() {
        let birth = Day::ymd(2004, 2, 29);
        assert_eq!(reaches(birth, 22, LeapPolicy::Feb28), Day::ymd(2026, 2, 28));
        assert_eq!(reaches(birth, 22, LeapPolicy::Mar1), Day::ymd(2026, 3, 1));
        assert_eq!(reaches(birth, 24, LeapPolicy::Mar1), Day::ymd(2028, 2, 29));
    }

    proptest! {
        #[test]
        fn c_13_the_two_ways_of_asking_agree(days in 0i64..40_000, later in 0i64..40_000, mar1: bool) {
            let policy = if mar1 { LeapPolicy::Mar1 } else { LeapPolicy::Feb28 };
            let birth = Day::ymd(1900, 1, 1).plus_days(days);
            let on = birth.plus_days(later);
            let age = full_years(birth, on, policy).expect("born");
            prop_assert!(is_at_least(birth, age, on, policy));
            prop_assert!(!is_at_least(birth, age + 1, on, policy));
        }
    }
}
