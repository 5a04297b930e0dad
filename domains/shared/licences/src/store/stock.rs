//! `lic_stock`, `lic_stock_line`: batches of older licences.

use kernel::{Id, Instant, Issue, RegionCode};
use platform::{Error, Result};
use store::keys::Keys;
use store::{Db, FromRow, Tx, q};

use crate::model::EntryId;
use crate::stock::table::Line;
use crate::stock::{BatchId, BatchView, RefusedLine, Review, Stage};

/// Marker of a line.
#[derive(Debug)]
pub(crate) struct StockLine;
/// Id of a line.
pub(crate) type LineId = Id<StockLine>;

/// A batch about to be written.
#[derive(Clone)]
pub(crate) struct NewBatch {
    pub(crate) id: BatchId,
    pub(crate) name: String,
    pub(crate) origin: String,
    pub(crate) region: RegionCode,
    pub(crate) digest: String,
    pub(crate) entered_by: String,
    pub(crate) entered_name: String,
    pub(crate) entered_at: Instant,
    pub(crate) lines: i64,
    pub(crate) refused: i64,
}

/// `false` when another batch has its name.
pub(crate) async fn insert(tx: &Tx, batch: NewBatch) -> Result<bool> {
    // One whose writing was broken off gives way, lines and all.
    q("DELETE FROM lic_stock_line WHERE batch IN (SELECT id FROM lic_stock WHERE name = $1 AND state = 'reading')").bind(&batch.name).exec(tx).await?;
    q("DELETE FROM lic_stock WHERE name = $1 AND state = 'reading'").bind(&batch.name).exec(tx).await?;
    let written = q("INSERT INTO lic_stock (id, name, origin, region, digest, state, entered_by, entered_name, entered_at, lines, refused, loaded) \
                     VALUES ($1, $2, $3, $4, $5, 'reading', $6, $7, $8, $9, $10, 0) ON CONFLICT (name) DO NOTHING")
        .bind(batch.id)
        .bind(batch.name)
        .bind(batch.origin)
        .bind(batch.region)
        .bind(batch.digest)
        .bind(batch.entered_by)
        .bind(batch.entered_name)
        .bind(batch.entered_at)
        .bind(batch.lines)
        .bind(batch.refused)
        .exec(tx)
        .await?;
    Ok(written == 1)
}

/// A line about to be written.
#[derive(Clone)]
pub(crate) struct NewLine {
    pub(crate) id: LineId,
    pub(crate) line: i64,
    pub(crate) content: Option<Vec<u8>>,
    pub(crate) issue: Option<String>,
}

