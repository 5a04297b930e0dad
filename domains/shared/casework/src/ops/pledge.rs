//! The check afterwards of what was pledged (P2-7): what is not true is revoked, and recorded.

use kernel::Text;
use platform::{Ctx, Error, Result, Role, audit};

use super::access;
use crate::CaseId;
use crate::issues;
use crate::matters::matter;
use crate::store::{cases, credit, notes};

/// Who checks pledges.
pub(crate) const CHECKERS: [Role; 2] = [Role::Examiner, Role::Inspector];

/// Notes whether a pledge was kept. A broken one bars the applicant from the next; the decision is revoked by its own move.
///
/// # Errors
/// `E-P805` without the role of an examiner or inspector; `E-P224` without words on a broken pledge; `NotFound` where there is none to check.
pub async fn check_pledge(ctx: &Ctx, case: CaseId, kept: bool, finding: &str) -> Result<()> {
    let head = cases::by_id(ctx.db(), ctx, case).await?;
    let matter = matter(ctx, &head.case_type)?;
    access::standing(ctx, &matter, &head).await?.must(&CHECKERS, &Text::new("核查承诺", "check a pledge"))?;
    let finding = kernel::text::line(finding);
    if !kept && finding.is_empty() {
        return Err(issues::needed("finding", "核查情况", "what was found").into());
    }
    let subject = cases::number_hash(ctx.keys(), &head.applicant.number);
    let event = audit::Event::new("case.check_pledge", "case", case).person(head.applicant.person).region(&head.region);
    let event = event.reason(finding.clone()).detail(serde_json::json!({ "kept": kept }));
    ctx.db()
        .write(|tx| {
            let (ctx, event, subject, finding, number) = (ctx.clone(), event.clone(), subject.clone(), finding.clone(), head.case_no.clone());
            async move {
                if !notes::check_pledge(&tx, &ctx, case, kept).await? {
                    return Err(Error::NotFound);
                }
                if !kept {
                    credit::add(&tx, &ctx, case, subject, &finding, &format!("告知承诺核查 {number}"), None).await?;
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
