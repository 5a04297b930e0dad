//! Moving to another time (P9-6): the new place taken and the old one given back in one transaction.

use platform::{Ctx, Error, Result, audit};

use super::{access, place, seat};
use crate::model::{SlotId, State};
use crate::rules::may_change;
use crate::store::bookings::Stored;
use crate::store::offers::For;
use crate::{BookingId, Profile, issues, notices, people, store};

/// Moves a booking to another slot of the same kind of business. Moving to where it is already changes nothing.
///
/// # Errors
/// E-P906 too late, E-P907 moved twice, E-P901/902/905 for the new slot, E-P904 if another booking lies on its day.
pub async fn move_to(ctx: &Ctx, id: BookingId, to: SlotId) -> Result<()> {
    match attempt(ctx, id, to).await {
        Err(error) if place::freed(ctx, &error, to).await? => attempt(ctx, id, to).await,
        outcome => outcome,
    }
}

async fn attempt(ctx: &Ctx, id: BookingId, to: SlotId) -> Result<()> {
    let stored = access::booking(ctx, id).await?;
    let profile = super::read::profile_of_kind(ctx, &stored.slot.item_kind).await?;
    let target = store::slots::by_id(ctx.db(), to).await?.filter(|slot| slot.item_kind == stored.slot.item_kind).ok_or(Error::NotFound)?;
    let office = store::offices::by_id(ctx.db(), target.office).await?.ok_or(Error::NotFound)?;
    let mail = people::mail_of(ctx, &stored).await?;
    let event = audit::Event::new("booking.move", "booking", id).region(&office.region).person(ctx.actor().citizen().and_then(|c| c.person));
    ctx.db()
        .write(|tx| {
            let (ctx, profile, target, office) = (ctx.clone(), profile.clone(), target.clone(), office.clone());
            let (mail, event) = (mail.clone(), event.clone());
            async move {
                let stored = store::bookings::by_id(&tx, id).await?.ok_or(Error::NotFound)?;
                if stored.slot.id == to && stored.state == State::Booked {
                    return Ok(());
                }
                may_move(&profile, &stored, ctx.now())?;
                let offered = store::offers::open_for(&tx, For::Booking(id)).await?;
                let mut rows = vec![stored.slot.id, to];
                rows.extend(offered.as_ref().map(|offer| offer.slot));
                store::slots::lock(&tx, rows).await?;
                days_free(&tx, &ctx, &profile, &stored, target.day).await?;
                match offered {
                    // the place that is kept for this booking is the one that it takes
                    Some(offer) if offer.slot == to && store::offers::take(&tx, offer.id, ctx.now()).await? => {}
                    Some(offer) => {
                        place::take(&tx, &ctx, &profile, to).await?;
                        if store::offers::end(&tx, offer.id, "DECLINED").await? {
                            place::give_back(&tx, &ctx, offer.slot).await?;
                        }
                    }
                    None => place::take(&tx, &ctx, &profile, to).await?,
                }
                let counted = i64::from(!stored.displaced());
                if !store::bookings::set_slot(&tx, id, stored.slot.id, to, counted, ctx.now()).await? {
                    return Err(Error::stale());
                }
                store::parties::set_day(&tx, id, target.day).await?;
                place::give_back(&tx, &ctx, stored.slot.id).await?;
                let parties = store::parties::of_booking(&tx, &ctx, id).await?;
                let number = stored.number.as_deref().unwrap_or_default();
                let facts = notices::Facts { booking: id, number, profile: &profile, office: &office, slot: &target, lang: stored.lang };
                notices::moved(&tx, &ctx, &facts, &notices::Told::party(parties.first(), mail.as_deref())).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// Whether this booking may be moved now, wherever to.
pub(crate) fn may_move(profile: &Profile, stored: &Stored, now: kernel::Instant) -> Result<()> {
    match stored.state_at(now) {
        State::Booked if stored.displaced() => Ok(()),
        State::Booked if !may_change(profile, stored.slot.start, now) => Err(issues::too_late_to_change(profile).into()),
        State::Booked if stored.moves >= i64::from(profile.max_moves) => Err(issues::no_moves_left(profile).into()),
        State::Booked => Ok(()),
        other => {
            let name = other.name();
            Err(Error::state(&name.zh, &name.en))
        }
    }
}

/// Looks whether another booking of one of the bound people lies on the new day. The key on open rows has the last word.
async fn days_free(tx: &::store::Tx, ctx: &Ctx, profile: &Profile, stored: &Stored, day: kernel::Day) -> Result<()> {
    for party in store::parties::of_booking(tx, ctx, stored.id).await? {
        if let Some(person) = party.person {
            let wish = seat::Wish { profile, person, day, owner: &stored.owner, except: Some(stored.id) };
            seat::find(tx, ctx, &wish).await?;
        }
    }
    Ok(())
}
