//! Batches of old files: `back_batch`, `back_part`, `back_image`, and what the job writes of rows and rejected lines.

use std::collections::BTreeMap;

use kernel::{Id, Instant, Issue, RegionCode};
use platform::{Ctx, Error, OrgId, Result};
use store::keys::Keys;
use store::{Db, Target, Tx, q};

use crate::backentry::load::{Fate, KnownRow, Planned, Reading};
use crate::backentry::{BatchId, Class, ImageId, PartId, Record, RejectId, RowId, Source, State};

/// Marker of a version of a row.
#[derive(Debug)]
pub(crate) struct Version;

/// A batch about to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewBatch {
    pub(crate) id: BatchId,
    pub(crate) region: RegionCode,
    pub(crate) org: OrgId,
    pub(crate) name: String,
    pub(crate) source: Source,
}

/// Writes a batch; false when the organisation has one of this name.
pub(crate) async fn insert_batch(tx: &Tx, ctx: &Ctx, batch: &NewBatch) -> Result<bool> {
    let written = q("INSERT INTO back_batch (id, region, org, name, source, opened_by, opened_name, opened_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (org, name) DO NOTHING")
    .bind(batch.id)
    .bind(batch.region)
    .bind(batch.org)
    .bind(batch.name.as_str())
    .bind(batch.source.code())
    .bind(ctx.actor().key())
    .bind(name_of(ctx))
    .bind(ctx.now())
    .exec(tx)
    .await?;
    Ok(written == 1)
}

/// The name of whoever acts, as pages show it.
pub(crate) fn name_of(ctx: &Ctx) -> String {
    ctx.actor().staff().map_or_else(|| ctx.actor().key(), |staff| staff.name.clone())
}

/// A batch.
#[derive(Debug, Clone)]
pub(crate) struct BatchHead {
    pub(crate) region: RegionCode,
    pub(crate) org: OrgId,
    pub(crate) name: String,
    pub(crate) source: Source,
    pub(crate) opened_name: String,
    pub(crate) opened_at: Instant,
}

#[derive(sqlx::FromRow)]
struct BatchRow {
    region: String,
    org: Vec<u8>,
    name: String,
    source: String,
    opened_name: String,
    #[sqlx(try_from = "i64")]
    opened_at: Instant,
}

/// One batch.
pub(crate) async fn batch(db: &Db, id: BatchId) -> Result<BatchHead> {
    let row: BatchRow =
        q("SELECT region, org, name, source, opened_name, opened_at FROM back_batch WHERE id = $1").bind(id).opt(db).await?.ok_or(Error::NotFound)?;
    Ok(BatchHead {
        region: RegionCode::parse(&row.region).map_err(Error::internal)?,
        org: OrgId::try_from(row.org).map_err(Error::internal)?,
        name: row.name,
        source: Source::from_code(&row.source).ok_or_else(|| Error::internal("back_batch: unknown source"))?,
        opened_name: row.opened_name,
        opened_at: row.opened_at,
    })
}

/// A table about to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewPart {
    pub(crate) id: PartId,
    pub(crate) batch: BatchId,
    pub(crate) file: String,
    pub(crate) file_name: String,
    pub(crate) format: &'static str,
}

/// Lets one sender at a time into a batch, so that its tables are numbered and its images named one after the other.
pub(crate) async fn lock_batch(tx: &Tx, batch: BatchId) -> Result<()> {
    q("UPDATE back_batch SET name = name WHERE id = $1").bind(batch).exec(tx).await?;
    Ok(())
}

/// The part of a batch that is this very file.
pub(crate) async fn part_of_file(tx: &Tx, batch: BatchId, file: &str) -> Result<Option<PartId>> {
    let row: Option<(Vec<u8>,)> = q("SELECT id FROM back_part WHERE batch = $1 AND file = $2").bind(batch).bind(file).opt(tx).await?;
    row.map(|(id,)| PartId::try_from(id).map_err(Error::internal)).transpose()
}

/// Writes a table, to be read by the job.
pub(crate) async fn insert_part(tx: &Tx, ctx: &Ctx, part: &NewPart) -> Result<()> {
    q("INSERT INTO back_part (id, batch, number, file, file_name, format, state, done, taken, same, refused, keyed_by, keyed_name, keyed_at) \
       SELECT $1, $2, COALESCE(MAX(number), 0) + 1, $3, $4, $5, 'reading', 0, 0, 0, 0, $6, $7, $8 FROM back_part WHERE batch = $2")
        .bind(part.id)
        .bind(part.batch)
        .bind(part.file.as_str())
        .bind(part.file_name.as_str())
        .bind(part.format)
        .bind(ctx.actor().key())
        .bind(name_of(ctx))
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct ReadingRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: PartId,
    #[sqlx(try_from = "Vec<u8>")]
    batch: BatchId,
    region: String,
    org: Vec<u8>,
    number: i64,
    file: String,
    total: Option<i64>,
    done: i64,
    keyed_by: String,
    keyed_name: String,
}

