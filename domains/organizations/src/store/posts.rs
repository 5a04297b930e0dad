//! Rows of `organization_post`: legal representatives.

use identity::facts::NumberHash;
use kernel::{Day, Id};
use platform::{Ctx, Error, Result};
use ::store::{Db, Tx, q};

use crate::model::{Kind, OrganizationId};

/// Marker of a post.
#[derive(Debug)]
pub(crate) struct PostMark;

/// Somebody takes up the post.
pub(crate) async fn begin(tx: &Tx, ctx: &Ctx, organization: OrganizationId, number: &str, since: Day) -> Result<()> {
    let id: Id<PostMark> = ctx.id();
    q("INSERT INTO organization_post (id, organization, number, number_hash, since, revoked) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(organization)
        .bind(ctx.keys().seal_text("organization_post", "number", &id.to_vec(), number))
        .bind(NumberHash::of(ctx.keys(), number).0)
        .bind(since)
        .bind(false)
        .exec(tx)
        .await?;
    Ok(())
}

/// Whoever has the post leaves it.
pub(crate) async fn end(tx: &Tx, organization: OrganizationId, on: Day, revoked: bool) -> Result<()> {
    q("UPDATE organization_post SET ended_on = $2, revoked = $3 WHERE organization = $1 AND ended_on IS NULL").bind(organization).bind(on).bind(revoked).exec(tx).await?;
    Ok(())
}

/// Whether this person has the post now.
pub(crate) async fn holds(db: &Db, organization: OrganizationId, number: &NumberHash) -> Result<bool> {
    let (n,): (i64,) = q("SELECT COUNT(*) FROM organization_post WHERE organization = $1 AND number_hash = $2 AND ended_on IS NULL")
        .bind(organization)
        .bind(&number.0)
        .one(db)
        .await?;
    Ok(n > 0)
}

/// The organisations whose legal representative this person is.
pub(crate) async fn of_person(db: &Db, number: &NumberHash) -> Result<Vec<(OrganizationId, Kind, String)>> {
    let rows: Vec<(Vec<u8>, String, String)> = q("SELECT o.id, o.kind, o.name FROM organization_post p JOIN organization o ON o.id = p.organization \
         WHERE p.number_hash = $1 AND p.ended_on IS NULL ORDER BY o.id LIMIT 100")
    .bind(&number.0)
    .all(db)
    .await?;
    let post = |(id, kind, name): (Vec<u8>, String, String)| {
        let kind = Kind::from_code(&kind).ok_or_else(|| Error::internal("a post in an organisation of no kind"))?;
        Ok((OrganizationId::try_from(id).map_err(Error::internal)?, kind, name))
    };
    rows.into_iter().map(post).collect()
}

/// A post that somebody holds or held.
#[derive(sqlx::FromRow)]
struct HeldRow {
    name: String,
    uscc: String,
    #[sqlx(try_from = "String")]
    since: Day,
    ended_on: Option<String>,
}

/// A post that somebody holds or held, as the copy of his data has it.
pub(crate) struct Held {
    pub(crate) name: String,
    pub(crate) uscc: String,
    pub(crate) since: Day,
    pub(crate) ended_on: Option<Day>,
}

/// Every post that this person holds or held, 500 at most.
pub(crate) async fn all_of_person(db: &Db, number: &NumberHash) -> Result<Vec<Held>> {
    let rows: Vec<HeldRow> = q("SELECT o.name, COALESCE(o.uscc, '') AS uscc, p.since, p.ended_on FROM organization_post p \
         JOIN organization o ON o.id = p.organization WHERE p.number_hash = $1 ORDER BY p.id LIMIT 500")
    .bind(&number.0)
    .all(db)
    .await?;
    let held = |row: HeldRow| {
        let ended_on = row.ended_on.map(Day::try_from).transpose().map_err(Error::internal)?;
        Ok(Held { name: row.name, uscc: row.uscc, since: row.since, ended_on })
    };
    rows.into_iter().map(held).collect()
}

/// The last day on which a body that this person led was revoked or banned.
pub(crate) async fn led_revoked(db: &Db, number: &NumberHash) -> Result<Option<Day>> {
    let (last,): (Option<String>,) = q("SELECT MAX(ended_on) FROM organization_post WHERE number_hash = $1 AND revoked").bind(&number.0).one(db).await?;
    last.map(|day| Day::try_from(day).map_err(Error::internal)).transpose()
}
