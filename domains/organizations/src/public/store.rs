//! What the public reads of `organization` and `organization_version`, the daily file and its figures.

use kernel::{Day, Instant, RegionCode};
use platform::{Error, Result};
use ::store::{Db, Query, Tx, q};

use super::figures::Selection;
use crate::model::{Entry, OrganizationId, Status, Version};
use crate::store::organization::{Row, VersionRow};
use crate::supervision::FactKind;

/// The last version recorded before a moment.
pub(crate) async fn as_of(db: &Db, id: OrganizationId, before: Instant) -> Result<Option<Version>> {
    let row: Option<VersionRow> = q("SELECT version, effective_on, recorded_at, reason, content FROM organization_version \
         WHERE organization = $1 AND recorded_at < $2 ORDER BY version DESC LIMIT 1")
    .bind(id)
    .bind(before)
    .opt(db)
    .await?;
    row.map(Version::try_from).transpose()
}

/// When the first version was recorded.
pub(crate) async fn first_recorded(db: &Db, id: OrganizationId) -> Result<Instant> {
    let (at,): (i64,) = q("SELECT recorded_at FROM organization_version WHERE organization = $1 AND version = 1").bind(id).one(db).await?;
    Ok(Instant::from_micros(at))
}

/// Entries with a code, by it, after `after`.
pub(crate) async fn entries(db: &Db, after: &str, limit: i64) -> Result<Vec<Entry>> {
    let rows: Vec<Row> = q("SELECT o.id, o.uscc, o.name, o.kind, o.subtype, o.industry, o.region, o.authority, o.supervisor, o.status, o.status_since, \
         o.established_on, o.charity, o.fundraising, o.level, o.list_flag, o.legal_rep, o.funds, o.version, o.updated_at, v.content \
         FROM organization o JOIN organization_version v ON v.organization = o.id AND v.version = o.version \
         WHERE o.uscc > $1 ORDER BY o.uscc LIMIT $2")
    .bind(after)
    .bind(limit)
    .all(db)
    .await?;
    rows.into_iter().map(Entry::try_from).collect()
}

/// Credit codes in order, from `from` on, behind the first `behind` of them.
pub(crate) async fn codes(db: &Db, from: &str, limit: i64, behind: i64) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = q("SELECT uscc FROM organization WHERE uscc >= $1 ORDER BY uscc LIMIT $2 OFFSET $3").bind(from).bind(limit).bind(behind).all(db).await?;
    Ok(rows.into_iter().map(|(uscc,)| uscc).collect())
}

/// Those with these ids, in no order.
pub(crate) async fn entries_of(db: &Db, ids: &[OrganizationId]) -> Result<Vec<Entry>> {
    let rows: Vec<Row> = q("SELECT o.id, o.uscc, o.name, o.kind, o.subtype, o.industry, o.region, o.authority, o.supervisor, o.status, o.status_since, \
         o.established_on, o.charity, o.fundraising, o.level, o.list_flag, o.legal_rep, o.funds, o.version, o.updated_at, v.content \
         FROM organization o JOIN organization_version v ON v.organization = o.id AND v.version = o.version WHERE o.uscc IS NOT NULL AND o.id IN (")
    .list(ids.iter().copied())
    .sql(")")
    .all(db)
    .await?;
    rows.into_iter().map(Entry::try_from).collect()
}

/// A daily file that is being made, or is done.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct DailyRow {
    #[sqlx(try_from = "String")]
    pub(crate) day: Day,
    pub(crate) state: String,
    pub(crate) cursor: String,
    pub(crate) figures: String,
}

/// A daily file that is done.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct DoneRow {
    #[sqlx(try_from = "String")]
    pub(crate) day: Day,
    pub(crate) entries: i64,
    pub(crate) csv_bytes: i64,
    pub(crate) json_bytes: i64,
    #[sqlx(try_from = "i64")]
    pub(crate) made_at: Instant,
}

