//! A moment, and where it comes from.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Day, ParseError};

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;
/// Beijing time is eight hours ahead of UTC; there has been no summer time since 1991.
const BEIJING: i64 = 8 * 60 * MINUTE;

/// A moment in microseconds since 1970-01-01T00:00Z. Stored as a number, shown at +08:00.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Instant(i64);

/// Where the time comes from. The real clock lives in `platform`; tests set theirs.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Instant;
}

impl Instant {
    /// A stored moment, in microseconds since 1970 (UTC).
    pub const fn from_micros(micros: i64) -> Instant {
        Instant(micros)
    }

    /// Microseconds since 1970 (UTC), for a column.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Milliseconds since 1970 (UTC).
    pub const fn millis(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The moment of this minute of this day at +08:00: `Instant::at(day, 9 * 60 + 30)` is half past nine.
    pub fn at(day: Day, minute_of_day: u16) -> Instant {
        Instant(day.to_epoch() * DAY + i64::from(minute_of_day) * MINUTE - BEIJING)
    }

    /// Seconds later, or earlier if negative.
    pub const fn plus_secs(self, seconds: i64) -> Instant {
        Instant(self.0.saturating_add(seconds.saturating_mul(SECOND)))
    }

    /// Minutes later, or earlier if negative.
    pub const fn plus_minutes(self, minutes: i64) -> Instant {
        self.plus_secs(minutes.saturating_mul(60))
    }

    /// Hours later, or earlier if negative.
    pub const fn plus_hours(self, hours: i64) -> Instant {
        self.plus_minutes(hours.saturating_mul(60))
    }

    /// Days of 24 hours later, or earlier if negative.
    pub const fn plus_days(self, days: i64) -> Instant {
        self.plus_hours(days.saturating_mul(24))
    }

    /// Whole seconds from this moment to the other, rounded down.
    pub const fn secs_until(self, other: Instant) -> i64 {
        other.0.saturating_sub(self.0).div_euclid(SECOND)
    }

    /// Whole minutes from this moment to the other, rounded down.
    pub const fn minutes_until(self, other: Instant) -> i64 {
        other.0.saturating_sub(self.0).div_euclid(MINUTE)
    }

    /// The date at +08:00.
    pub fn day(self) -> Day {
        Day::from_epoch(self.local().div_euclid(DAY))
    }

    /// Minutes since midnight at +08:00, 0 to 1439.
    pub fn minute_of_day(self) -> u16 {
        (self.local().rem_euclid(DAY) / MINUTE) as u16
    }

    /// The time of day at +08:00: `09:30`.
    pub fn hm(self) -> String {
        let minute = self.minute_of_day();
        format!("{:02}:{:02}", minute / 60, minute % 60)
    }

    const fn local(self) -> i64 {
        self.0.saturating_add(BEIJING)
    }
}

impl From<i64> for Instant {
    fn from(micros: i64) -> Instant {
        Instant(micros)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let within_minute = self.local().rem_euclid(MINUTE);
        write!(f, "{}T{}:{:02}", self.day(), self.hm(), within_minute / SECOND)?;
        match within_minute % SECOND {
            0 => {}
            micros => write!(f, ".{micros:06}")?,
        }
        f.write_str("+08:00")
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Instant {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Instant, ParseError> {
        let timestamp: jiff::Timestamp = text.parse().map_err(|_| ParseError { what: "instant" })?;
        Ok(Instant(timestamp.as_microsecond()))
    }
}

impl TryFrom<String> for Instant {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Instant, ParseError> {
        text.parse()
    }
}

impl From<Instant> for String {
    fn from(instant: Instant) -> String {
        instant.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_day_changes_at_midnight_in_beijing() {
        let last: Instant = "2026-05-19T15:59:59Z".parse().expect("written here");
        let first = last.plus_secs(1);
        assert_eq!((last.day(), last.hm()), (Day::ymd(2026, 5, 19), "23:59".into()));
        assert_eq!((first.day(), first.hm()), (Day::ymd(2026, 5, 20), "00:00".into()));
        assert_eq!(first, Instant::at(Day::ymd(2026, 5, 20), 0));
        assert_eq!(first.to_string(), "2026-05-20T00:00:00+08:00");
        assert_eq!(first.plus_minutes(-1).minutes_until(first), 1);
    }

    #[test]
    fn a_moment_needs_its_offset() {
        assert!("2026-05-20T09:30:00".parse::<Instant>().is_err());
        assert!("2026-05-20".parse::<Instant>().is_err());
    }

    proptest! {
        #[test]
        fn text_gives_the_same_moment_back(micros in -2_000_000_000_000_000i64..9_000_000_000_000_000) {
            let instant = Instant::from_micros(micros);
            prop_assert_eq!(instant.to_string().parse::<Instant>(), Ok(instant));
            let start = Instant::at(instant.day(), instant.minute_of_day());
            prop_assert!(start <= instant && instant < start.plus_minutes(1));
        }
    }
}
