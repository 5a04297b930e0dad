//! Starting to archive a case: the list of contents is issued, the package follows from the outbox.

use kernel::Text;
use platform::{Ctx, Error, Result, Scope, audit, outbox};

use super::contents::gather;
use super::{MAY, Terms, issues, store};
use crate::CaseId;
use crate::papers::{self, Drawn, NewPaper};

/// Cases started in one run of the job.
const AT_ONCE: i64 = 200;

/// Starts to archive a finished case.
///
/// # Errors
/// E-P246 while it is not finished or a document of it is not made, E-P247 when it was started before.
pub async fn start(ctx: &Ctx, case: CaseId) -> Result<()> {
    let row = store::case(ctx.db(), case).await?.ok_or(Error::NotFound)?;
    ctx.require(MAY, &Scope::region(row.region).org(row.org).item(row.item_code.clone())).await?;
    let Some(finished_at) = row.closed() else { return Err(issues::not_finished().into()) };
    if store::started(ctx.db(), case).await? {
        return Err(issues::already().into());
    }
    let Some(contents) = gather(ctx, case).await? else { return Err(issues::not_finished().into()) };
    let drawn = Drawn::new(ctx);
    let list = NewPaper {
        case,
        case_no: row.case_no.clone(),
        org: row.org,
        region: row.region,
        item_code: row.item_code.clone(),
        item: Text::same(row.item_code.clone()),
        applicant: String::new(),
        to: Vec::new(),
        content: papers::Content::Index { entries: contents.iter().map(super::contents::Content::entry).collect(), finished_on: finished_at.day() },
    };
    let event = audit::Event::new("archive.start", "case", case).region(&row.region);
    ctx.db()
        .write(|tx| {
            let (ctx, drawn, list, event) = (ctx.clone(), drawn.clone(), list.clone(), event.clone());
            async move {
                if store::started(&tx, case).await? {
                    return Err(Error::from(issues::already()));
                }
                outbox::put(&tx, &ctx, outbox::Message::of("archive.pack", case.to_string(), &case)).await?;
                audit::record(&tx, &ctx, event).await?;
                papers::issue(&tx, &ctx, &drawn, &list).await.map(drop)
            }
        })
        .await
}

/// Starts what nobody has started some days before its term ends.
pub(super) async fn start_due(ctx: &Ctx) -> Result<()> {
    let before = ctx.now().plus_days(-i64::from(Terms::carried().starts_days));
    for case in store::to_start(ctx.db(), before, AT_ONCE).await? {
        match start(ctx, case).await {
            // A document that is not made yet: the next run finds it again.
            Ok(()) | Err(Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
