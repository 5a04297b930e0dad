//! Windows open and close: who sits there calls.

use kernel::{Instant, RegionCode};
use platform::{Ctx, Error, Result, audit};

use super::access;
use crate::model::WindowId;
use crate::{issues, store};

/// Sits down at a window; whoever sat at another one leaves it. Opening again changes nothing.
///
/// # Errors
/// E-HL09 while somebody else sits there; E-HL10 while one's other window has a ticket.
pub async fn open(ctx: &Ctx, id: WindowId) -> Result<()> {
    let (window, office) = access::window(ctx, id).await?;
    let (me, name) = access::staff(ctx)?;
    let since = Instant::at(ctx.today(), 0);
    let event = audit::Event::new("hall.window_open", "hall_window", id).region(&office.region).detail(serde_json::json!({ "no": window.no }));
    ctx.db()
        .write(|tx| {
            let (ctx, name, event, region) = (ctx.clone(), name.clone(), event.clone(), office.region);
            async move {
                if let Some(other) = store::windows::of_staff(&tx, me).await?.filter(|other| *other != id) {
                    nothing_at(&tx, &ctx, other, &region).await?;
                    store::windows::leave(&tx, other).await?;
                }
                if !store::windows::seat(&tx, id, me, &name, ctx.now(), since).await? {
                    let sits = store::windows::by_id(&tx, id).await?.map(|window| window.staff_name).unwrap_or_default();
                    return Err(issues::window_taken(&sits).into());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// Leaves a window. Who was handed over to it waits in the common queue again.
///
/// # Errors
/// E-HL08 when somebody else sits there, E-HL10 while it has a ticket.
pub async fn close(ctx: &Ctx, id: WindowId) -> Result<()> {
    let (window, office) = access::window(ctx, id).await?;
    let event = audit::Event::new("hall.window_close", "hall_window", id).region(&office.region).detail(serde_json::json!({ "no": window.no }));
    ctx.db()
        .write(|tx| {
            let (ctx, event, region) = (ctx.clone(), event.clone(), office.region);
            async move {
                access::seated(&tx, &ctx, id).await?;
                nothing_at(&tx, &ctx, id, &region).await?;
                store::tickets::release_target(&tx, id).await?;
                store::windows::leave(&tx, id).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// Refuses while a window has a ticket (E-HL10); what is left of another day is settled first.
pub(crate) async fn nothing_at(tx: &::store::Tx, ctx: &Ctx, id: WindowId, region: &RegionCode) -> Result<()> {
    let Some(ticket) = store::tickets::at_window(tx, id).await? else { return Ok(()) };
    let ticket = store::tickets::by_id(tx, ctx, ticket).await?.ok_or(Error::NotFound)?;
    if ticket.day < ctx.today() {
        return super::close::settle_in(tx, ctx, &ticket, region).await;
    }
    Err(issues::unfinished(&ticket.label()).into())
}
