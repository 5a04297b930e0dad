//! Windows.

use ::store::{Target, Tx, q};
use booking::OfficeId;
use kernel::{Day, Instant};
use platform::{Error, Result, StaffId};

use crate::model::{GroupId, WindowCard, WindowId};

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: WindowId,
    #[sqlx(try_from = "Vec<u8>")]
    office_id: OfficeId,
    no: i64,
    staff_id: Option<Vec<u8>>,
    staff_name: String,
    opened_at: Option<i64>,
}

impl Row {
    fn card(self, groups: Vec<GroupId>) -> Result<WindowCard> {
        Ok(WindowCard {
            id: self.id,
            office: self.office_id,
            no: self.no,
            groups,
            staff: self.staff_id.map(StaffId::try_from).transpose().map_err(Error::internal)?,
            staff_name: self.staff_name,
            opened_at: self.opened_at.map(Instant::from),
        })
    }
}

fn group_ids(rows: Vec<(Vec<u8>,)>) -> Result<Vec<GroupId>> {
    rows.into_iter().map(|(id,)| GroupId::try_from(id).map_err(Error::internal)).collect()
}

/// Puts a window in or changes its number.
pub(crate) async fn put(tx: &Tx, office: OfficeId, id: WindowId, no: i64) -> Result<()> {
    q("INSERT INTO hall_window (id, office_id, no, staff_id, staff_name, opened_at) VALUES ($1, $2, $3, NULL, '', NULL) \
       ON CONFLICT (id) DO UPDATE SET no = excluded.no")
    .bind(id)
    .bind(office)
    .bind(no)
    .exec(tx)
    .await?;
    Ok(())
}

/// Gives a window these groups.
pub(crate) async fn set_groups(tx: &Tx, id: WindowId, groups: &[GroupId]) -> Result<()> {
    q("DELETE FROM hall_window_group WHERE window_id = $1").bind(id).exec(tx).await?;
    for group in groups {
        q("INSERT INTO hall_window_group (window_id, group_id) VALUES ($1, $2)").bind(id).bind(*group).exec(tx).await?;
    }
    Ok(())
}

/// The windows of a hall, by number.
pub(crate) async fn of_office<'a>(on: impl Into<Target<'a>> + Send + Clone, office: OfficeId) -> Result<Vec<WindowCard>> {
    let rows: Vec<Row> = q("SELECT id, office_id, no, staff_id, staff_name, opened_at FROM hall_window WHERE office_id = $1 ORDER BY no")
        .bind(office)
        .all(on.clone())
        .await?;
    let pairs: Vec<(Vec<u8>, Vec<u8>)> = q("SELECT g.window_id, g.group_id FROM hall_window_group g JOIN hall_window w ON w.id = g.window_id \
         WHERE w.office_id = $1 ORDER BY g.window_id, g.group_id")
    .bind(office)
    .all(on)
    .await?;
    rows.into_iter()
        .map(|row| {
            let mine = pairs.iter().filter(|(window, _)| *window == row.id.to_vec()).map(|(_, group)| (group.clone(),)).collect();
            row.card(group_ids(mine)?)
        })
        .collect()
}

pub(crate) async fn by_id<'a>(on: impl Into<Target<'a>> + Send + Clone, id: WindowId) -> Result<Option<WindowCard>> {
    let row: Option<Row> =
        q("SELECT id, office_id, no, staff_id, staff_name, opened_at FROM hall_window WHERE id = $1").bind(id).opt(on.clone()).await?;
    let Some(row) = row else { return Ok(None) };
    let groups = q("SELECT group_id FROM hall_window_group WHERE window_id = $1 ORDER BY group_id").bind(id).all(on).await?;
    row.card(group_ids(groups)?).map(Some)
}

/// Seats somebody at a window, if nobody sits there since `since` (the beginning of the day): an opening of yesterday is over.
pub(crate) async fn seat(tx: &Tx, id: WindowId, staff: StaffId, name: &str, now: Instant, since: Instant) -> Result<bool> {
    let rows = q("UPDATE hall_window SET staff_id = $2, staff_name = $3, opened_at = $4 WHERE id = $1 \
         AND (opened_at IS NULL OR opened_at < $5 OR staff_id = $2)")
    .bind(id)
    .bind(staff)
    .bind(name)
    .bind(now)
    .bind(since)
    .exec(tx)
    .await?;
    Ok(rows == 1)
}

/// Nobody sits there any more.
pub(crate) async fn leave(tx: &Tx, id: WindowId) -> Result<()> {
    q("UPDATE hall_window SET staff_id = NULL, staff_name = '', opened_at = NULL WHERE id = $1").bind(id).exec(tx).await?;
    Ok(())
}

/// The window at which a member of staff sits.
pub(crate) async fn of_staff<'a>(on: impl Into<Target<'a>> + Send, staff: StaffId) -> Result<Option<WindowId>> {
    let row: Option<(Vec<u8>,)> = q("SELECT id FROM hall_window WHERE staff_id = $1").bind(staff).opt(on).await?;
    row.map(|(id,)| WindowId::try_from(id).map_err(Error::internal)).transpose()
}

/// Closes what was opened before `since`: for the job.
pub(crate) async fn leave_before(tx: &Tx, since: Instant) -> Result<u64> {
    Ok(q("UPDATE hall_window SET staff_id = NULL, staff_name = '', opened_at = NULL WHERE opened_at < $1").bind(since).exec(tx).await?)
}

/// Takes the row of a hall's day and counts one more call: its number, from 1.
pub(crate) async fn next_call(tx: &Tx, office: OfficeId, day: Day) -> Result<i64> {
    let (calls,): (i64,) = q("INSERT INTO hall_day (office_id, day, calls) VALUES ($1, $2, 1) \
         ON CONFLICT (office_id, day) DO UPDATE SET calls = hall_day.calls + 1 RETURNING calls")
    .bind(office)
    .bind(day)
    .one(tx)
    .await?;
    Ok(calls)
}
