//! Illegal organisations that are published.

use kernel::{Day, RegionCode};
use platform::{Ctx, Result};
use ::store::{Db, Tx, q};

use crate::supervision::model::{Disposition, Illegal, IllegalKind, ProceedingId};

/// One of them, as the public reads it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: ProceedingId,
    pub(crate) name: String,
    #[sqlx(try_from = "String")]
    pub(crate) region: RegionCode,
    pub(crate) region_name: String,
    #[sqlx(try_from = "String")]
    pub(crate) kind: IllegalKind,
    #[sqlx(try_from = "String")]
    pub(crate) disposition: Disposition,
    #[sqlx(try_from = "String")]
    pub(crate) decided_on: Day,
    pub(crate) facts: String,
}

/// Publishes one.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, id: ProceedingId, region: RegionCode, illegal: &Illegal) -> Result<()> {
    q("INSERT INTO organization_illegal (id, name, region, kind, disposition, decided_on, facts, published_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(id)
        .bind(illegal.name.as_str())
        .bind(region)
        .bind(illegal.kind.unwrap_or(IllegalKind::Unregistered).code())
        .bind(illegal.disposition.unwrap_or(Disposition::Ban).code())
        .bind(illegal.decided_on.unwrap_or(ctx.today()))
        .bind(illegal.facts.as_str())
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

/// The public reads it no longer.
pub(crate) async fn withdraw(tx: &Tx, ctx: &Ctx, id: ProceedingId) -> Result<()> {
    q("UPDATE organization_illegal SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL").bind(id).bind(ctx.now()).exec(tx).await?;
    Ok(())
}

/// Those of a region and below, or of all; whose name contains `part`, if one is given; the newest first.
pub(crate) async fn list(db: &Db, region: Option<RegionCode>, part: &str, before: Option<ProceedingId>, limit: i64) -> Result<Vec<Row>> {
    let mut query = q("SELECT i.id, i.name, i.region, r.name AS region_name, i.kind, i.disposition, i.decided_on, i.facts FROM organization_illegal i \
         JOIN region r ON r.code = i.region WHERE i.withdrawn_at IS NULL");
    if let Some(region) = region {
        query = query.sql(" AND i.region IN (SELECT descendant FROM region_closure WHERE ancestor = ").arg(region).sql(")");
    }
    if !part.is_empty() {
        query = query.sql(" AND i.name LIKE ").arg(format!("%{}%", part.replace(['%', '_', '\\'], ""))).sql(" ");
    }
    if let Some(before) = before {
        query = query.sql(" AND i.id < ").arg(before);
    }
    Ok(query.sql(" ORDER BY i.id DESC LIMIT ").arg(limit).all(db).await?)
}
