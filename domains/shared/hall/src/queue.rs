//! Whom to call next (P9-9, P9-10, P9-11), as a pure function.
//!
//! Class 1 goes before class 2, first come first served within a class; but at most every second call is of class 1 or 2 while somebody
//! else waits longer than the limit. Then comes who was passed and has let the next three go first. Of the others, three booked ones
//! are called for one who came by himself; a booked one goes first from the beginning of his slot on, until then he waits behind those
//! who came by themselves.

use kernel::Instant;

use crate::model::{Class, GroupId, Ticket, TicketId};
use crate::rules::Numbers;

/// One who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The ticket.
    pub id: TicketId,
    /// Its group.
    pub group: GroupId,
    /// Its class.
    pub class: Class,
    /// When it was taken, and the number for those of one moment.
    pub since: (Instant, i64),
    /// When the slot of a booked one begins.
    pub slot_start: Option<Instant>,
    /// Behind which ticket it was queued again.
    pub after: Option<TicketId>,
    /// Whether it was queued again.
    pub again: bool,
}

impl From<&Ticket> for Waiting {
    fn from(ticket: &Ticket) -> Self {
        Self {
            id: ticket.id,
            group: ticket.group,
            class: ticket.class,
            since: (ticket.taken_at, ticket.number),
            slot_start: ticket.slot_start,
            after: ticket.after,
            again: ticket.requeues > 0,
        }
    }
}

/// What has been called before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Past {
    /// Calls since the last one of class 1 or 2; none if there was none.
    pub since_urgent: Option<u16>,
    /// Booked ones called since the last walk-in.
    pub booked_run: u16,
}

impl Past {
    /// From the classes of the calls so far, the earliest first.
    pub fn of(classes: impl IntoIterator<Item = Class>) -> Self {
        classes.into_iter().fold(Self::default(), Self::then)
    }

    /// After one more call.
    fn then(self, class: Class) -> Self {
        let since_urgent = if class.is_urgent() { Some(0) } else { self.since_urgent.map(|calls| calls.saturating_add(1)) };
        let booked_run = match class {
            Class::First | Class::Second => self.booked_run,
            Class::Booked => self.booked_run.saturating_add(1),
            Class::WalkIn => 0,
        };
        Self { since_urgent, booked_run }
    }
}

/// The next one to be called, by its place in `queue`; none if nobody waits.
pub fn pick(numbers: &Numbers, queue: &[Waiting], past: Past, now: Instant) -> Option<usize> {
    let released = |one: &Waiting| one.after.is_none_or(|after| !queue.iter().any(|other| other.id == after));
    let first = |fits: &dyn Fn(&Waiting) -> bool| {
        let fitting = queue.iter().enumerate().filter(|(_, one)| released(one) && fits(one));
        fitting.min_by_key(|(_, one)| one.since).map(|(at, _)| at)
    };
    let urgent = first(&|one| one.class == Class::First).or_else(|| first(&|one| one.class == Class::Second));
    let other = first(&|one| !one.class.is_urgent() && one.again).or_else(|| {
        let begun = |one: &Waiting| one.slot_start.is_none_or(|start| start <= now);
        let booked = first(&|one| one.class == Class::Booked && begun(one));
        let walk_in = first(&|one| one.class == Class::WalkIn);
        match (booked, walk_in) {
            (Some(_), Some(walk_in)) if past.booked_run >= numbers.booked_per_walk_in.value => Some(walk_in),
            (booked, walk_in) => booked.or(walk_in).or_else(|| first(&|one| one.class == Class::Booked)),
        }
    });
    let too_long = i64::from(numbers.urgent_wait_minutes.value);
    let someone_waits_long = || queue.iter().any(|one| !one.class.is_urgent() && one.since.0.plus_minutes(too_long) < now);
    let just_had_one = past.since_urgent.is_some_and(|calls| calls + 1 < numbers.urgent_every.value);
    match (urgent, other) {
        (Some(_), Some(other)) if just_had_one && someone_waits_long() => Some(other),
        (urgent, other) => urgent.or(other),
    }
}

/// Everybody in the order in which they will be called if nobody else comes.
pub fn order(numbers: &Numbers, mut queue: Vec<Waiting>, mut past: Past, now: Instant) -> Vec<Waiting> {
    let mut ordered = Vec::with_capacity(queue.len());
    while let Some(at) = pick(numbers, &queue, past, now) {
        let next = queue.remove(at);
        past = past.then(next.class);
        ordered.push(next);
    }
    ordered
}

