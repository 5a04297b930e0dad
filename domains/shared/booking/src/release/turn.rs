//! Whose turn it is chooses a time, and books.

use platform::{Ctx, Error, Result};

use super::{EntryState, ReleaseId, issues};
use crate::ops::{access, confirm, hold};
use crate::{BookingId, SlotCard, SlotId, store};

/// The times of the day that still have places, while it is the citizen's turn.
///
/// # Errors
/// E-BK24 when it is not.
pub async fn slots(ctx: &Ctx, id: ReleaseId) -> Result<Vec<SlotCard>> {
    let release = store::releases::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let person = access::citizen(ctx)?.person.ok_or_else(issues::not_your_turn)?;
    let entry = store::entries::of_person(ctx.db(), id, person).await?.ok_or_else(issues::not_your_turn)?;
    if entry.state_at(ctx.now()) != EntryState::Turn {
        return Err(issues::not_your_turn().into());
    }
    let mut slots = Vec::new();
    for office in store::releases::offices(ctx.db(), id).await? {
        slots.extend(store::slots::between(ctx.db(), office, &release.item_kind, release.day, release.day).await?);
    }
    slots.retain(|slot| slot.closed_at.is_none() && slot.load.online_left() > 0);
    Ok(slots)
}

/// Uses the turn for a place in a slot of the release: it is held while the form is filled in, as always.
///
/// # Errors
/// E-BK24 when it is not the citizen's turn; E-P905 when that time is full, the turn stays; E-P904 and E-P908 as for every booking.
pub async fn choose(ctx: &Ctx, id: ReleaseId, slot: SlotId, request_key: &str) -> Result<BookingId> {
    let release = store::releases::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let person = access::citizen(ctx)?.person.ok_or_else(issues::not_your_turn)?;
    let entry = store::entries::of_person(ctx.db(), id, person).await?.ok_or_else(issues::not_your_turn)?;
    if let (EntryState::Taken, Some(booking)) = (entry.state, entry.booking) {
        // the form was sent twice, or on two devices
        return Ok(booking);
    }
    let card = store::slots::by_id(ctx.db(), slot).await?.ok_or(Error::NotFound)?;
    let offices = store::releases::offices(ctx.db(), id).await?;
    if card.day != release.day || card.item_kind != release.item_kind || !offices.contains(&card.office) {
        return Err(Error::NotFound);
    }
    if entry.state_at(ctx.now()) != EntryState::Turn {
        return Err(issues::not_your_turn().into());
    }
    let input = hold::Hold { slot, impl_code: release.impl_code, request_key: request_key.to_owned() };
    hold::in_turn(ctx, &input, entry.id).await
}

/// Chooses and confirms in one step: for programs.
///
/// # Errors
/// As [`choose`] and [`confirm::confirm`].
pub async fn book(ctx: &Ctx, id: ReleaseId, slot: SlotId, request_key: &str, form: confirm::Confirm) -> Result<BookingId> {
    let booking = choose(ctx, id, slot, request_key).await?;
    confirm::confirm(ctx, booking, form).await
}

/// The turn was another's, or has passed.
pub(crate) fn gone() -> Error {
    issues::not_your_turn().into()
}

/// Refuses to book with somebody else than the one with whom one waited.
pub(crate) async fn same_couple(ctx: &Ctx, booking: BookingId, own: &crate::PartyDetails, other: Option<&crate::PartyDetails>) -> Result<()> {
    let Some((release, couple)) = store::entries::couple_behind(ctx.db(), booking).await? else { return Ok(()) };
    let now = super::join::couple_hash(ctx, release, own, other.map(|other| (other.id_type.as_str(), other.id_no.as_str())));
    if now == couple { Ok(()) } else { Err(issues::another_couple().into()) }
}
