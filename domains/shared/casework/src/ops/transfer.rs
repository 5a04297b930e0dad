//! Dispatch (P2-9): what was taken in goes to the body that answers for it.

use platform::{Ctx, Error, OrgId, Result, Role, audit, regions};

use crate::CaseId;
use crate::issues;
use crate::store::cases;

/// Sends an open case that is not accepted yet to another body.
///
/// # Errors
/// `E-P805` without the role of a head or clerk for the case; `E-ST01` once it is accepted; `NotFound` for an unknown body.
pub async fn transfer(ctx: &Ctx, case: CaseId, seen: i64, to: OrgId, reason: &str) -> Result<()> {
    let head = cases::by_id(ctx.db(), ctx, case).await?;
    ctx.require(&[Role::Head, Role::Clerk], &head.scope()).await?;
    if head.accepted_at.is_some() || head.phase.is_closed() {
        let name = head.phase.name();
        return Err(Error::state(&name.zh, &name.en));
    }
    let reason = kernel::text::line(reason);
    if reason.is_empty() {
        return Err(issues::needed("reason", "理由", "the reason").into());
    }
    let org = regions::organisation(ctx.db(), to).await?.ok_or(Error::NotFound)?;
    let event = audit::Event::new("case.transfer", "case", case).person(head.applicant.person).region(&org.region).reason(reason);
    ctx.db()
        .write(|tx| {
            let (ctx, event, org) = (ctx.clone(), event.clone(), org.clone());
            async move {
                let now = cases::by_id(&tx, &ctx, case).await?;
                if now.version != seen {
                    return Err(Error::stale());
                }
                cases::assign(&tx, case, org.region, org.id).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
