//! The rules P9-1 … P9-8 as pure functions of the clock. The jobs only materialise what these say.

use kernel::{Day, Instant};

use crate::profile::{Profile, Unit};

/// From when until when a slot can be booked online.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First moment.
    pub release_at: Instant,
    /// First moment at which it is too late.
    pub close_at: Instant,
}

/// The booking window of a slot that starts at `start` (P9-1, P9-2). `is_open` says on which days the office opens;
/// it is asked for days up to and including the day of the slot.
pub fn window(profile: &Profile, start: Instant, is_open: impl Fn(Day) -> bool) -> Window {
    let day = start.day();
    let release_day = match profile.unit {
        Unit::CalendarDays => day.plus_days(-i64::from(profile.days_ahead)),
        Unit::OpenDays => open_day_back(day, profile.days_ahead, &is_open),
    };
    let close_at = match (profile.min_lead, profile.unit) {
        (0, _) => start,
        // with a lead of one day, booking ends when the day itself begins
        (lead, Unit::CalendarDays) => Instant::at(day.plus_days(1 - i64::from(lead)), 0),
        (lead, Unit::OpenDays) => Instant::at(open_day_back(day, lead - 1, &is_open), 0),
    };
    Window { release_at: Instant::at(release_day, profile.release_minute), close_at }
}

/// The `count`-th open day before `day`, which counts as open itself. A year is the furthest it looks.
fn open_day_back(day: Day, count: u16, is_open: &impl Fn(Day) -> bool) -> Day {
    let earlier = (1..=366).map(|back| day.plus_days(-back));
    match count {
        0 => day,
        count => earlier.filter(|at| is_open(*at)).nth(usize::from(count) - 1).unwrap_or(day.plus_days(-366)),
    }
}

/// Why a place in a slot cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unavailable {
    /// Not released yet (E-P902).
    NotReleased,
    /// Too late (E-P901).
    TooLate,
    /// The office has closed for this time.
    Closed,
    /// No place left (E-P905).
    Full,
}

/// The figures of one slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Places released online.
    pub quota_online: i64,
    /// Places kept for those who come by themselves.
    pub quota_onsite: i64,
    /// Places taken online: booked, held and offered.
    pub taken_online: i64,
    /// Places taken on site.
    pub taken_onsite: i64,
}

impl Load {
    /// Places that can be booked online.
    pub fn online_left(self) -> i64 {
        (self.quota_online - self.taken_online).max(0)
    }

    /// Places that somebody who comes by himself can have: the on-site quota, and from `merge_minutes` before the start
    /// whatever is left of both (P9-1).
    pub fn onsite_left(self, start: Instant, now: Instant, merge_minutes: u16) -> i64 {
        let merged = now >= start.plus_minutes(-i64::from(merge_minutes));
        let left = if merged {
            self.quota_online + self.quota_onsite - self.taken_online - self.taken_onsite
        } else {
            self.quota_onsite - self.taken_onsite
        };
        left.max(0)
    }
}

/// Whether a place can be booked online now.
pub fn available(window: Window, closed: bool, load: Load, now: Instant) -> Result<(), Unavailable> {
    if closed {
        Err(Unavailable::Closed)
    } else if now >= window.close_at {
        Err(Unavailable::TooLate)
    } else if now < window.release_at {
        Err(Unavailable::NotReleased)
    } else if load.online_left() == 0 {
        Err(Unavailable::Full)
    } else {
        Ok(())
    }
}

/// Quotas of a slot: `percent` of all places online, rounded down, the rest on site (P9-1).
pub fn split_quota(places: i64, percent: u8) -> (i64, i64) {
    let online = places * i64::from(percent.min(100)) / 100;
    (online, places - online)
}

/// Whether there is still time to cancel or move (P9-6): at least `cancel_lead_minutes` before the start.
pub fn may_change(profile: &Profile, start: Instant, now: Instant) -> bool {
    now.plus_minutes(i64::from(profile.cancel_lead_minutes)) <= start
}

/// Until when a free place is offered: the offer's length, but no longer than booking is open.
pub fn offer_until(minutes: u16, close_at: Instant, now: Instant) -> Instant {
    now.plus_minutes(i64::from(minutes)).min(close_at)
}

/// The first day on which somebody with these no-shows may book online again, if that is after `today` (P9-7).
/// Lifted no-shows are not in the list; the order does not matter.
pub fn blocked_until(profile: &Profile, no_shows: &[Day], today: Day) -> Option<Day> {
    let mut days = no_shows.to_vec();
    days.sort_unstable();
    let limit = usize::from(profile.no_show_limit.max(1));
    days.windows(limit)
        .filter(|run| run[0].days_until(run[limit - 1]) <= i64::from(profile.no_show_window_days))
        .map(|run| run[limit - 1].plus_days(i64::from(profile.block_days) + 1))
        .max()
        .filter(|free| today < *free)
}

#[cfg(test)]
mod tests {
    use kernel::Text;
    use proptest::prelude::*;

    use super::*;

    fn p9() -> Profile {
        Profile::p9("test", Text::new("测试", "test"))
    }

    fn marriage() -> Profile {
        Profile { unit: Unit::CalendarDays, days_ahead: 30, ..p9() }
    }

    fn weekday(day: Day) -> bool {
        crate::hours::weekday_number(day.weekday()) <= 5
    }

    fn at(month: i8, day: i8, minute: u16) -> Instant {
        Instant::at(Day::ymd(2026, month, day), minute)
    }

