//! Rows of old files as pages list and check them: `back_row`, `back_reject`, and the figures of a batch.

use kernel::{Instant, RegionCode};
use platform::{Ctx, Error, OrgId, Result};
use store::keys::Keys;
use store::{Db, Tx, q};

use super::backentry::{class_of, name_of, open_record};
use crate::backentry::{BatchId, BatchLine, Clash, Class, Counts, Part, PartId, Record, Reject, RejectId, RowId, RowLine, Source, State};

/// A row with its present content.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    pub(crate) id: RowId,
    pub(crate) batch: BatchId,
    pub(crate) region: RegionCode,
    pub(crate) org: OrgId,
    pub(crate) source: Source,
    pub(crate) archive_no: String,
    pub(crate) version: i64,
    pub(crate) state: State,
    pub(crate) class: Class,
    pub(crate) keyed_by: String,
    pub(crate) keyed_name: String,
    pub(crate) checked: Option<(String, Instant)>,
    pub(crate) reason: String,
    pub(crate) clashes: Vec<Clash>,
    pub(crate) record: Record,
}

#[derive(sqlx::FromRow)]
struct LoadedRow {
    #[sqlx(try_from = "Vec<u8>")]
    batch: BatchId,
    region: String,
    org: Vec<u8>,
    source: String,
    archive_no: String,
    version: i64,
    state: String,
    confidence: i64,
    keyed_by: String,
    keyed_name: String,
    checked_name: Option<String>,
    checked_at: Option<i64>,
    reason: String,
    clashes: String,
    version_id: Vec<u8>,
    content: Vec<u8>,
}

fn state(code: &str) -> Result<State> {
    State::from_code(code).ok_or_else(|| Error::internal("back_row: unknown state"))
}

/// One row.
pub(crate) async fn load(db: &Db, keys: &Keys, id: RowId) -> Result<Loaded> {
    let row: LoadedRow = q("SELECT r.batch, b.region, r.org, b.source, r.archive_no, r.version, r.state, r.confidence, r.keyed_by, r.keyed_name, \
         r.checked_name, r.checked_at, r.reason, r.clashes, v.id AS version_id, v.content FROM back_row r JOIN back_batch b ON b.id = r.batch \
         JOIN back_version v ON v.row_id = r.id AND v.version = r.version WHERE r.id = $1")
    .bind(id)
    .opt(db)
    .await?
    .ok_or(Error::NotFound)?;
    Ok(Loaded {
        id,
        batch: row.batch,
        region: RegionCode::parse(&row.region).map_err(Error::internal)?,
        org: OrgId::try_from(row.org).map_err(Error::internal)?,
        source: Source::from_code(&row.source).ok_or_else(|| Error::internal("back_batch: unknown source"))?,
        archive_no: row.archive_no,
        version: row.version,
        state: state(&row.state)?,
        class: class_of(row.confidence)?,
        keyed_by: row.keyed_by,
        keyed_name: row.keyed_name,
        checked: row.checked_name.zip(row.checked_at.map(Instant::from_micros)),
        reason: row.reason,
        clashes: serde_json::from_str(&row.clashes).map_err(Error::internal)?,
        record: open_record(keys, &row.version_id, &row.content)?,
    })
}

/// Moves a row on; false when it is no longer where the actor saw it.
pub(crate) async fn decide(tx: &Tx, ctx: &Ctx, row: &Loaded, to: State, reason: &str, clashes: &[Clash]) -> Result<bool> {
    let changed = q("UPDATE back_row SET state = $1, reason = $2, clashes = $3, checked_by = $4, checked_name = $5, checked_at = $6 \
         WHERE id = $7 AND version = $8 AND state = $9")
    .bind(to.code())
    .bind(reason)
    .bind(serde_json::to_string(clashes).expect("plain data"))
    .bind(ctx.actor().key())
    .bind(name_of(ctx))
    .bind(ctx.now())
    .bind(row.id)
    .bind(row.version)
    .bind(row.state.code())
    .exec(tx)
    .await?;
    Ok(changed == 1)
}

#[derive(sqlx::FromRow)]
struct BatchLineRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: BatchId,
    name: String,
    source: String,
    opened_name: String,
    #[sqlx(try_from = "i64")]
    opened_at: Instant,
    lines: i64,
    refused: i64,
    reading: i64,
}

/// The batches of an organisation, the newest first; those after `before`.
pub(crate) async fn batches(db: &Db, org: OrgId, before: Option<BatchId>, limit: i64) -> Result<Vec<BatchLine>> {
    const LINES: &str = "SELECT b.id, b.name, b.source, b.opened_name, b.opened_at, \
         (SELECT CAST(COALESCE(SUM(p.done), 0) AS BIGINT) FROM back_part p WHERE p.batch = b.id) AS lines, \
         (SELECT CAST(COALESCE(SUM(p.refused), 0) AS BIGINT) FROM back_part p WHERE p.batch = b.id) AS refused, \
         (SELECT COUNT(*) FROM back_part p WHERE p.batch = b.id AND p.state = 'reading') AS reading FROM back_batch b WHERE b.org = $1";
    let rows: Vec<BatchLineRow> = match before {
        None => q(LINES).bind(org).sql(" ORDER BY b.id DESC LIMIT ").arg(limit).all(db).await?,
        Some(before) => q(LINES).bind(org).sql(" AND b.id < ").arg(before).sql(" ORDER BY b.id DESC LIMIT ").arg(limit).all(db).await?,
    };
    let line = |row: BatchLineRow| {
        Ok(BatchLine {
            id: row.id,
            name: row.name,
            source: Source::from_code(&row.source).ok_or_else(|| Error::internal("back_batch: unknown source"))?,
            opened_name: row.opened_name,
            opened_at: row.opened_at,
            lines: row.lines,
            refused: row.refused,
            reading: row.reading > 0,
        })
    };
    rows.into_iter().map(line).collect()
}

