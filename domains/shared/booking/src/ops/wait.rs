//! The waiting list: it moves up by itself, and a place that comes free is kept for the first for a while.

use kernel::{Day, Instant};
use platform::{Ctx, Error, Result, audit};

use super::{access, place, seat};
use crate::model::{Channel, OfferId, OfficeCard, SlotCard, State, WaitingId};
use crate::store::bookings::New;
use crate::store::offers::For;
use crate::{BookingId, issues, people, request, store};

/// What somebody waits for.
#[derive(Debug, Clone)]
pub struct Join {
    /// Code of the office.
    pub office: String,
    /// Implementation code of the catalogue item.
    pub impl_code: String,
    /// First day that will do.
    pub from: Day,
    /// Last day that will do.
    pub to: Day,
}

/// One's own place on the list.
#[derive(Debug, Clone)]
pub struct WaitingCard {
    /// Id.
    pub id: WaitingId,
    /// Where.
    pub office: OfficeCard,
    /// The catalogue item.
    pub impl_code: String,
    /// First day that will do.
    pub from: Day,
    /// Last day that will do.
    pub to: Day,
    /// How many wait in front.
    pub ahead: i64,
    /// The place that is kept now: the offer, its slot and its end.
    pub offer: Option<(OfferId, SlotCard, Instant)>,
}

/// Puts the signed-in citizen at the end of the list of an office.
///
/// # Errors
/// E-P903, E-P908, E-BK06 if he waits for this kind of business already, E-BK08 for days that do not make sense.
pub async fn join(ctx: &Ctx, input: Join) -> Result<WaitingId> {
    let profile = super::read::profile_for(ctx, &input.impl_code).await?;
    let (account, person) = access::real_person(ctx, &profile)?;
    let office = super::read::office(ctx, &input.office).await?;
    let last = ctx.today().plus_days(92);
    if input.from > input.to || input.to <= ctx.today() || input.to > last {
        return Err(issues::bad_field("to", "请选择今天以后三个月内的日期", "Choose days within the next three months").into());
    }
    let id: WaitingId = ctx.id();
    let reach = serde_json::to_vec(&people::contact(ctx, person).await?).map_err(Error::internal)?;
    let waiting = store::waiting::Stored {
        id,
        account,
        person,
        office: office.id,
        item_kind: profile.item_kind.clone(),
        impl_code: input.impl_code,
        from: input.from,
        to: input.to,
        state: "WAITING".to_owned(),
        lang: ctx.lang(),
        queued_at: ctx.now(),
        contact: ctx.keys().seal("waiting", "contact", &id.to_vec(), &reach),
    };
    let event = audit::Event::new("booking.wait", "waiting", waiting.id).person(person).region(&office.region);
    ctx.db()
        .write(|tx| {
            let (ctx, profile, waiting, event) = (ctx.clone(), profile.clone(), waiting.clone(), event.clone());
            async move {
                seat::not_blocked(&tx, &ctx, &profile, person).await?;
                if !store::waiting::insert(&tx, &waiting).await? {
                    return Err(issues::already_waiting().into());
                }
                audit::record(&tx, &ctx, event).await?;
                Ok(waiting.id)
            }
        })
        .await
}

/// Leaves the list; a place that is kept goes on to the next.
pub async fn leave(ctx: &Ctx, id: WaitingId) -> Result<()> {
    let citizen = access::citizen(ctx)?;
    store::waiting::owned(ctx.db(), id, citizen.account).await?;
    let event = audit::Event::new("booking.leave_waiting", "waiting", id).person(citizen.person);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                let offer = store::offers::open_for(&tx, For::Waiting(id)).await?;
                let left = store::waiting::set_state(&tx, id, "WAITING", "LEFT").await? || store::waiting::set_state(&tx, id, "OFFERED", "LEFT").await?;
                if let Some(offer) = offer
                    && store::offers::end(&tx, offer.id, "DECLINED").await?
                {
                    place::give_back(&tx, &ctx, offer.slot).await?;
                }
                if left { audit::record(&tx, &ctx, event).await } else { Ok(()) }
            }
        })
        .await
}

