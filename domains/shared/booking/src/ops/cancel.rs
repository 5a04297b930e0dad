//! Cancelling (P9-6, P9-8): the place is free again at once.

use platform::{Ctx, Error, Result, audit};

use super::{access, place};
use crate::model::State;
use crate::rules::may_change;
use crate::store::offers::For;
use crate::{BookingId, issues, store};

/// Cancels a booking or a hold. Cancelling again changes nothing. After an unexpected closure there is no time limit (P9-15).
///
/// # Errors
/// E-P906 less than two hours before the start; E-ST01 when it is over.
pub async fn cancel(ctx: &Ctx, id: BookingId) -> Result<()> {
    let stored = access::booking(ctx, id).await?;
    let profile = super::read::profile_of_kind(ctx, &stored.slot.item_kind).await?;
    let region = store::bookings::region_of(ctx.db(), stored.slot.office).await?;
    let event = audit::Event::new("booking.cancel", "booking", id).region(&region).person(ctx.actor().citizen().and_then(|c| c.person));
    ctx.db()
        .write(|tx| {
            let (ctx, profile, event) = (ctx.clone(), profile.clone(), event.clone());
            async move {
                let stored = store::bookings::by_id(&tx, id).await?.ok_or(Error::NotFound)?;
                match stored.state_at(ctx.now()) {
                    State::Held => {
                        place::lapse(&tx, &ctx, &stored).await?;
                        return Ok(());
                    }
                    State::Cancelled | State::Lapsed => return Ok(()),
                    State::Booked => {}
                    over @ (State::Arrived | State::Done | State::NoShow) => {
                        let name = over.name();
                        return Err(Error::state(&name.zh, &name.en));
                    }
                }
                if !stored.displaced() && !may_change(&profile, stored.slot.start, ctx.now()) {
                    return Err(issues::too_late_to_change(&profile).into());
                }
                if !store::bookings::set_state(&tx, id, State::Booked, State::Cancelled, ctx.now()).await? {
                    return Err(Error::stale());
                }
                store::parties::close(&tx, id).await?;
                if let Some(offer) = store::offers::open_for(&tx, For::Booking(id)).await?
                    && store::offers::end(&tx, offer.id, "DECLINED").await?
                {
                    place::give_back(&tx, &ctx, offer.slot).await?;
                }
                place::give_back(&tx, &ctx, stored.slot.id).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
