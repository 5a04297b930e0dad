//! What pages and programs read of a release. Each costs a bounded number of indexed reads.

use kernel::{Day, Instant, RegionCode};
use platform::{Ctx, Error, Result, Role};

use super::{Entry, Release, ReleaseId};
use crate::{OfficeCard, OfficeId, store};

/// A release.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn release(ctx: &Ctx, id: ReleaseId) -> Result<Release> {
    store::releases::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)
}

/// The signed-in citizen's entry, the open one before others.
pub async fn mine(ctx: &Ctx, id: ReleaseId) -> Result<Option<Entry>> {
    match ctx.actor().citizen().and_then(|citizen| citizen.person) {
        Some(person) => store::entries::of_person(ctx.db(), id, person).await,
        None => Ok(None),
    }
}

/// The offices of a release.
pub async fn offices(ctx: &Ctx, id: ReleaseId) -> Result<Vec<OfficeCard>> {
    let mut offices = Vec::new();
    for office in store::releases::offices(ctx.db(), id).await? {
        offices.push(store::offices::by_id(ctx.db(), office).await?.ok_or(Error::NotFound)?);
    }
    Ok(offices)
}

/// Every release that has not ended, the first to end first.
pub async fn running(ctx: &Ctx) -> Result<Vec<Release>> {
    store::releases::running(ctx.db(), ctx.now()).await
}

/// The releases of an office from a day on: which day, and the release.
pub async fn of_office(ctx: &Ctx, office: OfficeId, kind: &str, from: Day) -> Result<Vec<(Day, ReleaseId)>> {
    let found = store::releases::of_office(ctx.db(), office, from).await?;
    Ok(found.into_iter().filter(|(of, _, _, ends)| of == kind && ctx.now() < *ends).map(|(_, day, id, _)| (day, id)).collect())
}

/// The releases that an administrator looks after, the last to end first, those behind the last of the page before.
///
/// # Errors
/// [`Error::Denied`] for others.
pub async fn administered(ctx: &Ctx, region: RegionCode, after: Option<(Instant, ReleaseId)>, limit: i64) -> Result<Vec<Release>> {
    ctx.require(&[Role::SystemAdmin], &platform::Scope::region(region)).await?;
    store::releases::within(ctx.db(), region, after, limit.clamp(1, 200)).await
}
