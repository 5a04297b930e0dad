//! Holding a place while the form is filled in: the booking row itself, with an end, one a person.

use platform::{Ctx, Error, Result, audit};

use super::{access, place, seat};
use crate::model::{Channel, SlotId, State};
use crate::release::{EntryId, turn};
use crate::store::bookings::New;
use crate::{BookingId, issues, request, store};

/// Which place, for which item.
#[derive(Debug, Clone)]
pub struct Hold {
    /// The slot.
    pub slot: SlotId,
    /// Implementation code of the catalogue item.
    pub impl_code: String,
    /// Key drawn when the page was made: the same form sent twice holds one place.
    pub request_key: String,
}

/// Holds a place for the signed-in citizen; an earlier hold of his is given back.
///
/// # Errors
/// E-P901, E-P902, E-P903, E-P904, E-P905, E-P908, or the service's own codes for them.
pub async fn hold(ctx: &Ctx, input: Hold) -> Result<BookingId> {
    match attempt(ctx, &input, None).await {
        Err(error) if place::freed(ctx, &error, input.slot).await? => attempt(ctx, &input, None).await,
        outcome => outcome,
    }
}

/// The same for an entry of a release whose turn it is.
pub(crate) async fn in_turn(ctx: &Ctx, input: &Hold, entry: EntryId) -> Result<BookingId> {
    attempt(ctx, input, Some(entry)).await
}

async fn attempt(ctx: &Ctx, input: &Hold, turn_of: Option<EntryId>) -> Result<BookingId> {
    let profile = super::read::profile_for(ctx, &input.impl_code).await?;
    let (account, person) = access::real_person(ctx, &profile)?;
    let owner = access::owner(ctx)?;
    let request_key = request::key(&input.request_key)?;
    let request_hash = request::digest(ctx, &("hold", input.slot, &input.impl_code));
    let id: BookingId = ctx.id();
    let party = ctx.id();
    let hold_until = ctx.now().plus_minutes(i64::from(profile.hold_minutes));
    let event = audit::Event::new("booking.hold", "booking", id).person(person);
    ctx.db()
        .write(|tx| {
            let (ctx, profile, owner, input, event) = (ctx.clone(), profile.clone(), owner.clone(), input.clone(), event.clone());
            let (request_key, request_hash) = (request_key.clone(), request_hash.clone());
            async move {
                if let Some(held) = store::bookings::hold_of(&tx, &owner).await? {
                    let again = store::bookings::by_request(&tx, &owner, &request_key).await?;
                    let stored = store::bookings::by_id(&tx, held).await?.ok_or(Error::NotFound)?;
                    if again.is_some_and(|(same, hash)| same == held && hash == request_hash) && stored.state_at(ctx.now()) == State::Held {
                        return Ok(held);
                    }
                    place::lapse(&tx, &ctx, &stored).await?;
                }
                let slot = store::slots::by_id(&tx, input.slot).await?.filter(|slot| slot.item_kind == profile.item_kind).ok_or(Error::NotFound)?;
                let new = New {
                    id,
                    number: None,
                    slot: slot.id,
                    office: slot.office,
                    item_kind: profile.item_kind.clone(),
                    impl_code: input.impl_code.clone(),
                    channel: Channel::from_digit(ctx.meta().channel).unwrap_or(Channel::Web),
                    state: State::Held,
                    owner: owner.clone(),
                    account: Some(account),
                    request_key: request_key.clone(),
                    request_hash: request_hash.clone(),
                    hold_until: Some(hold_until.min(slot.window.close_at)),
                    partner_code: None,
                    needs: None,
                    lang: ctx.lang(),
                    now: ctx.now(),
                };
                if !store::bookings::insert(&tx, &new).await? {
                    return match store::bookings::by_request(&tx, &owner, &request_key).await? {
                        Some((same, hash)) if hash == request_hash => Ok(same),
                        Some(_) => Err(issues::key_reused().into()),
                        None => Err(Error::stale()),
                    };
                }
                seat::not_blocked(&tx, &ctx, &profile, person).await?;
                let wish = seat::Wish { profile: &profile, person, day: slot.day, owner: &owner, except: None };
                seat::sit(&tx, &ctx, &wish, party, id, 1, None).await?;
                audit::record(&tx, &ctx, event).await?;
                match turn_of {
                    None => place::take(&tx, &ctx, &profile, slot.id).await?,
                    Some(entry) if store::entries::take(&tx, entry, id, ctx.now()).await? => place::take_released(&tx, &ctx, &profile, slot.id).await?,
                    Some(_) => return Err(turn::gone()),
                }
                Ok(id)
            }
        })
        .await
}
