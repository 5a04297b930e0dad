//! What pages and programs are told: batches with their progress, rows with both texts, rejected lines, conflicts.

use kernel::{Instant, Issue, Lang};
use platform::ports::MediaType;
use platform::{Ctx, Error, OrgId, Result, audit};

use super::clashes::Clash;
use super::issues::{derived, in_one_line};
use super::model::{BatchId, COLUMNS, Class, ImageId, MENDS, PaperDate, PartId, RejectId, RowId, Source, State, Written};
use super::{CHECKS, KEYS, READERS, at_home, scope, submit};
use crate::model::EndKind;
use crate::store::{backentry, backfacts, backrows as tables};

/// Lines on one page of a list.
const LINES: i64 = 50;
/// Rejected lines read at once for a file.
const REJECTS_AT_ONCE: i64 = 500;

/// A batch as it is listed.
#[derive(Debug, Clone)]
pub struct BatchLine {
    /// Its id.
    pub id: BatchId,
    /// Its name.
    pub name: String,
    /// Where the data come from.
    pub source: Source,
    /// Who opened it.
    pub opened_name: String,
    /// When.
    pub opened_at: Instant,
    /// Lines read so far.
    pub lines: i64,
    /// Of them refused, mended since or not.
    pub refused: i64,
    /// A table of it is being read.
    pub reading: bool,
}

/// A table of a batch.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its id.
    pub id: PartId,
    /// Its number within the batch.
    pub number: i64,
    /// Name of the file.
    pub file_name: String,
    /// It is being read.
    pub reading: bool,
    /// Its lines, once counted.
    pub total: Option<i64>,
    /// Of them read.
    pub done: i64,
    /// New or mended rows.
    pub taken: i64,
    /// Rows that were there as they are.
    pub same: i64,
    /// Lines refused.
    pub refused: i64,
    /// Why it could not be read at all.
    pub problem: Option<Issue>,
    /// Who sent it.
    pub keyed_name: String,
    /// When.
    pub keyed_at: Instant,
}

/// The figures of a batch.
#[derive(Debug, Clone)]
pub struct Counts {
    /// Rows in every state.
    pub states: Vec<(State, i64)>,
    /// Rejected lines that are not mended.
    pub rejects: i64,
    /// Page images.
    pub images: i64,
}

/// A batch with everything that its page shows.
#[derive(Debug, Clone)]
pub struct BatchView {
    /// Its id.
    pub id: BatchId,
    /// Its name.
    pub name: String,
    /// Where the data come from.
    pub source: Source,
    /// Who opened it.
    pub opened_name: String,
    /// When.
    pub opened_at: Instant,
    /// Its tables, the newest first.
    pub parts: Vec<Part>,
    /// Its figures.
    pub counts: Counts,
    /// The next row that the reader may check.
    pub next: Option<RowId>,
    /// The reader may send tables and images.
    pub may_key: bool,
}

/// A row as it is listed. It names nobody.
#[derive(Debug, Clone)]
pub struct RowLine {
    /// Its id.
    pub id: RowId,
    /// Its archive number.
    pub archive_no: String,
    /// Where it stands.
    pub state: State,
    /// How complete it is.
    pub class: Class,
    /// Who keyed it.
    pub keyed_name: String,
}

/// A page image of a row.
#[derive(Debug, Clone)]
pub struct ImageView {
    /// Its name.
    pub name: String,
    /// Its id; none while it is not there.
    pub id: Option<ImageId>,
    /// SM3 of its content.
    pub sm3: String,
}

/// What was published of a row.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The marriage stands.
    pub stands: bool,
    /// How far it is trusted, of 100.
    pub confidence: i64,
    /// When it ended, as far as the paper tells.
    pub ended_on: Option<PaperDate>,
    /// Why.
    pub end_kind: Option<EndKind>,
    /// By which paper.
    pub basis: String,
}

