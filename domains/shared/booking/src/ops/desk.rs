//! The day at the counter: who is expected, who came, who came without a booking (R-MR-45).

use ::store::Tx;
use kernel::Day;
use platform::{Ctx, Error, Result, audit};

use super::access;
use crate::hours::Hours;
use crate::model::{BookingCard, OfficeCard, OfficeId, SlotId, State, WalkInId};
use crate::{BookingId, Profile, issues, store};

/// The bookings of an office and day in the order of their slots, with their people: for counter staff.
pub async fn day(ctx: &Ctx, office: OfficeId, day: Day) -> Result<Vec<BookingCard>> {
    let office = store::offices::by_id(ctx.db(), office).await?.ok_or(Error::NotFound)?;
    access::counter(ctx, &office, None).await?;
    super::read::cards(ctx, store::bookings::of_day(ctx.db(), office.id, day).await?).await
}

/// Somebody came to a booking before its slot ended (P9-7). Saying so again changes nothing.
///
/// # Errors
/// E-ST01 when the slot has ended or the booking no longer holds: he is served as somebody without a booking.
pub async fn arrive(ctx: &Ctx, id: BookingId) -> Result<()> {
    change(ctx, id, "booking.arrive", State::Booked, State::Arrived).await
}

/// The business of a booking was done.
///
/// # Errors
/// E-ST01 unless somebody came before.
pub async fn complete(ctx: &Ctx, id: BookingId) -> Result<()> {
    change(ctx, id, "booking.complete", State::Arrived, State::Done).await
}

async fn change(ctx: &Ctx, id: BookingId, action: &'static str, from: State, to: State) -> Result<()> {
    let stored = access::booking(ctx, id).await?;
    let office = store::offices::by_id(ctx.db(), stored.slot.office).await?.ok_or(Error::NotFound)?;
    access::counter(ctx, &office, Some(&stored.impl_code)).await?;
    ctx.db()
        .write(|tx| {
            let ctx = ctx.clone();
            async move { change_in(&tx, &ctx, id, action, from, to).await }
        })
        .await
}

async fn change_in(tx: &Tx, ctx: &Ctx, id: BookingId, action: &'static str, from: State, to: State) -> Result<()> {
    let stored = store::bookings::by_id(tx, id).await?.ok_or(Error::NotFound)?;
    let now = stored.state_at(ctx.now());
    if now == to {
        return Ok(());
    }
    if now != from || !store::bookings::set_state(tx, id, from, to, ctx.now()).await? {
        let name = now.name();
        return Err(Error::state(&name.zh, &name.en));
    }
    if to == State::Done {
        store::parties::close(tx, id).await?;
    }
    let region = store::bookings::region_of(tx, stored.slot.office).await?;
    audit::record(tx, ctx, audit::Event::new(action, "booking", id).region(&region)).await
}

/// [`arrive`] within the transaction of whoever lets people in, the hall; he has checked who may do it.
///
/// # Errors
/// Those of [`arrive`].
pub async fn arrive_in(tx: &Tx, ctx: &Ctx, id: BookingId) -> Result<()> {
    change_in(tx, ctx, id, "booking.arrive", State::Booked, State::Arrived).await
}

/// [`complete`] within the transaction of whoever serves. A service that has completed the booking before is not in the way.
///
/// # Errors
/// Those of [`complete`].
pub async fn complete_in(tx: &Tx, ctx: &Ctx, id: BookingId) -> Result<()> {
    change_in(tx, ctx, id, "booking.complete", State::Arrived, State::Done).await
}

/// The hours of an office today.
///
/// # Errors
/// E-BK01 or the service's own code (MR-E47) on a day on which the office does not open.
pub async fn hours_today(ctx: &Ctx, office: &OfficeCard, profile: &Profile) -> Result<Hours> {
    let opening = super::openings::on(ctx, office, ctx.today()).await?;
    opening.hours().cloned().ok_or_else(|| issues::closed(profile).into())
}

/// Takes a place on site of the present slot (P9-1), within the transaction of whoever lets somebody in; none if all are taken.
pub async fn take_place_in(tx: &Tx, ctx: &Ctx, office: OfficeId, profile: &Profile) -> Result<Option<SlotId>> {
    let Some(slot) = store::slots::current(tx, office, &profile.item_kind, ctx.now()).await? else { return Ok(None) };
    let merged = ctx.now() >= slot.start.plus_minutes(-i64::from(profile.merge_minutes));
    let taken = store::slots::take_onsite(tx, slot.id, merged).await?;
    Ok(taken.then_some(slot.id))
}

/// Somebody who came without a booking, with his ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    /// Id.
    pub id: WalkInId,
    /// Number on the ticket, counted per office and day.
    pub number: i64,
    /// Whether there was a place on site; without one he waits until there is.
    pub placed: bool,
}

/// Lets somebody in who came without a booking (R-MR-45): never refused while the office is open, whatever no-shows or bookings
/// he has. He takes a place on site of the present slot; if none is left, he waits all the same.
///
/// # Errors
/// E-BK01 or the service's own code (MR-E47) on a day on which the office does not open.
pub async fn walk_in(ctx: &Ctx, office: OfficeId, item_kind: &str) -> Result<Ticket> {
    let office = store::offices::by_id(ctx.db(), office).await?.ok_or(Error::NotFound)?;
    access::counter(ctx, &office, None).await?;
    let profile = super::read::profile_of_kind(ctx, item_kind).await?;
    hours_today(ctx, &office, &profile).await?;
    let id: WalkInId = ctx.id();
    let event = audit::Event::new("booking.walk_in", "walk_in", id).region(&office.region);
    ctx.db()
        .write(|tx| {
            let (ctx, office, profile, event) = (ctx.clone(), office.clone(), profile.clone(), event.clone());
            async move {
                let taken = take_place_in(&tx, &ctx, office.id, &profile).await?;
                let number = store::bookings::next_in_lane(&tx, &format!("ticket:{}", office.id), ctx.today(), 0).await?;
                store::bookings::insert_walk_in(&tx, id, office.id, &profile.item_kind, taken, number, ctx.now()).await?;
                audit::record(&tx, &ctx, event).await?;
                Ok::<_, Error>(Ticket { id, number, placed: taken.is_some() })
            }
        })
        .await
}
