//! What the search reads of organisations.

use platform::Result;
use ::store::{Db, q};

use super::organization::Row;
use crate::model::{Entry, OrganizationId};

/// Organisations in the order of their ids, after one of them.
pub(crate) async fn page(db: &Db, after: Option<OrganizationId>, limit: i64) -> Result<Vec<Entry>> {
    let after = after.map_or_else(Vec::new, |id| id.to_vec());
    let rows: Vec<Row> = q("SELECT o.id, o.uscc, o.name, o.kind, o.subtype, o.industry, o.region, o.authority, o.supervisor, o.status, o.status_since, \
         o.established_on, o.charity, o.fundraising, o.level, o.list_flag, o.legal_rep, o.funds, o.version, o.updated_at, v.content \
         FROM organization o JOIN organization_version v ON v.organization = o.id AND v.version = o.version WHERE o.id > $1 ORDER BY o.id LIMIT $2")
    .bind(after)
    .bind(limit)
    .all(db)
    .await?;
    rows.into_iter().map(Entry::try_from).collect()
}

/// Ids of those with exactly this name or credit code; of equal names, so many.
pub(crate) async fn exact(db: &Db, name: &str, code: &str, limit: i64) -> Result<Vec<OrganizationId>> {
    let rows: Vec<(Vec<u8>,)> =
        q("SELECT id FROM organization WHERE uscc = $1 OR name = $2 ORDER BY id LIMIT $3").bind(code).bind(name).bind(limit).all(db).await?;
    rows.into_iter().map(|(id,)| OrganizationId::try_from(id).map_err(platform::Error::internal)).collect()
}

/// The contents of all versions but the newest of these organisations, the later ones first.
pub(crate) async fn earlier(db: &Db, ids: &[OrganizationId]) -> Result<Vec<(OrganizationId, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Vec<u8>, String)> = q("SELECT v.organization, v.content FROM organization o JOIN organization_version v ON v.organization = o.id \
         WHERE v.version < o.version AND o.id IN (")
    .list(ids.iter().copied())
    .sql(") ORDER BY v.organization, v.version DESC")
    .all(db)
    .await?;
    rows.into_iter().map(|(id, content)| Ok((OrganizationId::try_from(id).map_err(platform::Error::internal)?, content))).collect()
}