/// A row with everything that its page shows. Numbers are whole: the look is recorded.
#[derive(Debug, Clone)]
pub struct RowView {
    /// Its id.
    pub id: RowId,
    /// Its batch.
    pub batch: BatchId,
    /// Where the data come from.
    pub source: Source,
    /// Its archive number.
    pub archive_no: String,
    /// The version that is shown.
    pub version: i64,
    /// Where it stands.
    pub state: State,
    /// How complete it is.
    pub class: Class,
    /// Every field, original and value.
    pub fields: Vec<Written>,
    /// `MR-W39` for each derived value.
    pub warnings: Vec<Issue>,
    /// Its page images.
    pub images: Vec<ImageView>,
    /// Who keyed it.
    pub keyed_name: String,
    /// Who checked it, and when.
    pub checked: Option<(String, Instant)>,
    /// What the second person said.
    pub reason: String,
    /// With what it is in conflict.
    pub clashes: Vec<Clash>,
    /// What was published.
    pub fact: Option<Fact>,
    /// The reader may check it.
    pub may_check: bool,
    /// The reader might, had he not keyed it himself.
    pub own: bool,
    /// The next row of the batch that he may check.
    pub next: Option<RowId>,
}

/// A rejected line.
#[derive(Debug, Clone)]
pub struct Reject {
    /// Its id.
    pub id: RejectId,
    /// Number of its table within the batch.
    pub part: i64,
    /// Its line in that table.
    pub line: i64,
    /// Its cells in the order of [`COLUMNS`].
    pub cells: Vec<String>,
    /// Why it was refused.
    pub issues: Vec<Issue>,
}

/// The first `most` of a page, and whether there are more.
fn page<T>(mut all: Vec<T>) -> (Vec<T>, bool) {
    let most = usize::try_from(LINES).unwrap_or(usize::MAX);
    let more = all.len() > most;
    all.truncate(most);
    (all, more)
}

/// The batches of the actor's organisation, the newest first, fifty a page.
pub async fn batches(ctx: &Ctx, before: Option<BatchId>) -> Result<(Vec<BatchLine>, bool)> {
    let (_, org) = at_home(ctx, &READERS).await?;
    Ok(page(tables::batches(ctx.db(), org, before, LINES + 1).await?))
}

/// Whether the actor may open batches where he works.
pub async fn may_key(ctx: &Ctx) -> bool {
    at_home(ctx, &KEYS).await.is_ok()
}

/// A batch that the actor may see; for anybody else it does not exist.
async fn seen(ctx: &Ctx, id: BatchId) -> Result<backentry::BatchHead> {
    let head = backentry::batch(ctx.db(), id).await?;
    visible(ctx, head.region, head.org).await?;
    Ok(head)
}

async fn visible(ctx: &Ctx, region: kernel::RegionCode, org: OrgId) -> Result<()> {
    match ctx.require(&READERS, &scope(region, org)).await {
        Err(Error::Denied(_)) => Err(Error::NotFound),
        other => other,
    }
}

/// One batch.
///
/// # Errors
/// `NotFound`, also for a batch of another organisation.
pub async fn batch(ctx: &Ctx, id: BatchId) -> Result<BatchView> {
    let head = seen(ctx, id).await?;
    let here = scope(head.region, head.org);
    let checks = ctx.require(&CHECKS, &here).await.is_ok();
    Ok(BatchView {
        id,
        name: head.name,
        source: head.source,
        opened_name: head.opened_name,
        opened_at: head.opened_at,
        parts: tables::parts(ctx.db(), id).await?,
        counts: tables::counts(ctx.db(), id).await?,
        next: if checks { tables::next_to_check(ctx.db(), id, "", &ctx.actor().key()).await? } else { None },
        may_key: ctx.require(&KEYS, &here).await.is_ok(),
    })
}

/// Rows of a batch in one state, fifty a page by archive number, those after `after`.
pub async fn rows(ctx: &Ctx, id: BatchId, state: State, after: &str) -> Result<(Vec<RowLine>, bool)> {
    seen(ctx, id).await?;
    Ok(page(tables::of_batch(ctx.db(), id, state, after, LINES + 1).await?))
}

