//! Absences of staff, with who stands in.

use kernel::Day;
use platform::{Ctx, Error, OrgId, Result, StaffId};
use store::{Target, Tx, q};

use crate::model::{Absence, AbsenceId};

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: AbsenceId,
    #[sqlx(try_from = "Vec<u8>")]
    staff: StaffId,
    #[sqlx(try_from = "Vec<u8>")]
    delegate: StaffId,
    #[sqlx(try_from = "String")]
    from_day: Day,
    #[sqlx(try_from = "String")]
    until_day: Day,
    reason: String,
}

impl From<Row> for Absence {
    fn from(row: Row) -> Self {
        Self { id: row.id, staff: row.staff, delegate: row.delegate, from: row.from_day, until: row.until_day, reason: row.reason }
    }
}

/// Writes an absence.
pub(crate) async fn add(tx: &Tx, ctx: &Ctx, absence: &Absence) -> Result<()> {
    q("INSERT INTO case_absence (id, staff, delegate, from_day, until_day, reason, made_by, made_at, ended_at) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)")
        .bind(absence.id)
        .bind(absence.staff)
        .bind(absence.delegate)
        .bind(absence.from)
        .bind(absence.until)
        .bind(absence.reason.as_str())
        .bind(ctx.actor().key())
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

/// For whom somebody stands in on a day.
pub(crate) async fn stood_in_for(on: impl Into<Target<'_>> + Send, delegate: StaffId, day: Day) -> Result<Vec<StaffId>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT staff FROM case_absence WHERE delegate = $1 AND from_day <= $2 AND until_day >= $2 AND ended_at IS NULL \
         ORDER BY staff LIMIT 20")
    .bind(delegate)
    .bind(day)
    .all(on)
    .await?;
    rows.into_iter().map(|(staff,)| StaffId::try_from(staff).map_err(Error::internal)).collect()
}

/// Absences that are not over on a day, of one member of staff or stood in for by him.
pub(crate) async fn of_staff(on: impl Into<Target<'_>> + Send, staff: StaffId, day: Day) -> Result<Vec<Absence>> {
    let rows: Vec<Row> = q("SELECT id, staff, delegate, from_day, until_day, reason FROM case_absence \
         WHERE (staff = $1 OR delegate = $1) AND until_day >= $2 AND ended_at IS NULL ORDER BY from_day, id LIMIT 50")
    .bind(staff)
    .bind(day)
    .all(on)
    .await?;
    Ok(rows.into_iter().map(Absence::from).collect())
}

/// Absences of the staff of a body that are not over on a day.
pub(crate) async fn of_org(on: impl Into<Target<'_>> + Send, org: OrgId, day: Day) -> Result<Vec<Absence>> {
    let rows: Vec<Row> = q("SELECT a.id, a.staff, a.delegate, a.from_day, a.until_day, a.reason FROM case_absence a JOIN staff s ON s.id = a.staff \
         WHERE s.org_id = $1 AND a.until_day >= $2 AND a.ended_at IS NULL ORDER BY a.from_day, a.id LIMIT 200")
    .bind(org)
    .bind(day)
    .all(on)
    .await?;
    Ok(rows.into_iter().map(Absence::from).collect())
}

/// The absence with this id.
pub(crate) async fn by_id(on: impl Into<Target<'_>> + Send, id: AbsenceId) -> Result<Option<Absence>> {
    let row: Option<Row> =
        q("SELECT id, staff, delegate, from_day, until_day, reason FROM case_absence WHERE id = $1 AND ended_at IS NULL").bind(id).opt(on).await?;
    Ok(row.map(Absence::from))
}

/// Ends an absence early.
pub(crate) async fn end(tx: &Tx, ctx: &Ctx, id: AbsenceId) -> Result<bool> {
    Ok(q("UPDATE case_absence SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL").bind(id).bind(ctx.now()).exec(tx).await? == 1)
}
