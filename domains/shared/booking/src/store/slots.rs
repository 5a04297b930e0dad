//! Slots: the conditional updates that hold their capacity, and the lists that show it.

use kernel::{Day, Instant, RegionCode};
use platform::Result;
use ::store::{Db, Target, Tx, q};

use crate::model::{OfficeId, SlotCard, SlotId};
use crate::plan::Seed;
use crate::rules::{Load, Window};

#[derive(sqlx::FromRow)]
pub(crate) struct SlotRow {
    #[sqlx(try_from = "Vec<u8>")]
    slot_id: SlotId,
    #[sqlx(try_from = "Vec<u8>")]
    slot_office: OfficeId,
    slot_kind: String,
    #[sqlx(try_from = "String")]
    day: Day,
    #[sqlx(try_from = "i64")]
    start_at: Instant,
    #[sqlx(try_from = "i64")]
    end_at: Instant,
    #[sqlx(try_from = "i64")]
    release_at: Instant,
    #[sqlx(try_from = "i64")]
    close_at: Instant,
    quota_online: i64,
    quota_onsite: i64,
    taken_online: i64,
    taken_onsite: i64,
    closed_at: Option<i64>,
}

impl From<SlotRow> for SlotCard {
    fn from(row: SlotRow) -> Self {
        Self {
            id: row.slot_id,
            office: row.slot_office,
            item_kind: row.slot_kind,
            day: row.day,
            start: row.start_at,
            end: row.end_at,
            load: Load {
                quota_online: row.quota_online,
                quota_onsite: row.quota_onsite,
                taken_online: row.taken_online,
                taken_onsite: row.taken_onsite,
            },
            window: Window { release_at: row.release_at, close_at: row.close_at },
            closed_at: row.closed_at.map(Instant::from),
        }
    }
}

/// Takes one online place if there is one, it is released, and it is not too late.
pub(crate) async fn take_online(tx: &Tx, id: SlotId, now: Instant) -> Result<bool> {
    let taken = q("UPDATE slot SET taken_online = taken_online + 1 WHERE id = $1 AND taken_online < quota_online \
         AND taken_online + taken_onsite < quota_online + quota_onsite AND release_at <= $2 AND close_at > $2 AND closed_at IS NULL")
    .bind(id)
    .bind(now)
    .exec(tx)
    .await?;
    Ok(taken == 1)
}

/// Takes one online place of a day that is released in turn: whoever asks has been given his turn.
pub(crate) async fn take_released(tx: &Tx, id: SlotId, now: Instant) -> Result<bool> {
    let taken = q("UPDATE slot SET taken_online = taken_online + 1 WHERE id = $1 AND taken_online < quota_online \
         AND taken_online + taken_onsite < quota_online + quota_onsite AND close_at > $2 AND closed_at IS NULL")
    .bind(id)
    .bind(now)
    .exec(tx)
    .await?;
    Ok(taken == 1)
}

/// Gives one online place back.
pub(crate) async fn return_online(tx: &Tx, id: SlotId) -> Result<()> {
    q("UPDATE slot SET taken_online = taken_online - 1 WHERE id = $1").bind(id).exec(tx).await?;
    Ok(())
}

/// Takes a place on site: out of the on-site quota, and from `merge_at` before the start out of all that is left (P9-1).
pub(crate) async fn take_onsite(tx: &Tx, id: SlotId, merged: bool) -> Result<bool> {
    let taken = q("UPDATE slot SET taken_onsite = taken_onsite + 1 WHERE id = $1 AND closed_at IS NULL \
         AND taken_online + taken_onsite < quota_online + quota_onsite AND ($2 OR taken_onsite < quota_onsite)")
    .bind(id)
    .bind(merged)
    .exec(tx)
    .await?;
    Ok(taken == 1)
}

/// Waits for the rows in one order, so that two who move between the same slots never wait for each other.
pub(crate) async fn lock(tx: &Tx, mut ids: Vec<SlotId>) -> Result<()> {
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        q("UPDATE slot SET settled = settled WHERE id = $1").bind(id).exec(tx).await?;
    }
    Ok(())
}

