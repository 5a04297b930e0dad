//! What the public reads of `organization` and `organization_version`, and the daily file.

use kernel::{Day, Instant, RegionCode};
use platform::{Error, Result};
use ::store::{Db, Tx, q};

use crate::model::{Entry, OrganizationId, Version};
use crate::store::organization::{Row, VersionRow};

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
    pub(crate) entries: i64,
    pub(crate) figures: String,
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
    Ok(q("SELECT day, state, cursor, entries, figures, csv_bytes, json_bytes, made_at FROM organization_daily WHERE day = $1").bind(day).one(tx).await?)
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

/// All entries are in.
pub(crate) async fn done(tx: &Tx, day: Day, now: Instant) -> Result<()> {
    q("UPDATE organization_daily SET state = 'done', made_at = $1 WHERE day = $2 AND state = 'making'").bind(now).bind(day).exec(tx).await?;
    Ok(())
}

/// The files that are done, the newest first.
pub(crate) async fn dailies(db: &Db) -> Result<Vec<DailyRow>> {
    Ok(q("SELECT day, state, cursor, entries, figures, csv_bytes, json_bytes, made_at FROM organization_daily WHERE state = 'done' ORDER BY day DESC LIMIT 31")
        .all(db)
        .await?)
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

/// Forgets the file of a day; the names of stored files that no other day has.
pub(crate) async fn forget(tx: &Tx, day: Day) -> Result<Vec<String>> {
    let parts: Vec<(String, String)> = q("SELECT csv, json FROM organization_daily_part WHERE day = $1").bind(day).all(tx).await?;
    q("DELETE FROM organization_daily_part WHERE day = $1").bind(day).exec(tx).await?;
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

/// Day and figures of the newest file that is done.
pub(crate) async fn figures(db: &Db) -> Result<Option<(Day, String)>> {
    let row: Option<(String, String)> = q("SELECT day, figures FROM organization_daily WHERE state = 'done' ORDER BY day DESC LIMIT 1").opt(db).await?;
    row.map(|(day, figures)| Ok((Day::try_from(day).map_err(Error::internal)?, figures))).transpose()
}

/// Every region below one, with the region directly below it in which it lies.
pub(crate) async fn child_of(db: &Db, region: &RegionCode) -> Result<Vec<(String, RegionCode)>> {
    let rows: Vec<(String, String)> = q("SELECT c.descendant, c.ancestor FROM region_closure c JOIN region r ON r.code = c.ancestor WHERE r.parent = $1")
        .bind(*region)
        .all(db)
        .await?;
    rows.into_iter().map(|(below, child)| Ok((below, RegionCode::parse(&child).map_err(Error::internal)?))).collect()
}
