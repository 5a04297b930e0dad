//! The figures of a hall's day, from its tickets (P9.3): how many, how long they waited and were served, when, and at which window.

use kernel::Instant;

use crate::model::{Class, GroupId, State, WindowId};

/// What became of one ticket.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The group.
    pub group: GroupId,
    /// The class.
    pub class: Class,
    /// The state.
    pub state: State,
    /// When it was taken.
    pub taken_at: Instant,
    /// When it was first called.
    pub first_call: Option<Instant>,
    /// The last window.
    pub window: Option<WindowId>,
    /// Beginning and end of the visit.
    pub served: Option<(Instant, Instant)>,
    /// Microseconds at other windows before.
    pub spent: i64,
}

/// A sum with its count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mean {
    /// How many.
    pub count: i64,
    /// Their whole length in microseconds.
    pub micros: i64,
}

impl Mean {
    fn add(&mut self, micros: i64) {
        self.count += 1;
        self.micros += micros.max(0);
    }

    /// In minutes, to a tenth; none of nothing.
    pub fn minutes(self) -> Option<f64> {
        (self.count > 0).then(|| (self.micros as f64 / self.count as f64 / 6_000_000.0).round() / 10.0)
    }
}

/// One hour of the day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hour {
    /// The hour, 0 to 23.
    pub hour: u16,
    /// Tickets taken in it.
    pub taken: i64,
    /// Waits of those that were called in it.
    pub wait: Mean,
    /// Visits that began in it.
    pub service: Mean,
}

/// The figures of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Tickets of each class, from class 1 on.
    pub classes: [i64; 4],
    /// Tickets that wait or are called.
    pub waiting: i64,
    /// Tickets on which people were served.
    pub done: i64,
    /// Tickets that were passed and did not come back.
    pub missed: i64,
    /// From taking a ticket to its first call.
    pub wait: Mean,
    /// Length of visits.
    pub service: Mean,
    /// The hours in which something happened, in order.
    pub hours: Vec<Hour>,
    /// Visits of each window.
    pub windows: Vec<(WindowId, Mean)>,
}

impl Figures {
    /// All tickets of the day.
    pub fn taken(&self) -> i64 {
        self.classes.iter().sum()
    }

    /// The figures of these tickets.
    pub fn of(visits: &[Visit]) -> Self {
        let mut figures = Self::default();
        let mut hours: Vec<Hour> = (0..24).map(|hour| Hour { hour, ..Hour::default() }).collect();
        let hour_of = |at: Instant| usize::from(at.minute_of_day() / 60);
        for visit in visits {
            figures.classes[usize::try_from(visit.class.number() - 1).unwrap_or_default()] += 1;
            match visit.state {
                State::Waiting | State::Called => figures.waiting += 1,
                State::Done => figures.done += 1,
                State::Passed | State::Void => figures.missed += 1,
                State::Serving => {}
            }
            hours[hour_of(visit.taken_at)].taken += 1;
            if let Some(called) = visit.first_call {
                let wait = called.micros() - visit.taken_at.micros();
                figures.wait.add(wait);
                hours[hour_of(called)].wait.add(wait);
            }
            // a visit that somebody forgot to end is no measure
            if let Some((from, to)) = visit.served.filter(|(from, to)| from.day() == to.day()) {
                let length = to.micros() - from.micros();
                figures.service.add(length + visit.spent);
                hours[hour_of(from)].service.add(length + visit.spent);
                if let Some(window) = visit.window {
                    figures.add_to_window(window, length);
                }
            }
        }
        hours.retain(|hour| hour.taken + hour.wait.count + hour.service.count > 0);
        figures.hours = hours;
        figures
    }

    fn add_to_window(&mut self, window: WindowId, length: i64) {
        let at = self.windows.iter().position(|(id, _)| *id == window).unwrap_or_else(|| {
            self.windows.push((window, Mean::default()));
            self.windows.len() - 1
        });
        self.windows[at].1.add(length);
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Day, Id};

    use super::*;

    #[test]
    fn the_figures_of_a_morning_add_up() {
        let at = |minute| Instant::at(Day::ymd(2026, 7, 1), minute);
        let window = Id::new(1, [2; 10]);
        let visit = |class, taken, called: Option<u16>, served: Option<(u16, u16)>, state| Visit {
            group: Id::new(1, [1; 10]),
            class,
            state,
            taken_at: at(taken),
            first_call: called.map(at),
            window: served.map(|_| window),
            served: served.map(|(from, to)| (at(from), at(to))),
            spent: 0,
        };
        let figures = Figures::of(&[
            visit(Class::Booked, 540, Some(550), Some((551, 561)), State::Done),
            visit(Class::WalkIn, 545, Some(605), Some((606, 626)), State::Done),
            visit(Class::First, 610, Some(620), None, State::Void),
            visit(Class::WalkIn, 615, None, None, State::Waiting),
        ]);
        assert_eq!((figures.taken(), figures.classes), (4, [1, 0, 1, 2]));
        assert_eq!((figures.done, figures.missed, figures.waiting), (2, 1, 1));
        assert_eq!((figures.wait.minutes(), figures.service.minutes()), (Some(26.7), Some(15.0)));
        assert_eq!(figures.hours.iter().map(|hour| (hour.hour, hour.taken, hour.service.count)).collect::<Vec<_>>(), [(9, 2, 1), (10, 2, 1)]);
        assert_eq!(figures.windows, [(window, Mean { count: 2, micros: 30 * 60_000_000 })]);
    }
}
