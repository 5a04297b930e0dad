//! Rows of `organization_right`.

use identity::facts::NumberHash;
use kernel::{Day, Instant};
use platform::{Ctx, Error, Result};
use ::store::keys::Keys;
use ::store::{Db, Tx, q};

use crate::model::OrganizationId;
use crate::rights::{Given, NewRight, RightId};

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

/// The organisations for which this person has a right on this day.
pub(crate) async fn organizations(db: &Db, number: &NumberHash, day: Day) -> Result<Vec<OrganizationId>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT DISTINCT organization FROM organization_right WHERE number_hash = $1 AND revoked_at IS NULL \
         AND from_day <= $2 AND to_day >= $2 LIMIT 100")
    .bind(&number.0)
    .bind(day)
    .all(db)
    .await?;
    rows.into_iter().map(|(id,)| OrganizationId::try_from(id).map_err(Error::internal)).collect()
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
