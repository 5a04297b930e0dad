//! Counters of failures and requests.

use kernel::Instant;
use platform::Result;
use store::{Db, Tx, q};

/// Count and end of the window, if one is open.
pub(crate) async fn find(db: &Db, key: &[u8], now: Instant) -> Result<Option<(i64, Instant)>> {
    let row: Option<(i64, i64)> = q("SELECT count, until FROM guard WHERE key = $1 AND until > $2").bind(key).bind(now).opt(db).await?;
    Ok(row.map(|(count, until)| (count, Instant::from_micros(until))))
}

/// Counts one more; a window that has ended starts again and then ends at `until`.
pub(crate) async fn count(tx: &Tx, key: &[u8], now: Instant, until: Instant) -> Result<(i64, Instant)> {
    let (count, until): (i64, i64) = q("INSERT INTO guard (key, count, until) VALUES ($1, 1, $2) ON CONFLICT (key) DO UPDATE SET \
         count = CASE WHEN guard.until > $3 THEN guard.count + 1 ELSE 1 END, \
         until = CASE WHEN guard.until > $3 THEN guard.until ELSE excluded.until END RETURNING count, until")
    .bind(key)
    .bind(until)
    .bind(now)
    .one(tx)
    .await?;
    Ok((count, Instant::from_micros(until)))
}

/// Forgets a count.
pub(crate) async fn clear(tx: &Tx, key: &[u8]) -> Result<()> {
    q("DELETE FROM guard WHERE key = $1").bind(key).exec(tx).await?;
    Ok(())
}

/// Drops counters whose window has ended.
pub(crate) async fn sweep(tx: &Tx, now: Instant) -> Result<u64> {
    Ok(q("DELETE FROM guard WHERE key IN (SELECT key FROM guard WHERE until <= $1 LIMIT 200)").bind(now).exec(tx).await?)
}
