//! What services count beyond the common figures: kept by entry, added up by day and month.

use std::collections::{BTreeMap, HashMap};

use kernel::{Day, Id, Instant, RegionCode};
use platform::{Error, OrgId, Result};
use store::{Db, Query, Tx, q};

use super::figures::Correction;
use super::window::{self, Columns, Reach, narrowed};
use crate::model::{Asked, By};

/// A row of `statistic_count`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct CountRow {
    pub(crate) entry: Vec<u8>,
    pub(crate) tally: String,
    #[sqlx(try_from = "String")]
    pub(crate) day: Day,
    #[sqlx(try_from = "String")]
    pub(crate) region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) org: OrgId,
    pub(crate) item: String,
    pub(crate) n: i64,
}

/// What is kept of these entries, within a report.
pub(crate) async fn kept(db: &Db, report: &str, entries: &[Vec<u8>]) -> Result<Vec<CountRow>> {
    let query = q("SELECT entry, tally, day, region, org, item, n FROM statistic_count WHERE tally >= ").arg(format!("{report}."));
    let query = query.sql(" AND tally < ").arg(format!("{report}/")).sql(" AND entry IN (").list(entries.iter().cloned());
    Ok(query.sql(") ORDER BY entry, tally").all(db).await?)
}

/// The days on which these entries were counted so far.
pub(crate) async fn known_days(tx: &Tx, entries: &[Vec<u8>]) -> Result<Vec<Day>> {
    let rows: Vec<(String,)> = q("SELECT DISTINCT day FROM statistic_count WHERE entry IN (").list(entries.iter().cloned()).sql(")").all(tx).await?;
    rows.into_iter().map(|(day,)| window::day(&day)).collect()
}

/// Puts these rows in the place of those that were kept of the same entries, within a report or in all of them.
pub(crate) async fn replace(tx: &Tx, report: Option<&str>, entries: &[Vec<u8>], rows: &[CountRow]) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let mut delete = q("DELETE FROM statistic_count WHERE entry IN (").list(entries.iter().cloned()).sql(")");
    if let Some(report) = report {
        delete = delete.sql(" AND tally >= ").arg(format!("{report}.")).sql(" AND tally < ").arg(format!("{report}/"));
    }
    delete.exec(tx).await?;
    for part in rows.chunks(1000) {
        let mut insert = q("INSERT INTO statistic_count (entry, tally, day, region, org, item, n) VALUES ");
        for (n, row) in part.iter().enumerate() {
            insert = insert.sql(if n == 0 { "(" } else { ", (" }).arg(row.entry.clone()).sql(", ").arg(&row.tally).sql(", ").arg(row.day);
            insert = insert.sql(", ").arg(row.region).sql(", ").arg(row.org).sql(", ").arg(&row.item).sql(", ").arg(row.n).sql(")");
        }
        insert.exec(tx).await?;
    }
    Ok(())
}

/// Notes from when on these reports are counted, unless that is known.
pub(crate) async fn begin(tx: &Tx, codes: &[String], now: Instant) -> Result<()> {
    for code in codes {
        q("INSERT INTO statistic_report (code, since) VALUES ($1, $2) ON CONFLICT (code) DO NOTHING").bind(code).bind(now).exec(tx).await?;
    }
    Ok(())
}

/// Reports that were counted already when a month was closed; none while it is open.
pub(crate) async fn closed_with(db: &Db, month: Day) -> Result<Vec<String>> {
    let rows: Vec<(String,)> =
        q("SELECT r.code FROM statistic_report r JOIN statistic_month m ON m.closed_at > r.since WHERE m.month = $1").bind(month).all(db).await?;
    Ok(rows.into_iter().map(|(code,)| code).collect())
}

/// Where a sum belongs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TallyCell {
    pub(crate) tally: String,
    pub(crate) region: RegionCode,
    pub(crate) org: OrgId,
    pub(crate) item: String,
}

#[derive(sqlx::FromRow)]
struct SumRow {
    tally: String,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    org: OrgId,
    item: String,
    n: i64,
}

