//! Lifting a no-show for proven illness, traffic or a fault of the system (P9-7): the block ends at once.

use platform::{Ctx, Error, Result, audit};

use super::access;
use crate::model::State;
use crate::{BookingId, issues, store};

/// Lifts the no-shows of a booking, for counter staff with a reason.
///
/// # Errors
/// E-BK08 without a reason, E-ST01 if the booking is no no-show.
pub async fn lift(ctx: &Ctx, id: BookingId, reason: &str) -> Result<()> {
    let stored = access::booking(ctx, id).await?;
    let office = store::offices::by_id(ctx.db(), stored.slot.office).await?.ok_or(Error::NotFound)?;
    access::counter(ctx, &office, Some(&stored.impl_code)).await?;
    let reason = kernel::text::line(reason);
    if reason.is_empty() {
        return Err(issues::bad_field("reason", "请填写解除原因", "Give the reason").into());
    }
    let by = ctx.actor().staff().map(|staff| staff.id);
    let event = audit::Event::new("booking.lift_no_show", "booking", id).region(&office.region).reason(reason.clone());
    ctx.db()
        .write(|tx| {
            let (ctx, reason, event) = (ctx.clone(), reason.clone(), event.clone());
            async move {
                let stored = store::bookings::by_id(&tx, id).await?.ok_or(Error::NotFound)?;
                super::place::settle(&tx, &ctx, &stored).await?;
                if stored.state_at(ctx.now()) != State::NoShow {
                    let name = stored.state_at(ctx.now()).name();
                    return Err(Error::state(&name.zh, &name.en));
                }
                store::no_shows::lift(&tx, id, by, &reason, ctx.now()).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// Why a booking that nobody came to does not count against anybody; absent where it counts, or is no no-show.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's booking.
pub async fn lifted(ctx: &Ctx, id: BookingId) -> Result<Option<String>> {
    access::booking(ctx, id).await?;
    store::no_shows::lifted(ctx.db(), id).await
}
