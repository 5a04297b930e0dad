//! A number that nobody answers to: passed, queued again once, void (P9-11).

use platform::{Ctx, Error, Result, audit};

use super::{access, call};
use crate::model::{State, Ticket, TicketId};
use crate::{issues, store};

/// Passes a ticket that was called three times and to which nobody came. One that was queued again before is void.
///
/// # Errors
/// E-HL06 before the third call, E-HL05 within twenty seconds of it, E-ST01 unless it is being called.
pub async fn pass(ctx: &Ctx, id: TicketId) -> Result<State> {
    let (ticket, office) = access::ticket(ctx, id).await?;
    let hall = access::hall(ctx, ticket.office).await?;
    let event = audit::Event::new("hall.pass", "hall_ticket", id).region(&office.region);
    ctx.db()
        .write(|tx| {
            let (ctx, hall, event) = (ctx.clone(), hall.clone(), event.clone());
            async move {
                let ticket = access::at_my_window(&tx, &ctx, id).await?;
                let numbers = &hall.rules.numbers;
                if ticket.state == State::Called && ticket.calls < i64::from(numbers.calls.value) {
                    return Err(issues::calls_missing(numbers.calls.value).into());
                }
                call::gap_over(&ctx, &hall, &ticket)?;
                let to = if ticket.requeues < i64::from(numbers.requeue_times.value) { State::Passed } else { State::Void };
                if !store::tickets::miss(&tx, id, State::Called, to).await? {
                    return Err(access::wrong_state(&ticket, &ctx));
                }
                audit::record(&tx, &ctx, event.detail(serde_json::json!({ "no": ticket.label(), "to": to }))).await?;
                Ok::<_, Error>(to)
            }
        })
        .await
}

/// Queues a passed ticket again, behind the next three, on the same day: whoever holds it asks with its token, at the kiosk or on the
/// phone. Asking again while it waits changes nothing. Returns the label of the ticket behind which it stands.
///
/// # Errors
/// E-HL12 once it is void.
pub async fn requeue(ctx: &Ctx, token: &str) -> Result<Option<String>> {
    let id = store::tickets::by_token(ctx.db(), token).await?.ok_or(Error::NotFound)?;
    let ticket = store::tickets::by_id(ctx.db(), ctx, id).await?.ok_or(Error::NotFound)?;
    again(ctx, &ticket).await
}

/// The same by a clerk, to whom its holder has come.
///
/// # Errors
/// Those of [`requeue`].
pub async fn requeue_for(ctx: &Ctx, id: TicketId) -> Result<Option<String>> {
    let (ticket, _) = access::ticket(ctx, id).await?;
    again(ctx, &ticket).await
}

async fn again(ctx: &Ctx, ticket: &Ticket) -> Result<Option<String>> {
    match ticket.state_at(ctx.now()) {
        State::Passed => {}
        State::Waiting => return Ok(None),
        State::Void => return Err(issues::void().into()),
        State::Called | State::Serving | State::Done => return Err(access::wrong_state(ticket, ctx)),
    }
    let (id, office) = (ticket.id, booking::ops::read::office_by_id(ctx, ticket.office).await?);
    let board = super::read::board_of(ctx, access::hall(ctx, ticket.office).await?).await?;
    let after = board.requeue_after(ticket.group).map(|after| (after.id, after.label()));
    let label = after.as_ref().map(|(_, label)| label.clone());
    let event = audit::Event::new("hall.requeue", "hall_ticket", id)
        .region(&office.region)
        .detail(serde_json::json!({ "no": ticket.label(), "after": label }));
    ctx.db()
        .write(|tx| {
            let (ctx, event, after) = (ctx.clone(), event.clone(), after.as_ref().map(|(after, _)| *after));
            async move {
                if !store::tickets::requeue(&tx, id, after).await? {
                    return Err(Error::stale());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Ok(label)
}
