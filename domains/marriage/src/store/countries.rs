//! Rows of `marriage_country`.

use kernel::Day;
use platform::{Ctx, Result};
use store::{Db, Tx, q};

use crate::countries::{Entry, List};

/// The countries of a list that are on it on a day.
pub(crate) async fn on(db: &Db, list: List, day: Day) -> Result<Vec<String>> {
    let rows: Vec<(String,)> =
        q("SELECT country FROM marriage_country WHERE list = $1 AND from_day <= $2 AND (to_day IS NULL OR to_day >= $2) ORDER BY country")
            .bind(list.code())
            .bind(day)
            .all(db)
            .await?;
    Ok(rows.into_iter().map(|(country,)| country).collect())
}

#[derive(sqlx::FromRow)]
struct Row {
    country: String,
    #[sqlx(try_from = "String")]
    from_day: Day,
    to_day: Option<String>,
    source: String,
}

/// Everything that is or was on a list; no more than there are countries.
pub(crate) async fn all(db: &Db, list: List) -> Result<Vec<Entry>> {
    let rows: Vec<Row> =
        q("SELECT country, from_day, to_day, source FROM marriage_country WHERE list = $1 ORDER BY country").bind(list.code()).all(db).await?;
    let entry = |row: Row| Entry { country: row.country, from: row.from_day, to: row.to_day.and_then(|day| day.parse().ok()), source: row.source };
    Ok(rows.into_iter().map(entry).collect())
}

/// Writes an entry, in place of an earlier one of the same country.
pub(crate) async fn put(tx: &Tx, ctx: &Ctx, list: List, entry: &Entry) -> Result<()> {
    q("INSERT INTO marriage_country (list, country, from_day, to_day, source, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
       ON CONFLICT (list, country) DO UPDATE SET from_day = excluded.from_day, to_day = excluded.to_day, source = excluded.source, \
       set_by = excluded.set_by, set_at = excluded.set_at")
    .bind(list.code())
    .bind(entry.country.as_str())
    .bind(entry.from)
    .bind(entry.to)
    .bind(entry.source.as_str())
    .bind(ctx.actor().key())
    .bind(ctx.now())
    .exec(tx)
    .await?;
    Ok(())
}
