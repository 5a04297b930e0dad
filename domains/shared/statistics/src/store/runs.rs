//! The run that has the figures, and the months that are closed.

use kernel::{Day, Instant};
use platform::{Error, Result};
use store::{Db, Tx, q};

/// Takes the figures for a run if no other has them.
pub(crate) async fn claim(tx: &Tx, holder: &str, now: Instant, until: Instant) -> Result<bool> {
    let taken = q("UPDATE statistic_run SET holder = $1, claimed_until = $2 WHERE name = 'figures' AND claimed_until <= $3")
        .bind(holder)
        .bind(until)
        .bind(now)
        .exec(tx)
        .await?;
    Ok(taken == 1)
}

/// Goes on having them: first in every transaction of a run, so that two never write at once.
///
/// # Errors
/// `Internal` if another run has them by now.
pub(crate) async fn hold(tx: &Tx, holder: &str, until: Instant) -> Result<()> {
    let held = q("UPDATE statistic_run SET claimed_until = $2 WHERE name = 'figures' AND holder = $1").bind(holder).bind(until).exec(tx).await?;
    if held == 1 { Ok(()) } else { Err(Error::internal("another run has taken over the figures")) }
}

/// Lets go; a run that went through says of which day it was.
pub(crate) async fn release(tx: &Tx, holder: &str, finished: Option<(Day, Instant)>) -> Result<()> {
    let (day, at) = finished.unzip();
    q("UPDATE statistic_run SET holder = '', claimed_until = 0, day = COALESCE($2, day), finished_at = COALESCE($3, finished_at) \
       WHERE name = 'figures' AND holder = $1")
    .bind(holder)
    .bind(day)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Day and moment of the last run that went through.
pub(crate) async fn last(db: &Db) -> Result<Option<(Day, Instant)>> {
    let row: Option<(Option<String>, Option<i64>)> = q("SELECT day, finished_at FROM statistic_run WHERE name = 'figures'").opt(db).await?;
    let Some((Some(day), Some(at))) = row else { return Ok(None) };
    Ok(Some((day.parse().map_err(Error::internal)?, Instant::from_micros(at))))
}

/// Closes every month up to and with this one that has figures and is not closed.
pub(crate) async fn close_months(tx: &Tx, last: Day, now: Instant) -> Result<u64> {
    Ok(q("INSERT INTO statistic_month (month, closed_at) SELECT DISTINCT start, CAST($2 AS BIGINT) FROM statistic_figure \
          WHERE grain = 'month' AND start <= $1 ON CONFLICT (month) DO NOTHING")
    .bind(last)
    .bind(now)
    .exec(tx)
    .await?)
}

/// Whether a month is closed.
pub(crate) async fn is_closed(db: &Db, month: Day) -> Result<bool> {
    let (closed,): (bool,) = q("SELECT EXISTS (SELECT 1 FROM statistic_month WHERE month = $1)").bind(month).one(db).await?;
    Ok(closed)
}

/// Months from one day to another that are closed, with the moment.
pub(crate) async fn closed(db: &Db, from: Day, to: Day) -> Result<Vec<(Day, Instant)>> {
    let rows: Vec<(String, i64)> =
        q("SELECT month, closed_at FROM statistic_month WHERE month >= $1 AND month <= $2 ORDER BY month").bind(from).bind(to).all(db).await?;
    rows.into_iter().map(|(month, at)| Ok((month.parse().map_err(Error::internal)?, Instant::from_micros(at)))).collect()
}
