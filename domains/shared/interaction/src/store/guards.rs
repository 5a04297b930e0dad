//! Counters: receipt numbers, and tries.

use kernel::{Day, Instant};
use platform::Result;
use ::store::{Db, Tx, q};

/// The next count of a lane of a region and day, from 1.
pub(crate) async fn next_in_lane(tx: &Tx, region: &str, day: Day, lane: i64) -> Result<i64> {
    let (last,): (i64,) = q("INSERT INTO interaction_counter (region, day, lane, last) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (region, day, lane) DO UPDATE SET last = interaction_counter.last + 1 RETURNING last")
    .bind(region)
    .bind(day)
    .bind(lane)
    .one(tx)
    .await?;
    Ok(last)
}

/// The count under a key that is still in force, and its end.
pub(crate) async fn find(db: &Db, key: &[u8], now: Instant) -> Result<Option<(i64, Instant)>> {
    let row: Option<(i64, i64)> =
        q("SELECT count, until FROM interaction_guard WHERE name = $1 AND until > $2").bind(key).bind(now).opt(db).await?;
    Ok(row.map(|(count, until)| (count, Instant::from_micros(until))))
}

/// Counts one more; a count whose time is over begins anew.
pub(crate) async fn count(tx: &Tx, key: &[u8], now: Instant, until: Instant) -> Result<()> {
    q("INSERT INTO interaction_guard (name, count, until) VALUES ($1, 1, $3) ON CONFLICT (name) DO UPDATE SET \
       count = CASE WHEN interaction_guard.until > $2 THEN interaction_guard.count + 1 ELSE 1 END, \
       until = CASE WHEN interaction_guard.until > $2 THEN interaction_guard.until ELSE excluded.until END")
        .bind(key)
        .bind(now)
        .bind(until)
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets counts whose time is over.
pub(crate) async fn prune(tx: &Tx, now: Instant) -> Result<u64> {
    Ok(q("DELETE FROM interaction_guard WHERE until < $1").bind(now).exec(tx).await?)
}
