//! The visit at the window: begun, ended, handed over.

use platform::{Ctx, Result, audit};

use super::access;
use crate::model::{State, TicketId, WindowId};
use crate::{issues, store};

/// Somebody came to the window: the visit begins.
///
/// # Errors
/// E-ST01 unless it is being called, E-HL08 unless one sits at its window.
pub async fn start(ctx: &Ctx, id: TicketId) -> Result<()> {
    let (_, office) = access::ticket(ctx, id).await?;
    let event = audit::Event::new("hall.start", "hall_ticket", id).region(&office.region);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                let ticket = access::at_my_window(&tx, &ctx, id).await?;
                if !store::tickets::start(&tx, id, ctx.now()).await? {
                    return Err(access::wrong_state(&ticket, &ctx));
                }
                audit::record(&tx, &ctx, event.detail(serde_json::json!({ "no": ticket.label() }))).await
            }
        })
        .await
}

/// The visit ends; a booking that it was for is completed with it.
///
/// # Errors
/// E-ST01 unless somebody is being served, E-HL08 unless one sits at its window.
pub async fn done(ctx: &Ctx, id: TicketId) -> Result<()> {
    let (_, office) = access::ticket(ctx, id).await?;
    let event = audit::Event::new("hall.done", "hall_ticket", id).region(&office.region);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                let ticket = access::at_my_window(&tx, &ctx, id).await?;
                if !store::tickets::done(&tx, id, ctx.now()).await? {
                    return Err(access::wrong_state(&ticket, &ctx));
                }
                if let Some(booking) = ticket.booking {
                    booking::ops::desk::complete_in(&tx, &ctx, booking).await?;
                }
                let length = ticket.served_from.map_or(0, |from| ctx.now().micros() - from.micros());
                audit::record(&tx, &ctx, event.detail(serde_json::json!({ "no": ticket.label() }))).await?;
                store::paces::add(&tx, ticket.group, ticket.day, length + ticket.spent).await
            }
        })
        .await
}

/// Hands a ticket over to another open window, which calls it before all others.
///
/// # Errors
/// E-HL13 for a window that is not open, E-ST01 unless it is called or served, E-HL08 unless one sits at its window.
pub async fn hand_over(ctx: &Ctx, id: TicketId, to: WindowId) -> Result<()> {
    let (_, office) = access::ticket(ctx, id).await?;
    let event = audit::Event::new("hall.hand_over", "hall_ticket", id).region(&office.region);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                let ticket = access::at_my_window(&tx, &ctx, id).await?;
                let target = store::windows::by_id(&tx, to).await?.filter(|window| window.office == ticket.office && window.is_open(ctx.now()));
                let Some(target) = target.filter(|window| Some(window.id) != ticket.window) else {
                    return Err(issues::bad_field("window", "请选择另一个开放的窗口", "Choose another open window").into());
                };
                let spent = ticket.served_from.filter(|_| ticket.state == State::Serving).map_or(0, |from| ctx.now().micros() - from.micros());
                let from = if ticket.state == State::Serving { State::Serving } else { State::Called };
                if !store::tickets::hand_over(&tx, id, from, to, spent).await? {
                    return Err(access::wrong_state(&ticket, &ctx));
                }
                audit::record(&tx, &ctx, event.detail(serde_json::json!({ "no": ticket.label(), "to": target.no }))).await
            }
        })
        .await
}
