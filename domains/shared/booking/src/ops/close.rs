//! An office closes unexpectedly (P9-15): its slots close at once, and everybody booked is offered another time free of penalty.

use kernel::{Day, Instant, Text};
use platform::{Ctx, Error, Result, audit, change};

use super::access;
use crate::hours::{DayRule, Hours};
use crate::model::OfficeId;
use crate::rules::offer_until;
use crate::store::offers::For;
use crate::{BookingId, issues, notices, people, store};

/// A day on which an office stays closed.
#[derive(Debug, Clone)]
pub struct Closure {
    /// The day.
    pub day: Day,
    /// Why, in both languages; people read it.
    pub reason: Text,
}

/// How many bookings a closure would touch: shown before it is confirmed.
pub async fn preview(ctx: &Ctx, code: &str, day: Day) -> Result<i64> {
    let office = store::offices::by_code(ctx.db(), code).await?.ok_or(Error::NotFound)?;
    access::admin(ctx, &office).await?;
    store::bookings::count_between(ctx.db(), office.id, ctx.now().max(Instant::at(day, 0)), Instant::at(day.plus_days(1), 0)).await
}

/// Closes a day from this moment on. The bookings are offered new times by [`reseat`], which the job repeats until all are done.
///
/// # Errors
/// E-BK08 for a day in the past or a missing reason.
pub async fn close(ctx: &Ctx, code: &str, input: Closure) -> Result<()> {
    let office = store::offices::by_code(ctx.db(), code).await?.ok_or(Error::NotFound)?;
    access::admin(ctx, &office).await?;
    if input.day < ctx.today() {
        return Err(issues::bad_field("day", "请选择今天或以后的日期", "Choose today or a later day").into());
    }
    if input.reason.zh.trim().is_empty() {
        return Err(issues::bad_field("reason_zh", "请填写关闭原因", "Give the reason").into());
    }
    let rule = DayRule { day: input.day, hours: Hours::default(), published_at: Some(ctx.now()), note: input.reason };
    let event = audit::Event::new("office.close_day", "office", &office.code)
        .region(&office.region)
        .detail(serde_json::json!({ "day": input.day, "reason": rule.note.zh }));
    let (from, to) = (ctx.now().max(Instant::at(input.day, 0)), Instant::at(input.day.plus_days(1), 0));
    ctx.db()
        .write(|tx| {
            let (ctx, office, rule, event) = (ctx.clone(), office.clone(), rule.clone(), event.clone());
            async move {
                store::day_rules::put(&tx, office.id, &rule).await?;
                store::slots::close(&tx, office.id, from, to, ctx.now()).await?;
                change::mark(&tx, &ctx, "office", &office.code).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    reseat(ctx).await
}

/// Offers a new time to every booking whose office closed and that was not offered one yet; one small transaction a booking.
pub async fn reseat(ctx: &Ctx) -> Result<()> {
    loop {
        let waiting = store::bookings::to_reseat(ctx.db()).await?;
        if waiting.is_empty() {
            return Ok(());
        }
        for id in waiting {
            reseat_one(ctx, id).await?;
        }
    }
}

/// Keeps the next free place of the same office for the booking, and tells its people; without one they are told to choose.
async fn reseat_one(ctx: &Ctx, id: BookingId) -> Result<()> {
    let stored = store::bookings::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let profile = super::read::profile_of_kind(ctx, &stored.slot.item_kind).await?;
    let office = store::offices::by_id(ctx.db(), stored.slot.office).await?.ok_or(Error::NotFound)?;
    let mail = people::mail_of(ctx, &stored).await?;
    let offer = ctx.id();
    let event = audit::Event::new("booking.reseat", "booking", id).region(&office.region);
    ctx.db()
        .write(|tx| {
            let (ctx, stored, profile, office) = (ctx.clone(), stored.clone(), profile.clone(), office.clone());
            let (mail, event) = (mail.clone(), event.clone());
            async move {
                if !store::bookings::set_reseated(&tx, id).await? {
                    return Ok(());
                }
                let mut kept = None;
                for slot in store::slots::next_free(&tx, office.id, &profile.item_kind, stored.slot.start, ctx.now(), 5).await? {
                    if store::slots::take_online(&tx, slot.id, ctx.now()).await? {
                        let until = offer_until(profile.reseat_offer_minutes, slot.window.close_at, ctx.now());
                        store::offers::insert(&tx, offer, slot.id, For::Booking(id), until, ctx.now()).await?;
                        kept = Some((slot, until));
                        break;
                    }
                }
                let parties = store::parties::of_booking(&tx, &ctx, id).await?;
                let number = stored.number.as_deref().unwrap_or_default();
                let facts = notices::Facts { booking: id, number, profile: &profile, office: &office, slot: &stored.slot, lang: stored.lang };
                notices::closed(&tx, &ctx, &facts, kept.as_ref(), &notices::Told::party(parties.first(), mail.as_deref())).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// The place that is kept for a booking whose office closed, with the end of the offer.
pub async fn kept_for(ctx: &Ctx, id: BookingId) -> Result<Option<(crate::SlotCard, Instant)>> {
    access::booking(ctx, id).await?;
    match store::offers::open_for(ctx.db(), For::Booking(id)).await? {
        Some(offer) if ctx.now() < offer.until => Ok(store::slots::by_id(ctx.db(), offer.slot).await?.map(|slot| (slot, offer.until))),
        _ => Ok(None),
    }
}

/// Offices whose days changed have their slots made anew from their plans.
pub(crate) async fn touched(ctx: &Ctx, office: OfficeId) -> Result<()> {
    let office = store::offices::by_id(ctx.db(), office).await?.ok_or(Error::NotFound)?;
    super::plans::make_slots_of(ctx, &office).await
}