/// The table that has waited longest.
pub(crate) async fn next_reading(db: &Db) -> Result<Option<Reading>> {
    let row: Option<ReadingRow> = q("SELECT p.id, p.batch, b.region, b.org, p.number, p.file, p.total, p.done, p.keyed_by, p.keyed_name \
         FROM back_part p JOIN back_batch b ON b.id = p.batch WHERE p.state = 'reading' ORDER BY p.keyed_at, p.id LIMIT 1")
    .opt(db)
    .await?;
    row.map(|row| {
        Ok(Reading {
            id: row.id,
            batch: row.batch,
            region: RegionCode::parse(&row.region).map_err(Error::internal)?,
            org: OrgId::try_from(row.org).map_err(Error::internal)?,
            number: row.number,
            file: row.file,
            total: row.total,
            done: row.done,
            keyed_by: row.keyed_by,
            keyed_name: row.keyed_name,
        })
    })
    .transpose()
}

/// Notes how many lines a table has.
pub(crate) async fn set_total(db: &Db, part: PartId, total: i64) -> Result<()> {
    db.write(|tx| async move {
        q("UPDATE back_part SET total = $1 WHERE id = $2").bind(total).bind(part).exec(&tx).await?;
        Ok::<_, Error>(())
    })
    .await
}

/// The table cannot be read; false when it is no longer being read.
pub(crate) async fn failed(tx: &Tx, part: PartId, problem: &str) -> Result<bool> {
    let changed = q("UPDATE back_part SET state = 'failed', problem = $1 WHERE id = $2 AND state = 'reading'").bind(problem).bind(part).exec(tx).await?;
    Ok(changed == 1)
}

/// All lines are read: how many were taken, were there, were refused. None when somebody else has ended it.
pub(crate) async fn ended(tx: &Tx, part: PartId) -> Result<Option<(i64, i64, i64)>> {
    Ok(q("UPDATE back_part SET state = 'done' WHERE id = $1 AND state = 'reading' RETURNING taken, same, refused").bind(part).opt(tx).await?)
}

/// A row about to be written with its version.
#[derive(Debug, Clone)]
pub(crate) struct NewRow {
    id: RowId,
    version_id: Id<Version>,
    version: i64,
    line: i64,
    archive_no: String,
    class: Class,
    content: Vec<u8>,
}

impl NewRow {
    /// Seals what a row says.
    pub(crate) fn seal(ctx: &Ctx, id: RowId, version: i64, line: i64, archive_no: &str, record: &Record) -> Self {
        let version_id: Id<Version> = ctx.id();
        let plain = serde_json::to_vec(record).expect("plain data");
        let content = ctx.keys().seal("back_version", "content", &version_id.to_vec(), &plain);
        Self { id, version_id, version, line, archive_no: archive_no.to_owned(), class: record.class(), content }
    }
}

/// Opens what a version of a row says.
pub(crate) fn open_record(keys: &Keys, version_id: &[u8], content: &[u8]) -> Result<Record> {
    let plain = keys.open("back_version", "content", version_id, content).map_err(Error::internal)?;
    serde_json::from_slice(&plain).map_err(Error::internal)
}

/// A rejected line about to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewReject {
    id: RejectId,
    part: i64,
    line: i64,
    archive_no: String,
    cells: Vec<u8>,
    issues: String,
}

impl NewReject {
    /// Seals the cells of a line.
    pub(crate) fn seal(ctx: &Ctx, id: RejectId, part: i64, line: i64, archive_no: &str, cells: &[String], issues: &[Issue]) -> Self {
        let plain = serde_json::to_vec(cells).expect("plain data");
        Self {
            id,
            part,
            line,
            archive_no: archive_no.to_owned(),
            cells: ctx.keys().seal("back_reject", "cells", &id.to_vec(), &plain),
            issues: serde_json::to_string(issues).expect("plain data"),
        }
    }
}

