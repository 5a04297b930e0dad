//! Taking and giving back places, and settling what the clock has decided before the job came round.

use platform::{Ctx, Error, Result, audit};
use ::store::Tx;

use crate::model::{SlotCard, SlotId, State};
use crate::notices;
use crate::profile::Profile;
use crate::rules::{Unavailable, available, offer_until};
use crate::store::bookings::Stored;
use crate::store::offers::For;
use crate::{issues, store};

/// Takes one online place, or says why there is none (P9-5).
pub(crate) async fn take(tx: &Tx, ctx: &Ctx, profile: &Profile, slot: SlotId) -> Result<()> {
    if store::slots::take_online(tx, slot, ctx.now()).await? {
        return Ok(());
    }
    let slot = store::slots::by_id(tx, slot).await?.ok_or(Error::NotFound)?;
    Err(refusal(profile, &slot, ctx.now()).into())
}

/// Takes one online place of a day that is released in turn, for somebody whose turn it is.
pub(crate) async fn take_released(tx: &Tx, ctx: &Ctx, profile: &Profile, slot: SlotId) -> Result<()> {
    if store::slots::take_released(tx, slot, ctx.now()).await? {
        return Ok(());
    }
    let slot = store::slots::by_id(tx, slot).await?.ok_or(Error::NotFound)?;
    // that it is not released for everybody does not matter here
    let window = crate::rules::Window { release_at: ctx.now(), ..slot.window };
    Err(refusal(profile, &SlotCard { window, ..slot }, ctx.now()).into())
}

/// Whether it is worth trying once more: the slot was full, but holds or offers in it had ended and no job had come round. They are
/// settled here in a transaction of their own, so that a place goes down the waiting list even if this taker gets none.
pub(crate) async fn freed(ctx: &Ctx, error: &Error, slot: SlotId) -> Result<bool> {
    if !error.issues().iter().any(|issue| issue.rule_id.iter().any(|rule| rule == "P9-5")) {
        return Ok(false);
    }
    let swept = ctx
        .db()
        .write(|tx| {
            let ctx = ctx.clone();
            async move { sweep(&tx, &ctx, slot).await }
        })
        .await?;
    Ok(swept > 0)
}

/// Why a slot cannot be booked.
pub(crate) fn refusal(profile: &Profile, slot: &SlotCard, now: kernel::Instant) -> kernel::Issue {
    match available(slot.window, slot.closed_at.is_some(), slot.load, now) {
        Err(Unavailable::Closed) => issues::closed(profile),
        Err(Unavailable::TooLate) => issues::too_late(profile),
        Err(Unavailable::NotReleased) => issues::not_released(profile, slot.window.release_at),
        Err(Unavailable::Full) | Ok(()) => issues::full(profile),
    }
}

/// Gives an online place back: to the first who waits, or to the pool at once (P9-8). Before its release nobody is offered it: it goes to
/// the next in the order of that release.
pub(crate) async fn give_back(tx: &Tx, ctx: &Ctx, slot: SlotId) -> Result<()> {
    let slot = store::slots::by_id(tx, slot).await?.ok_or(Error::NotFound)?;
    if slot.closed_at.is_none() && slot.window.release_at <= ctx.now() && ctx.now() < slot.window.close_at {
        while let Some(waiting) = store::waiting::first_for(tx, &slot).await? {
            if !store::waiting::set_state(tx, waiting.id, "WAITING", "OFFERED").await? {
                continue;
            }
            let profile = profile_of(tx, &slot).await?;
            let until = offer_until(profile.offer_minutes, slot.window.close_at, ctx.now());
            store::offers::insert(tx, ctx.id(), slot.id, For::Waiting(waiting.id), until, ctx.now()).await?;
            return notices::offer(tx, ctx, &slot, &waiting, until).await;
        }
    }
    store::slots::return_online(tx, slot.id).await
}

/// Settles everything of a slot that has ended by the clock; the number of places that went on.
pub(crate) async fn sweep(tx: &Tx, ctx: &Ctx, slot: SlotId) -> Result<usize> {
    let mut swept = 0;
    for id in store::bookings::ended_holds_of(tx, slot, ctx.now()).await? {
        let stored = store::bookings::by_id(tx, id).await?.ok_or(Error::NotFound)?;
        swept += usize::from(settle(tx, ctx, &stored).await?);
    }
    for offer in store::offers::ended_of(tx, slot, ctx.now()).await? {
        if store::offers::end(tx, offer.id, "LAPSED").await? {
            if let For::Waiting(waiting) = offer.to {
                store::waiting::requeue(tx, waiting, ctx.now()).await?;
            }
            give_back(tx, ctx, slot).await?;
            swept += 1;
        }
    }
    Ok(swept)
}

/// Writes down what the clock has decided about one booking; whether there was something.
pub(crate) async fn settle(tx: &Tx, ctx: &Ctx, stored: &Stored) -> Result<bool> {
    match (stored.state, stored.state_at(ctx.now())) {
        (State::Held, State::Lapsed) => lapse(tx, ctx, stored).await,
        (State::Booked, State::NoShow) => no_show(tx, ctx, stored).await,
        (State::Booked, State::Booked) if stored.displaced() && stored.slot.end <= ctx.now() => {
            // another time is kept for him: he may still take it
            if store::offers::open_for(tx, For::Booking(stored.id)).await?.is_some_and(|offer| ctx.now() < offer.until) {
                return Ok(false);
            }
            let cancelled = store::bookings::set_state(tx, stored.id, State::Booked, State::Cancelled, ctx.now()).await?;
            if cancelled {
                store::parties::close(tx, stored.id).await?;
            }
            Ok(cancelled)
        }
        _ => Ok(false),
    }
}

/// Ends a hold, at its end or because its owner chose another time.
pub(crate) async fn lapse(tx: &Tx, ctx: &Ctx, stored: &Stored) -> Result<bool> {
    let lapsed = store::bookings::set_state(tx, stored.id, State::Held, State::Lapsed, ctx.now()).await?;
    if lapsed {
        store::parties::close(tx, stored.id).await?;
        give_back(tx, ctx, stored.slot.id).await?;
    }
    Ok(lapsed)
}

/// Nobody came (P9-7): written down for every bound person.
async fn no_show(tx: &Tx, ctx: &Ctx, stored: &Stored) -> Result<bool> {
    if !store::bookings::set_state(tx, stored.id, State::Booked, State::NoShow, ctx.now()).await? {
        return Ok(false);
    }
    let (profile, office) = (profile_of(tx, &stored.slot).await?, store::offices::by_id(tx, stored.slot.office).await?.ok_or(Error::NotFound)?);
    let number = stored.number.as_deref().unwrap_or_default();
    let facts = notices::Facts { booking: stored.id, number, profile: &profile, office: &office, slot: &stored.slot, lang: stored.lang };
    for party in store::parties::of_booking(tx, ctx, stored.id).await? {
        if let Some(person) = party.person {
            store::no_shows::insert(tx, ctx.id(), person, stored.id, stored.slot.day, ctx.now()).await?;
            notices::missed(tx, ctx, &facts, &party).await?;
            audit::record(tx, ctx, audit::Event::new("booking.no_show", "booking", stored.id).person(person)).await?;
        }
    }
    store::parties::close(tx, stored.id).await?;
    Ok(true)
}

/// The profile of a slot's kind of business.
pub(crate) async fn profile_of(tx: &Tx, slot: &SlotCard) -> Result<Profile> {
    store::profiles::by_kind(tx, &slot.item_kind).await?.ok_or_else(|| Error::internal(format!("no booking profile for {}", slot.item_kind)))
}
