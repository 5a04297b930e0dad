//! What the report on organisations rests on: the register, and what supervision recorded.

use ::statistics::Entry;
use ::store::{Db, q};
use kernel::{Day, Id, RegionCode};
use platform::{Error, OrgId, Result};

use crate::model::{Kind, Status};
use crate::statistics::{Counted, What};
use crate::supervision::FactKind;

#[derive(sqlx::FromRow)]
struct OrganizationRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: Id<Entry>,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    authority: OrgId,
    kind: String,
    established_on: Option<String>,
    status: String,
    #[sqlx(try_from = "String")]
    status_since: Day,
}

/// Organisations with a credit code, by id after `after`.
pub(crate) async fn organizations(db: &Db, after: Option<Id<Entry>>, limit: i64) -> Result<Vec<Counted>> {
    let rows: Vec<OrganizationRow> = q("SELECT id, region, authority, kind, established_on, status, status_since FROM organization \
         WHERE uscc IS NOT NULL AND id > $1 ORDER BY id LIMIT $2")
    .bind(after.map_or_else(Vec::new, |id| id.to_vec()))
    .bind(limit)
    .all(db)
    .await?;
    let counted = |row: OrganizationRow| {
        let kind = Kind::from_code(&row.kind).ok_or_else(|| Error::internal("organization: unknown kind"))?;
        let status = Status::from_code(&row.status).ok_or_else(|| Error::internal("organization: unknown status"))?;
        let established = row.established_on.map(Day::try_from).transpose().map_err(Error::internal)?;
        Ok(Counted { id: row.id, region: row.region, authority: row.authority, what: What::Organization(kind, established, status, row.status_since) })
    };
    rows.into_iter().map(counted).collect()
}

#[derive(sqlx::FromRow)]
struct FactRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: Id<Entry>,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    authority: OrgId,
    kind: String,
    code: String,
    #[sqlx(try_from = "String")]
    effective_on: Day,
    detail: String,
}

/// What the public reads of lists and penalties, by id after `after`. What was annulled counts nowhere.
pub(crate) async fn facts(db: &Db, after: Option<Id<Entry>>, limit: i64) -> Result<Vec<Counted>> {
    let rows: Vec<FactRow> = q("SELECT f.id, o.region, o.authority, f.kind, f.code, f.effective_on, f.detail FROM organization_fact f \
         JOIN organization o ON o.id = f.organization WHERE f.published_at IS NOT NULL AND f.id > $1 ORDER BY f.id LIMIT $2")
    .bind(after.map_or_else(Vec::new, |id| id.to_vec()))
    .bind(limit)
    .all(db)
    .await?;
    let counted = |row: FactRow| {
        let kind = FactKind::from_code(&row.kind).ok_or_else(|| Error::internal("organization_fact: unknown kind"))?;
        let void = serde_json::from_str::<crate::supervision::Detail>(&row.detail).map_err(Error::internal)?.void;
        let what = if void { What::Nothing } else { What::Fact(kind, row.code, row.effective_on) };
        Ok(Counted { id: row.id, region: row.region, authority: row.authority, what })
    };
    rows.into_iter().map(counted).collect()
}
