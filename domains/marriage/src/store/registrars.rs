//! Rows of `marriage_registrar`.

use booking::OfficeId;
use kernel::Day;
use platform::{Ctx, Result, StaffId};
use store::{Db, Target, Tx, q};

/// A registrar as kept.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Registrar {
    /// The member of staff.
    #[sqlx(try_from = "Vec<u8>")]
    pub staff: StaffId,
    /// The number on his badge.
    pub registrar_no: String,
    /// His office.
    #[sqlx(try_from = "Vec<u8>")]
    pub office: OfficeId,
    /// The day of his last examination.
    #[sqlx(try_from = "String")]
    pub exam_on: Day,
    /// Not suspended.
    pub on_duty: bool,
}

/// The registrar that a member of staff is, if he is one.
pub(crate) async fn of_staff(on: impl Into<Target<'_>> + Send, staff: StaffId) -> Result<Option<Registrar>> {
    Ok(q("SELECT staff, registrar_no, office, exam_on, on_duty FROM marriage_registrar WHERE staff = $1").bind(staff).opt(on).await?)
}

/// The registrars of an office, by number.
pub(crate) async fn of_office(db: &Db, office: OfficeId) -> Result<Vec<Registrar>> {
    Ok(q("SELECT staff, registrar_no, office, exam_on, on_duty FROM marriage_registrar WHERE office = $1 ORDER BY registrar_no LIMIT 200")
        .bind(office)
        .all(db)
        .await?)
}

/// Enters a registrar, or writes his new examination or office; whether the number was free.
pub(crate) async fn put(tx: &Tx, ctx: &Ctx, registrar: &Registrar) -> Result<bool> {
    let taken: Option<(Vec<u8>,)> = q("SELECT staff FROM marriage_registrar WHERE registrar_no = $1 AND staff <> $2")
        .bind(registrar.registrar_no.as_str())
        .bind(registrar.staff)
        .opt(tx)
        .await?;
    if taken.is_some() {
        return Ok(false);
    }
    q("INSERT INTO marriage_registrar (staff, registrar_no, office, exam_on, on_duty, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
       ON CONFLICT (staff) DO UPDATE SET registrar_no = $2, office = $3, exam_on = $4, on_duty = $5, set_by = $6, set_at = $7")
    .bind(registrar.staff)
    .bind(registrar.registrar_no.as_str())
    .bind(registrar.office)
    .bind(registrar.exam_on)
    .bind(registrar.on_duty)
    .bind(ctx.actor().key())
    .bind(ctx.now())
    .exec(tx)
    .await?;
    Ok(true)
}
