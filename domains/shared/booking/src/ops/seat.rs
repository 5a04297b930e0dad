//! One person's few open bookings: one a day, one a kind of business, three in all (P9-4, R-MR-44), none while blocked (P9-7).

use kernel::Day;
use platform::{Ctx, Error, PersonId, Result};
use ::store::{Target, Tx};

use super::place;
use crate::model::{PartyDetails, PartyId};
use crate::profile::Profile;
use crate::rules::blocked_until;
use crate::store::parties::{New, Open};
use crate::{BookingId, issues, store};

/// Who takes a seat, and for what.
pub(crate) struct Wish<'a> {
    pub(crate) profile: &'a Profile,
    pub(crate) person: PersonId,
    pub(crate) day: Day,
    /// Holds of the same owner give way.
    pub(crate) owner: &'a str,
    /// The booking itself, where it is already in.
    pub(crate) except: Option<BookingId>,
}

/// A free seat of the person, or the issue that says what stands in the way.
pub(crate) async fn find(tx: &Tx, ctx: &Ctx, wish: &Wish<'_>) -> Result<i64> {
    let mut swept = false;
    loop {
        let mut open = store::parties::open_of(tx, wish.person).await?;
        open.retain(|other| wish.except != Some(other.booking));
        let clash = open.iter().find(|other| other.item_kind == wish.profile.item_kind || other.day == wish.day);
        let free = (1..=i64::from(wish.profile.max_active)).find(|seat| open.iter().all(|other| other.seat != *seat));
        match (clash, free) {
            (None, Some(seat)) => return Ok(seat),
            _ if !swept && sweep(tx, ctx, &open, wish.owner).await? => swept = true,
            (Some(clash), _) => return Err(issues::already_booked(wish.profile, clash.number.as_deref(), clash.day).into()),
            (None, None) => return Err(issues::too_many_open(wish.profile).into()),
        }
    }
}

/// Settles what has ended by the clock and lets the owner's own hold go; whether anything changed.
async fn sweep(tx: &Tx, ctx: &Ctx, open: &[Open], owner: &str) -> Result<bool> {
    let mut changed = false;
    for other in open {
        let stored = store::bookings::by_id(tx, other.booking).await?.ok_or(Error::NotFound)?;
        changed |= if other.held && other.owner == owner {
            place::lapse(tx, ctx, &stored).await?
        } else {
            place::settle(tx, ctx, &stored).await?
        };
    }
    Ok(changed)
}

/// Refuses while the person is blocked after no-shows. Counts by the clock, whether or not the job wrote them down.
pub(crate) async fn not_blocked(tx: &Tx, ctx: &Ctx, profile: &Profile, person: PersonId) -> Result<()> {
    blocked(tx, ctx, profile, person).await
}

/// The same look at a moment when nothing is taken yet.
pub(crate) async fn blocked<'a>(on: impl Into<Target<'a>> + Send, ctx: &Ctx, profile: &Profile, person: PersonId) -> Result<()> {
    let reach = i64::from(profile.no_show_window_days) + i64::from(profile.block_days) + 1;
    let days = store::no_shows::days_of(on, person, ctx.today().plus_days(-reach), ctx.now()).await?;
    match blocked_until(profile, &days, ctx.today()) {
        Some(free) => Err(issues::blocked(profile, profile.no_show_limit, free).into()),
        None => Ok(()),
    }
}

/// Puts a bound person into a booking. Somebody who is quicker with another booking of the same person wins.
pub(crate) async fn sit(tx: &Tx, ctx: &Ctx, wish: &Wish<'_>, id: PartyId, booking: BookingId, ordinal: i64, details: Option<&PartyDetails>) -> Result<()> {
    for _ in 0..4 {
        let seat = find(tx, ctx, wish).await?;
        let bound = Some((wish.person, seat, ctx.now()));
        let new = New { id, booking, ordinal, bound, item_kind: &wish.profile.item_kind, day: wish.day, details };
        if store::parties::insert(tx, ctx, &new).await? {
            return Ok(());
        }
    }
    Err(issues::too_many_open(wish.profile).into())
}