impl From<SumRow> for (TallyCell, i64) {
    fn from(row: SumRow) -> Self {
        (TallyCell { tally: row.tally, region: row.region, org: row.org, item: row.item }, row.n)
    }
}

/// What the kept rows say of a day.
pub(crate) async fn count_day(db: &Db, day: Day) -> Result<BTreeMap<TallyCell, i64>> {
    let rows: Vec<SumRow> = q("SELECT tally, region, org, item, CAST(SUM(n) AS BIGINT) AS n FROM statistic_count WHERE day = $1 \
         GROUP BY tally, region, org, item")
    .bind(day)
    .all(db)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// What is stored of a day.
pub(crate) async fn stored_day(db: &Db, day: Day) -> Result<HashMap<TallyCell, i64>> {
    let rows: Vec<SumRow> = q("SELECT tally, region, org, item, n FROM statistic_tally WHERE grain = 'day' AND start = $1").bind(day).all(db).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// A change of a sum of a day: what was stored before, and what it is now.
#[derive(Debug, Clone)]
pub(crate) struct TallyChange {
    pub(crate) cell: TallyCell,
    pub(crate) before: i64,
    pub(crate) after: i64,
}

/// Adds changes to a day and to its month.
pub(crate) async fn add(tx: &Tx, day: Day, changes: &[TallyChange]) -> Result<()> {
    let mut insert = q("INSERT INTO statistic_tally (grain, tally, start, region, org, item, n) VALUES ");
    let grains = [("day", day), ("month", day.first_of_month())];
    for (n, ((grain, start), change)) in grains.iter().flat_map(|grain| changes.iter().map(move |change| (grain, change))).enumerate() {
        let cell = &change.cell;
        insert = insert.sql(if n == 0 { "(" } else { ", (" }).arg(*grain).sql(", ").arg(&cell.tally).sql(", ").arg(*start).sql(", ").arg(cell.region);
        insert = insert.sql(", ").arg(cell.org).sql(", ").arg(&cell.item).sql(", ").arg(change.after - change.before).sql(")");
    }
    insert.sql(" ON CONFLICT (grain, tally, start, region, org, item) DO UPDATE SET n = statistic_tally.n + excluded.n").exec(tx).await?;
    Ok(())
}

/// Notes what changed in a closed month.
pub(crate) async fn note(tx: &Tx, day: Day, noted: &[(Id<Correction>, TallyChange)], now: Instant) -> Result<()> {
    let mut insert = q("INSERT INTO statistic_correction (id, month, day, side, region, org, item, channel, measure, before, after, noted_at) VALUES ");
    for (n, (id, change)) in noted.iter().enumerate() {
        let cell = &change.cell;
        insert = insert.sql(if n == 0 { "(" } else { ", (" }).arg(*id).sql(", ").arg(day.first_of_month()).sql(", ").arg(day).sql(", 'owner', ");
        insert = insert.arg(cell.region).sql(", ").arg(cell.org).sql(", ").arg(&cell.item).sql(", 0, ").arg(&cell.tally);
        insert = insert.sql(", ").arg(change.before).sql(", ").arg(change.after).sql(", ").arg(now).sql(")");
    }
    insert.exec(tx).await?;
    Ok(())
}

/// Our own tables, which know no channel.
const OWN: Columns = Columns { region: "f.region", org: "f.org", item: Some("f.item"), channel: None };

/// The figures of one report only.
fn of_report(query: Query, column: &'static str, report: &str) -> Query {
    query.sql(" WHERE ").sql(column).sql(" >= ").arg(format!("{report}.")).sql(" AND ").sql(column).sql(" < ").arg(format!("{report}/"))
}

/// Sums by figure and month, added up without the lines.
pub(crate) async fn months(db: &Db, reach: &Reach, asked: &Asked, report: &str, from: Day, to: Day) -> Result<Vec<(String, Day, i64)>> {
    let query = of_report(q("SELECT f.tally, f.start, CAST(SUM(f.n) AS BIGINT) FROM statistic_tally f"), "f.tally", report);
    let query = query.sql(" AND f.grain = 'month' AND f.start >= ").arg(from.first_of_month()).sql(" AND f.start <= ").arg(to);
    let rows: Vec<(String, String, i64)> = narrowed(query, OWN, reach, asked).sql(" GROUP BY f.tally, f.start ORDER BY f.tally, f.start").all(db).await?;
    rows.into_iter().map(|(tally, start, n)| Ok((tally, window::day(&start)?, n))).collect()
}

/// Corrections of a report: figure, month corrected, when it was noted, by how much.
pub(crate) async fn corrections(db: &Db, reach: &Reach, asked: &Asked, report: &str) -> Result<Vec<(String, Day, Instant, i64)>> {
    let query = of_report(q("SELECT f.measure, f.month, f.noted_at, CAST(SUM(f.after - f.before) AS BIGINT) FROM statistic_correction f"), "f.measure", report);
    let query = narrowed(query, OWN, reach, asked).sql(" GROUP BY f.measure, f.month, f.noted_at ORDER BY f.noted_at, f.month, f.measure");
    let rows: Vec<(String, String, i64, i64)> = query.all(db).await?;
    rows.into_iter().map(|(tally, month, at, by)| Ok((tally, window::day(&month)?, Instant::from_micros(at), by))).collect()
}

/// Joins the regions directly below the one asked for.
const BELOW: &str = " LEFT JOIN (SELECT c.ancestor, c.descendant FROM region_closure c JOIN region r ON r.code = c.ancestor WHERE r.parent = ";

/// Sums by region directly below and by figure, of these figures.
pub(crate) async fn lines(db: &Db, reach: &Reach, asked: &Asked, tallies: &[String]) -> Result<Vec<(RegionCode, String, i64)>> {
    let by = window::label(By::Region);
    let query = q("SELECT ").sql(by).sql(" AS label, f.tally, CAST(SUM(f.n) AS BIGINT) FROM statistic_tally f").sql(BELOW).arg(reach.region);
    let query = query.sql(") k ON k.descendant = f.region WHERE f.grain = 'month' AND f.tally IN (").list(tallies.iter().cloned());
    let query = query.sql(") AND f.start >= ").arg(asked.span.from).sql(" AND f.start <= ").arg(asked.span.to);
    let query = narrowed(query, OWN, reach, asked).sql(" GROUP BY ").sql(by).sql(", f.tally ORDER BY ").sql(by).sql(", f.tally");
    let rows: Vec<(String, String, i64)> = query.all(db).await?;
    rows.into_iter().map(|(region, tally, n)| Ok((RegionCode::parse(&region).map_err(Error::internal)?, tally, n))).collect()
}

/// A row of the list behind a figure.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct ListRow {
    pub(crate) entry: Vec<u8>,
    #[sqlx(try_from = "String")]
    pub(crate) day: Day,
    pub(crate) n: i64,
    pub(crate) item: String,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) org: OrgId,
    pub(crate) case_no: String,
}

/// A page of the entries that count in a figure, by day and id after `after`.
pub(crate) async fn list(db: &Db, reach: &Reach, asked: &Asked, tally: &str, after: Option<(Day, Vec<u8>)>, limit: i64) -> Result<Vec<ListRow>> {
    let mut query = q("SELECT f.entry, f.day, f.n, f.item, f.org, COALESCE(h.case_no, '') AS case_no FROM statistic_count f \
         LEFT JOIN case_head h ON h.id = f.entry WHERE f.tally = ")
    .arg(tally)
    .sql(" AND f.day >= ")
    .arg(asked.span.from)
    .sql(" AND f.day <= ")
    .arg(asked.span.to);
    if let Some((day, entry)) = after {
        query = query.sql(" AND (f.day, f.entry) > (").arg(day).sql(", ").arg(entry).sql(")");
    }
    Ok(narrowed(query, OWN, reach, asked).sql(" ORDER BY f.day, f.entry LIMIT ").arg(limit).all(db).await?)
}
