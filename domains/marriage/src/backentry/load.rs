//! The job that reads tables, a chunk of lines a transaction. How far it came is written with the lines: whoever goes on after a stop begins
//! behind the last chunk, and of two who read the same chunk one gets through.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

use kernel::{Issue, RegionCode};
use platform::{Ctx, Error, Job, JobFuture, OrgId, Result, Service, audit};
use sheets::{Fault, Limits, Row, Table};
use tokio::sync::mpsc;

use super::model::{BatchId, PartId, Record, RejectId, RowId, State};
use super::parameters::parameters;
use super::row::{self, Head, Keyed};
use super::{issues, submit};
use crate::store::backentry as rows;

/// Lines read and written in one transaction.
pub(super) const CHUNK: usize = 200;

/// What back-entry hands to the program.
pub fn service() -> Service {
    let job = Job { name: "marriage.backentry", every: Duration::from_secs(5), run };
    Service { name: "marriage.backentry", jobs: vec![job], handlers: Vec::new() }
}

fn run(ctx: Ctx) -> JobFuture {
    Box::pin(async move {
        while let Some(part) = rows::next_reading(ctx.db()).await? {
            read(&ctx, part, usize::MAX).await?;
        }
        Ok(())
    })
}

/// A table that is being read.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub(crate) id: PartId,
    pub(crate) batch: BatchId,
    pub(crate) region: RegionCode,
    pub(crate) org: OrgId,
    pub(crate) number: i64,
    pub(crate) file: String,
    pub(crate) total: Option<i64>,
    pub(crate) done: i64,
    pub(crate) keyed_by: String,
    pub(crate) keyed_name: String,
}

/// Reads at most `chunks` chunks of a table, and ends it when there is nothing more.
async fn read(ctx: &Ctx, part: Reading, chunks: usize) -> Result<()> {
    let (bytes, _) = submit::stored(ctx, &part.file).await?;
    let bytes: Arc<[u8]> = bytes.into();
    if part.total.is_none() {
        let weighed = bytes.clone();
        let counted = tokio::task::spawn_blocking(move || weigh(&weighed)).await.map_err(Error::internal)?;
        match counted {
            Ok(total) => rows::set_total(ctx.db(), part.id, total).await?,
            Err(Fault::Refused(problem)) => return fail(ctx, &part, &issues::unread_table(problem)).await,
            Err(Fault::Unread(error)) => return Err(Error::internal(error)),
        }
    }
    let (sender, mut chunk) = mpsc::channel(2);
    let skip = usize::try_from(part.done).map_err(Error::internal)?;
    let walking = tokio::task::spawn_blocking(move || hand_over(&bytes, skip, &sender));
    let (mut done, mut left) = (part.done, chunks);
    while let Some((head, lines)) = chunk.recv().await {
        if left == 0 {
            return Ok(());
        }
        left -= 1;
        let count = i64::try_from(lines.len()).map_err(Error::internal)?;
        // The moment and the ids of each chunk are its own.
        load(&ctx.with_actor(ctx.actor().clone()), &part, done, &head, lines).await?;
        done += count;
    }
    walking.await.map_err(Error::internal)?.map_err(Error::internal)?;
    end(ctx, &part).await
}

/// What fits into one table.
fn limits() -> Limits {
    Limits { rows: parameters().most_rows.value, ..Limits::default() }
}

/// Looks at the head and counts the lines.
fn weigh(bytes: &[u8]) -> std::result::Result<i64, Fault> {
    let mut table = Table::open(Cursor::new(bytes), limits())?;
    let mut rows = table.rows()?;
    Head::find(&rows.head()?).map_err(Fault::Refused)?;
    rows.try_fold(0, |total, row| row.map(|_| total + 1))
}

type Chunk = (Head, Vec<Row>);

/// Sends the lines behind the first `skip` in chunks, for as long as somebody takes them.
fn hand_over(bytes: &[u8], skip: usize, to: &mpsc::Sender<Chunk>) -> std::result::Result<(), Fault> {
    let mut table = Table::open(Cursor::new(bytes), limits())?;
    let mut rows = table.rows()?;
    let head = Head::find(&rows.head()?).map_err(Fault::Refused)?;
    let mut rows = rows.skip(skip).peekable();
    while rows.peek().is_some() {
        let chunk = rows.by_ref().take(CHUNK).collect::<std::result::Result<Vec<_>, _>>()?;
        if to.blocking_send((head.clone(), chunk)).is_err() {
            // Nobody takes them any more: whoever goes on reads them again.
            break;
        }
    }
    Ok(())
}

/// What becomes of a line.
#[derive(Debug, Clone)]
pub(crate) enum Fate {
    /// A row that was not known.
    New(rows::NewRow),
    /// The next version of one that was sent back.
    Mended(rows::NewRow, i64),
    /// It is there as it is.
    Same,
    /// It cannot be taken.
    Refused(rows::NewReject),
}

