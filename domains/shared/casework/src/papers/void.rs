//! 作废: a document that must not stand. Its number stays and is never given again.

use platform::{Ctx, Error, Result, Role, Scope, audit};

use super::{PaperId, issues};
use super::store as table;

/// Who may void: whoever decides, and the supervision.
const MAY: [Role; 2] = [Role::Approver, Role::Supervisor];

/// Voids a document with a reason.
///
/// # Errors
/// `Stale` when somebody else has voided it.
pub async fn void(ctx: &Ctx, id: PaperId, reason: &str) -> Result<()> {
    let row = table::one(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    ctx.require(&MAY, &Scope::region(row.region).org(row.org).item(row.item_code.clone())).await?;
    let reason = kernel::text::line(reason);
    if reason.is_empty() {
        return Err(issues::required("reason", "作废原因", "the reason").into());
    }
    let (now, actor) = (ctx.now(), ctx.actor().key());
    let event = audit::Event::new("paper.void", "paper", id).region(&row.region).reason(&reason);
    ctx.db()
        .write(|tx| {
            let (ctx, reason, actor, event) = (ctx.clone(), reason.clone(), actor.clone(), event.clone());
            async move {
                if !table::void(&tx, id, &reason, &actor, now).await? {
                    return Err(Error::stale());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
