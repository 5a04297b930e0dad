//! The last passwords of staff.

use kernel::{Id, Instant};
use platform::{Result, StaffId};
use store::{Db, Tx, q};

/// A password that is to be set.
#[derive(Clone)]
pub(crate) struct NewPasswordRow {
    pub(crate) id: Id<NewPasswordRow>,
    pub(crate) hash: String,
}

/// Sets a password: `since` is `None` for one that its holder changes first of all. Keeps the last `keep` of them.
pub(crate) async fn set(tx: &Tx, staff: StaffId, new: &NewPasswordRow, since: Option<Instant>, now: Instant, keep: i64) -> Result<()> {
    q("UPDATE staff SET password = $1, password_at = $2 WHERE id = $3").bind(new.hash.as_str()).bind(since).bind(staff).exec(tx).await?;
    remember(tx, staff, new, now).await?;
    q("DELETE FROM staff_password WHERE staff_id = $1 AND id NOT IN \
       (SELECT id FROM staff_password WHERE staff_id = $1 ORDER BY set_at DESC, id DESC LIMIT $2)")
    .bind(staff)
    .bind(keep)
    .exec(tx)
    .await?;
    Ok(())
}

/// Notes a password that was set.
pub(crate) async fn remember(tx: &Tx, staff: StaffId, new: &NewPasswordRow, now: Instant) -> Result<()> {
    q("INSERT INTO staff_password (id, staff_id, password, set_at) VALUES ($1, $2, $3, $4)")
        .bind(new.id)
        .bind(staff)
        .bind(new.hash.as_str())
        .bind(now)
        .exec(tx)
        .await?;
    Ok(())
}

/// The last passwords, the present one among them.
pub(crate) async fn last(db: &Db, staff: StaffId) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = q("SELECT password FROM staff_password WHERE staff_id = $1 ORDER BY set_at DESC, id DESC").bind(staff).all(db).await?;
    Ok(rows.into_iter().map(|(hash,)| hash).collect())
}
