//! Calling to a window (P9-10, P9-11, P9-12).

use ::store::Tx;
use platform::{Ctx, Error, Result, audit};

use super::{access, windows};
use crate::model::{State, Ticket, TicketId, WindowCard, WindowId};
use crate::queue::{Past, Waiting, pick};
use crate::store::{self, tickets::Call};
use crate::{HallCard, issues};

/// Calls whoever the rule calls next to a window. Two windows that ask at the same moment never get the same ticket: the second waits
/// for the row of the hall's day, and finds what the first has left.
///
/// # Errors
/// E-HL08 unless one sits there, E-HL10 while it has a ticket, E-HL11 when nobody waits.
pub async fn next(ctx: &Ctx, window: WindowId) -> Result<TicketId> {
    call(ctx, window, None).await
}

/// Why a number is called out of order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutOfOrder {
    /// Somebody has to go first.
    Priority,
    /// A fault of the system.
    Fault,
}

impl OutOfOrder {
    /// Both, in the order in which pages list them.
    pub const ALL: [Self; 2] = [Self::Priority, Self::Fault];

    /// The code in forms and the audit trail.
    pub fn code(self) -> &'static str {
        match self {
            Self::Priority => "priority",
            Self::Fault => "fault",
        }
    }

    /// The name that people see.
    pub fn name(self) -> kernel::Text {
        match self {
            Self::Priority => kernel::Text::new("优先", "Priority"),
            Self::Fault => kernel::Text::new("系统故障", "Fault of the system"),
        }
    }
}

/// Calls one ticket, whatever its turn. Out of order only with one of the two grounds and a reason, which the audit trail keeps
/// with the numbers that were skipped (P9-12).
///
/// # Errors
/// E-P912 without ground or reason; E-P910 for a ticket that was passed; those of [`next`].
pub async fn pick_out(ctx: &Ctx, window: WindowId, ticket: TicketId, ground: &str, reason: &str) -> Result<TicketId> {
    let (found, _) = access::ticket(ctx, ticket).await?;
    if found.state_at(ctx.now()) == State::Passed {
        let board = super::read::board_of(ctx, access::hall(ctx, found.office).await?).await?;
        return Err(issues::passed(board.requeue_after(found.group).map(Ticket::label).as_deref()).into());
    }
    let wanted = Wanted {
        ticket,
        ground: OutOfOrder::ALL.into_iter().find(|known| known.code() == ground),
        reason: kernel::text::line(reason),
    };
    call(ctx, window, Some(wanted)).await
}

/// A ticket asked for by its number.
#[derive(Debug, Clone)]
struct Wanted {
    ticket: TicketId,
    ground: Option<OutOfOrder>,
    reason: String,
}

async fn call(ctx: &Ctx, id: WindowId, wanted: Option<Wanted>) -> Result<TicketId> {
    let (_, office) = access::window(ctx, id).await?;
    let hall = access::hall(ctx, office.id).await?;
    let (me, _) = access::staff(ctx)?;
    let ready = std::sync::Arc::new((office, hall, wanted));
    ctx.db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move {
                let (office, hall, wanted) = &*ready;
                let window = access::seated(&tx, &ctx, id).await?;
                // first, so that whoever else calls in this hall waits here
                let seq = store::windows::next_call(&tx, office.id, ctx.today()).await?;
                windows::nothing_at(&tx, &ctx, id, &office.region).await?;
                let live = store::tickets::live(&tx, &ctx, office.id, ctx.today()).await?;
                let due = due(&tx, &ctx, hall, &window, &live).await?;
                let event = audit::Event::new("hall.call", "hall_ticket", "").region(&office.region);
                let (ticket, event) = match wanted {
                    None => (due.ok_or_else(issues::nobody)?, event),
                    Some(wanted) => chosen(&ctx, &live, due, wanted, event)?,
                };
                let call = Call { window: id, staff: Some(me), seq, now: ctx.now() };
                if !store::tickets::call(&tx, ticket.id, call).await? {
                    return Err(Error::stale());
                }
                audit::record(&tx, &ctx, event.object_id(ticket.id)).await?;
                Ok(ticket.id)
            }
        })
        .await
}

