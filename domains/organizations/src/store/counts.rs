//! What the report on organisations rests on: the register, and what supervision recorded.

use ::statistics::Entry;
use ::store::{Db, q};
use kernel::{Day, Id, RegionCode};
use platform::{Ctx, Error, OrgId, Result};

use crate::model::{Kind, OrganizationId, Status};
use crate::statistics::{Counted, What};
use crate::supervision::{AnnualResult, Content, FactKind};

#[derive(sqlx::FromRow)]
struct OrganizationRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: Id<Entry>,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    authority: OrgId,
    kind: String,
    industry: String,
    established_on: Option<String>,
    status: String,
    #[sqlx(try_from = "String")]
    status_since: Day,
}

/// Organisations with a credit code, by id after `after`.
pub(crate) async fn organizations(db: &Db, after: Option<Id<Entry>>, limit: i64) -> Result<Vec<Counted>> {
    let rows: Vec<OrganizationRow> = q("SELECT id, region, authority, kind, industry, established_on, status, status_since FROM organization \
         WHERE uscc IS NOT NULL AND id > $1 ORDER BY id LIMIT $2")
    .bind(after.map_or_else(Vec::new, |id| id.to_vec()))
    .bind(limit)
    .all(db)
    .await?;
    let counted = |row: OrganizationRow| {
        let kind = Kind::from_code(&row.kind).ok_or_else(|| Error::internal("organization: unknown kind"))?;
        let status = Status::from_code(&row.status).ok_or_else(|| Error::internal("organization: unknown status"))?;
        let established = row.established_on.map(Day::try_from).transpose().map_err(Error::internal)?;
        let what = What::Organization(kind, established, status, row.status_since);
        Ok(Counted { id: row.id, region: row.region, authority: row.authority, industry: row.industry, what })
    };
    rows.into_iter().map(counted).collect()
}

#[derive(sqlx::FromRow)]
struct FactRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: Id<Entry>,
    #[sqlx(try_from = "Vec<u8>")]
    organization: OrganizationId,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    authority: OrgId,
    kind: String,
    code: String,
    #[sqlx(try_from = "String")]
    effective_on: Day,
    detail: String,
    proceeding: Vec<u8>,
    content: Option<Vec<u8>>,
}

/// What the public reads of lists, penalties and concluded reports, by id after `after`; of a report also what was filed. What was annulled
/// counts nowhere.
pub(crate) async fn facts(ctx: &Ctx, after: Option<Id<Entry>>, limit: i64) -> Result<Vec<Counted>> {
    let rows: Vec<FactRow> = q("SELECT f.id, f.organization, o.region, o.authority, f.kind, f.code, f.effective_on, f.detail, f.proceeding, \
         CASE WHEN f.kind = 'annual' THEN p.content END AS content FROM organization_fact f \
         JOIN organization o ON o.id = f.organization JOIN organization_proceeding p ON p.id = f.proceeding \
         WHERE f.published_at IS NOT NULL AND f.id > $1 ORDER BY f.id LIMIT $2")
    .bind(after.map_or_else(Vec::new, |id| id.to_vec()))
    .bind(limit)
    .all(ctx.db())
    .await?;
    let counted = |row: FactRow| Ok(Counted { id: row.id, region: row.region, authority: row.authority, industry: String::new(), what: what(ctx, row)? });
    rows.into_iter().map(counted).collect()
}

/// What the public reads of these organisations, of the same kinds, from a day on.
pub(crate) async fn facts_of(ctx: &Ctx, organizations: &[OrganizationId], from: Day) -> Result<Vec<(OrganizationId, What)>> {
    let rows: Vec<FactRow> = q("SELECT f.id, f.organization, o.region, o.authority, f.kind, f.code, f.effective_on, f.detail, f.proceeding, \
         CASE WHEN f.kind = 'annual' THEN p.content END AS content FROM organization_fact f \
         JOIN organization o ON o.id = f.organization JOIN organization_proceeding p ON p.id = f.proceeding \
         WHERE f.published_at IS NOT NULL AND f.effective_on >= $1 AND f.organization IN (")
    .bind(from)
    .list(organizations.iter().copied())
    .sql(")")
    .all(ctx.db())
    .await?;
    rows.into_iter().map(|row| Ok((row.organization, what(ctx, row)?))).collect()
}

fn what(ctx: &Ctx, row: FactRow) -> Result<What> {
    let kind = FactKind::from_code(&row.kind).ok_or_else(|| Error::internal("organization_fact: unknown kind"))?;
    let void = serde_json::from_str::<crate::supervision::Detail>(&row.detail).map_err(Error::internal)?.void;
    match (void, kind) {
        (true, _) => Ok(What::Nothing),
        (false, FactKind::Annual) => {
            let result = AnnualResult::from_code(&row.code).ok_or_else(|| Error::internal("organization_fact: unknown result"))?;
            let sealed = row.content.as_deref().unwrap_or_default();
            let plain = ctx.keys().open("organization_proceeding", "content", &row.proceeding, sealed).map_err(Error::internal)?;
            match serde_json::from_slice(&plain).map_err(Error::internal)? {
                Content::Annual(report) => Ok(What::Report(result, row.effective_on, report)),
                _ => Err(Error::internal("organization_proceeding: no annual report")),
            }
        }
        (false, _) => Ok(What::Fact(kind, row.code, row.effective_on)),
    }
}

#[derive(sqlx::FromRow)]
struct IllegalRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: Id<Entry>,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    org_id: OrgId,
    #[sqlx(try_from = "String")]
    decided_on: Day,
    withdrawn_at: Option<i64>,
}

/// Decisions on illegal organisations that stand, by id after `after`; those of the body whose staff acted last.
pub(crate) async fn illegal(db: &Db, after: Option<Id<Entry>>, limit: i64) -> Result<Vec<Counted>> {
    let rows: Vec<IllegalRow> = q("SELECT i.id, i.region, s.org_id, i.decided_on, i.withdrawn_at FROM organization_illegal i \
         JOIN staff s ON s.id = (SELECT e.staff FROM organization_proceeding_event e WHERE e.proceeding = i.id AND e.staff IS NOT NULL ORDER BY e.id DESC LIMIT 1) \
         WHERE i.id > $1 ORDER BY i.id LIMIT $2")
    .bind(after.map_or_else(Vec::new, |id| id.to_vec()))
    .bind(limit)
    .all(db)
    .await?;
    let counted = |row: IllegalRow| {
        let what = if row.withdrawn_at.is_some() { What::Nothing } else { What::Illegal(row.decided_on) };
        Counted { id: row.id, region: row.region, authority: row.org_id, industry: String::new(), what }
    };
    Ok(rows.into_iter().map(counted).collect())
}
