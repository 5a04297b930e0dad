//! A region is merged into another (F6): its open cases follow to the successor; closed ones, numbers and the log keep the old code.

use kernel::{Day, Issues, RegionCode, Text};
use platform::regions::{self, Organisation};
use platform::{Ctx, Error, OrgId, Result, Role, Scope, audit};

use super::{issues, store};
use crate::matters::matters;
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

/// What follows to the successor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    /// Open cases by matter, most first.
    pub cases: Vec<(Text, i64)>,
    /// Packets of these under way.
    pub packets: i64,
    /// Bodies that work in the successor: one of them goes on.
    pub bodies: Vec<Organisation>,
}

impl Following {
    /// All open cases.
    pub fn total(&self) -> i64 {
        self.cases.iter().map(|(_, n)| n).sum()
    }
}

/// A change of boundaries whose cases have followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The region that is no more.
    pub from: RegionCode,
    /// Its successor.
    pub to: RegionCode,
    /// Since when.
    pub on: Day,
    /// The paper that says so.
    pub reason: String,
    /// How many cases have followed.
    pub cases: i64,
}

/// What would follow from a region to its successor: to be looked at before [`succeed`].
///
/// # Errors
/// As [`succeed`], but for the body that goes on.
pub async fn following(ctx: &Ctx, merger: &Merger) -> Result<Following> {
    checked(ctx, merger).await?;
    let matters = matters(ctx)?;
    let named = |service: String| matters.get(&service).map_or_else(|| Text::same(service.clone()), |matter| matter.case_type.name.clone());
    let cases = store::open_by_matter(ctx.db(), merger.from).await?.into_iter().map(|(service, n)| (named(service), n)).collect();
    Ok(Following { cases, packets: store::packets_to(ctx.db(), merger.from).await?, bodies: bodies(ctx, merger.to).await? })
}

/// Changes of boundaries whose cases have followed, in the actor's regions, the newest first.
///
/// # Errors
/// `E-P805` without the role of the system's administrator.
pub async fn followed(ctx: &Ctx) -> Result<Vec<Followed>> {
    ctx.require_role(&[Role::SystemAdmin])?;
    store::followed(ctx.db(), &ctx.regions_of(&[Role::SystemAdmin])).await
}

async fn bodies(ctx: &Ctx, region: RegionCode) -> Result<Vec<Organisation>> {
    Ok(regions::organisations(ctx.db(), &region).await?.into_iter().filter(|body| body.region == region).collect())
}

/// The paper, cut to what is kept of it.
async fn checked(ctx: &Ctx, merger: &Merger) -> Result<String> {
    ctx.require_role(&[Role::SystemAdmin])?;
    let mut found = Issues::default();
    for (field, region) in [("from", merger.from), ("to", merger.to)] {
        found.ensure(regions::find(ctx.db(), &region).await?.is_some(), || issues::unknown_region(field));
    }
    found.ensure(merger.from != merger.to, || issues::unknown_region("to"));
    let reason: String = kernel::text::line(&merger.reason).chars().take(200).collect();
    found.ensure(!reason.is_empty(), || crate::issues::needed("reason", "区划变更文件", "the paper that changes the boundaries"));
    found.finish()?;
    for region in [merger.from, merger.to] {
        ctx.require(&[Role::SystemAdmin], &Scope::region(region)).await?;
    }
    if ctx.today() < merger.on {
        return Err(Error::state("区划变更尚未生效", "the change of boundaries is not in force"));
    }
    Ok(reason)
}

/// Lets the open cases of a region follow to its successor; returns how many. Begun again after it broke off, it goes on.
///
/// # Errors
/// `E-P805` without the role of the system's administrator for both regions; `E-P224` without the paper; `E-P1009` for an unknown region or
/// a region that is its own successor; `NotFound` for a body that does not work in the successor; `E-ST01` before the day has come.
pub async fn succeed(ctx: &Ctx, merger: &Merger) -> Result<u64> {
    let reason = checked(ctx, merger).await?;
    let body = bodies(ctx, merger.to).await?.into_iter().find(|body| body.id == merger.to_org).ok_or(Error::NotFound)?;
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