#[derive(sqlx::FromRow)]
struct PartRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: PartId,
    number: i64,
    file_name: String,
    state: String,
    total: Option<i64>,
    done: i64,
    taken: i64,
    same: i64,
    refused: i64,
    problem: Option<String>,
    keyed_name: String,
    #[sqlx(try_from = "i64")]
    keyed_at: Instant,
}

/// The newest hundred tables of a batch.
pub(crate) async fn parts(db: &Db, batch: BatchId) -> Result<Vec<Part>> {
    let rows: Vec<PartRow> = q("SELECT id, number, file_name, state, total, done, taken, same, refused, problem, keyed_name, keyed_at FROM back_part \
         WHERE batch = $1 ORDER BY number DESC LIMIT 100")
    .bind(batch)
    .all(db)
    .await?;
    let part = |row: PartRow| {
        Ok(Part {
            id: row.id,
            number: row.number,
            file_name: row.file_name,
            reading: row.state == "reading",
            total: row.total,
            done: row.done,
            taken: row.taken,
            same: row.same,
            refused: row.refused,
            problem: row.problem.map(|problem| serde_json::from_str(&problem)).transpose().map_err(Error::internal)?,
            keyed_name: row.keyed_name,
            keyed_at: row.keyed_at,
        })
    };
    rows.into_iter().map(part).collect()
}

/// The figures of a batch.
pub(crate) async fn counts(db: &Db, batch: BatchId) -> Result<Counts> {
    let states: Vec<(String, i64)> = q("SELECT state, COUNT(*) FROM back_row WHERE batch = $1 GROUP BY state").bind(batch).all(db).await?;
    let (rejects,): (i64,) = q("SELECT COUNT(*) FROM back_reject WHERE batch = $1 AND open").bind(batch).one(db).await?;
    let (images,): (i64,) = q("SELECT COUNT(*) FROM back_image WHERE batch = $1").bind(batch).one(db).await?;
    let rows = |state: State| states.iter().find(|(code, _)| code == state.code()).map_or(0, |(_, n)| *n);
    let states = State::ALL.iter().map(|state| (*state, rows(*state))).collect();
    Ok(Counts { states, rejects, images })
}

type Line = (Vec<u8>, String, String, i64, String);

fn row_line((id, archive_no, code, class, keyed_name): Line) -> Result<RowLine> {
    Ok(RowLine { id: RowId::try_from(id).map_err(Error::internal)?, archive_no, state: state(&code)?, class: class_of(class)?, keyed_name })
}

/// Rows of a batch in one state by archive number, those after `after`.
pub(crate) async fn of_batch(db: &Db, batch: BatchId, of: State, after: &str, limit: i64) -> Result<Vec<RowLine>> {
    let rows: Vec<Line> = q("SELECT id, archive_no, state, confidence, keyed_name FROM back_row \
         WHERE batch = $1 AND state = $2 AND archive_no > $3 ORDER BY archive_no LIMIT $4")
    .bind(batch)
    .bind(of.code())
    .bind(after)
    .bind(limit)
    .all(db)
    .await?;
    rows.into_iter().map(row_line).collect()
}

/// Rows of an organisation that wait for somebody to look into them.
pub(crate) async fn conflicts(db: &Db, org: OrgId, after: &str, limit: i64) -> Result<Vec<RowLine>> {
    let rows: Vec<Line> = q("SELECT id, archive_no, state, confidence, keyed_name FROM back_row \
         WHERE org = $1 AND state = 'conflict' AND archive_no > $2 ORDER BY archive_no LIMIT $3")
    .bind(org)
    .bind(after)
    .bind(limit)
    .all(db)
    .await?;
    rows.into_iter().map(row_line).collect()
}

/// The next row of a batch that waits for a check and was not keyed by this actor.
pub(crate) async fn next_to_check(db: &Db, batch: BatchId, after: &str, actor: &str) -> Result<Option<RowId>> {
    let row: Option<(Vec<u8>,)> = q("SELECT id FROM back_row WHERE batch = $1 AND state = 'keyed' AND archive_no > $2 AND keyed_by <> $3 \
         ORDER BY archive_no LIMIT 1")
    .bind(batch)
    .bind(after)
    .bind(actor)
    .opt(db)
    .await?;
    row.map(|(id,)| RowId::try_from(id).map_err(Error::internal)).transpose()
}

/// Open rejected lines of a batch behind a part and a line, opened.
pub(crate) async fn rejects(db: &Db, keys: &Keys, batch: BatchId, after: (i64, i64), limit: i64) -> Result<Vec<Reject>> {
    type Row = (Vec<u8>, i64, i64, Vec<u8>, String);
    let rows: Vec<Row> = q("SELECT id, part, line, cells, issues FROM back_reject WHERE batch = $1 AND open \
         AND (part > $2 OR (part = $2 AND line > $3)) ORDER BY part, line LIMIT $4")
    .bind(batch)
    .bind(after.0)
    .bind(after.1)
    .bind(limit)
    .all(db)
    .await?;
    let reject = |(id, part, line, cells, issues): (Vec<u8>, i64, i64, Vec<u8>, String)| {
        let plain = keys.open("back_reject", "cells", &id, &cells).map_err(Error::internal)?;
        Ok(Reject {
            id: RejectId::try_from(id).map_err(Error::internal)?,
            part,
            line,
            cells: serde_json::from_slice(&plain).map_err(Error::internal)?,
            issues: serde_json::from_str(&issues).map_err(Error::internal)?,
        })
    };
    rows.into_iter().map(reject).collect()
}
