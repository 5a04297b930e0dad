//! The quiet hours of the night.

use kernel::Instant;
use serde::Deserialize;

use crate::topics::FILE;

/// From when until when nothing goes out that can wait, at +08:00.
#[derive(Debug, Deserialize)]
pub struct Quiet {
    /// `21:00`
    pub from: String,
    /// `08:00`, of the next morning.
    pub until: String,
    /// Why these hours.
    pub source: String,
}

/// The quiet hours in force.
pub fn quiet() -> &'static Quiet {
    &FILE.quiet
}

impl Quiet {
    /// `at`, or the end of the quiet hours that it falls into.
    pub fn after(&self, at: Instant) -> Instant {
        let (from, until, minute) = (minute(&self.from), minute(&self.until), at.minute_of_day());
        if minute < until {
            Instant::at(at.day(), until)
        } else if minute >= from {
            Instant::at(at.day().plus_days(1), until)
        } else {
            at
        }
    }
}

fn minute(text: &str) -> u16 {
    let (hours, minutes) = text.split_once(':').expect("a test reads the data that are carried");
    let part = |part: &str| part.parse::<u16>().expect("a test reads the data that are carried");
    part(hours) * 60 + part(minutes)
}

#[cfg(test)]
mod tests {
    use kernel::Day;

    use super::*;

    #[test]
    fn what_falls_into_the_night_waits_for_its_end() {
        let day = Day::ymd(2026, 7, 1);
        let at = |day, hours: u16, minutes: u16| Instant::at(day, hours * 60 + minutes);
        let after = |instant| quiet().after(instant);
        let next = day.plus_days(1);
        assert_eq!(after(at(day, 20, 59)), at(day, 20, 59));
        assert_eq!(after(at(day, 21, 0)), at(next, 8, 0));
        assert_eq!(after(at(day, 23, 59)), at(next, 8, 0));
        assert_eq!(after(at(next, 0, 0)), at(next, 8, 0));
        assert_eq!(after(at(next, 7, 59)), at(next, 8, 0));
        assert_eq!(after(at(next, 8, 0)), at(next, 8, 0));
        assert!(!quiet().source.is_empty());
    }
}