/// Rows of the actor's organisation that a person has to look into (R-MR-37), fifty a page.
pub async fn conflicts(ctx: &Ctx, after: &str) -> Result<(Vec<RowLine>, bool)> {
    let (_, org) = at_home(ctx, &READERS).await?;
    Ok(page(tables::conflicts(ctx.db(), org, after, LINES + 1).await?))
}

/// Open rejected lines of a batch, fifty a page, those behind a part and a line.
pub async fn rejects(ctx: &Ctx, id: BatchId, after: (i64, i64)) -> Result<(Vec<Reject>, bool)> {
    seen(ctx, id).await?;
    Ok(page(tables::rejects(ctx.db(), ctx.keys(), id, after, LINES + 1).await?))
}

/// All open rejected lines as CSV: what was sent, why it was refused, and the line that a mended one answers. A recorded read.
pub async fn rejected_csv(ctx: &Ctx, id: BatchId, lang: Lang) -> Result<Vec<u8>> {
    let head = seen(ctx, id).await?;
    looked(ctx, audit::Event::new("marriage.backentry.rejected", "back_batch", id).region(&head.region)).await?;
    let mut out = sheets::Csv::new(Vec::new()).map_err(Error::internal)?;
    let names = [MENDS.zh, "退回原因"].into_iter().chain(COLUMNS.iter().map(|column| column.zh));
    out.row(names).map_err(Error::internal)?;
    let mut after = (0, 0);
    loop {
        let some = tables::rejects(ctx.db(), ctx.keys(), id, after, REJECTS_AT_ONCE).await?;
        let Some(last) = some.last() else { break };
        after = (last.part, last.line);
        for reject in some {
            let line = format!("{}-{}", reject.part, reject.line);
            out.row([line, in_one_line(&reject.issues, lang)].into_iter().chain(reject.cells)).map_err(Error::internal)?;
        }
    }
    out.finish().map_err(Error::internal)
}

async fn looked(ctx: &Ctx, event: audit::Event) -> Result<()> {
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move { audit::record(&tx, &ctx, event).await }
        })
        .await
}

/// One row; a recorded look.
///
/// # Errors
/// `NotFound`, also for a row of another organisation.
pub async fn row(ctx: &Ctx, id: RowId) -> Result<RowView> {
    let row = tables::load(ctx.db(), ctx.keys(), id).await?;
    visible(ctx, row.region, row.org).await?;
    looked(ctx, audit::Event::new("marriage.backentry.read", "back_row", id).region(&row.region).reason(&row.archive_no)).await?;
    let names = row.record.images.value.clone().unwrap_or_default();
    let there = backentry::images_of(ctx.db(), id, &names).await?;
    let images = names.into_iter().map(|name| {
        let found = there.iter().find(|(one, ..)| *one == name);
        ImageView { id: found.map(|(_, id, _)| *id), sm3: found.map(|(.., sm3)| sm3.clone()).unwrap_or_default(), name }
    });
    let own = row.keyed_by == ctx.actor().key();
    let checks = ctx.require(&CHECKS, &scope(row.region, row.org)).await.is_ok();
    Ok(RowView {
        id,
        batch: row.batch,
        source: row.source,
        version: row.version,
        state: row.state,
        class: row.class,
        fields: row.record.written(),
        warnings: row.record.inferred().into_iter().map(derived).collect(),
        images: images.collect(),
        keyed_name: row.keyed_name,
        checked: row.checked,
        reason: row.reason,
        clashes: row.clashes,
        fact: backfacts::of_row(ctx.db(), id).await?,
        may_check: checks && !own,
        own,
        next: if checks { tables::next_to_check(ctx.db(), row.batch, &row.archive_no, &ctx.actor().key()).await? } else { None },
        archive_no: row.archive_no,
    })
}

/// A page image and its media type; a recorded look.
pub async fn image(ctx: &Ctx, id: ImageId) -> Result<(Vec<u8>, MediaType)> {
    let (batch, file) = backentry::image_file(ctx.db(), id).await?;
    let head = seen(ctx, batch).await?;
    looked(ctx, audit::Event::new("marriage.backentry.image_read", "back_image", id).region(&head.region)).await?;
    submit::stored(ctx, &file).await
}
