//! A region is merged into another (F6): its open cases follow to the successor; closed ones, numbers and the log keep the old code.

use kernel::{Day, RegionCode};
use platform::{Ctx, Error, OrgId, Result, Role, Scope, audit, regions};

use super::store;
use crate::store::cases;

/// Marker of a move of a case with its region.
#[derive(Debug)]
pub struct Succession;

/// A change of boundaries.
#[derive(Debug, Clone)]
pub struct Merger {
    /// The region that is no more.
    pub from: RegionCode,
    /// Its successor.
    pub to: RegionCode,
    /// The body of the successor that goes on with the cases.
    pub to_org: OrgId,
    /// From which day on.
    pub on: Day,
    /// The paper that says so.
    pub reason: String,
}

/// Lets the open cases of a region follow to its successor; returns how many. Begun again after it broke off, it goes on.
///
/// # Errors
/// `E-P805` without the role of the system's administrator for both regions; `E-P224` without the paper; `NotFound` for an unknown region
/// or a body that does not work in the successor; `E-ST01` before the day has come.
pub async fn succeed(ctx: &Ctx, merger: &Merger) -> Result<u64> {
    for region in [merger.from, merger.to] {
        ctx.require(&[Role::SystemAdmin], &Scope::region(region)).await?;
    }
    let reason: String = kernel::text::line(&merger.reason).chars().take(200).collect();
    if reason.is_empty() {
        return Err(crate::issues::needed("reason", "区划变更文件", "the paper that changes the boundaries").into());
    }
    if ctx.today() < merger.on {
        return Err(Error::state("区划变更尚未生效", "the change of boundaries is not in force"));
    }
    regions::find(ctx.db(), &merger.from).await?.ok_or(Error::NotFound)?;
    let body = regions::organisation(ctx.db(), merger.to_org).await?.filter(|body| body.region == merger.to).ok_or(Error::NotFound)?;
    let (mut moved, mut after) = (0, Vec::new());
    loop {
        let batch = store::open_in(ctx.db(), merger.from, &after, 50).await?;
        let Some((last, ..)) = batch.last() else { return Ok(moved) };
        after = last.to_vec();
        moved += batch.len() as u64;
        let batch: std::sync::Arc<Vec<_>> = std::sync::Arc::new(batch.into_iter().map(|(case, region, org)| (ctx.id(), case, region, org)).collect());
        ctx.db()
            .write(|tx| {
                let (ctx, batch, reason, to) = (ctx.clone(), batch.clone(), reason.clone(), (body.region, body.id));
                let on = merger.on;
                async move {
                    for (id, case, region, org) in batch.iter() {
                        cases::assign(&tx, *case, to.0, to.1).await?;
                        let row = store::Moved { id: *id, case: *case, from: (*region, *org), to, on, reason: &reason };
                        store::moved(&tx, ctx.now(), &row).await?;
                        let event = audit::Event::new("case.succeed", "case", *case).region(&to.0).reason(reason.clone());
                        audit::record(&tx, &ctx, event.detail(serde_json::json!({ "from": region.as_str() }))).await?;
                    }
                    Ok::<_, Error>(())
                }
            })
            .await?;
    }
}
