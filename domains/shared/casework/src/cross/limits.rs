//! How long each place has, as the data file says.

use kernel::{Calendar, Day, Instant};
use serde::Deserialize;

use super::Sheet;
use crate::clock::{General, over_at};
use crate::model::StepLimit;

/// Limits of handing over.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The receiving place sends the scans.
    pub send: StepLimit,
    /// The receiving place posts the papers.
    pub post: StepLimit,
    /// The body that answers signs in what arrived.
    pub sign: StepLimit,
    /// Minute of the day that parts the halves in which papers are handed over within a city.
    pub noon: u16,
    /// The source of that.
    pub dispatch_source: String,
}

impl Limits {
    /// First moment at which sending is late, for what was taken in at a moment that counts as `day`. Within a province papers are handed
    /// over in the same half of the day.
    pub(super) fn send_by(&self, calendar: &Calendar, at: Instant, day: Day, sheet: Sheet, nearby: bool) -> Instant {
        if nearby {
            let today = at.day() == day;
            let minute = if today && at.minute_of_day() >= self.noon { General::carried().closes_at } else { self.noon };
            return Instant::at(day, minute);
        }
        let limit = if sheet == Sheet::Scan { &self.send } else { &self.post };
        end(calendar, day, limit)
    }

    /// First moment at which signing in is late, for what was sent at a moment.
    pub(super) fn sign_by(&self, calendar: &Calendar, sent: Instant) -> Instant {
        end(calendar, sent.day(), &self.sign)
    }
}

fn end(calendar: &Calendar, from: Day, limit: &StepLimit) -> Instant {
    over_at(limit.limit.period().map_or(from, |period| calendar.due(from, period).day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i8, minute: u16) -> Instant {
        Instant::at(Day::ymd(2026, 7, day), minute)
    }

    #[test]
    fn p10_1_scans_within_a_working_day_and_papers_within_two() {
        let (limits, calendar) = (&General::carried().cross, Calendar::builtin());
        let friday = Day::ymd(2026, 7, 3);
        let by = |sheet| limits.send_by(calendar, at(3, 600), friday, sheet, false);
        assert_eq!(by(Sheet::Scan), over_at(Day::ymd(2026, 7, 6)), "over the weekend");
        assert_eq!(by(Sheet::Paper), over_at(Day::ymd(2026, 7, 7)));
        assert_eq!(limits.sign_by(calendar, at(3, 600)), over_at(Day::ymd(2026, 7, 6)));
    }

    #[test]
    fn p2_9_papers_are_handed_over_in_the_same_half_of_the_day() {
        let (limits, calendar) = (&General::carried().cross, Calendar::builtin());
        let by = |minute, day: i8| limits.send_by(calendar, at(1, minute), Day::ymd(2026, 7, day), Sheet::Paper, true);
        assert_eq!(by(600, 1), at(1, 720));
        assert_eq!(by(900, 1), at(1, 1050));
        assert_eq!(by(1100, 2), at(2, 720), "what comes after closing counts for the next day");
    }
}
