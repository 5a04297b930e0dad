//! Slot plans: how the hours of a day become slots with quotas.

use kernel::{Day, Instant};

use crate::hours::{Hours, weekday_number};
use crate::model::{OfficeId, PlanId};
use crate::rules::split_quota;

/// What an office offers for one kind of business on some weekdays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotPlan {
    /// Id.
    pub id: PlanId,
    /// Where.
    pub office: OfficeId,
    /// The kind of business.
    pub item_kind: String,
    /// Weekdays, bit 0 is Monday.
    pub weekdays: u8,
    /// Also on published special openings, whatever the weekday.
    pub on_special: bool,
    /// Between these hours; a slot must also lie within the opening hours of the day.
    pub hours: Hours,
    /// Length of a slot in minutes.
    pub minutes: u16,
    /// Places in one slot, online and on site together.
    pub places: i64,
    /// Share released online, in percent.
    pub online_percent: u8,
    /// First day.
    pub from: Day,
    /// Last day, if there is one.
    pub to: Option<Day>,
}

/// A slot that is to exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed {
    /// Start.
    pub start: Instant,
    /// End.
    pub end: Instant,
    /// Places released online.
    pub quota_online: i64,
    /// Places kept on site.
    pub quota_onsite: i64,
}

impl SlotPlan {
    /// Whether the plan speaks for this day.
    pub fn applies(&self, day: Day, special: bool) -> bool {
        let weekday = self.weekdays & (1 << (weekday_number(day.weekday()) - 1)) != 0;
        self.from <= day && self.to.is_none_or(|to| day <= to) && (weekday || (special && self.on_special))
    }

    /// The slots of one day on which the office opens at `open`. A stretch that is too short for a whole slot is left.
    pub fn slots(&self, day: Day, open: &Hours) -> Vec<Seed> {
        let (quota_online, quota_onsite) = split_quota(self.places, self.online_percent);
        let mut seeds = Vec::new();
        for span in self.hours.spans() {
            let mut from = span.from();
            while from + self.minutes.max(1) <= span.to() {
                let to = from + self.minutes.max(1);
                if open.cover(from, to) {
                    seeds.push(Seed { start: Instant::at(day, from), end: Instant::at(day, to), quota_online, quota_onsite });
                }
                from = to;
            }
        }
        seeds
    }
}

#[cfg(test)]
mod tests {
    use kernel::Id;

    use super::*;

    fn plan() -> SlotPlan {
        SlotPlan {
            id: Id::new(0, [0; 10]),
            office: Id::new(0, [0; 10]),
            item_kind: "test".into(),
            weekdays: 0b001_1111,
            on_special: true,
            hours: "09:00-11:45 13:30-17:00".parse().expect("hours"),
            minutes: 30,
            places: 10,
            online_percent: 70,
            from: Day::ymd(2026, 1, 1),
            to: None,
        }
    }

    #[test]
    fn slots_lie_within_the_hours_of_plan_and_office() {
        let open = "09:00-12:00 14:00-17:00".parse().expect("hours");
        let slots = plan().slots(Day::ymd(2026, 7, 1), &open);
        let starts: Vec<String> = slots.iter().map(|slot| slot.start.hm()).collect();
        assert_eq!(starts, ["09:00", "09:30", "10:00", "10:30", "11:00", "14:00", "14:30", "15:00", "15:30", "16:00", "16:30"]);
        assert!(slots.iter().all(|slot| (slot.quota_online, slot.quota_onsite) == (7, 3)));
    }

    #[test]
    fn r_mr_47_a_plan_speaks_for_a_rest_day_only_as_a_special_opening() {
        let sunday = Day::ymd(2026, 7, 5);
        assert!(!plan().applies(sunday, false));
        assert!(plan().applies(sunday, true));
        assert!(!plan().applies(Day::ymd(2025, 12, 31), false), "before its first day");
    }
}