/// What is known of these archive numbers of an organisation.
pub(crate) async fn by_archive(db: &Db, keys: &Keys, org: OrgId, numbers: &[String]) -> Result<BTreeMap<String, KnownRow>> {
    type Row = (Vec<u8>, String, i64, String, Vec<u8>, Vec<u8>);
    let rows: Vec<Row> = q("SELECT r.id, r.archive_no, r.version, r.state, v.id, v.content FROM back_row r \
         JOIN back_version v ON v.row_id = r.id AND v.version = r.version WHERE r.org = $1 AND r.archive_no IN (")
    .bind(org)
    .list(numbers.iter().map(String::as_str))
    .sql(")")
    .all(db)
    .await?;
    let known = |(id, archive_no, version, state, version_id, content): (Vec<u8>, String, i64, String, Vec<u8>, Vec<u8>)| {
        let known = KnownRow {
            id: RowId::try_from(id).map_err(Error::internal)?,
            version,
            state: State::from_code(&state).ok_or_else(|| Error::internal("back_row: unknown state"))?,
            record: open_record(keys, &version_id, &content)?,
        };
        Ok((archive_no, known))
    };
    rows.into_iter().map(known).collect()
}

/// Writes a chunk of lines and how far the table has come. Whoever was not the first to read it changes nothing (`E-ST02`).
pub(crate) async fn write_chunk(tx: &Tx, ctx: &Ctx, part: &Reading, done: i64, planned: &[Planned]) -> Result<()> {
    let count = |of: fn(&Fate) -> bool| i64::try_from(planned.iter().filter(|one| of(&one.fate)).count()).unwrap_or(i64::MAX);
    let taken = count(|fate| matches!(fate, Fate::New(_) | Fate::Mended(..)));
    let (same, refused) = (count(|fate| matches!(fate, Fate::Same)), count(|fate| matches!(fate, Fate::Refused(_))));
    let advanced = q("UPDATE back_part SET done = $1, taken = taken + $2, same = same + $3, refused = refused + $4 \
         WHERE id = $5 AND done = $6 AND state = 'reading'")
    .bind(done + taken + same + refused)
    .bind(taken)
    .bind(same)
    .bind(refused)
    .bind(part.id)
    .bind(done)
    .exec(tx)
    .await?;
    if advanced != 1 {
        return Err(Error::stale());
    }
    close_rejects(tx, part, planned).await?;
    for one in planned {
        match &one.fate {
            Fate::New(row) => insert_row(tx, ctx, part, row).await?,
            Fate::Mended(row, seen) => mend_row(tx, ctx, part, row, *seen).await?,
            Fate::Same => {}
            Fate::Refused(reject) => insert_reject(tx, part.batch, reject).await?,
        }
    }
    Ok(())
}

/// Rejected lines of earlier tables of this batch that these lines answer.
async fn close_rejects(tx: &Tx, part: &Reading, planned: &[Planned]) -> Result<()> {
    for (of_part, line) in planned.iter().filter_map(|one| one.mends).filter(|(of_part, _)| *of_part < part.number) {
        q("UPDATE back_reject SET open = $1 WHERE batch = $2 AND part = $3 AND line = $4")
            .bind(false)
            .bind(part.batch)
            .bind(of_part)
            .bind(line)
            .exec(tx)
            .await?;
    }
    let taken = planned.iter().filter(|one| !matches!(one.fate, Fate::Refused(_))).map(|one| one.archive_no.as_str());
    q("UPDATE back_reject SET open = $1 WHERE batch = $2 AND part < $3 AND open AND archive_no IN (")
        .bind(false)
        .bind(part.batch)
        .bind(part.number)
        .list(taken)
        .sql(")")
        .exec(tx)
        .await?;
    Ok(())
}

async fn insert_row(tx: &Tx, ctx: &Ctx, part: &Reading, row: &NewRow) -> Result<()> {
    let written = q("INSERT INTO back_row (id, batch, org, archive_no, version, state, confidence, keyed_by, keyed_name, reason, clashes) \
         VALUES ($1, $2, $3, $4, $5, 'keyed', $6, $7, $8, '', '[]') ON CONFLICT (org, archive_no) DO NOTHING")
    .bind(row.id)
    .bind(part.batch)
    .bind(part.org)
    .bind(row.archive_no.as_str())
    .bind(row.version)
    .bind(class_number(row.class))
    .bind(part.keyed_by.as_str())
    .bind(part.keyed_name.as_str())
    .exec(tx)
    .await?;
    // Another table brought the same number meanwhile: the chunk is judged anew.
    if written == 1 { insert_version(tx, ctx, part, row).await } else { Err(Error::stale()) }
}

