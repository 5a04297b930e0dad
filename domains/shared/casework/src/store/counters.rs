//! Sheets of the counter.

use kernel::Instant;
use platform::{Ctx, Error, Result, StaffId};
use store::{Target, Tx, q};

use crate::model::{CounterForm, CounterSheet, SheetId};

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: SheetId,
    #[sqlx(try_from = "Vec<u8>")]
    staff: StaffId,
    impl_code: String,
    form: Vec<u8>,
    version: i64,
    #[sqlx(try_from = "i64")]
    updated_at: Instant,
}

impl Row {
    fn sheet(self, ctx: &Ctx) -> Result<CounterSheet> {
        let form = ctx.keys().open("counter_sheet", "form", &self.id.to_vec(), &self.form).map_err(Error::internal)?;
        let form: CounterForm = serde_json::from_slice(&form).map_err(Error::internal)?;
        Ok(CounterSheet { id: self.id, staff: self.staff, impl_code: self.impl_code, form, version: self.version, updated_at: self.updated_at })
    }
}

fn sealed(ctx: &Ctx, sheet: &CounterSheet) -> Result<Vec<u8>> {
    let form = serde_json::to_vec(&sheet.form).map_err(Error::internal)?;
    Ok(ctx.keys().seal("counter_sheet", "form", &sheet.id.to_vec(), &form))
}

/// The sheet with this id.
pub(crate) async fn by_id(on: impl Into<Target<'_>> + Send, ctx: &Ctx, id: SheetId) -> Result<Option<CounterSheet>> {
    let row: Option<Row> = q("SELECT id, staff, impl_code, form, version, updated_at FROM counter_sheet WHERE id = $1").bind(id).opt(on).await?;
    row.map(|row| row.sheet(ctx)).transpose()
}

/// What a clerk has begun, the newest first.
pub(crate) async fn of_staff(on: impl Into<Target<'_>> + Send, ctx: &Ctx, staff: StaffId) -> Result<Vec<CounterSheet>> {
    let rows: Vec<Row> = q("SELECT id, staff, impl_code, form, version, updated_at FROM counter_sheet WHERE staff = $1 \
         ORDER BY updated_at DESC, id LIMIT 20")
    .bind(staff)
    .all(on)
    .await?;
    rows.into_iter().map(|row| row.sheet(ctx)).collect()
}

/// Writes a new sheet.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, sheet: &CounterSheet) -> Result<()> {
    q("INSERT INTO counter_sheet (id, staff, impl_code, form, version, updated_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(sheet.id)
        .bind(sheet.staff)
        .bind(sheet.impl_code.as_str())
        .bind(sealed(ctx, sheet)?)
        .bind(sheet.version)
        .bind(sheet.updated_at)
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes a sheet over the version before its own; whether it was still that one.
pub(crate) async fn update(tx: &Tx, ctx: &Ctx, sheet: &CounterSheet) -> Result<bool> {
    let written = q("UPDATE counter_sheet SET form = $3, version = $4, updated_at = $5 WHERE id = $1 AND version = $2")
        .bind(sheet.id)
        .bind(sheet.version - 1)
        .bind(sealed(ctx, sheet)?)
        .bind(sheet.version)
        .bind(sheet.updated_at)
        .exec(tx)
        .await?;
    Ok(written == 1)
}

/// Forgets a sheet; whether it was still at the version that was seen.
pub(crate) async fn delete(tx: &Tx, id: SheetId, seen: i64) -> Result<bool> {
    Ok(q("DELETE FROM counter_sheet WHERE id = $1 AND version = $2").bind(id).bind(seen).exec(tx).await? == 1)
}

/// Forgets what nobody has touched since.
pub(crate) async fn delete_before(tx: &Tx, since: Instant) -> Result<u64> {
    Ok(q("DELETE FROM counter_sheet WHERE updated_at < $1").bind(since).exec(tx).await?)
}
