//! The public list of illegal organisations (D-R24).

use kernel::{Day, RegionCode};
use platform::{Ctx, Result};

use crate::supervision::model::{Disposition, IllegalKind, ProceedingId};
use crate::supervision::store::illegal as rows;

/// Lines on a page.
const PAGE: i64 = 50;

/// One illegal organisation, as everybody reads it.
#[derive(Debug, Clone)]
pub struct IllegalLine {
    /// Id.
    pub id: ProceedingId,
    /// Its name.
    pub name: String,
    /// Code of the county.
    pub region: RegionCode,
    /// Name of the county.
    pub region_name: String,
    /// What makes it illegal.
    pub kind: IllegalKind,
    /// What was done.
    pub disposition: Disposition,
    /// When that was decided.
    pub decided_on: Day,
    /// The facts.
    pub facts: String,
}

/// Illegal organisations, the newest first: of a region and below, with a part of the name; the next page after `before`. The second is the
/// last line, if there are more.
///
/// # Errors
/// Those of the database.
pub async fn illegal(ctx: &Ctx, region: Option<RegionCode>, part: &str, before: Option<ProceedingId>) -> Result<(Vec<IllegalLine>, Option<ProceedingId>)> {
    let part: String = kernel::text::line(part).chars().take(64).collect();
    let mut found = rows::list(ctx.db(), region, &part, before, PAGE + 1).await?;
    let more = found.len() as i64 > PAGE;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|row| row.id);
    let lines = found
        .into_iter()
        .map(|row| IllegalLine {
            id: row.id,
            name: row.name,
            region: row.region,
            region_name: row.region_name,
            kind: row.kind,
            disposition: row.disposition,
            decided_on: row.decided_on,
            facts: row.facts,
        })
        .collect();
    Ok((lines, next))
}
