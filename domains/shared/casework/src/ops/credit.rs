//! Credit records: who looks after them, and how one is withdrawn.

use kernel::mask;
use platform::{Ctx, Error, Result, Role, audit};

use crate::issues;
use crate::model::{CaseHead, Credit, CreditId};
use crate::store::{cases, credit as table};

/// Who sees and withdraws them.
const KEEPERS: [Role; 2] = [Role::Head, Role::Supervisor];

/// Records a page holds.
const PAGE: i64 = 50;

/// Credit records of cases in the actor's regions, the newest first; with the last of the page if there are more. Names are masked.
///
/// # Errors
/// `E-P805` without the role of a head or supervisor.
pub async fn credit_records(ctx: &Ctx, before: Option<CreditId>) -> Result<(Vec<Credit>, Option<CreditId>)> {
    ctx.require_role(&KEEPERS)?;
    let roots = ctx.regions_of(&KEEPERS);
    if roots.is_empty() {
        return Ok((Vec::new(), None));
    }
    let mut records = table::list(ctx.db(), ctx, &roots, before, PAGE + 1).await?;
    let more = records.len() > PAGE as usize;
    records.truncate(PAGE as usize);
    for record in &mut records {
        record.applicant = mask::name(&record.applicant);
    }
    let last = records.last().filter(|_| more).map(|record| record.id);
    Ok((records, last))
}

/// Withdraws a record: it stays to be seen, and bars the applicant no longer.
///
/// # Errors
/// `E-P805` without the role of a head or supervisor for the case; `E-P224` without a reason; `E-ST02` if it was withdrawn before.
pub async fn withdraw_credit(ctx: &Ctx, id: CreditId, reason: &str) -> Result<()> {
    let head = kept(ctx, id).await?;
    let case = head.id;
    let reason = kernel::text::line(reason);
    if reason.is_empty() {
        return Err(issues::needed("reason", "撤销理由", "the reason").into());
    }
    let event = audit::Event::new("case.withdraw_credit", "case", case).person(head.applicant.person).region(&head.region).reason(reason.clone());
    ctx.db()
        .write(|tx| {
            let (ctx, event, reason) = (ctx.clone(), event.clone(), reason.clone());
            async move {
                if !table::withdraw(&tx, &ctx, id, &reason).await? {
                    return Err(Error::stale());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// Whether the actor may withdraw a record.
///
/// # Errors
/// `E-P805` without the role of a head or supervisor for the case; `NotFound`.
pub async fn may_withdraw_credit(ctx: &Ctx, id: CreditId) -> Result<()> {
    kept(ctx, id).await.map(drop)
}

/// The case of a record that the actor looks after.
async fn kept(ctx: &Ctx, id: CreditId) -> Result<CaseHead> {
    let case = table::case_of(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let head = cases::by_id(ctx.db(), ctx, case).await?;
    ctx.require(&KEEPERS, &head.scope()).await?;
    Ok(head)
}
