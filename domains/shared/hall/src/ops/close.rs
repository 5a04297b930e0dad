//! A hall closes unexpectedly (P9-15): nobody who waits loses anything. And what is left of a day is settled.

use ::store::Tx;
use booking::hours::Opening;
use booking::ops::close::{Closure, reseat};
use booking::ops::{openings, present, read as bookings};
use booking::OfficeCard;
use kernel::RegionCode;
use platform::{Ctx, Result, audit};

use crate::model::{State, Ticket};
use crate::store;

/// Closes an office for a day as `booking` does. If that is today, everybody who waits in its hall is let go: their tickets
/// are void, and who had booked is offered another time like all the others, free of penalty.
///
/// # Errors
/// Those of [`booking::ops::close::close`].
pub async fn close(ctx: &Ctx, code: &str, closure: Closure) -> Result<()> {
    let day = closure.day;
    booking::ops::close::close(ctx, code, closure).await?;
    if day == ctx.today() {
        let office = bookings::office(ctx, code).await?;
        let_go(ctx, &office).await?;
        reseat(ctx).await?;
    }
    Ok(())
}

/// Lets everybody go who waits in the hall of an office, one small transaction a ticket.
async fn let_go(ctx: &Ctx, office: &OfficeCard) -> Result<()> {
    for ticket in store::tickets::live(ctx.db(), ctx, office.id, ctx.today()).await? {
        if ticket.state == State::Serving {
            continue;
        }
        let event = audit::Event::new("hall.let_go", "hall_ticket", ticket.id)
            .region(&office.region)
            .detail(serde_json::json!({ "no": ticket.label() }));
        let ready = std::sync::Arc::new((ticket, event));
        ctx.db()
            .write(|tx| {
                let (ctx, ready) = (ctx.clone(), ready.clone());
                async move {
                    let (ticket, event) = &*ready;
                    if !store::tickets::miss(&tx, ticket.id, ticket.state, State::Void).await? {
                        return Ok(());
                    }
                    if let Some(booking) = ticket.booking {
                        present::put_back_in(&tx, &ctx, booking).await?;
                    }
                    audit::record(&tx, &ctx, event.clone()).await
                }
            })
            .await?;
    }
    Ok(())
}

/// Does what a closure of today left undone: for the job, when the program was stopped in the middle.
pub(crate) async fn finish_closures(ctx: &Ctx) -> Result<()> {
    for office in store::tickets::offices_with_waiting(ctx.db(), ctx.today()).await? {
        let office = bookings::office_by_id(ctx, office).await?;
        if matches!(openings::on(ctx, &office, ctx.today()).await?, Opening::Closed(_)) {
            let_go(ctx, &office).await?;
            reseat(ctx).await?;
        }
    }
    Ok(())
}

/// Writes down that tickets of earlier days are void, and that visits which nobody ended are over.
pub(crate) async fn settle(ctx: &Ctx) -> Result<()> {
    loop {
        let left = store::tickets::left_over(ctx.db(), ctx.today()).await?;
        if left.is_empty() {
            return Ok(());
        }
        for (id, office) in left {
            let region = bookings::office_by_id(ctx, office).await?.region;
            ctx.db()
                .write(|tx| {
                    let ctx = ctx.clone();
                    async move {
                        match store::tickets::by_id(&tx, &ctx, id).await? {
                            Some(ticket) => settle_in(&tx, &ctx, &ticket, &region).await,
                            None => Ok(()),
                        }
                    }
                })
                .await?;
        }
    }
}

/// Settles one ticket of an earlier day.
pub(crate) async fn settle_in(tx: &Tx, ctx: &Ctx, ticket: &Ticket, region: &RegionCode) -> Result<()> {
    let to = if ticket.state == State::Serving {
        store::tickets::done(tx, ticket.id, ctx.now()).await?;
        if let Some(booking) = ticket.booking {
            booking::ops::desk::complete_in(tx, ctx, booking).await?;
        }
        State::Done
    } else {
        store::tickets::miss(tx, ticket.id, ticket.state, State::Void).await?;
        State::Void
    };
    audit::record(tx, ctx, audit::Event::new("hall.settle", "hall_ticket", ticket.id).region(region).detail(serde_json::json!({ "to": to }))).await
}