/// Takes the place that is kept: it becomes a hold, whose form is filled in next.
///
/// # Errors
/// E-BK05 when the place has gone on to the next; E-P904 and E-P908 as for every booking.
pub async fn accept(ctx: &Ctx, id: OfferId) -> Result<BookingId> {
    let offer = store::offers::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let For::Waiting(waiting) = offer.to else { return Err(Error::NotFound) };
    let waiting = store::waiting::owned(ctx.db(), waiting, access::citizen(ctx)?.account).await?;
    let profile = super::read::profile_of_kind(ctx, &waiting.item_kind).await?;
    let (account, person) = access::real_person(ctx, &profile)?;
    let slot = store::slots::by_id(ctx.db(), offer.slot).await?.ok_or(Error::NotFound)?;
    let owner = access::owner(ctx)?;
    let booking: BookingId = ctx.id();
    let party = ctx.id();
    let new = New {
        id: booking,
        number: None,
        slot: slot.id,
        office: slot.office,
        item_kind: profile.item_kind.clone(),
        impl_code: waiting.impl_code.clone(),
        channel: Channel::from_digit(ctx.meta().channel).unwrap_or(Channel::Web),
        state: State::Held,
        owner: owner.clone(),
        account: Some(account),
        request_key: format!("offer:{id}"),
        request_hash: request::digest(ctx, &("offer", id)),
        hold_until: Some(ctx.now().plus_minutes(i64::from(profile.hold_minutes)).min(slot.window.close_at)),
        partner_code: None,
        needs: None,
        lang: ctx.lang(),
        now: ctx.now(),
    };
    let event = audit::Event::new("booking.accept_offer", "booking", booking).person(person);
    let ready = std::sync::Arc::new((profile, slot, owner, new, event, waiting.id));
    ctx.db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move {
                let (profile, slot, owner, new, event, waiting) = &*ready;
                if let Some((same, _)) = store::bookings::by_request(&tx, owner, &new.request_key).await? {
                    return Ok(same);
                }
                if slot.closed_at.is_some() || !store::offers::take(&tx, id, ctx.now()).await? {
                    return Err(issues::offer_gone().into());
                }
                store::waiting::set_state(&tx, *waiting, "OFFERED", "BOOKED").await?;
                if let Some(held) = store::bookings::hold_of(&tx, owner).await? {
                    let stored = store::bookings::by_id(&tx, held).await?.ok_or(Error::NotFound)?;
                    place::lapse(&tx, &ctx, &stored).await?;
                }
                if !store::bookings::insert(&tx, new).await? {
                    return Err(Error::stale());
                }
                seat::not_blocked(&tx, &ctx, profile, person).await?;
                let wish = seat::Wish { profile, person, day: slot.day, owner, except: None };
                seat::sit(&tx, &ctx, &wish, party, booking, 1, None).await?;
                audit::record(&tx, &ctx, event.clone()).await?;
                Ok(booking)
            }
        })
        .await
}

/// What the signed-in citizen waits for. An offer that has ended by the clock is not shown.
pub async fn mine(ctx: &Ctx) -> Result<Vec<WaitingCard>> {
    let citizen = access::citizen(ctx)?;
    let mut cards = Vec::new();
    for waiting in store::waiting::of_account(ctx.db(), citizen.account).await? {
        let office = store::offices::by_id(ctx.db(), waiting.office).await?.ok_or(Error::NotFound)?;
        let ahead = store::waiting::ahead_of(ctx.db(), &waiting).await?;
        let offer = match store::offers::open_for(ctx.db(), For::Waiting(waiting.id)).await? {
            Some(offer) if waiting.state == "OFFERED" && ctx.now() < offer.until => {
                store::slots::by_id(ctx.db(), offer.slot).await?.filter(|slot| slot.closed_at.is_none()).map(|slot| (offer.id, slot, offer.until))
            }
            _ => None,
        };
        cards.push(WaitingCard { id: waiting.id, office, impl_code: waiting.impl_code, from: waiting.from, to: waiting.to, ahead, offer });
    }
    Ok(cards)
}
