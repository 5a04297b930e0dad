//! Back-entry of old files for programs of archives: batches, tables, page images, rejected lines, the second person.

use axum::Json;
use axum::extract::{Path, Query};
use kernel::{Instant, Issue};
use ::marriage::backentry::{self, BatchId, BatchView, Class, NewBatch, Part, RowId, RowView, SentImage, SentTable, Source, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use crate::api::errors::IssueBody;
use crate::api::{ApiAnswer, ApiVersioned, Caller, IfMatch, Versioned, base64, told};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(paths(list, open, show, send_table, send_image, rejected, rows, conflicts, row, confirm, send_back, resolve, note_end))]
pub(super) struct Doc;

const READS: Access = Access::Staff(&backentry::READERS);
const KEYS: Access = Access::Staff(&backentry::KEYS);
const CHECKS: Access = Access::Staff(&backentry::CHECKS);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/marriage/backentry", READS, list)
        .post("/api/v1/marriage/backentry", KEYS, open)
        .get("/api/v1/marriage/backentry/{id}", READS, show)
        .upload("/api/v1/marriage/backentry/{id}/tables", KEYS, send_table)
        .upload("/api/v1/marriage/backentry/{id}/images", KEYS, send_image)
        .get("/api/v1/marriage/backentry/{id}/rejected", READS, rejected)
        .get("/api/v1/marriage/backentry/{id}/rows", READS, rows)
        .get("/api/v1/marriage/backentry-conflicts", READS, conflicts)
        .get("/api/v1/marriage/backentry-rows/{id}", READS, row)
        .post("/api/v1/marriage/backentry-rows/{id}/confirm", CHECKS, confirm)
        .post("/api/v1/marriage/backentry-rows/{id}/send-back", CHECKS, send_back)
        .post("/api/v1/marriage/backentry-rows/{id}/resolve", CHECKS, resolve)
        .post("/api/v1/marriage/backentry-rows/{id}/end", CHECKS, note_end)
}

/// Where a page of a list begins.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct PageParams {
    /// `next` of the page before.
    after: String,
}

/// Which rows.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct RowParams {
    /// `keyed` (which it is without this), `sent_back`, `conflict`, `published` or `apart`.
    state: String,
    /// `next` of the page before.
    after: String,
}

/// A batch.
#[derive(Debug, Serialize, ToSchema)]
struct BackEntryBatchBody {
    /// Id.
    #[schema(value_type = String)]
    id: BatchId,
    /// Its name.
    name: String,
    /// Where the data come from.
    source: Source,
    /// When it was opened.
    #[schema(value_type = String)]
    opened_at: Instant,
    /// Lines read so far.
    lines: i64,
    /// Of them refused, mended since or not.
    refused: i64,
    /// A table is being read.
    reading: bool,
}

/// A page of batches.
#[derive(Debug, Serialize, ToSchema)]
struct BackEntryBatchesBody {
    /// The newest first, fifty at most.
    batches: Vec<BackEntryBatchBody>,
    /// Where the next page begins.
    next: Option<String>,
}

/// A table of a batch.
#[derive(Debug, Serialize, ToSchema)]
struct BackEntryTableBody {
    /// Its number within the batch.
    number: i64,
    /// Name of the file.
    file_name: String,
    /// It is being read.
    reading: bool,
    /// Its lines, once counted.
    total: Option<i64>,
    /// Of them read.
    done: i64,
    /// New or mended rows.
    taken: i64,
    /// Rows that were there as they are.
    same: i64,
    /// Lines refused.
    refused: i64,
    /// Why it could not be read at all.
    #[schema(value_type = Option<IssueBody>)]
    problem: Option<Issue>,
}

impl From<Part> for BackEntryTableBody {
    fn from(part: Part) -> Self {
        Self {
            number: part.number,
            file_name: part.file_name,
            reading: part.reading,
            total: part.total,
            done: part.done,
            taken: part.taken,
            same: part.same,
            refused: part.refused,
            problem: part.problem,
        }
    }
}

/// How many rows are in a state.
#[derive(Debug, Serialize, ToSchema)]
struct BackEntryCountBody {
    /// The state.
    state: State,
    /// Rows.
    rows: i64,
}

/// A batch with its progress and figures.
#[derive(Debug, Serialize, ToSchema)]
struct BackEntryProgressBody {
    /// Id.
    #[schema(value_type = String)]
    id: BatchId,
    /// Its name.
    name: String,
    /// Where the data come from.
    source: Source,
    /// Its tables, the newest first.
    tables: Vec<BackEntryTableBody>,
    /// Rows in every state.
    counts: Vec<BackEntryCountBody>,
    /// Rejected lines that are not mended.
    rejected: i64,
    /// Page images.
    images: i64,
}