/// A line with its fate, and the rejected line that it answers.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    pub(crate) fate: Fate,
    pub(crate) archive_no: String,
    pub(crate) mends: Option<(i64, i64)>,
}

async fn load(ctx: &Ctx, part: &Reading, done: i64, head: &Head, lines: Vec<Row>) -> Result<()> {
    let read: Vec<_> = lines.iter().map(|line| (line, row::read(head, line, ctx.today()))).collect();
    let numbers: Vec<String> = read.iter().filter_map(|(_, row)| row.as_ref().ok()).map(|row| row.archive_no.clone()).collect();
    let mut known = rows::by_archive(ctx.db(), ctx.keys(), part.org, &numbers).await?;
    let mut planned = Vec::with_capacity(read.len());
    for (line, row) in read {
        let cells = head.cells(line);
        let archive_no = row::archive_no(&cells[0]);
        let fate = match row {
            Ok(row) => judge(ctx, part, number(line)?, &cells, row, &mut known),
            Err(issues) => Fate::Refused(reject(ctx, part, number(line)?, &archive_no, &cells, &issues)),
        };
        planned.push(Planned { fate, archive_no, mends: head.mends(line) });
    }
    let planned = Arc::new(planned);
    ctx.db()
        .write(|tx| {
            let (ctx, part, planned) = (ctx.clone(), part.clone(), planned.clone());
            async move { rows::write_chunk(&tx, &ctx, &part, done, &planned).await }
        })
        .await
}

fn number(line: &Row) -> Result<i64> {
    i64::try_from(line.number).map_err(Error::internal)
}

/// What is known of an archive number.
#[derive(Debug, Clone)]
pub(crate) struct KnownRow {
    pub(crate) id: RowId,
    pub(crate) version: i64,
    pub(crate) state: State,
    pub(crate) record: Record,
}

fn judge(ctx: &Ctx, part: &Reading, line: i64, cells: &[String], row: Keyed, known: &mut BTreeMap<String, KnownRow>) -> Fate {
    let new = |id, version, record: &Record| rows::NewRow::seal(ctx, id, version, line, &row.archive_no, record);
    let (fate, now) = match known.get(&row.archive_no) {
        None => {
            let id = ctx.id();
            (Fate::New(new(id, 1, &row.record)), KnownRow { id, version: 1, state: State::Keyed, record: row.record.clone() })
        }
        Some(there) if there.record == row.record => return Fate::Same,
        Some(there) if there.state == State::SentBack => {
            let next = KnownRow { id: there.id, version: there.version + 1, state: State::Keyed, record: row.record.clone() };
            (Fate::Mended(new(there.id, next.version, &row.record), there.version), next)
        }
        Some(_) => return Fate::Refused(reject(ctx, part, line, &row.archive_no, cells, &[issues::archive_number_taken()])),
    };
    known.insert(row.archive_no.clone(), now);
    fate
}

fn reject(ctx: &Ctx, part: &Reading, line: i64, archive_no: &str, cells: &[String], issues: &[Issue]) -> rows::NewReject {
    let id: RejectId = ctx.id();
    rows::NewReject::seal(ctx, id, part.number, line, archive_no, cells, issues)
}

async fn fail(ctx: &Ctx, part: &Reading, problem: &Issue) -> Result<()> {
    let told = serde_json::to_string(problem).map_err(Error::internal)?;
    ctx.db()
        .write(|tx| {
            let (ctx, part, told) = (ctx.clone(), part.clone(), told.clone());
            async move {
                if rows::failed(&tx, part.id, &told).await? {
                    let event = audit::Event::new("marriage.backentry.fail", "back_batch", part.batch).region(&part.region);
                    audit::record(&tx, &ctx, event).await?;
                }
                Ok::<_, Error>(())
            }
        })
        .await
}

async fn end(ctx: &Ctx, part: &Reading) -> Result<()> {
    ctx.db()
        .write(|tx| {
            let (ctx, part) = (ctx.clone(), part.clone());
            async move {
                if let Some((taken, same, refused)) = rows::ended(&tx, part.id).await? {
                    let detail = serde_json::json!({ "part": part.number, "taken": taken, "same": same, "refused": refused });
                    let event = audit::Event::new("marriage.backentry.load", "back_batch", part.batch).region(&part.region).detail(detail);
                    audit::record(&tx, &ctx, event).await?;
                }
                Ok::<_, Error>(())
            }
        })
        .await
}

/// A run that is stopped after so many chunks.
#[cfg(test)]
pub(super) async fn stopped_after(ctx: &Ctx, chunks: usize) -> Result<()> {
    let part = rows::next_reading(ctx.db()).await?.ok_or(Error::NotFound)?;
    read(ctx, part, chunks).await
}

/// A run to the end.
#[cfg(test)]
pub(super) async fn to_the_end(ctx: &Ctx) -> Result<()> {
    run(ctx.clone()).await
}