pub(crate) async fn by_id<'a>(on: impl Into<Target<'a>> + Send, id: SlotId) -> Result<Option<SlotCard>> {
    let row: Option<SlotRow> = q("SELECT id AS slot_id, office_id AS slot_office, item_kind AS slot_kind, day, start_at, end_at, \
         release_at, close_at, quota_online, quota_onsite, taken_online, taken_onsite, closed_at FROM slot WHERE id = $1")
    .bind(id)
    .opt(on)
    .await?;
    Ok(row.map(SlotCard::from))
}

/// The slots of some days at one office, in order.
pub(crate) async fn between<'a>(on: impl Into<Target<'a>> + Send, office: OfficeId, kind: &str, from: Day, to: Day) -> Result<Vec<SlotCard>> {
    let rows: Vec<SlotRow> = q("SELECT id AS slot_id, office_id AS slot_office, item_kind AS slot_kind, day, start_at, end_at, \
         release_at, close_at, quota_online, quota_onsite, taken_online, taken_onsite, closed_at FROM slot \
         WHERE office_id = $1 AND item_kind = $2 AND day BETWEEN $3 AND $4 ORDER BY start_at LIMIT 4000")
    .bind(office)
    .bind(kind)
    .bind(from)
    .bind(to)
    .all(on)
    .await?;
    Ok(rows.into_iter().map(SlotCard::from).collect())
}

/// The next slots with a free place at one office, in order.
pub(crate) async fn next_free<'a>(on: impl Into<Target<'a>> + Send, office: OfficeId, kind: &str, after: Instant, now: Instant, limit: i64) -> Result<Vec<SlotCard>> {
    let rows: Vec<SlotRow> = q("SELECT id AS slot_id, office_id AS slot_office, item_kind AS slot_kind, day, start_at, end_at, \
         release_at, close_at, quota_online, quota_onsite, taken_online, taken_onsite, closed_at FROM slot \
         WHERE office_id = $1 AND item_kind = $2 AND start_at > $3 AND release_at <= $4 AND close_at > $4 AND closed_at IS NULL \
         AND taken_online < quota_online AND taken_online + taken_onsite < quota_online + quota_onsite ORDER BY start_at LIMIT $5")
    .bind(office)
    .bind(kind)
    .bind(after)
    .bind(now)
    .bind(limit)
    .all(on)
    .await?;
    Ok(rows.into_iter().map(SlotCard::from).collect())
}

/// For every office of a region and below: the start of its next slot with a free place.
pub(crate) async fn next_free_by_office(db: &Db, region: &RegionCode, kind: &str, now: Instant) -> Result<Vec<(OfficeId, Instant)>> {
    let rows: Vec<(Vec<u8>, i64)> = q("SELECT s.office_id, MIN(s.start_at) FROM slot s JOIN office o ON o.id = s.office_id \
         JOIN region_closure c ON c.descendant = o.region WHERE c.ancestor = $1 AND s.item_kind = $2 AND s.release_at <= $3 \
         AND s.close_at > $3 AND s.closed_at IS NULL AND s.taken_online < s.quota_online \
         AND s.taken_online + s.taken_onsite < s.quota_online + s.quota_onsite GROUP BY s.office_id")
    .bind(*region)
    .bind(kind)
    .bind(now)
    .all(db)
    .await?;
    rows.into_iter().map(|(id, start)| Ok((OfficeId::try_from(id).map_err(platform::Error::internal)?, Instant::from(start)))).collect()
}

/// The slot of an office that runs at `now`, or else the next one of that day.
pub(crate) async fn current(tx: &Tx, office: OfficeId, kind: &str, now: Instant) -> Result<Option<SlotCard>> {
    let row: Option<SlotRow> = q("SELECT id AS slot_id, office_id AS slot_office, item_kind AS slot_kind, day, start_at, end_at, \
         release_at, close_at, quota_online, quota_onsite, taken_online, taken_onsite, closed_at FROM slot \
         WHERE office_id = $1 AND item_kind = $2 AND day = $3 AND end_at > $4 AND closed_at IS NULL ORDER BY start_at LIMIT 1")
    .bind(office)
    .bind(kind)
    .bind(now.day())
    .bind(now)
    .opt(tx)
    .await?;
    Ok(row.map(SlotCard::from))
}