#[cfg(test)]
mod tests {
    use kernel::{Day, Id};

    use super::*;
    use crate::rules::Rules;

    const GROUP: [u8; 10] = [1; 10];

    fn at(minute: u16) -> Instant {
        Instant::at(Day::ymd(2026, 7, 1), minute)
    }

    fn one(number: u8, class: Class, minute: u16) -> Waiting {
        Waiting {
            id: Id::new(1, [number; 10]),
            group: Id::new(1, GROUP),
            class,
            since: (at(minute), i64::from(number)),
            slot_start: None,
            after: None,
            again: false,
        }
    }

    fn numbers_of(queue: Vec<Waiting>, past: Past, now: u16) -> Vec<i64> {
        order(&Rules::p9().numbers, queue, past, at(now)).into_iter().map(|one| one.since.1).collect()
    }

    #[test]
    fn p9_10_an_old_walk_in_goes_before_three_booked() {
        // P9.4 scenario 8
        let mut queue: Vec<_> = (1..=3).map(|n| one(n, Class::Booked, 540)).collect();
        queue.push(one(4, Class::Second, 545));
        assert_eq!(numbers_of(queue, Past::default(), 550), [4, 1, 2, 3]);
    }

    #[test]
    fn p9_10_class_one_before_two_and_first_come_first_served_within() {
        let queue = vec![one(5, Class::Second, 541), one(6, Class::Second, 540), one(7, Class::First, 549)];
        assert_eq!(numbers_of(queue, Past::default(), 550), [7, 6, 5]);
    }

    #[test]
    fn p9_10_every_second_call_at_most_when_others_wait_over_forty_minutes() {
        let queue = |since| vec![one(1, Class::WalkIn, since), one(2, Class::WalkIn, since), one(3, Class::First, 600), one(4, Class::Second, 600)];
        assert_eq!(numbers_of(queue(560), Past::default(), 600), [3, 4, 1, 2], "forty minutes to the minute are not over forty");
        assert_eq!(numbers_of(queue(559), Past::default(), 600), [3, 1, 4, 2]);
        let just_called = Past::of([Class::WalkIn, Class::First]);
        assert_eq!(numbers_of(queue(559), just_called, 600), [1, 3, 2, 4]);
    }

    #[test]
    fn p9_9_three_booked_for_one_walk_in() {
        let mut queue: Vec<_> = (1..=5).map(|n| one(n, Class::Booked, 540)).collect();
        queue.extend((6..=8).map(|n| one(n, Class::WalkIn, 530)));
        assert_eq!(numbers_of(queue.clone(), Past::default(), 550), [1, 2, 3, 6, 4, 5, 7, 8]);
        let two = Past::of([Class::WalkIn, Class::Booked, Class::Second, Class::Booked]);
        assert_eq!(numbers_of(queue, two, 550)[..3], [1, 6, 2]);
    }

    #[test]
    fn p9_9_a_booked_one_goes_first_from_his_slot_on() {
        let early = Waiting { slot_start: Some(at(14 * 60)), ..one(1, Class::Booked, 13 * 60 + 30) };
        let queue = vec![early, one(2, Class::WalkIn, 13 * 60 + 35)];
        assert_eq!(numbers_of(queue.clone(), Past::default(), 14 * 60 - 1), [2, 1], "a minute before his slot");
        assert_eq!(numbers_of(queue, Past::default(), 14 * 60), [1, 2]);
    }

    #[test]
    fn p9_11_who_was_passed_comes_after_the_next_three() {
        let mut queue: Vec<_> = (24..=28).map(|n| one(n, Class::WalkIn, 540)).collect();
        let third = queue[2].id;
        queue.push(Waiting { after: Some(third), again: true, ..one(23, Class::WalkIn, 500) });
        assert_eq!(numbers_of(queue, Past::default(), 550), [24, 25, 26, 23, 27, 28]);
    }

    #[test]
    fn everybody_is_called_once_whatever_waits() {
        let classes = [Class::WalkIn, Class::First, Class::Booked, Class::Second];
        let mut queue: Vec<_> = (0..60).map(|n| one(n, classes[usize::from(n) * 7 % 4], 480 + u16::from(n) * 13 % 50)).collect();
        for n in (0..60).step_by(9) {
            queue[n].after = queue.get(n + 1).map(|next| next.id);
            queue[n].again = true;
        }
        let mut seen = numbers_of(queue, Past::default(), 600);
        seen.sort_unstable();
        assert_eq!(seen, (0..60).collect::<Vec<i64>>());
    }
}