impl From<BatchView> for BackEntryProgressBody {
    fn from(batch: BatchView) -> Self {
        Self {
            id: batch.id,
            name: batch.name,
            source: batch.source,
            tables: batch.parts.into_iter().map(Into::into).collect(),
            counts: batch.counts.states.into_iter().map(|(state, rows)| BackEntryCountBody { state, rows }).collect(),
            rejected: batch.counts.rejects,
            images: batch.counts.images,
        }
    }
}

/// The batches of the caller's organisation.
#[utoipa::path(get, path = "/api/v1/marriage/backentry", tag = "marriage", params(PageParams), responses((status = 200, body = BackEntryBatchesBody)))]
async fn list(caller: Caller, Query(params): Query<PageParams>) -> ApiAnswer<BackEntryBatchesBody> {
    let (batches, more) = backentry::batches(caller.ctx(), params.after.parse().ok()).await?;
    let next = batches.last().filter(|_| more).map(|last| last.id.to_string());
    let batches = batches.into_iter().map(|batch| BackEntryBatchBody {
        id: batch.id,
        name: batch.name,
        source: batch.source,
        opened_at: batch.opened_at,
        lines: batch.lines,
        refused: batch.refused,
        reading: batch.reading,
    });
    Ok(Json(BackEntryBatchesBody { batches: batches.collect(), next }))
}

async fn stands(caller: &Caller, id: BatchId) -> ApiAnswer<BackEntryProgressBody> {
    Ok(Json(backentry::batch(caller.ctx(), id).await?.into()))
}

/// Opens a batch.
#[utoipa::path(post, path = "/api/v1/marriage/backentry", tag = "marriage", request_body = NewBatch, responses((status = 200, body = BackEntryProgressBody)))]
async fn open(caller: Caller, Json(body): Json<NewBatch>) -> ApiAnswer<BackEntryProgressBody> {
    let id = backentry::open(caller.ctx(), &body).await?;
    stands(&caller, id).await
}

/// One batch with the progress of its tables.
#[utoipa::path(get, path = "/api/v1/marriage/backentry/{id}", tag = "marriage", params(("id" = String, Path)),
    responses((status = 200, body = BackEntryProgressBody)))]
async fn show(caller: Caller, Path(id): Path<BatchId>) -> ApiAnswer<BackEntryProgressBody> {
    stands(&caller, id).await
}

/// A table or a page image.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BackEntryFileBody {
    /// Name of the file; rows name images by it.
    #[schema(example = "0012-1.pdf")]
    name: String,
    /// The file in Base64: CSV in UTF-8 or GB18030, or XLSX for a table; JPEG, PNG or PDF for an image.
    #[schema(example = "JVBERi0xLjQK")]
    content: String,
}

/// Sends a table; it is read in the background. The same file again changes nothing.
#[utoipa::path(post, path = "/api/v1/marriage/backentry/{id}/tables", tag = "marriage", params(("id" = String, Path)), request_body = BackEntryFileBody,
    responses((status = 200, body = BackEntryProgressBody)))]
async fn send_table(caller: Caller, Path(id): Path<BatchId>, Json(body): Json<BackEntryFileBody>) -> ApiAnswer<BackEntryProgressBody> {
    let table = SentTable { file_name: body.name, content: base64("table", &body.content)? };
    backentry::send(caller.ctx(), id, table).await?;
    stands(&caller, id).await
}

/// Sends a page image. The same image again changes nothing.
#[utoipa::path(post, path = "/api/v1/marriage/backentry/{id}/images", tag = "marriage", params(("id" = String, Path)), request_body = BackEntryFileBody,
    responses((status = 200, body = BackEntryProgressBody)))]
async fn send_image(caller: Caller, Path(id): Path<BatchId>, Json(body): Json<BackEntryFileBody>) -> ApiAnswer<BackEntryProgressBody> {
    let image = SentImage { name: body.name, content: base64("images", &body.content)? };
    backentry::add_image(caller.ctx(), id, image).await?;
    stands(&caller, id).await
}

/// A rejected line.
#[derive(Debug, Serialize, ToSchema)]
struct BackEntryRejectBody {
    /// Table and line: what the column `mends` of a mended line says.
    mends: String,
    /// Why it was refused.
    #[schema(value_type = Vec<IssueBody>)]
    issues: Vec<Issue>,
    /// Its cells by column, for staff; empty for systems.
    cells: Vec<String>,
}

