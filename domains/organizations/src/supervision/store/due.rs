//! What jobs look for: organisations that filed no report, those that something has outlived, and those among which a draw chooses.

use kernel::{Day, Instant, RegionCode};
use platform::{Error, Result};
use ::store::{Db, q};

use crate::OrganizationId;

/// Organisations of a class in existence, established in the year or before, that filed no report of it and of which no listing for it has
/// been proposed; by id, at most 200. Of those taken over from another register once the window was open, only that one knows who had filed.
pub(crate) async fn unreported(db: &Db, kind: &str, year: i64, last: Day, after: &[u8]) -> Result<Vec<(OrganizationId, RegionCode)>> {
    let rows: Vec<(Vec<u8>, String)> = q("SELECT o.id, o.region FROM organization o WHERE o.kind = $1 AND o.status IN ('30', '31') AND o.established_on <= $2 \
         AND o.id > $4 AND NOT EXISTS (SELECT 1 FROM organization_proceeding p WHERE p.organization = o.id AND p.year = $3) AND NOT EXISTS (SELECT 1 FROM organization_version v \
         WHERE v.organization = o.id AND v.version = 1 AND v.reason = 'import' AND v.recorded_at >= $5) ORDER BY o.id LIMIT 200")
    .bind(kind)
    .bind(last)
    .bind(year)
    .bind(after)
    .bind(Instant::at(last.plus_days(1), 0))
    .all(db)
    .await?;
    rows.into_iter()
        .map(|(id, region)| Ok((OrganizationId::try_from(id).map_err(Error::internal)?, RegionCode::try_from(region).map_err(Error::internal)?)))
        .collect()
}

/// Whether an organisation was taken over from another register at a moment or later.
pub(crate) async fn taken_over_since(db: &Db, id: OrganizationId, since: Instant) -> Result<bool> {
    let query = q("SELECT EXISTS (SELECT 1 FROM organization_version WHERE organization = $1 AND version = 1 AND reason = 'import' AND recorded_at >= $2)");
    let (found,): (bool,) = query.bind(id).bind(since).one(db).await?;
    Ok(found)
}

/// Organisations that have ended and of which something stands or is under way that ends with them; by id, at most 200. Among them are those that
/// supervision struck off before they were cancelled: they stay on their lists.
pub(crate) async fn outlived(db: &Db, after: &[u8]) -> Result<Vec<OrganizationId>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT o.id FROM organization o JOIN organization_proceeding p ON p.organization = o.id WHERE o.id > $1 AND p.open \
         AND ((p.kind = 'listing' AND o.status = '40') OR (p.kind IN ('evaluation', 'fundraising') AND o.status IN ('40', '41', '42', '43'))) \
         UNION SELECT o.id FROM organization o JOIN organization_fact f ON f.organization = o.id WHERE o.id > $1 AND o.status IN ('40', '41', '42', '43') \
         AND f.kind IN ('level', 'fundraising') AND f.ended_at IS NULL AND (f.until_on IS NULL OR f.until_on >= o.status_since) ORDER BY 1 LIMIT 200")
    .bind(after)
    .all(db)
    .await?;
    rows.into_iter().map(|(id,)| OrganizationId::try_from(id).map_err(Error::internal)).collect()
}

/// The organisation in existence at this place of the order, in a region and below: the lot has chosen the place.
pub(crate) async fn nth(db: &Db, region: RegionCode, place: i64) -> Result<Option<OrganizationId>> {
    let row: Option<(Vec<u8>,)> = q("SELECT o.id FROM organization o WHERE o.region IN (SELECT descendant FROM region_closure WHERE ancestor = $1) \
         AND o.status IN ('30', '31') ORDER BY o.id LIMIT 1 OFFSET $2")
    .bind(region)
    .bind(place)
    .opt(db)
    .await?;
    row.map(|(id,)| OrganizationId::try_from(id).map_err(Error::internal)).transpose()
}

/// How many there are to draw from.
pub(crate) async fn population(db: &Db, region: RegionCode) -> Result<i64> {
    let (count,): (i64,) = q("SELECT COUNT(*) FROM organization o WHERE o.region IN (SELECT descendant FROM region_closure WHERE ancestor = $1) AND o.status IN ('30', '31')")
        .bind(region)
        .one(db)
        .await?;
    Ok(count)
}
