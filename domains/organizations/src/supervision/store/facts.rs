//! What stands about organisations.

use kernel::{Day, Instant};
use platform::{Ctx, Error, Result};
use ::store::{Db, Target, Tx, q};

use crate::OrganizationId;
use crate::supervision::model::{Detail, Fact, FactId, FactKind, ProceedingId};
use crate::supervision::turn::NewFact;

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: FactId,
    #[sqlx(try_from = "Vec<u8>")]
    organization: OrganizationId,
    #[sqlx(try_from = "Vec<u8>")]
    proceeding: ProceedingId,
    #[sqlx(try_from = "String")]
    kind: FactKind,
    code: String,
    #[sqlx(try_from = "String")]
    effective_on: Day,
    until_on: Option<String>,
    #[sqlx(try_from = "i64")]
    recorded_at: Instant,
    published_at: Option<i64>,
    ended_on: Option<String>,
    ended_at: Option<i64>,
    detail: String,
}

impl TryFrom<Row> for Fact {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let day = |stored: Option<String>| stored.map(Day::try_from).transpose().map_err(Error::internal);
        Ok(Fact {
            until_on: day(row.until_on)?,
            ended_on: day(row.ended_on)?,
            published_at: row.published_at.map(Instant::from_micros),
            ended_at: row.ended_at.map(Instant::from_micros),
            detail: serde_json::from_str(&row.detail).map_err(Error::internal)?,
            id: row.id,
            organization: row.organization,
            proceeding: row.proceeding,
            kind: row.kind,
            code: row.code,
            effective_on: row.effective_on,
            recorded_at: row.recorded_at,
        })
    }
}

/// Everything about one organisation, the newest first; at most 500.
pub(crate) async fn of<'a>(from: impl Into<Target<'a>> + Send, organization: OrganizationId) -> Result<Vec<Fact>> {
    let rows: Vec<Row> = q("SELECT id, organization, proceeding, kind, code, effective_on, until_on, recorded_at, published_at, ended_on, ended_at, detail \
         FROM organization_fact WHERE organization = $1 ORDER BY recorded_at DESC, id DESC LIMIT 500")
    .bind(organization)
    .all(from)
    .await?;
    rows.into_iter().map(Fact::try_from).collect()
}

/// Writes one.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, organization: OrganizationId, proceeding: ProceedingId, fact: &NewFact) -> Result<()> {
    q("INSERT INTO organization_fact (id, organization, proceeding, kind, code, effective_on, until_on, recorded_at, published_at, detail) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(fact.id)
    .bind(organization)
    .bind(proceeding)
    .bind(fact.kind.code())
    .bind(fact.code.as_str())
    .bind(fact.effective_on)
    .bind(fact.until_on)
    .bind(ctx.now())
    .bind(fact.public.then_some(ctx.now()))
    .bind(serde_json::to_string(&fact.detail).map_err(Error::internal)?)
    .exec(tx)
    .await?;
    Ok(())
}

/// It no longer stands; what has ended stays as it is.
pub(crate) async fn end(tx: &Tx, ctx: &Ctx, fact: FactId, on: Day, why: &str, void: bool) -> Result<()> {
    let (detail,): (String,) = q("SELECT detail FROM organization_fact WHERE id = $1").bind(fact).one(tx).await?;
    let mut detail: Detail = serde_json::from_str(&detail).map_err(Error::internal)?;
    (detail.ended, detail.void) = (why.to_owned(), void);
    q("UPDATE organization_fact SET ended_on = $2, ended_at = $3, detail = $4 WHERE id = $1 AND ended_at IS NULL")
        .bind(fact)
        .bind(on)
        .bind(ctx.now())
        .bind(serde_json::to_string(&detail).map_err(Error::internal)?)
        .exec(tx)
        .await?;
    Ok(())
}

/// The public reads it from now on.
pub(crate) async fn publish(tx: &Tx, ctx: &Ctx, fact: FactId) -> Result<()> {
    q("UPDATE organization_fact SET published_at = $2 WHERE id = $1 AND published_at IS NULL").bind(fact).bind(ctx.now()).exec(tx).await?;
    Ok(())
}

/// Proceedings whose abnormal entry began before `since`, of organisations that were not cancelled; at most 200.
pub(crate) async fn abnormal_since(db: &Db, since: Day) -> Result<Vec<ProceedingId>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT f.proceeding FROM organization_fact f JOIN organization o ON o.id = f.organization \
         WHERE f.kind = 'list' AND f.code = 'abnormal' AND f.ended_at IS NULL AND f.effective_on < $1 AND o.status <> '40' \
         ORDER BY f.effective_on, f.id LIMIT 200")
    .bind(since)
    .all(db)
    .await?;
    rows.into_iter().map(|(id,)| ProceedingId::try_from(id).map_err(Error::internal)).collect()
}

/// Organisations whose level has run out before `today` and whose row still shows one; at most 200.
pub(crate) async fn levels_over(db: &Db, today: Day) -> Result<Vec<OrganizationId>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT DISTINCT f.organization FROM organization_fact f JOIN organization o ON o.id = f.organization \
         WHERE f.kind = 'level' AND f.ended_at IS NULL AND f.until_on < $1 AND o.level > 0 AND NOT EXISTS (SELECT 1 FROM organization_fact g \
         WHERE g.organization = f.organization AND g.kind = 'level' AND g.ended_at IS NULL AND g.until_on >= $1) LIMIT 200")
    .bind(today)
    .all(db)
    .await?;
    rows.into_iter().map(|(id,)| OrganizationId::try_from(id).map_err(Error::internal)).collect()
}
