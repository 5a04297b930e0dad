//! What is due, and the packages that are there.

use kernel::{Day, Instant};
use platform::{Ctx, Error, Result, Scope};

use super::{MAY, Terms, store};
use crate::CaseId;

/// Rows a page.
const PAGE: i64 = 50;

/// A finished case without a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub case_no: String,
    /// Name of the body that answers for it.
    pub org_name: String,
    /// When it was finished.
    pub finished_on: Day,
    /// The last day.
    pub due_on: Day,
    /// Whether it was started.
    pub started: bool,
    /// Key of the row, to go on after it.
    pub key: String,
}

/// A package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub case_no: String,
    /// When the case was finished.
    pub finished_on: Day,
    /// The last day that there was for it.
    pub due_on: Day,
    /// When it was made.
    pub packed_at: Instant,
    /// Files in it.
    pub files: i64,
    /// Its size.
    pub bytes: i64,
    /// Digest of its list of digests.
    pub listed_sm3: String,
    /// When it was last verified.
    pub verified_at: Instant,
    /// The first file found changed; empty while all is well.
    pub damaged: String,
}

/// Finished cases without a package in the actor's regions, those due first at the top.
pub async fn due(ctx: &Ctx, after: &str) -> Result<Vec<Due>> {
    ctx.require_role(MAY)?;
    let key = after.split_once('~').and_then(|(at, id)| Some((at.parse::<i64>().ok()?, id.parse::<CaseId>().ok()?)));
    let (at, id) = key.map_or_else(|| (0, Vec::new()), |(at, id)| (at, id.to_vec()));
    let rows = store::due(ctx.db(), &ctx.regions_of(MAY), at, &id, PAGE).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let finished_on = Instant::from_micros(row.closed_at).day();
            Due {
                case: row.id,
                key: format!("{}~{}", row.closed_at, row.id),
                case_no: row.case_no,
                org_name: row.org_name,
                finished_on,
                due_on: Terms::carried().due(finished_on),
                started: row.started,
            }
        })
        .collect())
}

/// Packages in the actor's regions, the newest first, before a moment of packing.
pub async fn packages(ctx: &Ctx, before: Option<Instant>) -> Result<Vec<Package>> {
    ctx.require_role(MAY)?;
    let before = before.unwrap_or_else(|| ctx.now().plus_days(1));
    Ok(store::packages(ctx.db(), &ctx.regions_of(MAY), before, PAGE).await?.into_iter().map(store::PackageRow::package).collect())
}

/// The package of a case.
pub async fn package(ctx: &Ctx, case: CaseId) -> Result<Package> {
    let row = store::package(ctx.db(), case).await?.ok_or(Error::NotFound)?;
    ctx.require(MAY, &Scope::region(row.region).org(row.org)).await?;
    Ok(row.package())
}
