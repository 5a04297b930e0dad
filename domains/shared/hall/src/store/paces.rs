//! What groups have served, for the estimate of the wait.

use ::store::{Target, Tx, q};
use booking::OfficeId;
use kernel::Day;
use platform::{Error, Result};

use crate::board::Pace;
use crate::model::GroupId;

/// Adds one visit.
pub(crate) async fn add(tx: &Tx, group: GroupId, day: Day, micros: i64) -> Result<()> {
    q("INSERT INTO hall_pace (group_id, day, served, micros) VALUES ($1, $2, 1, $3) \
       ON CONFLICT (group_id, day) DO UPDATE SET served = hall_pace.served + 1, micros = hall_pace.micros + excluded.micros")
    .bind(group)
    .bind(day)
    .bind(micros)
    .exec(tx)
    .await?;
    Ok(())
}

/// What the groups of a hall have served since a day.
pub(crate) async fn since<'a>(on: impl Into<Target<'a>> + Send, office: OfficeId, day: Day) -> Result<Vec<(GroupId, Pace)>> {
    let rows: Vec<(Vec<u8>, i64, i64)> = q("SELECT p.group_id, CAST(SUM(p.served) AS BIGINT), CAST(SUM(p.micros) AS BIGINT) FROM hall_pace p \
         JOIN hall_group g ON g.id = p.group_id WHERE g.office_id = $1 AND p.day >= $2 GROUP BY p.group_id ORDER BY p.group_id")
    .bind(office)
    .bind(day)
    .all(on)
    .await?;
    rows.into_iter().map(|(group, served, micros)| Ok((GroupId::try_from(group).map_err(Error::internal)?, Pace { served, micros }))).collect()
}