pub(crate) async fn insert_line(tx: &Tx, batch: BatchId, line: &NewLine) -> Result<()> {
    let state = if line.issue.is_some() { "refused" } else { "ready" };
    q("INSERT INTO lic_stock_line (id, batch, line, state, content, issue) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(line.id)
        .bind(batch)
        .bind(line.line)
        .bind(state)
        .bind(line.content.clone())
        .bind(line.issue.clone())
        .exec(tx)
        .await?;
    Ok(())
}

/// All lines are written.
pub(crate) async fn opened(tx: &Tx, id: BatchId) -> Result<()> {
    q("UPDATE lic_stock SET state = 'waiting' WHERE id = $1").bind(id).exec(tx).await?;
    Ok(())
}

#[derive(FromRow)]
struct Row {
    id: Vec<u8>,
    name: String,
    origin: String,
    region: String,
    state: String,
    entered_by: String,
    entered_name: String,
    entered_at: i64,
    lines: i64,
    refused: i64,
    loaded: i64,
    reviewed_name: Option<String>,
    reviewed_at: Option<i64>,
    compared: Option<i64>,
    wrong: Option<i64>,
}

impl Row {
    fn view(self, reader: &str) -> Result<BatchView> {
        Ok(BatchView {
            id: BatchId::try_from(self.id).map_err(Error::internal)?,
            name: self.name,
            origin: self.origin,
            stage: Stage::from_code(&self.state).ok_or_else(|| Error::internal("unknown state in lic_stock"))?,
            own: self.entered_by == reader,
            entered_name: self.entered_name,
            entered_at: Instant::from_micros(self.entered_at),
            lines: self.lines,
            refused: self.refused,
            loaded: self.loaded,
            reviewed_name: self.reviewed_name,
            reviewed_at: self.reviewed_at.map(Instant::from_micros),
            compared: self.compared.zip(self.wrong),
        })
    }
}

/// The newest 100 of these regions and what lies below them.
pub(crate) async fn list(db: &Db, roots: &[RegionCode], reader: &str) -> Result<Vec<BatchView>> {
    let rows: Vec<Row> = q("SELECT id, name, origin, region, state, entered_by, entered_name, entered_at, lines, refused, loaded, reviewed_name, \
        reviewed_at, compared, wrong FROM lic_stock WHERE state <> 'reading' AND region IN (SELECT descendant FROM region_closure WHERE ancestor IN (")
    .list(roots.iter().copied())
    .sql(")) ORDER BY entered_at DESC, id DESC LIMIT 100")
    .all(db)
    .await?;
    rows.into_iter().map(|row| row.view(reader)).collect()
}

pub(crate) async fn find(db: &Db, id: BatchId, reader: &str) -> Result<Option<(BatchView, RegionCode)>> {
    let row: Option<Row> = q("SELECT id, name, origin, region, state, entered_by, entered_name, entered_at, lines, refused, loaded, \
        reviewed_name, reviewed_at, compared, wrong FROM lic_stock WHERE id = $1")
    .bind(id)
    .opt(db)
    .await?;
    row.map(|row| {
        let region = RegionCode::parse(&row.region).map_err(|_| Error::internal("a batch without region"))?;
        Ok((row.view(reader)?, region))
    })
    .transpose()
}

/// Lines that cannot be loaded, after a line; at most 200.
pub(crate) async fn refused(db: &Db, id: BatchId, after: i64) -> Result<Vec<RefusedLine>> {
    let rows: Vec<(i64, String)> =
        q("SELECT line, issue FROM lic_stock_line WHERE batch = $1 AND state = 'refused' AND line > $2 ORDER BY line LIMIT 200")
            .bind(id)
            .bind(after)
            .all(db)
            .await?;
    let read = |(line, issue): (i64, String)| {
        let issue: Issue = serde_json::from_str(&issue).map_err(Error::internal)?;
        Ok(RefusedLine { line, issue })
    };
    rows.into_iter().map(read).collect()
}

/// Every `step`th of the lines that wait, at most `most`.
pub(crate) async fn every(db: &Db, keys: &Keys, id: BatchId, step: i64, most: i64) -> Result<Vec<(i64, Line)>> {
    let rows: Vec<(Vec<u8>, i64, Vec<u8>)> = q("SELECT id, line, content FROM (SELECT id, line, content, \
        ROW_NUMBER() OVER (ORDER BY line) AS place FROM lic_stock_line WHERE batch = $1 AND state = 'ready') AS lines \
        WHERE (place - 1) % $2 = 0 ORDER BY line LIMIT $3")
    .bind(id)
    .bind(step)
    .bind(most)
    .all(db)
    .await?;
    rows.into_iter().map(|(row, line, content)| Ok((line, open(keys, &row, &content)?))).collect()
}

fn open(keys: &Keys, row: &[u8], content: &[u8]) -> Result<Line> {
    let json = keys.open_text("lic_stock_line", "content", row, content).map_err(Error::internal)?;
    serde_json::from_str(&json).map_err(Error::internal)
}

/// Notes what the second person found; `false` when it does not wait any more.
pub(crate) async fn reviewed(tx: &Tx, id: BatchId, stage: Stage, by: &str, name: &str, at: Instant, found: Review) -> Result<bool> {
    let changed = q("UPDATE lic_stock SET state = $1, reviewed_by = $2, reviewed_name = $3, reviewed_at = $4, compared = $5, wrong = $6 \
                     WHERE id = $7 AND state = 'waiting' AND entered_by <> $2")
        .bind(stage.code())
        .bind(by)
        .bind(name)
        .bind(at)
        .bind(found.compared)
        .bind(found.wrong)
        .bind(id)
        .exec(tx)
        .await?;
    Ok(changed == 1)
}

/// The oldest batch that is to be loaded, with its name and origin.
pub(crate) async fn next_loading(db: &Db) -> Result<Option<(BatchId, (String, String))>> {
    let row: Option<(Vec<u8>, String, String)> =
        q("SELECT id, name, origin FROM lic_stock WHERE state = 'loading' ORDER BY entered_at, id LIMIT 1").opt(db).await?;
    row.map(|(id, name, origin)| Ok((BatchId::try_from(id).map_err(Error::internal)?, (name, origin)))).transpose()
}

/// The next lines that are to be loaded.
pub(crate) async fn ready(db: &Db, keys: &Keys, id: BatchId, most: i64) -> Result<Vec<(LineId, Line)>> {
    let rows: Vec<(Vec<u8>, Vec<u8>)> =
        q("SELECT id, content FROM lic_stock_line WHERE batch = $1 AND state = 'ready' ORDER BY line LIMIT $2").bind(id).bind(most).all(db).await?;
    rows.into_iter().map(|(row, content)| Ok((LineId::try_from(row.clone()).map_err(Error::internal)?, open(keys, &row, &content)?))).collect()
}

pub(crate) async fn loaded(tx: &Tx, row: LineId, entry: EntryId) -> Result<()> {
    let changed = q("UPDATE lic_stock_line SET state = 'loaded', content = NULL, lic_id = $1 WHERE id = $2 AND state = 'ready'")
        .bind(entry)
        .bind(row)
        .exec(tx)
        .await?;
    // Another node has loaded it meanwhile: this chunk is rolled back, and read anew at the next turn.
    if changed == 1 { Ok(()) } else { Err(Error::stale()) }
}

pub(crate) async fn refuse(tx: &Tx, row: LineId, issue: &str) -> Result<()> {
    q("UPDATE lic_stock_line SET state = 'refused', content = NULL, issue = $1 WHERE id = $2 AND state = 'ready'").bind(issue).bind(row).exec(tx).await?;
    Ok(())
}

/// Every line has been loaded or refused; how many of each.
pub(crate) async fn finish(tx: &Tx, id: BatchId) -> Result<(i64, i64)> {
    let row: (i64, i64) = q("UPDATE lic_stock SET state = 'done', \
        loaded = (SELECT COUNT(*) FROM lic_stock_line WHERE batch = $1 AND state = 'loaded'), \
        refused = (SELECT COUNT(*) FROM lic_stock_line WHERE batch = $1 AND state = 'refused') WHERE id = $1 RETURNING loaded, refused")
    .bind(id)
    .one(tx)
    .await?;
    Ok(row)
}

/// Entries that came from a batch, in this state.
#[cfg(test)]
pub(crate) async fn count_entries(db: &Db, state: &str) -> Result<i64> {
    let (count,): (i64,) = q("SELECT COUNT(*) FROM lic WHERE source_kind = 'stock' AND state = $1").bind(state).one(db).await?;
    Ok(count)
}