async fn mend_row(tx: &Tx, ctx: &Ctx, part: &Reading, row: &NewRow, seen: i64) -> Result<()> {
    let changed = q("UPDATE back_row SET batch = $1, version = $2, state = 'keyed', confidence = $3, keyed_by = $4, keyed_name = $5, \
         checked_by = NULL, checked_name = NULL, checked_at = NULL, clashes = '[]' WHERE id = $6 AND version = $7 AND state = 'sent_back'")
    .bind(part.batch)
    .bind(row.version)
    .bind(class_number(row.class))
    .bind(part.keyed_by.as_str())
    .bind(part.keyed_name.as_str())
    .bind(row.id)
    .bind(seen)
    .exec(tx)
    .await?;
    if changed == 1 { insert_version(tx, ctx, part, row).await } else { Err(Error::stale()) }
}

fn class_number(class: Class) -> i64 {
    match class {
        Class::Complete => 1,
        Class::NoNumber => 2,
        Class::NoDate => 3,
    }
}

/// The class stored under a number.
pub(crate) fn class_of(number: i64) -> Result<Class> {
    Class::ALL.iter().copied().find(|class| class_number(*class) == number).ok_or_else(|| Error::internal("back_row: unknown class"))
}

async fn insert_version(tx: &Tx, ctx: &Ctx, part: &Reading, row: &NewRow) -> Result<()> {
    q("INSERT INTO back_version (id, row_id, version, content, part, line, keyed_by, keyed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(row.version_id)
        .bind(row.id)
        .bind(row.version)
        .bind(row.content.clone())
        .bind(part.id)
        .bind(row.line)
        .bind(part.keyed_by.as_str())
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

async fn insert_reject(tx: &Tx, batch: BatchId, reject: &NewReject) -> Result<()> {
    q("INSERT INTO back_reject (id, batch, part, line, archive_no, cells, issues, open) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
       ON CONFLICT (batch, part, line) DO NOTHING")
        .bind(reject.id)
        .bind(batch)
        .bind(reject.part)
        .bind(reject.line)
        .bind(reject.archive_no.as_str())
        .bind(reject.cells.clone())
        .bind(reject.issues.as_str())
        .bind(true)
        .exec(tx)
        .await?;
    Ok(())
}

/// A page image about to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewImage {
    pub(crate) id: ImageId,
    pub(crate) batch: BatchId,
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) sm3: String,
}

/// The image of a batch that has this name, with the key of its file.
pub(crate) async fn image_named(tx: &Tx, batch: BatchId, name: &str) -> Result<Option<(ImageId, String)>> {
    let row: Option<(Vec<u8>, String)> = q("SELECT id, file FROM back_image WHERE batch = $1 AND name = $2").bind(batch).bind(name).opt(tx).await?;
    row.map(|(id, file)| Ok((ImageId::try_from(id).map_err(Error::internal)?, file))).transpose()
}

/// Writes an image.
pub(crate) async fn insert_image(tx: &Tx, ctx: &Ctx, image: &NewImage) -> Result<()> {
    q("INSERT INTO back_image (id, batch, name, file, sm3, added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(image.id)
        .bind(image.batch)
        .bind(image.name.as_str())
        .bind(image.file.as_str())
        .bind(image.sm3.as_str())
        .bind(ctx.actor().key())
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

/// The images of these names in the batches that brought a row: name, id, SM3.
pub(crate) async fn images_of(on: impl Into<Target<'_>> + Send, row: RowId, names: &[String]) -> Result<Vec<(String, ImageId, String)>> {
    let rows: Vec<(String, Vec<u8>, String)> = q("SELECT name, id, sm3 FROM back_image WHERE batch IN \
         (SELECT p.batch FROM back_version v JOIN back_part p ON p.id = v.part WHERE v.row_id = $1) AND name IN (")
    .bind(row)
    .list(names.iter().map(String::as_str))
    .sql(") ORDER BY name, id")
    .all(on)
    .await?;
    rows.into_iter().map(|(name, id, sm3)| Ok((name, ImageId::try_from(id).map_err(Error::internal)?, sm3))).collect()
}

/// The file of an image and its batch.
pub(crate) async fn image_file(db: &Db, id: ImageId) -> Result<(BatchId, String)> {
    let (batch, file): (Vec<u8>, String) = q("SELECT batch, file FROM back_image WHERE id = $1").bind(id).opt(db).await?.ok_or(Error::NotFound)?;
    Ok((BatchId::try_from(batch).map_err(Error::internal)?, file))
}
