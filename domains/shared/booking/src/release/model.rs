//! A release, its phases, and the entry of somebody who joined.

use kernel::{Day, Id, Instant, RegionCode, Text};
use platform::{AccountId, OrgId};

use crate::BookingId;

/// Marker of a release.
#[derive(Debug)]
pub struct ReleaseMark;
/// Marker of an entry.
#[derive(Debug)]
pub struct EntryMark;

/// Id of a release.
pub type ReleaseId = Id<ReleaseMark>;
/// Id of an entry. Its bytes are its leaf on the published list: they tell nothing of the person.
pub type EntryId = Id<EntryMark>;

/// In which order places are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// In the order in which the server received the joins.
    Arrival,
    /// In an order drawn after joining has closed.
    Draw,
}

impl Mode {
    /// The code under which it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Arrival => "ARRIVAL",
            Self::Draw => "DRAW",
        }
    }

    /// The mode stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Arrival, Self::Draw].into_iter().find(|mode| mode.code() == code)
    }
}

/// What a release is at by the clock. No job is needed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Announced; joining has not begun.
    Announced,
    /// One can join; no places are given yet.
    Joining,
    /// Joining has closed; the order or the moment for giving places is awaited.
    Closed,
    /// Places are given in order. In order of arrival one may still join.
    Giving,
    /// What is left can be booked by everybody.
    Ended,
    /// Called off.
    Cancelled,
}

impl Phase {
    /// The code under which programs see it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Announced => "ANNOUNCED",
            Self::Joining => "JOINING",
            Self::Closed => "CLOSED",
            Self::Giving => "GIVING",
            Self::Ended => "ENDED",
            Self::Cancelled => "CANCELLED",
        }
    }

    /// The name that people see.
    pub fn name(self) -> Text {
        match self {
            Self::Announced => Text::fixed("已公告，未开始", "Announced"),
            Self::Joining => Text::fixed("正在登记排队", "Open for joining"),
            Self::Closed => Text::fixed("登记已截止，等待放号", "Closed, places follow"),
            Self::Giving => Text::fixed("正在按名次放号", "Giving places"),
            Self::Ended => Text::fixed("已结束", "Ended"),
            Self::Cancelled => Text::fixed("已取消", "Called off"),
        }
    }
}

/// When what happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// From when one can join.
    pub join_at: Instant,
    /// Until when one can join.
    pub join_until: Instant,
    /// From when places are given.
    pub turns_at: Instant,
    /// From when whatever is left can be booked by everybody.
    pub ends_at: Instant,
}

/// What slows down those who do not play fair, as data of each release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Minutes that somebody has to choose once it is his turn.
    pub turn_minutes: i64,
    /// Turns open at the same time at most.
    pub at_once: i64,
    /// Joins a minute out of one network at most; 0 is no limit.
    pub network_minute: i64,
    /// How often one person can join: after leaving, one joins again at the end.
    pub joins_each: i64,
}

/// The figures that everybody sees, as of the last second.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Entries on the closed list of a draw.
    pub listed: i64,
    /// Entries that have a place in the order.
    pub placed: i64,
    /// The last place whose turn has come.
    pub served: i64,
    /// Places left.
    pub free: i64,
}

/// What is public of a draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawFacts {
    /// SM3 of the seed, published with the announcement.
    pub commitment: Vec<u8>,
    /// Where the public value comes from.
    pub source: Text,
    /// When the list was closed, and its Merkle root.
    pub closed: Option<(Instant, Vec<u8>)>,
    /// The public value and when it was entered.
    pub value: Option<(String, Instant)>,
    /// When the order stood, and the seed in clear.
    pub drawn: Option<(Instant, Vec<u8>)>,
}

/// A release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Id.
    pub id: ReleaseId,
    /// Region of the authority.
    pub region: RegionCode,
    /// The authority.
    pub org: OrgId,
    /// Implementation code of the item.
    pub impl_code: String,
    /// The kind of business.
    pub item_kind: String,
    /// The day whose places are released.
    pub day: Day,
    /// In which order.
    pub mode: Mode,
    /// When.
    pub times: Times,
    /// Limits.
    pub limits: Limits,
    /// When it was announced.
    pub announced_at: Instant,
    /// When it was called off.
    pub cancelled_at: Option<Instant>,
    /// Figures.
    pub figures: Figures,
    /// The draw, where there is one.
    pub draw: Option<DrawFacts>,
}

impl Release {
    /// What it is at. The order of a draw must stand before places are given.
    pub fn phase(&self, now: Instant) -> Phase {
        let times = self.times;
        let ordered = self.draw.as_ref().is_none_or(|draw| draw.drawn.is_some());
        if self.cancelled_at.is_some() {
            Phase::Cancelled
        } else if now >= times.ends_at {
            Phase::Ended
        } else if now < times.join_at {
            Phase::Announced
        } else if now >= times.turns_at && ordered {
            Phase::Giving
        } else if now < times.join_until {
            Phase::Joining
        } else {
            Phase::Closed
        }
    }

    /// Whether one can join: until joining closes, and for a draw until the list does.
    pub fn joinable(&self, now: Instant) -> bool {
        let listed = self.draw.as_ref().is_some_and(|draw| draw.closed.is_some());
        self.cancelled_at.is_none() && self.times.join_at <= now && now < self.times.join_until && !listed
    }

    /// Seconds after which the page of somebody at `place` looks again: soon where the turn is near, seldom where it is far, and spread
    /// by the place so that not all come at once.
    pub fn look_again(&self, place: Option<i64>) -> u16 {
        match place {
            None => 3,
            Some(place) => {
                let ahead = (place - self.figures.served).max(0);
                let spread = place.rem_euclid(7);
                u16::try_from((5 + ahead / 50).min(50) + spread).unwrap_or(60)
            }
        }
    }
}

/// Where an entry is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryState {
    /// Waits for its turn.
    Waiting,
    /// It is its turn.
    Turn,
    /// A time was chosen.
    Taken,
    /// The turn passed without a choice.
    Passed,
    /// Left of one's own accord.
    Left,
}

impl EntryState {
    const ALL: [Self; 5] = [Self::Waiting, Self::Turn, Self::Taken, Self::Passed, Self::Left];

    /// The code under which it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "WAITING",
            Self::Turn => "TURN",
            Self::Taken => "TAKEN",
            Self::Passed => "PASSED",
            Self::Left => "LEFT",
        }
    }

    /// The state stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// The entry of somebody, or of a couple.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Id.
    pub id: EntryId,
    /// Of which release.
    pub release: ReleaseId,
    /// The account that joined.
    pub account: AccountId,
    /// When the server received it.
    pub received_at: Instant,
    /// Number on the closed list of a draw, from 0.
    pub leaf: Option<i64>,
    /// Place in the order, from 1.
    pub place: Option<i64>,
    /// State as stored; see [`Entry::state_at`].
    pub state: EntryState,
    /// Until when the turn lasts.
    pub turn_until: Option<Instant>,
    /// What came of it.
    pub booking: Option<BookingId>,
}

impl Entry {
    /// The state by the clock: a turn that has ended has passed, whether or not the worker has written it down.
    pub fn state_at(&self, now: Instant) -> EntryState {
        match self.state {
            EntryState::Turn if self.turn_until.is_none_or(|until| until <= now) => EntryState::Passed,
            other => other,
        }
    }
}
