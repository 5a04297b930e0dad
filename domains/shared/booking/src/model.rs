//! Offices, slots, bookings and the waiting list as types.

use kernel::{Day, Id, Instant, Lang, RegionCode, Text};
use platform::{AccountId, OrgId, PersonId};
use serde::{Deserialize, Serialize};

use crate::hours::Week;
use crate::rules::{Load, Window};

/// Marker of an office.
#[derive(Debug)]
pub struct Office;
/// Marker of a slot plan.
#[derive(Debug)]
pub struct Plan;
/// Marker of a slot.
#[derive(Debug)]
pub struct Slot;
/// Marker of a booking.
#[derive(Debug)]
pub struct Booking;
/// Marker of one of the people of a booking.
#[derive(Debug)]
pub struct Party;
/// Marker of a place on the waiting list.
#[derive(Debug)]
pub struct Waiting;
/// Marker of an offer.
#[derive(Debug)]
pub struct Offer;
/// Marker of a recorded no-show.
#[derive(Debug)]
pub struct NoShow;
/// Marker of somebody who came without a booking.
#[derive(Debug)]
pub struct WalkIn;

/// Id of an office.
pub type OfficeId = Id<Office>;
/// Id of a slot plan.
pub type PlanId = Id<Plan>;
/// Id of a slot.
pub type SlotId = Id<Slot>;
/// Id of a booking.
pub type BookingId = Id<Booking>;
/// Id of one of the people of a booking.
pub type PartyId = Id<Party>;
/// Id of a place on the waiting list.
pub type WaitingId = Id<Waiting>;
/// Id of an offer.
pub type OfferId = Id<Offer>;
/// Id of a recorded no-show.
pub type NoShowId = Id<NoShow>;
/// Id of a visit without booking.
pub type WalkInId = Id<WalkIn>;

/// An office that people go to (OVP P9.1 `hall`, MFA A.2 `RegistrationOffice`).
#[derive(Debug, Clone)]
pub struct OfficeCard {
    /// Id.
    pub id: OfficeId,
    /// Public code, used in addresses.
    pub code: String,
    /// The organisation that runs it.
    pub org: OrgId,
    /// Where it lies.
    pub region: RegionCode,
    /// Name.
    pub name: Text,
    /// Street address.
    pub address: Text,
    /// Phones, as they are to be shown.
    pub phones: Vec<String>,
    /// Longitude and latitude in degrees (CGCS2000).
    pub position: Option<(f64, f64)>,
    /// Number of counters.
    pub counters: i64,
    /// Kinds of business done here.
    pub kinds: Vec<String>,
    /// Hours of an ordinary week.
    pub week: Week,
    /// Serves the public; a closed-down office keeps its past.
    pub active: bool,
    /// Grows with every change; an edit names the version that it read.
    pub version: i64,
}

/// A slot with its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotCard {
    /// Id.
    pub id: SlotId,
    /// Where.
    pub office: OfficeId,
    /// The kind of business.
    pub item_kind: String,
    /// The day.
    pub day: Day,
    /// Start.
    pub start: Instant,
    /// End.
    pub end: Instant,
    /// Places and how many are taken.
    pub load: Load,
    /// When it can be booked.
    pub window: Window,
    /// The office closed for this time.
    pub closed_at: Option<Instant>,
}

impl SlotCard {
    /// Places that can be booked online at this moment; what the public sees.
    pub fn left(&self, now: Instant) -> i64 {
        match crate::rules::available(self.window, self.closed_at.is_some(), self.load, now) {
            Ok(()) => self.load.online_left(),
            Err(_) => 0,
        }
    }
}

