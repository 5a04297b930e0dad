//! Complaints about organisations, and what came of them.

use interaction::complaints::ComplaintId;
use kernel::RegionCode;
use platform::{Error, Result};
use ::store::{Db, Tx, q};

use crate::OrganizationId;
use crate::supervision::model::ProceedingId;

/// A complaint about an organisation.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) complaint: ComplaintId,
    pub(crate) number: String,
    pub(crate) organization: OrganizationId,
    pub(crate) name: String,
    pub(crate) uscc: Option<String>,
    pub(crate) region: RegionCode,
    pub(crate) proceeding: Option<ProceedingId>,
}

type Columns = (Vec<u8>, String, Vec<u8>, String, Option<String>, String, Option<Vec<u8>>);

fn read((complaint, number, organization, name, uscc, region, proceeding): Columns) -> Result<Row> {
    Ok(Row {
        complaint: ComplaintId::try_from(complaint).map_err(Error::internal)?,
        number,
        organization: OrganizationId::try_from(organization).map_err(Error::internal)?,
        name,
        uscc,
        region: RegionCode::try_from(region).map_err(Error::internal)?,
        proceeding: proceeding.map(ProceedingId::try_from).transpose().map_err(Error::internal)?,
    })
}

/// Says which organisation a complaint is about; the same again changes nothing.
pub(crate) async fn link(tx: &Tx, complaint: ComplaintId, organization: OrganizationId, region: RegionCode) -> Result<()> {
    q("INSERT INTO organization_complaint (complaint, organization, region) VALUES ($1, $2, $3) ON CONFLICT (complaint) DO NOTHING")
        .bind(complaint)
        .bind(organization)
        .bind(region)
        .exec(tx)
        .await?;
    Ok(())
}

/// Says what came of it; false if something has come of it before.
pub(crate) async fn follow(tx: &Tx, complaint: ComplaintId, proceeding: ProceedingId) -> Result<bool> {
    let changed = q("UPDATE organization_complaint SET proceeding = $2 WHERE complaint = $1 AND proceeding IS NULL").bind(complaint).bind(proceeding).exec(tx).await?;
    Ok(changed == 1)
}

/// One of them.
pub(crate) async fn by_id(db: &Db, complaint: ComplaintId) -> Result<Option<Row>> {
    let row: Option<Columns> = q("SELECT l.complaint, c.number, l.organization, o.name, o.uscc, l.region, l.proceeding FROM organization_complaint l \
         JOIN complaint c ON c.id = l.complaint JOIN organization o ON o.id = l.organization WHERE l.complaint = $1")
    .bind(complaint)
    .opt(db)
    .await?;
    row.map(read).transpose()
}

/// Those of these regions and below, the newest first.
pub(crate) async fn list(db: &Db, regions: &[RegionCode], before: Option<ComplaintId>, limit: i64) -> Result<Vec<Row>> {
    let mut query = q("SELECT l.complaint, c.number, l.organization, o.name, o.uscc, l.region, l.proceeding FROM organization_complaint l \
         JOIN complaint c ON c.id = l.complaint JOIN organization o ON o.id = l.organization \
         WHERE l.region IN (SELECT descendant FROM region_closure WHERE ancestor IN (")
    .list(regions.iter().copied())
    .sql("))");
    if let Some(before) = before {
        query = query.sql(" AND l.complaint < ").arg(before);
    }
    let rows: Vec<Columns> = query.sql(" ORDER BY l.complaint DESC LIMIT ").arg(limit).all(db).await?;
    rows.into_iter().map(read).collect()
}