/// Whom the rule calls to this window: who was handed over to it, then who is next in the queue of its groups.
async fn due<'a>(tx: &Tx, ctx: &Ctx, hall: &HallCard, window: &WindowCard, live: &'a [Ticket]) -> Result<Option<&'a Ticket>> {
    let waiting = || live.iter().filter(|ticket| ticket.state == State::Waiting);
    if let Some(ticket) = waiting().find(|ticket| ticket.target == Some(window.id)) {
        return Ok(Some(ticket));
    }
    let calls = store::tickets::calls(tx, hall.office, ctx.today()).await?;
    let past = Past::of(calls.into_iter().filter(|(group, _)| window.groups.contains(group)).map(|(_, class)| class));
    let mine: Vec<&Ticket> = waiting().filter(|ticket| ticket.target.is_none() && window.groups.contains(&ticket.group)).collect();
    let queue: Vec<Waiting> = mine.iter().map(|ticket| Waiting::from(*ticket)).collect();
    Ok(pick(&hall.rules.numbers, &queue, past, ctx.now()).map(|at| mine[at]))
}

/// The ticket that was asked for, if it may be called now; the event says why and who was skipped.
fn chosen<'a>(ctx: &Ctx, live: &'a [Ticket], due: Option<&Ticket>, wanted: &Wanted, event: audit::Event) -> Result<(&'a Ticket, audit::Event)> {
    let ticket = live.iter().find(|ticket| ticket.id == wanted.ticket).ok_or(Error::NotFound)?;
    if ticket.state != State::Waiting {
        return Err(access::wrong_state(ticket, ctx));
    }
    let Some(skipped) = due.filter(|due| due.id != ticket.id) else { return Ok((ticket, event)) };
    if wanted.reason.is_empty() {
        return Err(issues::reason_needed().into());
    }
    let ground = wanted.ground.ok_or_else(issues::ground_needed)?;
    let detail = serde_json::json!({ "no": ticket.label(), "skipped": skipped.label(), "ground": ground.code() });
    Ok((ticket, event.reason(wanted.reason.clone()).detail(detail)))
}

/// Calls a second and third time, not before the gap is over (P9-11).
///
/// # Errors
/// E-HL05 too soon, E-HL07 when it was called as often as may be, E-ST01 unless it is being called.
pub async fn again(ctx: &Ctx, id: TicketId) -> Result<()> {
    let (ticket, office) = access::ticket(ctx, id).await?;
    let hall = access::hall(ctx, ticket.office).await?;
    let event = audit::Event::new("hall.call_again", "hall_ticket", id).region(&office.region);
    ctx.db()
        .write(|tx| {
            let (ctx, hall, event) = (ctx.clone(), hall.clone(), event.clone());
            async move {
                let ticket = access::at_my_window(&tx, &ctx, id).await?;
                gap_over(&ctx, &hall, &ticket)?;
                if ticket.calls >= i64::from(hall.rules.numbers.calls.value) {
                    return Err(issues::calls_used(hall.rules.numbers.calls.value).into());
                }
                if !store::tickets::call_again(&tx, id, ticket.calls, ctx.now()).await? {
                    return Err(access::wrong_state(&ticket, &ctx));
                }
                audit::record(&tx, &ctx, event.detail(serde_json::json!({ "no": ticket.label(), "call": ticket.calls + 1 }))).await
            }
        })
        .await
}

/// E-HL05 until the gap after the last call is over.
pub(crate) fn gap_over(ctx: &Ctx, hall: &HallCard, ticket: &Ticket) -> Result<()> {
    let gap = hall.rules.numbers.call_gap_secs.value;
    match (ticket.state_at(ctx.now()), ticket.last_call) {
        (State::Called, Some(last)) => {
            let again = last.plus_secs(i64::from(gap));
            if ctx.now() < again { Err(issues::call_gap(again, gap).into()) } else { Ok(()) }
        }
        _ => Err(access::wrong_state(ticket, ctx)),
    }
}