/// The file of a day, begun where there is none.
pub(crate) async fn begin(tx: &Tx, day: Day, now: Instant) -> Result<DailyRow> {
    q("INSERT INTO organization_daily (day, state, cursor, entries, figures, csv_bytes, json_bytes, made_at) VALUES ($1, 'making', '', 0, '{}', 0, 0, $2) \
       ON CONFLICT (day) DO NOTHING")
        .bind(day)
        .bind(now)
        .exec(tx)
        .await?;
    Ok(q("SELECT day, state, cursor, figures FROM organization_daily WHERE day = $1").bind(day).one(tx).await?)
}

/// A part about to be written, behind the cursor that was read.
#[derive(Debug, Clone)]
pub(crate) struct NewPart {
    pub(crate) day: Day,
    pub(crate) behind: String,
    pub(crate) cursor: String,
    pub(crate) figures: String,
    pub(crate) entries: i64,
    pub(crate) csv: (String, i64),
    pub(crate) json: (String, i64),
}

/// Adds a part; whoever was not the first adds nothing (`E-ST02`).
pub(crate) async fn add_part(tx: &Tx, part: &NewPart) -> Result<()> {
    let moved = q("UPDATE organization_daily SET cursor = $1, entries = entries + $2, csv_bytes = csv_bytes + $3, json_bytes = json_bytes + $4, \
         figures = $7 WHERE day = $5 AND cursor = $6 AND state = 'making'")
    .bind(part.cursor.as_str())
    .bind(part.entries)
    .bind(part.csv.1)
    .bind(part.json.1)
    .bind(part.day)
    .bind(part.behind.as_str())
    .bind(part.figures.as_str())
    .exec(tx)
    .await?;
    if moved != 1 {
        return Err(Error::stale());
    }
    q("INSERT INTO organization_daily_part (day, number, csv, json) \
       SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3 FROM organization_daily_part WHERE day = $1")
        .bind(part.day)
        .bind(part.csv.0.as_str())
        .bind(part.json.0.as_str())
        .exec(tx)
        .await?;
    Ok(())
}

/// All entries are in, and the figures stand in rows of their own.
pub(crate) async fn done(tx: &Tx, day: Day, now: Instant) -> Result<()> {
    q("UPDATE organization_daily SET state = 'done', figures = '{}', made_at = $1 WHERE day = $2 AND state = 'making'").bind(now).bind(day).exec(tx).await?;
    Ok(())
}

/// The files that are done, the newest first.
pub(crate) async fn dailies(db: &Db) -> Result<Vec<DoneRow>> {
    Ok(q("SELECT day, entries, csv_bytes, json_bytes, made_at FROM organization_daily WHERE state = 'done' ORDER BY day DESC LIMIT 31").all(db).await?)
}

/// Names of the files of a part, CSV and JSON.
pub(crate) async fn part(db: &Db, day: Day, number: i64) -> Result<Option<(String, String)>> {
    Ok(q("SELECT p.csv, p.json FROM organization_daily_part p JOIN organization_daily d ON d.day = p.day \
          WHERE p.day = $1 AND p.number = $2 AND d.state = 'done'")
        .bind(day)
        .bind(number)
        .opt(db)
        .await?)
}

/// Days before a day whose files are still kept.
pub(crate) async fn kept_before(db: &Db, day: Day) -> Result<Vec<Day>> {
    let days: Vec<(String,)> = q("SELECT day FROM organization_daily WHERE day < $1 ORDER BY day").bind(day).all(db).await?;
    days.into_iter().map(|(day,)| Day::try_from(day).map_err(Error::internal)).collect()
}

/// Forgets the figures of days before a day; only the newest are read.
pub(crate) async fn forget_figures(tx: &Tx, before: Day) -> Result<()> {
    q("DELETE FROM organization_figure WHERE day < $1").bind(before).exec(tx).await?;
    Ok(())
}

