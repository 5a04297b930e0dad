//! Days of an office that differ from its week.

use kernel::{Day, Instant, Text};
use platform::{Error, Result};
use ::store::{Target, Tx, q};

use crate::hours::DayRule;
use crate::model::OfficeId;

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "String")]
    day: Day,
    hours: String,
    published_at: Option<i64>,
    note_zh: String,
    note_en: String,
}

impl TryFrom<Row> for DayRule {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            day: row.day,
            hours: row.hours.parse().map_err(Error::internal)?,
            published_at: row.published_at.map(Instant::from),
            note: Text::new(row.note_zh, row.note_en),
        })
    }
}

/// The rules of an office for `from..=to`, in order.
pub(crate) async fn between<'a>(on: impl Into<Target<'a>> + Send, office: OfficeId, from: Day, to: Day) -> Result<Vec<DayRule>> {
    let rows: Vec<Row> = q("SELECT day, hours, published_at, note_zh, note_en FROM office_day WHERE office_id = $1 AND day BETWEEN $2 AND $3 \
         ORDER BY day")
    .bind(office)
    .bind(from)
    .bind(to)
    .all(on)
    .await?;
    rows.into_iter().map(DayRule::try_from).collect()
}

/// Sets the rule of one day.
pub(crate) async fn put(tx: &Tx, office: OfficeId, rule: &DayRule) -> Result<()> {
    q("INSERT INTO office_day (office_id, day, hours, published_at, note_zh, note_en) VALUES ($1, $2, $3, $4, $5, $6) \
       ON CONFLICT (office_id, day) DO UPDATE SET hours = excluded.hours, published_at = excluded.published_at, \
       note_zh = excluded.note_zh, note_en = excluded.note_en")
        .bind(office)
        .bind(rule.day)
        .bind(rule.hours.to_string())
        .bind(rule.published_at)
        .bind(rule.note.zh.as_ref())
        .bind(rule.note.en.as_ref())
        .exec(tx)
        .await?;
    Ok(())
}