/// A page of rejected lines.
#[derive(Debug, Serialize, ToSchema)]
struct BackEntryRejectsBody {
    /// Fifty at most, those that are not mended.
    rejected: Vec<BackEntryRejectBody>,
    /// Where the next page begins.
    next: Option<String>,
}

/// Lines that were refused and are not yet mended.
#[utoipa::path(get, path = "/api/v1/marriage/backentry/{id}/rejected", tag = "marriage", params(("id" = String, Path), PageParams),
    responses((status = 200, body = BackEntryRejectsBody)))]
async fn rejected(caller: Caller, Path(id): Path<BatchId>, Query(params): Query<PageParams>) -> ApiAnswer<BackEntryRejectsBody> {
    let behind = params.after.split_once('-').and_then(|(part, line)| Some((part.parse().ok()?, line.parse().ok()?)));
    let (lines, more) = backentry::rejects(caller.ctx(), id, behind.unwrap_or((0, 0))).await?;
    let whole = caller.ctx().actor().staff().is_some();
    let rejected: Vec<_> = lines
        .into_iter()
        .map(|one| BackEntryRejectBody {
            mends: format!("{}-{}", one.part, one.line),
            issues: one.issues,
            cells: if whole { one.cells } else { Vec::new() },
        })
        .collect();
    let next = rejected.last().filter(|_| more).map(|last| last.mends.clone());
    Ok(Json(BackEntryRejectsBody { rejected, next }))
}

/// A row as listed.
#[derive(Debug, Serialize, ToSchema)]
struct BackEntryLineBody {
    /// Id.
    #[schema(value_type = String)]
    id: RowId,
    /// Its archive number.
    archive_no: String,
    /// Where it stands.
    state: State,
    /// How complete it is.
    class: Class,
}

/// A page of rows.
#[derive(Debug, Serialize, ToSchema)]
struct BackEntryLinesBody {
    /// By archive number, fifty at most.
    rows: Vec<BackEntryLineBody>,
    /// Where the next page begins.
    next: Option<String>,
}

fn lines((lines, more): (Vec<backentry::RowLine>, bool)) -> Json<BackEntryLinesBody> {
    let next = lines.last().filter(|_| more).map(|last| last.archive_no.clone());
    let rows = lines.into_iter().map(|line| BackEntryLineBody { id: line.id, archive_no: line.archive_no, state: line.state, class: line.class });
    Json(BackEntryLinesBody { rows: rows.collect(), next })
}

/// Rows of a batch in one state.
#[utoipa::path(get, path = "/api/v1/marriage/backentry/{id}/rows", tag = "marriage", params(("id" = String, Path), RowParams),
    responses((status = 200, body = BackEntryLinesBody)))]
async fn rows(caller: Caller, Path(id): Path<BatchId>, Query(params): Query<RowParams>) -> ApiAnswer<BackEntryLinesBody> {
    let state = State::from_code(&params.state).unwrap_or(State::Keyed);
    Ok(lines(backentry::rows(caller.ctx(), id, state, &params.after).await?))
}

/// Rows of the caller's organisation that a person has to look into.
#[utoipa::path(get, path = "/api/v1/marriage/backentry-conflicts", tag = "marriage", params(PageParams), responses((status = 200, body = BackEntryLinesBody)))]
async fn conflicts(caller: Caller, Query(params): Query<PageParams>) -> ApiAnswer<BackEntryLinesBody> {
    Ok(lines(backentry::conflicts(caller.ctx(), &params.after).await?))
}

/// A field of a row.
#[derive(Debug, Serialize, ToSchema)]
struct BackEntryFieldBody {
    /// The column.
    column: &'static str,
    /// What the cell said.
    original: String,
    /// What it was read as; nothing is unknown.
    value: Option<String>,
    /// It follows from something else (MR-W39).
    derived: bool,
}

/// A row.
#[derive(Debug, Serialize, ToSchema)]
struct BackEntryRowBody {
    /// Id.
    #[schema(value_type = String)]
    id: RowId,
    /// Its archive number.
    archive_no: String,
    /// Where the data come from.
    source: Source,
    /// Where it stands.
    state: State,
    /// How complete it is.
    class: Class,
    /// Confidence of what was published, of 100.
    confidence: Option<i64>,
    /// Every field, for staff; empty for systems.
    fields: Vec<BackEntryFieldBody>,
    /// `MR-W39` for each derived value.
    #[schema(value_type = Vec<IssueBody>)]
    warnings: Vec<Issue>,
    /// How each conflict was found.
    clashes: Vec<backentry::ClashKind>,
    /// What the second person said.
    reason: String,
}