/// Forgets the file of a day; the names of stored files that no other day has.
pub(crate) async fn forget(tx: &Tx, day: Day) -> Result<Vec<String>> {
    let parts: Vec<(String, String)> = q("SELECT csv, json FROM organization_daily_part WHERE day = $1").bind(day).all(tx).await?;
    q("DELETE FROM organization_daily_part WHERE day = $1").bind(day).exec(tx).await?;
    q("DELETE FROM organization_figure WHERE day = $1").bind(day).exec(tx).await?;
    q("DELETE FROM organization_daily WHERE day = $1").bind(day).exec(tx).await?;
    let mut alone = Vec::new();
    for file in parts.into_iter().flat_map(|(csv, json)| [csv, json]) {
        let (n,): (i64,) = q("SELECT COUNT(*) FROM organization_daily_part WHERE csv = $1 OR json = $1").bind(file.as_str()).one(tx).await?;
        if n == 0 {
            alone.push(file);
        }
    }
    Ok(alone)
}

/// What is counted in a region with all below it, of one class of organisations.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct FigureRow {
    pub(crate) region: String,
    pub(crate) kind: String,
    pub(crate) authority: String,
    pub(crate) industry: String,
    pub(crate) stock: i64,
    pub(crate) counts: String,
}

/// Takes back what a run that broke off wrote of a day.
pub(crate) async fn clear_figures(tx: &Tx, day: Day) -> Result<()> {
    q("DELETE FROM organization_figure WHERE day = $1").bind(day).exec(tx).await?;
    Ok(())
}

/// Keeps figures of a day.
pub(crate) async fn add_figures(tx: &Tx, day: Day, rows: &[FigureRow]) -> Result<()> {
    let mut insert = q("INSERT INTO organization_figure (day, region, kind, authority, industry, stock, counts) VALUES ");
    for (n, row) in rows.iter().enumerate() {
        insert = insert.sql(if n == 0 { "(" } else { ", (" }).arg(day).sql(", ").arg(&row.region).sql(", ").arg(&row.kind).sql(", ").arg(&row.authority);
        insert = insert.sql(", ").arg(&row.industry).sql(", ").arg(row.stock).sql(", ").arg(&row.counts).sql(")");
    }
    insert.exec(tx).await?;
    Ok(())
}

/// The day of the newest file that is done with its figures in rows.
pub(crate) async fn figured(db: &Db) -> Result<Option<Day>> {
    let row: Option<(String,)> = q("SELECT day FROM organization_daily WHERE state = 'done' AND figures = '{}' ORDER BY day DESC LIMIT 1").opt(db).await?;
    row.map(|(day,)| Day::try_from(day).map_err(Error::internal)).transpose()
}

/// The figures of a region.
pub(crate) async fn figures(db: &Db, day: Day, region: &RegionCode) -> Result<Vec<FigureRow>> {
    Ok(q("SELECT region, kind, authority, industry, stock, counts FROM organization_figure WHERE day = $1 AND region = $2").bind(day).bind(*region).all(db).await?)
}

/// How many of a selection are in existence in each region directly below one.
pub(crate) async fn stocks(db: &Db, day: Day, region: &RegionCode, selection: &Selection) -> Result<Vec<(RegionCode, i64)>> {
    let mut query = q("SELECT region, CAST(SUM(stock) AS BIGINT) FROM organization_figure WHERE day = ").arg(day);
    query = query.sql(" AND region IN (SELECT code FROM region WHERE parent = ").arg(*region).sql(")");
    if let Some(kind) = selection.kind {
        query = query.sql(" AND kind = ").arg(kind.code());
    }
    if !selection.authority.is_empty() {
        query = query.sql(" AND authority = ").arg(&selection.authority);
    }
    if !selection.industry.is_empty() {
        query = query.sql(" AND industry = ").arg(&selection.industry);
    }
    let rows: Vec<(String, i64)> = query.sql(" GROUP BY region").all(db).await?;
    rows.into_iter().map(|(code, n)| Ok((RegionCode::parse(&code).map_err(Error::internal)?, n))).collect()
}

/// These regions, each with itself and every region above it.
pub(crate) async fn above(db: &Db, codes: &[String]) -> Result<Vec<(String, String)>> {
    let query = q("SELECT descendant, ancestor FROM region_closure WHERE descendant IN (").list(codes.iter().cloned());
    Ok(query.sql(")").all(db).await?)
}