/// Where a booking is in its life (P9.2). Moving keeps the booking; being called and served belong to the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A place is held while the form is filled in.
    Held,
    /// 已预约.
    Booked,
    /// 已取号: somebody came.
    Arrived,
    /// 已完成.
    Done,
    /// 已取消.
    Cancelled,
    /// The hold ended before it was confirmed.
    Lapsed,
    /// 爽约.
    NoShow,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 7] = [Self::Held, Self::Booked, Self::Arrived, Self::Done, Self::Cancelled, Self::Lapsed, Self::NoShow];

    /// The code under which it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Held => "HELD",
            Self::Booked => "BOOKED",
            Self::Arrived => "ARRIVED",
            Self::Done => "DONE",
            Self::Cancelled => "CANCELLED",
            Self::Lapsed => "LAPSED",
            Self::NoShow => "NO_SHOW",
        }
    }

    /// The state stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The name that people see.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Held => ("正在填写", "Being filled in"),
            Self::Booked => ("已预约", "Booked"),
            Self::Arrived => ("已到场", "Arrived"),
            Self::Done => ("已完成", "Done"),
            Self::Cancelled => ("已取消", "Cancelled"),
            Self::Lapsed => ("已过期", "Lapsed"),
            Self::NoShow => ("未到场", "Did not come"),
        };
        Text::new(zh, en)
    }
}

/// The way in which a booking came; its digit stands in the number (P2.2).
pub use kernel::case_no::Channel;

/// What one of the people of a booking says about himself or is said to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyDetails {
    /// Name as on the document.
    pub name: String,
    /// Kind of document; `111` is the resident identity card.
    pub id_type: String,
    /// Number of the document.
    pub id_no: String,
    /// Mobile phone.
    pub phone: String,
}

/// One of the people of a booking, as who may see it sees it.
#[derive(Debug, Clone)]
pub struct PartyCard {
    /// Id.
    pub id: PartyId,
    /// 1 booked, 2 comes with him.
    pub ordinal: i64,
    /// The person, once bound.
    pub person: Option<PersonId>,
    /// What was entered.
    pub details: PartyDetails,
    /// When he confirmed.
    pub bound_at: Option<Instant>,
}

/// A booking with what its page shows.
#[derive(Debug, Clone)]
pub struct BookingCard {
    /// Id.
    pub id: BookingId,
    /// The 22-digit number, once confirmed.
    pub number: Option<String>,
    /// Where.
    pub office: OfficeId,
    /// The slot.
    pub slot: SlotCard,
    /// The kind of business.
    pub item_kind: String,
    /// The catalogue item for which it was made.
    pub impl_code: String,
    /// Channel.
    pub channel: Channel,
    /// State as stored; see [`BookingCard::state_at`].
    pub state: State,
    /// The account that booked.
    pub account: Option<AccountId>,
    /// End of the hold.
    pub hold_until: Option<Instant>,
    /// How often it was moved.
    pub moves: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub changed_at: Instant,
    /// What somebody needs at the counter.
    pub needs: String,
    /// The code by which the other person confirms, while he has not.
    pub partner_code: Option<String>,
    /// Language of the messages.
    pub lang: Lang,
    /// The people.
    pub parties: Vec<PartyCard>,
}

impl BookingCard {
    /// The state by the clock: a hold that ended has lapsed, and a booking that nobody came to is a no-show from the end
    /// of its slot, whether or not the job has written it down.
    pub fn state_at(&self, now: Instant) -> State {
        state_at(self.state, self.hold_until, self.slot.end, self.slot.closed_at, now)
    }

    /// The office closed for this time, and the booking waits for a new one.
    pub fn displaced(&self) -> bool {
        self.state == State::Booked && self.slot.closed_at.is_some()
    }
}

/// See [`BookingCard::state_at`].
pub fn state_at(stored: State, hold_until: Option<Instant>, end: Instant, closed_at: Option<Instant>, now: Instant) -> State {
    match stored {
        State::Held if hold_until.is_none_or(|until| until <= now) => State::Lapsed,
        State::Booked if end <= now && closed_at.is_none() => State::NoShow,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p9_7_a_state_by_the_clock_needs_no_job() {
        let end = Instant::at(Day::ymd(2026, 7, 1), 0);
        let before = end.plus_secs(-1);
        assert_eq!(state_at(State::Booked, None, end, None, before), State::Booked, "23:59:59");
        assert_eq!(state_at(State::Booked, None, end, None, end), State::NoShow, "00:00");
        assert_eq!(state_at(State::Booked, None, end, Some(before), end), State::Booked, "the office closed: nobody's fault");
        assert_eq!(state_at(State::Held, Some(end), end, None, before), State::Held);
        assert_eq!(state_at(State::Held, Some(end), end, None, end), State::Lapsed);
        assert_eq!(state_at(State::Arrived, None, end, None, end), State::Arrived);
    }
}
