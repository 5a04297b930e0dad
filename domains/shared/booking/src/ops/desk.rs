//! The day at the counter: who is expected, who came, who came without a booking (R-MR-45).

use kernel::Day;
use platform::{Ctx, Error, Result, audit};

use super::access;
use crate::model::{BookingCard, OfficeId, State, WalkInId};
use crate::{BookingId, issues, store};

/// The bookings of an office and day in the order of their slots, with their people: for counter staff.
pub async fn day(ctx: &Ctx, office: OfficeId, day: Day) -> Result<Vec<BookingCard>> {
    let office = store::offices::by_id(ctx.db(), office).await?.ok_or(Error::NotFound)?;
    access::counter(ctx, &office, None).await?;
    let mut cards = Vec::new();
    for id in store::bookings::of_day(ctx.db(), office.id, day).await? {
        let stored = store::bookings::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
        cards.push(super::read::card(ctx, stored).await?);
    }
    Ok(cards)
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
    let event = audit::Event::new(action, "booking", id).region(&office.region);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                let stored = store::bookings::by_id(&tx, id).await?.ok_or(Error::NotFound)?;
                let now = stored.state_at(ctx.now());
                if now == to {
                    return Ok(());
                }
                if now != from || !store::bookings::set_state(&tx, id, from, to, ctx.now()).await? {
                    let name = now.name();
                    return Err(Error::state(&name.zh, &name.en));
                }
                if to == State::Done {
                    store::parties::close(&tx, id).await?;
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
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
    if !super::openings::on(ctx, &office, ctx.today()).await?.is_open() {
        return Err(issues::closed(&profile).into());
    }
    let id: WalkInId = ctx.id();
    let event = audit::Event::new("booking.walk_in", "walk_in", id).region(&office.region);
    ctx.db()
        .write(|tx| {
            let (ctx, office, profile, event) = (ctx.clone(), office.clone(), profile.clone(), event.clone());
            async move {
                let mut taken = None;
                if let Some(slot) = store::slots::current(&tx, office.id, &profile.item_kind, ctx.now()).await? {
                    let merged = ctx.now() >= slot.start.plus_minutes(-i64::from(profile.merge_minutes));
                    if store::slots::take_onsite(&tx, slot.id, merged).await? {
                        taken = Some(slot.id);
                    }
                }
                let number = store::bookings::next_in_lane(&tx, &format!("ticket:{}", office.id), ctx.today(), 0).await?;
                store::bookings::insert_walk_in(&tx, id, office.id, &profile.item_kind, taken, number, ctx.now()).await?;
                audit::record(&tx, &ctx, event).await?;
                Ok::<_, Error>(Ticket { id, number, placed: taken.is_some() })
            }
        })
        .await
}
