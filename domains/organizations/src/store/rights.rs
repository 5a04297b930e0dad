//! Rows of `organization_right`.

use identity::facts::NumberHash;
use kernel::{Day, Instant};
use platform::{Ctx, Error, Result};
use ::store::keys::Keys;
use ::store::{Db, Tx, q};

use super::organization;
use crate::model::OrganizationId;
use crate::rights::{Given, Mine, NewRight, RightId};

/// Writes a right.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, organization: OrganizationId, id: RightId, new: &NewRight) -> Result<()> {
    let keys = ctx.keys();
    q("INSERT INTO organization_right (id, organization, name, number, number_hash, item, from_day, to_day, given_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(id)
        .bind(organization)
        .bind(keys.seal_text("organization_right", "name", &id.to_vec(), &new.name))
        .bind(keys.seal_text("organization_right", "number", &id.to_vec(), &new.number))
        .bind(NumberHash::of(keys, &new.number).0)
        .bind(&new.item)
        .bind(new.from)
        .bind(new.to)
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes a right back; false for one that is not there or has been taken back.
pub(crate) async fn revoke(tx: &Tx, ctx: &Ctx, organization: OrganizationId, id: RightId) -> Result<bool> {
    let written = q("UPDATE organization_right SET revoked_at = $3 WHERE id = $1 AND organization = $2 AND revoked_at IS NULL")
        .bind(id)
        .bind(organization)
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(written == 1)
}

/// Whether this person has a right for this item on this day.
pub(crate) async fn holds(db: &Db, organization: OrganizationId, number: &NumberHash, item: &str, day: Day) -> Result<bool> {
    let (n,): (i64,) = q("SELECT COUNT(*) FROM organization_right WHERE organization = $1 AND number_hash = $2 AND revoked_at IS NULL \
         AND (item = '' OR item = $3) AND from_day <= $4 AND to_day >= $4")
    .bind(organization)
    .bind(&number.0)
    .bind(item)
    .bind(day)
    .one(db)
    .await?;
    Ok(n > 0)
}

/// Deletes up to 200 rights that ended, by their last day or by being taken back, before a day.
pub(crate) async fn forget(tx: &Tx, before: Day) -> Result<u64> {
    Ok(q("DELETE FROM organization_right WHERE id IN (SELECT id FROM organization_right WHERE to_day < $1 OR revoked_at < $2 LIMIT 200)")
        .bind(before)
        .bind(Instant::at(before, 0))
        .exec(tx)
        .await?)
}

#[derive(sqlx::FromRow)]
struct MineRow {
    #[sqlx(flatten)]
    entry: organization::Row,
    representative: bool,
}

/// The organisations that this person leads, and those for which he has a right on this day, 100 at most.
pub(crate) async fn organizations(db: &Db, number: &NumberHash, day: Day) -> Result<Vec<Mine>> {
    let rows: Vec<MineRow> = q("SELECT o.id, o.uscc, o.name, o.kind, o.subtype, o.industry, o.region, o.authority, o.supervisor, o.status, o.status_since, \
         o.established_on, o.charity, o.fundraising, o.level, o.list_flag, o.legal_rep, o.funds, o.version, o.updated_at, v.content, \
         EXISTS (SELECT 1 FROM organization_post p WHERE p.organization = o.id AND p.number_hash = $1 AND p.ended_on IS NULL) AS representative \
         FROM organization o JOIN organization_version v ON v.organization = o.id AND v.version = o.version WHERE o.id IN ( \
         SELECT p.organization FROM organization_post p WHERE p.number_hash = $1 AND p.ended_on IS NULL \
         UNION SELECT r.organization FROM organization_right r WHERE r.number_hash = $1 AND r.revoked_at IS NULL AND r.from_day <= $2 AND r.to_day >= $2) \
         ORDER BY representative DESC, o.id LIMIT 100")
    .bind(&number.0)
    .bind(day)
    .all(db)
    .await?;
    rows.into_iter().map(|row| Ok(Mine { entry: row.entry.try_into()?, representative: row.representative })).collect()
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: RightId,
    name: Vec<u8>,
    number: Vec<u8>,
    item: String,
    #[sqlx(try_from = "String")]
    from_day: Day,
    #[sqlx(try_from = "String")]
    to_day: Day,
    revoked_at: Option<i64>,
}

/// The rights that an organisation has given, newest first, 100 at most.
pub(crate) async fn list(db: &Db, keys: &Keys, organization: OrganizationId) -> Result<Vec<Given>> {
    let rows: Vec<Row> =
        q("SELECT id, name, number, item, from_day, to_day, revoked_at FROM organization_right WHERE organization = $1 ORDER BY id DESC LIMIT 100")
            .bind(organization)
            .all(db)
            .await?;
    let given = |row: Row| {
        let open = |column: &str, sealed: &[u8]| keys.open_text("organization_right", column, &row.id.to_vec(), sealed).map_err(Error::internal);
        Ok(Given {
            id: row.id,
            name: open("name", &row.name)?,
            number: kernel::mask::id_number(&open("number", &row.number)?),
            item: row.item,
            from: row.from_day,
            to: row.to_day,
            revoked_at: row.revoked_at.map(Instant::from_micros),
        })
    };
    rows.into_iter().map(given).collect()
}

/// A right that somebody has or had, as the copy of his data has it.
#[derive(sqlx::FromRow)]
pub(crate) struct OwnRow {
    pub(crate) organization: String,
    pub(crate) item: String,
    #[sqlx(try_from = "String")]
    pub(crate) from_day: Day,
    #[sqlx(try_from = "String")]
    pub(crate) to_day: Day,
    pub(crate) revoked_at: Option<i64>,
}

/// Every right that this person has or had, 500 at most.
pub(crate) async fn of_person(db: &Db, number: &NumberHash) -> Result<Vec<OwnRow>> {
    Ok(q("SELECT o.name AS organization, r.item, r.from_day, r.to_day, r.revoked_at \
         FROM organization_right r JOIN organization o ON o.id = r.organization WHERE r.number_hash = $1 ORDER BY r.id LIMIT 500")
    .bind(&number.0)
    .all(db)
    .await?)
}

/// Takes back every right that this person has; false if he has none.
pub(crate) async fn revoke_all(tx: &Tx, ctx: &Ctx, number: &NumberHash) -> Result<bool> {
    let written = q("UPDATE organization_right SET revoked_at = $2 WHERE number_hash = $1 AND revoked_at IS NULL").bind(&number.0).bind(ctx.now()).exec(tx).await?;
    Ok(written > 0)
}
