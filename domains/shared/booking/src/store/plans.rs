//! Slot plans.

use kernel::Day;
use platform::{Error, Result};
use ::store::{Target, Tx, q};

use crate::model::{OfficeId, PlanId};
use crate::plan::SlotPlan;

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: PlanId,
    #[sqlx(try_from = "Vec<u8>")]
    office_id: OfficeId,
    item_kind: String,
    weekdays: i64,
    on_special: bool,
    hours: String,
    minutes: i64,
    places: i64,
    online_percent: i64,
    #[sqlx(try_from = "String")]
    day_from: Day,
    day_to: Option<String>,
}

impl TryFrom<Row> for SlotPlan {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            office: row.office_id,
            item_kind: row.item_kind,
            weekdays: u8::try_from(row.weekdays).map_err(Error::internal)?,
            on_special: row.on_special,
            hours: row.hours.parse().map_err(Error::internal)?,
            minutes: u16::try_from(row.minutes).map_err(Error::internal)?,
            places: row.places,
            online_percent: u8::try_from(row.online_percent).map_err(Error::internal)?,
            from: row.day_from,
            to: row.day_to.map(|day| day.parse().map_err(|_| Error::internal("last day of a slot plan"))).transpose()?,
        })
    }
}

/// The plans of an office that are in use.
pub(crate) async fn of_office<'a>(on: impl Into<Target<'a>> + Send, office: OfficeId) -> Result<Vec<SlotPlan>> {
    let rows: Vec<Row> = q("SELECT id, office_id, item_kind, weekdays, on_special, hours, minutes, places, online_percent, day_from, day_to \
         FROM slot_plan WHERE office_id = $1 AND NOT ended ORDER BY item_kind, id")
    .bind(office)
    .all(on)
    .await?;
    rows.into_iter().map(SlotPlan::try_from).collect()
}

/// Puts a plan in.
pub(crate) async fn insert(tx: &Tx, plan: &SlotPlan) -> Result<()> {
    q("INSERT INTO slot_plan (id, office_id, item_kind, weekdays, on_special, hours, minutes, places, online_percent, day_from, day_to, ended) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, FALSE)")
        .bind(plan.id)
        .bind(plan.office)
        .bind(&plan.item_kind)
        .bind(plan.weekdays)
        .bind(plan.on_special)
        .bind(plan.hours.to_string())
        .bind(plan.minutes)
        .bind(plan.places)
        .bind(plan.online_percent)
        .bind(plan.from)
        .bind(plan.to)
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends a plan: no new slots come from it.
pub(crate) async fn end(tx: &Tx, office: OfficeId, id: PlanId) -> Result<bool> {
    Ok(q("UPDATE slot_plan SET ended = TRUE WHERE id = $1 AND office_id = $2 AND NOT ended").bind(id).bind(office).exec(tx).await? == 1)
}
