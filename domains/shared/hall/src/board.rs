//! What a hall looks like at a moment: who waits in which order, and how long it will take (P9-14).

use kernel::Instant;

use crate::model::{Class, GroupCard, GroupId, HallCard, State, Ticket, TicketId, WindowCard, WindowId};
use crate::queue::{Past, Waiting, order};

/// Visits that a group served lately.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    /// How many.
    pub served: i64,
    /// Their whole length in microseconds.
    pub micros: i64,
}

const MICROS_A_MINUTE: i64 = 60_000_000;

/// A hall at a moment.
#[derive(Debug, Clone)]
pub struct Board {
    /// The hall.
    pub hall: HallCard,
    /// Its groups, by letter.
    pub groups: Vec<GroupCard>,
    /// Its windows, by number.
    pub windows: Vec<WindowCard>,
    /// Tickets of today that wait, are called or served, or were passed.
    pub live: Vec<Ticket>,
    /// Calls of today, the latest last: group and class.
    pub(crate) past: Vec<(GroupId, Class)>,
    /// What groups served lately.
    pub(crate) paces: Vec<(GroupId, Pace)>,
    /// The moment.
    pub now: Instant,
}

impl Board {
    /// The group with this id.
    pub fn group(&self, id: GroupId) -> Option<&GroupCard> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The window with this id.
    pub fn window(&self, id: WindowId) -> Option<&WindowCard> {
        self.windows.iter().find(|window| window.id == id)
    }

    /// Tickets in a state.
    pub fn in_state(&self, state: State) -> impl Iterator<Item = &Ticket> {
        self.live.iter().filter(move |ticket| ticket.state == state)
    }

    /// Open windows that serve a group.
    pub fn open_for(&self, group: GroupId) -> impl Iterator<Item = &WindowCard> {
        self.windows.iter().filter(move |window| window.is_open(self.now) && window.groups.contains(&group))
    }

    /// Those who wait for these groups, in the order in which they will be called.
    pub fn ordered(&self, groups: &[GroupId]) -> Vec<&Ticket> {
        let ordered = self.order(groups, None);
        ordered.iter().filter_map(|one| self.live.iter().find(|ticket| ticket.id == one.id)).collect()
    }

    fn order(&self, groups: &[GroupId], newcomer: Option<Waiting>) -> Vec<Waiting> {
        let waiting = self.in_state(State::Waiting).filter(|ticket| ticket.target.is_none() && groups.contains(&ticket.group));
        let queue = waiting.map(Waiting::from).chain(newcomer).collect();
        order(&self.hall.rules.numbers, queue, self.past_of(groups), self.now)
    }

    /// What was called of these groups.
    pub(crate) fn past_of(&self, groups: &[GroupId]) -> Past {
        Past::of(self.past.iter().filter(|(group, _)| groups.contains(group)).map(|(_, class)| *class))
    }

    /// The groups that share windows with a group: those that stand in one queue with it.
    fn queue_of(&self, group: GroupId) -> Vec<GroupId> {
        let mut groups: Vec<GroupId> = self.open_for(group).flat_map(|window| window.groups.iter().copied()).chain([group]).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// Mean length of a visit of a group in microseconds: measured once enough were served, expected before.
    pub fn mean(&self, group: GroupId) -> i64 {
        let pace = self.paces.iter().find(|(id, _)| *id == group).map(|(_, pace)| *pace).unwrap_or_default();
        if pace.served >= i64::from(self.hall.rules.numbers.pace_least.value) {
            pace.micros / pace.served.max(1)
        } else {
            self.group(group).map_or(0, |group| group.minutes * MICROS_A_MINUTE)
        }
    }

    /// How many are before a waiting ticket, and its wait in minutes: the mean visits of those before it, over the open windows.
    pub fn wait_of(&self, ticket: &Ticket) -> (usize, i64) {
        if ticket.target.is_some() {
            return (0, 0);
        }
        self.wait(ticket.group, ticket.id, None)
    }

    /// How many would be before somebody who takes a ticket now, and his wait in minutes.
    pub fn wait_of_newcomer(&self, group: GroupId, class: Class) -> (usize, i64) {
        let id = TicketId::new(u64::MAX >> 16, [0xff; 10]);
        let newcomer = Waiting { id, group, class, since: (self.now, i64::MAX), slot_start: None, after: None, again: false };
        self.wait(group, id, Some(newcomer))
    }

    fn wait(&self, group: GroupId, id: TicketId, newcomer: Option<Waiting>) -> (usize, i64) {
        let ordered = self.order(&self.queue_of(group), newcomer);
        let before: Vec<&Waiting> = ordered.iter().take_while(|one| one.id != id).collect();
        let micros: i64 = before.iter().map(|one| self.mean(one.group)).sum();
        let windows = i64::try_from(self.open_for(group).count().max(1)).unwrap_or(1);
        (before.len(), (micros / windows + MICROS_A_MINUTE - 1) / MICROS_A_MINUTE)
    }

    /// The ticket behind which a passed one is queued again: the third of its group that waits, or the last if there are fewer.
    pub fn requeue_after(&self, group: GroupId) -> Option<&Ticket> {
        let behind = usize::from(self.hall.rules.numbers.requeue_behind.value);
        self.ordered(&[group]).into_iter().take(behind).next_back()
    }
}