/// Puts a slot in, or gives the one of that time its new window, and its new quotas where what is taken allows it.
pub(crate) async fn put(tx: &Tx, id: SlotId, office: OfficeId, kind: &str, day: Day, seed: Seed, window: Window) -> Result<()> {
    q("INSERT INTO slot (id, office_id, item_kind, day, start_at, end_at, release_at, close_at, quota_online, quota_onsite, taken_online, \
       taken_onsite, closed_at, settled) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, NULL, FALSE) \
       ON CONFLICT (office_id, item_kind, start_at) DO UPDATE SET release_at = excluded.release_at, close_at = excluded.close_at, \
       quota_online = CASE WHEN slot.taken_online <= excluded.quota_online AND slot.taken_onsite <= excluded.quota_onsite \
       THEN excluded.quota_online ELSE slot.quota_online END, \
       quota_onsite = CASE WHEN slot.taken_online <= excluded.quota_online AND slot.taken_onsite <= excluded.quota_onsite \
       THEN excluded.quota_onsite ELSE slot.quota_onsite END")
        .bind(id)
        .bind(office)
        .bind(kind)
        .bind(day)
        .bind(seed.start)
        .bind(seed.end)
        .bind(window.release_at)
        .bind(window.close_at)
        .bind(seed.quota_online)
        .bind(seed.quota_onsite)
        .exec(tx)
        .await?;
    Ok(())
}

/// The slots of an office from a day on that nobody has touched: id, kind of business, start.
pub(crate) async fn untouched(db: &Db, office: OfficeId, from: Day) -> Result<Vec<(SlotId, String, Instant)>> {
    let rows: Vec<(Vec<u8>, String, i64)> = q("SELECT id, item_kind, start_at FROM slot WHERE office_id = $1 AND day >= $2 \
         AND taken_online = 0 AND taken_onsite = 0 AND closed_at IS NULL")
    .bind(office)
    .bind(from)
    .all(db)
    .await?;
    rows.into_iter().map(|(id, kind, start)| Ok((SlotId::try_from(id).map_err(platform::Error::internal)?, kind, start.into()))).collect()
}

/// Removes a slot if nobody ever touched it.
pub(crate) async fn remove_untouched(tx: &Tx, id: SlotId) -> Result<()> {
    q("DELETE FROM slot WHERE id = $1 AND taken_online = 0 AND taken_onsite = 0 AND closed_at IS NULL \
       AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.slot_id = slot.id) \
       AND NOT EXISTS (SELECT 1 FROM slot_offer f WHERE f.slot_id = slot.id) \
       AND NOT EXISTS (SELECT 1 FROM walk_in w WHERE w.slot_id = slot.id)")
        .bind(id)
        .exec(tx)
        .await?;
    Ok(())
}

/// Closes the slots of an office that run within `from..to`.
pub(crate) async fn close(tx: &Tx, office: OfficeId, from: Instant, to: Instant, now: Instant) -> Result<u64> {
    Ok(q("UPDATE slot SET closed_at = $4 WHERE office_id = $1 AND end_at > $2 AND start_at < $3 AND closed_at IS NULL")
        .bind(office)
        .bind(from)
        .bind(to)
        .bind(now)
        .exec(tx)
        .await?)
}

/// Closes one slot.
pub(crate) async fn close_one(tx: &Tx, id: SlotId, now: Instant) -> Result<()> {
    q("UPDATE slot SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL").bind(id).bind(now).exec(tx).await?;
    Ok(())
}

/// Slots that have ended and are not yet settled.
pub(crate) async fn unsettled(db: &Db, now: Instant, limit: i64) -> Result<Vec<SlotId>> {
    let rows: Vec<(Vec<u8>,)> =
        q("SELECT id FROM slot WHERE NOT settled AND end_at <= $1 ORDER BY end_at LIMIT $2").bind(now).bind(limit).all(db).await?;
    rows.into_iter().map(|(id,)| SlotId::try_from(id).map_err(platform::Error::internal)).collect()
}

/// Marks a slot as settled.
pub(crate) async fn settled(tx: &Tx, id: SlotId) -> Result<()> {
    q("UPDATE slot SET settled = TRUE WHERE id = $1").bind(id).exec(tx).await?;
    Ok(())
}
