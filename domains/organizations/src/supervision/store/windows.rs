//! Last days for annual reports that authorities have postponed.

use kernel::{Day, Instant, RegionCode};
use platform::{Ctx, Result};
use ::store::{Db, Tx, q};

/// One of them.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Row {
    #[sqlx(try_from = "String")]
    pub(crate) region: RegionCode,
    pub(crate) year: i64,
    pub(crate) class: String,
    #[sqlx(try_from = "String")]
    pub(crate) due: Day,
    pub(crate) source: String,
    pub(crate) entered_by: String,
    #[sqlx(try_from = "i64")]
    pub(crate) entered_at: Instant,
}

/// The day that holds for a class of organisations in a region: that of the nearest authority that set one.
pub(crate) async fn due(db: &Db, region: RegionCode, year: i64, class: &str) -> Result<Option<Day>> {
    let row: Option<(String,)> = q("SELECT w.due FROM organization_report_window w JOIN region_closure c ON c.ancestor = w.region \
         WHERE c.descendant = $1 AND w.year = $2 AND w.class = $3 ORDER BY (SELECT COUNT(*) FROM region_closure d WHERE d.descendant = w.region) DESC LIMIT 1")
    .bind(region)
    .bind(year)
    .bind(class)
    .opt(db)
    .await?;
    Ok(row.and_then(|(due,)| due.parse().ok()))
}

/// Everything set in these regions, the newest year first; at most 100.
pub(crate) async fn list(db: &Db, regions: &[RegionCode]) -> Result<Vec<Row>> {
    let query = q("SELECT region, year, class, due, source, entered_by, entered_at FROM organization_report_window \
         WHERE region IN (SELECT descendant FROM region_closure WHERE ancestor IN (");
    Ok(query.list(regions.iter().copied()).sql(")) ORDER BY year DESC, region, class LIMIT 100").all(db).await?)
}

/// Sets a day, or another one.
pub(crate) async fn set(tx: &Tx, ctx: &Ctx, region: RegionCode, year: i64, class: &str, due: Day, source: &str) -> Result<()> {
    let by = ctx.actor().staff().map(|staff| staff.name.clone()).unwrap_or_default();
    q("INSERT INTO organization_report_window (region, year, class, due, source, entered_by, entered_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
       ON CONFLICT (region, year, class) DO UPDATE SET due = excluded.due, source = excluded.source, entered_by = excluded.entered_by, entered_at = excluded.entered_at")
    .bind(region)
    .bind(year)
    .bind(class)
    .bind(due)
    .bind(source)
    .bind(by)
    .bind(ctx.now())
    .exec(tx)
    .await?;
    Ok(())
}
