//! Halls, groups, windows and tickets as types.

use booking::{BookingId, OfficeId};
use kernel::{Day, Id, Instant, Text};
use platform::StaffId;
use serde::{Deserialize, Serialize};

use crate::rules::Rules;

/// Marker of a group of items with one row of numbers.
#[derive(Debug)]
pub struct Group;
/// Marker of a window.
#[derive(Debug)]
pub struct Window;
/// Marker of a ticket.
#[derive(Debug)]
pub struct Paper;

/// Id of a group.
pub type GroupId = Id<Group>;
/// Id of a window.
pub type WindowId = Id<Window>;
/// Id of a ticket.
pub type TicketId = Id<Paper>;

/// A hall: the numbers of its queue and the key of its kiosk and screen.
#[derive(Debug, Clone)]
pub struct HallCard {
    /// The office whose hall it is.
    pub office: OfficeId,
    /// The numbers of its queue.
    pub rules: Rules,
    /// Grows with every change; an edit names the version that it read.
    pub version: i64,
}

/// A group of items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupCard {
    /// Id.
    pub id: GroupId,
    /// Before the number.
    pub letter: String,
    /// Name.
    pub name: Text,
    /// Kinds of business.
    pub kinds: Vec<String>,
    /// Expected minutes of one visit.
    pub minutes: i64,
    /// Tickets are given out.
    pub active: bool,
}

/// A window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowCard {
    /// Id.
    pub id: WindowId,
    /// The office.
    pub office: OfficeId,
    /// As painted above it.
    pub no: i64,
    /// The groups that it serves.
    pub groups: Vec<GroupId>,
    /// Who sits there.
    pub staff: Option<StaffId>,
    /// His name.
    pub staff_name: String,
    /// Since when it is open.
    pub opened_at: Option<Instant>,
}

impl WindowCard {
    /// Whether it is open: an opening ends with its day, whether or not somebody closed it.
    pub fn is_open(&self, now: Instant) -> bool {
        self.opened_at.is_some_and(|at| at.day() == now.day())
    }
}

/// In which order people are called (P9-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Members of the forces, veterans, families of the fallen.
    First,
    /// Old, disabled, pregnant, with an infant.
    Second,
    /// Booked.
    Booked,
    /// Walk-in.
    WalkIn,
}

impl Class {
    /// Every class, the first to be called first.
    pub const ALL: [Self; 4] = [Self::First, Self::Second, Self::Booked, Self::WalkIn];

    /// Its number, 1 to 4.
    pub fn number(self) -> i64 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Booked => 3,
            Self::WalkIn => 4,
        }
    }

    /// The class of this number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.number() == number)
    }

    /// Goes before those who booked and those who came by themselves.
    pub fn is_urgent(self) -> bool {
        matches!(self, Self::First | Self::Second)
    }

    /// The name that people see.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::First => ("军人优先", "Forces first"),
            Self::Second => ("优先", "Priority"),
            Self::Booked => ("预约", "Booked"),
            Self::WalkIn => ("现场", "Walk-in"),
        };
        Text::new(zh, en)
    }
}

/// Where a ticket is in its life (P9.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 等待.
    Waiting,
    /// 叫号.
    Called,
    /// 办理中.
    Serving,
    /// 已完成.
    Done,
    /// 过号: may be queued again once.
    Passed,
    /// 作废.
    Void,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 6] = [Self::Waiting, Self::Called, Self::Serving, Self::Done, Self::Passed, Self::Void];

    /// The code under which it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "WAITING",
            Self::Called => "CALLED",
            Self::Serving => "SERVING",
            Self::Done => "DONE",
            Self::Passed => "PASSED",
            Self::Void => "VOID",
        }
    }

    /// The state stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The name that people see.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Waiting => ("等待", "Waiting"),
            Self::Called => ("正在叫号", "Being called"),
            Self::Serving => ("办理中", "Being served"),
            Self::Done => ("已完成", "Done"),
            Self::Passed => ("已过号", "Passed"),
            Self::Void => ("已作废", "Void"),
        };
        Text::new(zh, en)
    }
}

/// Where a ticket was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// At the self-service kiosk.
    Kiosk,
    /// From a clerk.
    Counter,
    /// From a terminal or another program.
    Program,
}

impl Source {
    /// Every source.
    pub const ALL: [Self; 3] = [Self::Kiosk, Self::Counter, Self::Program];

    /// The code under which it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Kiosk => "KIOSK",
            Self::Counter => "COUNTER",
            Self::Program => "PROGRAM",
        }
    }

    /// The source stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.code() == code)
    }
}

/// A ticket.
#[derive(Debug, Clone)]
pub struct Ticket {
    /// Id.
    pub id: TicketId,
    /// The office whose hall it is for.
    pub office: OfficeId,
    /// The group.
    pub group: GroupId,
    /// The group's letter.
    pub letter: String,
    /// The day on which it counts.
    pub day: Day,
    /// The number, counted per group and day without gap.
    pub number: i64,
    /// Class.
    pub class: Class,
    /// Code of the reason of class 1 or 2; empty otherwise.
    pub ground: String,
    /// Where it was taken.
    pub source: Source,
    /// Opens the ticket's page.
    pub token: String,
    /// The booking that was shown.
    pub booking: Option<BookingId>,
    /// When its slot begins.
    pub slot_start: Option<Instant>,
    /// Whom to call, whole: show it masked.
    pub name: Option<String>,
    /// When it was taken.
    pub taken_at: Instant,
    /// State as stored; see [`Ticket::state_at`].
    pub state: State,
    /// Queued again behind this ticket.
    pub after: Option<TicketId>,
    /// How often it was queued again.
    pub requeues: i64,
    /// Handed over to this window.
    pub target: Option<WindowId>,
    /// How often it was called since it last waited.
    pub calls: i64,
    /// The first call.
    pub first_call: Option<Instant>,
    /// The last call.
    pub last_call: Option<Instant>,
    /// The window that called it.
    pub window: Option<WindowId>,
    /// When the visit began.
    pub served_from: Option<Instant>,
    /// When it ended.
    pub served_to: Option<Instant>,
    /// Microseconds at windows before it was handed over.
    pub spent: i64,
}

impl Ticket {
    /// What is on the paper: `A023`.
    pub fn label(&self) -> String {
        label(&self.letter, self.number)
    }

    /// The name as the screen shows it, `张*试`; empty where only the number is called.
    pub fn masked_name(&self) -> String {
        self.name.as_deref().map(kernel::mask::name).unwrap_or_default()
    }

    /// The state by the clock: a ticket that nobody was served on is void when its day is over, whether or not the job has
    /// written it down.
    pub fn state_at(&self, now: Instant) -> State {
        match self.state {
            State::Waiting | State::Called | State::Passed if self.day < now.day() => State::Void,
            other => other,
        }
    }
}

/// `A` and 23 → `A023`.
pub fn label(letter: &str, number: i64) -> String {
    format!("{letter}{number:03}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        for class in Class::ALL {
            assert_eq!(Class::from_number(class.number()), Some(class));
        }
        for source in Source::ALL {
            assert_eq!(Source::from_code(source.code()), Some(source));
        }
        assert_eq!(label("A", 23), "A023");
        assert_eq!(label("B", 1204), "B1204");
    }
}