/// A line of the list behind a figure of the year.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct CountedRow {
    pub(crate) id: Vec<u8>,
    pub(crate) uscc: String,
    pub(crate) name: String,
    #[sqlx(try_from = "String")]
    pub(crate) day: Day,
    pub(crate) code: String,
    pub(crate) detail: String,
}

/// Which lines: of a year, a region with all below it, and a selection; behind the last line that was shown.
#[derive(Debug, Clone)]
pub(crate) struct Window<'a> {
    pub(crate) year: i16,
    pub(crate) region: RegionCode,
    pub(crate) selection: &'a Selection,
    pub(crate) after: Option<(Day, Vec<u8>)>,
    pub(crate) limit: i64,
}

impl Window<'_> {
    /// The rest of a statement over `o`, which has the region, by a day and an id.
    fn end(&self, query: Query, day: &'static str, id: &'static str) -> Query {
        let mut query = query.sql(" AND ").sql(day).sql(" >= ").arg(Day::ymd(self.year, 1, 1)).sql(" AND ").sql(day).sql(" <= ").arg(Day::ymd(self.year, 12, 31));
        query = query.sql(" AND o.region IN (SELECT descendant FROM region_closure WHERE ancestor = ").arg(self.region).sql(")");
        // The level of an authority is that of its division: six digits, and how many of them are not nought.
        query = query.sql(match self.selection.authority.as_str() {
            "province" => " AND o.region LIKE '__0000'",
            "city" => " AND o.region LIKE '____00' AND o.region NOT LIKE '__0000'",
            "county" => " AND o.region LIKE '______' AND o.region NOT LIKE '____00'",
            _ => "",
        });
        if let Some((on, last)) = &self.after {
            query = query.sql(" AND (").sql(day).sql(", ").sql(id).sql(") > (").arg(*on).sql(", ").arg(last.clone()).sql(")");
        }
        query.sql(" ORDER BY ").sql(day).sql(", ").sql(id).sql(" LIMIT ").arg(self.limit)
    }

    /// Narrows to organisations `o` of the selection.
    fn organised(&self, mut query: Query) -> Query {
        if let Some(kind) = self.selection.kind {
            query = query.sql(" AND o.kind = ").arg(kind.code());
        }
        if !self.selection.industry.is_empty() {
            query = query.sql(" AND o.industry = ").arg(&self.selection.industry);
        }
        query
    }
}

/// Organisations that came to an end in one of these ways.
pub(crate) async fn ended(db: &Db, window: &Window<'_>, ways: &[Status]) -> Result<Vec<CountedRow>> {
    let query = q("SELECT o.id, o.uscc, o.name, o.status_since AS day, o.status AS code, '' AS detail FROM organization o \
         WHERE o.uscc IS NOT NULL AND o.status IN (")
    .list(ways.iter().map(|status| status.code()))
    .sql(")");
    Ok(window.end(window.organised(query), "o.status_since", "o.id").all(db).await?)
}

/// What the public reads of one kind, with one of these codes; with any where none is given.
pub(crate) async fn facts(db: &Db, window: &Window<'_>, kind: FactKind, codes: &[&'static str]) -> Result<Vec<CountedRow>> {
    let mut query = q("SELECT f.id, COALESCE(o.uscc, '') AS uscc, o.name, f.effective_on AS day, f.code, f.detail FROM organization_fact f \
         JOIN organization o ON o.id = f.organization WHERE f.published_at IS NOT NULL AND f.kind = ")
    .arg(kind.code());
    if !codes.is_empty() {
        query = query.sql(" AND f.code IN (").list(codes.iter().copied()).sql(")");
    }
    Ok(window.end(window.organised(query), "f.effective_on", "f.id").all(db).await?)
}

/// Decisions on illegal organisations that stand.
pub(crate) async fn illegal(db: &Db, window: &Window<'_>) -> Result<Vec<CountedRow>> {
    let query = q("SELECT o.id, '' AS uscc, o.name, o.decided_on AS day, o.disposition AS code, '' AS detail FROM organization_illegal o WHERE o.withdrawn_at IS NULL");
    Ok(window.end(query, "o.decided_on", "o.id").all(db).await?)
}