impl BackEntryRowBody {
    fn new(row: RowView, whole: bool) -> Self {
        let fields = row.fields.into_iter().filter(|_| whole);
        Self {
            id: row.id,
            archive_no: row.archive_no,
            source: row.source,
            state: row.state,
            class: row.class,
            confidence: row.fact.map(|fact| fact.confidence),
            fields: fields.map(|field| BackEntryFieldBody { column: field.column, original: field.original, value: field.value, derived: field.derived }).collect(),
            warnings: row.warnings,
            clashes: row.clashes.into_iter().map(|clash| clash.kind).collect(),
            reason: row.reason,
        }
    }
}

async fn read(caller: &Caller, id: RowId) -> platform::Result<Versioned<BackEntryRowBody>> {
    let row = backentry::row(caller.ctx(), id).await?;
    Ok(Versioned { version: row.version, body: BackEntryRowBody::new(row, caller.ctx().actor().staff().is_some()) })
}

async fn acted(caller: &Caller, id: RowId, seen: i64, done: platform::Result<()>) -> ApiVersioned<BackEntryRowBody> {
    match done {
        Ok(()) => Ok(read(caller, id).await?),
        Err(error) => Err(told(error, seen, read(caller, id)).await),
    }
}

/// One row; a recorded look.
#[utoipa::path(get, path = "/api/v1/marriage/backentry-rows/{id}", tag = "marriage", params(("id" = String, Path)),
    responses((status = 200, body = BackEntryRowBody)))]
async fn row(caller: Caller, Path(id): Path<RowId>) -> ApiVersioned<BackEntryRowBody> {
    Ok(read(&caller, id).await?)
}

/// Confirms a row that was compared with its page: it is published, or becomes a conflict.
#[utoipa::path(post, path = "/api/v1/marriage/backentry-rows/{id}/confirm", tag = "marriage", params(("id" = String, Path), IfMatch),
    responses((status = 200, body = BackEntryRowBody)))]
async fn confirm(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<RowId>) -> ApiVersioned<BackEntryRowBody> {
    let done = backentry::confirm(caller.ctx(), id, seen).await.map(drop);
    acted(&caller, id, seen, done).await
}

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BackEntryReasonBody {
    /// In words.
    reason: String,
}

/// Sends a row back to be mended.
#[utoipa::path(post, path = "/api/v1/marriage/backentry-rows/{id}/send-back", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = BackEntryReasonBody, responses((status = 200, body = BackEntryRowBody)))]
async fn send_back(
    caller: Caller,
    IfMatch(seen): IfMatch,
    Path(id): Path<RowId>,
    Json(body): Json<BackEntryReasonBody>,
) -> ApiVersioned<BackEntryRowBody> {
    let done = backentry::send_back(caller.ctx(), id, seen, &body.reason).await;
    acted(&caller, id, seen, done).await
}

/// What was found out about a conflict.
#[derive(Debug, Deserialize, ToSchema)]
struct BackEntryResolveBody {
    /// What is to be done.
    resolution: backentry::Resolution,
    /// Why, and when a marriage ended.
    #[serde(flatten)]
    found: backentry::Resolve,
}

/// Resolves a conflict.
#[utoipa::path(post, path = "/api/v1/marriage/backentry-rows/{id}/resolve", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = BackEntryResolveBody, responses((status = 200, body = BackEntryRowBody)))]
async fn resolve(
    caller: Caller,
    IfMatch(seen): IfMatch,
    Path(id): Path<RowId>,
    Json(body): Json<BackEntryResolveBody>,
) -> ApiVersioned<BackEntryRowBody> {
    let done = backentry::resolve(caller.ctx(), id, seen, body.resolution, &body.found).await.map(drop);
    acted(&caller, id, seen, done).await
}

/// Notes by a paper that a published marriage is over.
#[utoipa::path(post, path = "/api/v1/marriage/backentry-rows/{id}/end", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = backentry::Resolve, responses((status = 200, body = BackEntryRowBody)))]
async fn note_end(
    caller: Caller,
    IfMatch(seen): IfMatch,
    Path(id): Path<RowId>,
    Json(body): Json<backentry::Resolve>,
) -> ApiVersioned<BackEntryRowBody> {
    let done = backentry::note_end(caller.ctx(), id, seen, &body).await;
    acted(&caller, id, seen, done).await
}
