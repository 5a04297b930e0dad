//! Jobs: they write down and tell what the clock has long decided. Each minds neither being late nor being run twice.

use std::time::Duration;

use kernel::Instant;
use platform::{Ctx, Error, Job, Result, Service, audit};

use crate::ops::{close, place, plans};
use crate::{BookingId, notices, people, release, store};

/// What booking hands to the program.
pub fn service() -> Service {
    let minute = Duration::from_secs(60);
    Service {
        name: "booking",
        jobs: vec![
            Job { name: "booking.slots", every: Duration::from_secs(1800), run: |ctx| Box::pin(async move { plans::make_slots(&ctx).await }) },
            Job { name: "booking.sweep", every: minute, run: |ctx| Box::pin(async move { sweep(&ctx).await }) },
            Job { name: "booking.no_shows", every: minute * 5, run: |ctx| Box::pin(async move { no_shows(&ctx).await }) },
            Job { name: "booking.remind", every: minute * 10, run: |ctx| Box::pin(async move { remind(&ctx).await }) },
            Job { name: "booking.release", every: Duration::from_secs(1), run: |ctx| Box::pin(async move { release::work::round(&ctx).await }) },
            Job { name: "booking.reseat", every: minute, run: |ctx| Box::pin(async move { close::reseat(&ctx).await }) },
        ],
        handlers: Vec::new(),
    }
}

/// Ends holds and offers whose time is over; what they kept goes on to the next or back to the pool.
pub async fn sweep(ctx: &Ctx) -> Result<()> {
    for id in store::bookings::ended_holds(ctx.db(), ctx.now()).await? {
        settle(ctx, id).await?;
    }
    for slot in store::offers::slots_with_ended(ctx.db(), ctx.now()).await? {
        ctx.db()
            .write(|tx| {
                let ctx = ctx.clone();
                async move { place::sweep(&tx, &ctx, slot).await }
            })
            .await?;
    }
    Ok(())
}

/// Writes down who did not come to slots that have ended (P9-7).
pub async fn no_shows(ctx: &Ctx) -> Result<()> {
    for slot in store::slots::unsettled(ctx.db(), ctx.now(), 500).await? {
        ctx.db()
            .write(|tx| {
                let ctx = ctx.clone();
                async move {
                    let open = store::bookings::open_of_slot(&tx, slot).await?;
                    let mut all = open.len() < 100;
                    for id in &open {
                        let stored = store::bookings::by_id(&tx, *id).await?.ok_or(Error::NotFound)?;
                        all &= place::settle(&tx, &ctx, &stored).await?;
                    }
                    // a slot with more than one round's bookings comes again, and one whose people still choose another time
                    if all { store::slots::settled(&tx, slot).await } else { Ok(()) }
                }
            })
            .await?;
    }
    Ok(())
}

/// Reminds, once, of appointments from now until the end of tomorrow; from eight in the morning on, so that nobody is woken.
pub async fn remind(ctx: &Ctx) -> Result<()> {
    if ctx.now().minute_of_day() < 8 * 60 {
        return Ok(());
    }
    for id in store::bookings::unreminded(ctx.db(), ctx.now(), Instant::at(ctx.today().plus_days(2), 0)).await? {
        let Some(stored) = store::bookings::by_id(ctx.db(), id).await? else { continue };
        let (Some(number), Some(office)) = (stored.number.clone(), store::offices::by_id(ctx.db(), stored.slot.office).await?) else { continue };
        let profile = crate::ops::read::profile_of_kind(ctx, &stored.slot.item_kind).await?;
        let mail = people::mail_of(ctx, &stored).await?;
        let event = audit::Event::new("booking.remind", "booking", id).region(&office.region);
        let ready = std::sync::Arc::new((stored, number, office, profile, mail, event));
        ctx.db()
            .write(|tx| {
                let (ctx, ready) = (ctx.clone(), ready.clone());
                async move {
                    let (stored, number, office, profile, mail, event) = &*ready;
                    if !store::bookings::set_reminded(&tx, id).await? {
                        return Ok(());
                    }
                    let parties = store::parties::of_booking(&tx, &ctx, id).await?;
                    let facts = notices::Facts { booking: id, number, profile, office, slot: &stored.slot, lang: stored.lang };
                    // Only the booker's mail address is known; whoever has not confirmed is told nothing (no oracle).
                    for party in parties.iter().filter(|party| party.bound_at.is_some()) {
                        let mail = mail.as_deref().filter(|_| party.ordinal == 1);
                        notices::reminder(&tx, &ctx, &facts, party.ordinal, &notices::Told::party(Some(party), mail)).await?;
                    }
                    audit::record(&tx, &ctx, event.clone()).await
                }
            })
            .await?;
    }
    Ok(())
}

async fn settle(ctx: &Ctx, id: BookingId) -> Result<()> {
    ctx.db()
        .write(|tx| {
            let ctx = ctx.clone();
            async move {
                match store::bookings::by_id(&tx, id).await? {
                    Some(stored) => place::settle(&tx, &ctx, &stored).await.map(|_| ()),
                    None => Ok(()),
                }
            }
        })
        .await
}
