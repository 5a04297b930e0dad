//! Nightly runs and thresholds.

use kernel::{Day, Instant, RegionCode};
use platform::Result;
use ::store::{Db, Tx, q};

use crate::supervision::{Ran, Thresholds};

pub(in crate::supervision) async fn finished(db: &Db, day: Day) -> Result<bool> {
    let (found,): (bool,) = q("SELECT EXISTS (SELECT 1 FROM supervision_run WHERE day = $1 AND finished_at IS NOT NULL)").bind(day).one(db).await?;
    Ok(found)
}

pub(in crate::supervision) async fn begin(tx: &Tx, day: Day, now: Instant) -> Result<()> {
    q("INSERT INTO supervision_run (day, started_at, cases, lights, cards) VALUES ($1, $2, 0, 0, 0) ON CONFLICT (day) DO NOTHING").bind(day).bind(now).exec(tx).await?;
    Ok(())
}

pub(in crate::supervision) async fn finish(tx: &Tx, day: Day, now: Instant, ran: Ran) -> Result<()> {
    let (cases, lights, cards) = ran.into();
    q("UPDATE supervision_run SET finished_at = $2, cases = $3, lights = lights + $4, cards = cards + $5 WHERE day = $1")
        .bind(day)
        .bind(now)
        .bind(cases)
        .bind(lights)
        .bind(cards)
        .exec(tx)
        .await?;
    Ok(())
}

/// When the last run was finished.
pub(in crate::supervision) async fn last_run(db: &Db) -> Result<Option<Instant>> {
    let row: Option<(i64,)> = q("SELECT finished_at FROM supervision_run WHERE finished_at IS NOT NULL ORDER BY day DESC LIMIT 1").opt(db).await?;
    Ok(row.map(|(at,)| Instant::from_micros(at)))
}

type ThresholdRow = (i64, i64, i64, i64, String);

fn thresholds_of((warn_workdays, warn_percent, red_workdays, answer_workdays, source): ThresholdRow) -> Thresholds {
    Thresholds { warn_workdays, warn_percent, red_workdays, answer_workdays, source }
}

/// The thresholds of the nearest region at or above this one; the row without region is the last resort.
pub(in crate::supervision) async fn thresholds(db: &Db, region: RegionCode) -> Result<Option<Thresholds>> {
    let row: Option<ThresholdRow> = q("SELECT t.warn_workdays, t.warn_percent, t.red_workdays, t.answer_workdays, t.source \
         FROM supervision_threshold t WHERE t.region = '' OR t.region IN (SELECT ancestor FROM region_closure WHERE descendant = $1) \
         ORDER BY (SELECT COUNT(*) FROM region_closure c WHERE c.descendant = t.region) DESC LIMIT 1")
    .bind(region)
    .opt(db)
    .await?;
    Ok(row.map(thresholds_of))
}

pub(in crate::supervision) async fn all_thresholds(db: &Db) -> Result<Vec<(String, Thresholds)>> {
    let rows: Vec<(String, i64, i64, i64, i64, String)> =
        q("SELECT region, warn_workdays, warn_percent, red_workdays, answer_workdays, source FROM supervision_threshold ORDER BY region LIMIT 1000")
            .all(db)
            .await?;
    Ok(rows.into_iter().map(|(region, a, b, c, d, source)| (region, thresholds_of((a, b, c, d, source)))).collect())
}

pub(in crate::supervision) async fn set_thresholds(tx: &Tx, region: RegionCode, new: &Thresholds, by: &str, at: Instant) -> Result<()> {
    q("INSERT INTO supervision_threshold (region, warn_workdays, warn_percent, red_workdays, answer_workdays, source, set_by, set_at) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (region) DO UPDATE SET warn_workdays = excluded.warn_workdays, \
       warn_percent = excluded.warn_percent, red_workdays = excluded.red_workdays, answer_workdays = excluded.answer_workdays, \
       source = excluded.source, set_by = excluded.set_by, set_at = excluded.set_at")
    .bind(region)
    .bind(new.warn_workdays)
    .bind(new.warn_percent)
    .bind(new.red_workdays)
    .bind(new.answer_workdays)
    .bind(&new.source)
    .bind(by)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}
