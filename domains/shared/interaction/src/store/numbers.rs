//! Counters of receipt numbers.

use kernel::Day;
use platform::Result;
use ::store::{Tx, q};

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