    #[test]
    fn p9_1_and_p9_2_five_open_days_ahead_from_eight_o_clock() {
        // P9.4 scenario 1: today is Wednesday 1 July 2026
        let booked_on_1_july = |day: i8| {
            let window = window(&p9(), at(7, day, 600), weekday);
            let now = at(7, 1, 540);
            (now >= window.release_at, now < window.close_at)
        };
        assert_eq!(booked_on_1_july(1), (true, false), "the same day is too late");
        assert_eq!(booked_on_1_july(2), (true, true));
        assert_eq!(booked_on_1_july(8), (true, true), "the fifth open day");
        assert_eq!(booked_on_1_july(9), (false, true), "the sixth open day");
        let eighth = window(&p9(), at(7, 8, 600), weekday);
        assert_eq!(eighth.release_at, at(7, 1, 480));
        assert_eq!(eighth.close_at, at(7, 8, 0));
    }

    #[test]
    fn p9_2_a_rest_day_between_does_not_count() {
        let monday = window(&p9(), at(7, 6, 600), weekday);
        assert_eq!(monday.close_at, at(7, 6, 0), "on Sunday, Monday is the next open day");
        assert_eq!(monday.release_at, at(6, 29, 480));
        let two = Profile { min_lead: 2, ..p9() };
        assert_eq!(window(&two, at(7, 6, 600), weekday).close_at, at(7, 3, 0), "two open days ahead of Monday is Thursday at the latest");
    }

    #[test]
    fn p9_1_marriage_counts_calendar_days() {
        let window = window(&marriage(), at(7, 31, 600), |_| false);
        assert_eq!(window.release_at, at(7, 1, 480));
        assert_eq!(window.close_at, at(7, 31, 0));
        let load = Load { quota_online: 1, quota_onsite: 0, taken_online: 0, taken_onsite: 0 };
        assert_eq!(available(window, false, load, at(7, 1, 480).plus_secs(-1)), Err(Unavailable::NotReleased));
        assert_eq!(available(window, false, load, at(7, 1, 480)), Ok(()));
        assert_eq!(available(window, false, load, at(7, 31, 0).plus_secs(-1)), Ok(()));
        assert_eq!(available(window, false, load, at(7, 31, 0)), Err(Unavailable::TooLate));
    }

    #[test]
    fn p9_1_seventy_to_thirty_and_merged_at_a_quarter_of_an_hour() {
        assert_eq!(split_quota(10, 70), (7, 3));
        assert_eq!(split_quota(5, 70), (3, 2));
        let load = Load { quota_online: 7, quota_onsite: 3, taken_online: 2, taken_onsite: 3 };
        let start = at(7, 2, 600);
        assert_eq!(load.onsite_left(start, start.plus_minutes(-15).plus_secs(-1), 15), 0);
        assert_eq!(load.onsite_left(start, start.plus_minutes(-15), 15), 5);
    }

    #[test]
    fn p9_6_two_hours_before_to_the_second() {
        let start = at(7, 2, 14 * 60);
        assert!(may_change(&p9(), start, at(7, 2, 11 * 60 + 59)));
        assert!(may_change(&p9(), start, at(7, 2, 12 * 60)));
        assert!(!may_change(&p9(), start, at(7, 2, 12 * 60).plus_secs(1)));
        assert!(!may_change(&p9(), start, at(7, 2, 12 * 60 + 1)));
    }

    #[test]
    fn p9_7_three_no_shows_block_for_sixty_days_and_a_lifted_one_frees_at_once() {
        let all = [Day::ymd(2026, 5, 6), Day::ymd(2026, 6, 3), Day::ymd(2026, 7, 1)];
        let free = Day::ymd(2026, 8, 31);
        assert_eq!(blocked_until(&p9(), &all, Day::ymd(2026, 7, 1)), Some(free));
        assert_eq!(blocked_until(&p9(), &all, Day::ymd(2026, 8, 30)), Some(free), "the last blocked day");
        assert_eq!(blocked_until(&p9(), &all, free), None);
        assert_eq!(blocked_until(&p9(), &[all[0], all[2]], Day::ymd(2026, 7, 1)), None);
    }

    #[test]
    fn p9_7_ninety_days_are_the_window() {
        let first = Day::ymd(2026, 1, 1);
        let today = first.plus_days(91);
        assert!(blocked_until(&p9(), &[first, first.plus_days(5), first.plus_days(90)], today).is_some());
        assert!(blocked_until(&p9(), &[first, first.plus_days(5), first.plus_days(91)], today).is_none());
    }

    #[test]
    fn an_offer_never_outlives_the_booking_window() {
        let close = at(7, 2, 0);
        assert_eq!(offer_until(120, close, at(7, 1, 600)), at(7, 1, 720));
        assert_eq!(offer_until(120, close, at(7, 1, 23 * 60)), close);
    }

    proptest! {
        #[test]
        fn p9_1_quotas_add_up(places in 0i64..10_000, percent in 0u8..=100) {
            let (online, onsite) = split_quota(places, percent);
            prop_assert!(online >= 0 && onsite >= 0);
            prop_assert_eq!(online + onsite, places);
        }

        #[test]
        fn p9_2_the_window_never_ends_before_it_begins(ahead in 1u16..40, lead in 0u16..2, offset in 0i64..2000) {
            let day = Day::ymd(2024, 1, 1).plus_days(offset);
            prop_assume!(weekday(day));
            for unit in [Unit::CalendarDays, Unit::OpenDays] {
                let profile = Profile { unit, days_ahead: ahead, min_lead: lead, ..p9() };
                let window = window(&profile, Instant::at(day, 600), weekday);
                prop_assert!(window.release_at < window.close_at);
                prop_assert!(window.close_at <= Instant::at(day, 600));
            }
        }
    }
}
