//! What pages and programs are told of an import.

use kernel::{Instant, Issue, Lang};
use platform::{Ctx, Error, OrgId, Result, audit};

use super::issues::in_one_line;
use super::{ImportId, Mapping, State, allowed, store};

/// Lines on one page of a list.
const LINES: i64 = 50;
/// Lines read at once for a file.
const AT_ONCE: i64 = 500;

/// An import as it is listed.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id.
    pub id: ImportId,
    /// Name of the file.
    pub file_name: String,
    /// Where it stands.
    pub state: State,
    /// Lines of the table.
    pub total: i64,
    /// Who sent it.
    pub sent_name: String,
    /// When.
    pub sent_at: Instant,
}

/// An import as its page shows it.
#[derive(Debug, Clone)]
pub struct Import {
    /// What the list says.
    pub line: Line,
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// Which column is what, as guessed or chosen.
    pub mapping: Mapping,
    /// Lines that the present run has looked at.
    pub done: i64,
    /// Organisations that are, or would be, new.
    pub fresh: i64,
    /// Those that change.
    pub changed: i64,
    /// Those that stay.
    pub same: i64,
    /// Lines that cannot be taken.
    pub refused: i64,
}

/// A line that cannot be taken.
#[derive(Debug, Clone)]
pub struct Reject {
    /// Its number in the table.
    pub line: i64,
    /// Its cells.
    pub cells: Vec<String>,
    /// Why.
    pub issues: Vec<Issue>,
}

fn line(head: &store::Head) -> Line {
    Line { id: head.id, file_name: head.file_name.clone(), state: head.state, total: head.total, sent_name: head.sent_name.clone(), sent_at: head.sent_at }
}

/// The body for which the actor imports: where he works.
pub fn own_body(ctx: &Ctx) -> Result<OrgId> {
    ctx.require_role(&super::IMPORTS)?;
    Ok(ctx.actor().staff().ok_or(Error::SignIn)?.org)
}

/// The imports of the actor's body, the newest first, fifty a page; whether there are more.
///
/// # Errors
/// `Denied` for whoever is no administrator.
pub async fn imports(ctx: &Ctx, before: Option<ImportId>) -> Result<(Vec<Line>, bool)> {
    let mut heads = store::heads(ctx.db(), own_body(ctx)?, before, LINES + 1).await?;
    let more = heads.len() > usize::try_from(LINES).unwrap_or(usize::MAX);
    heads.truncate(usize::try_from(LINES).unwrap_or(usize::MAX));
    Ok((heads.iter().map(line).collect(), more))
}

async fn seen(ctx: &Ctx, id: ImportId) -> Result<store::Head> {
    let head = store::head(ctx.db(), id).await?;
    allowed(ctx, &head).await?;
    Ok(head)
}

/// One import.
///
/// # Errors
/// `NotFound`, also for another body's.
pub async fn import(ctx: &Ctx, id: ImportId) -> Result<Import> {
    let head = seen(ctx, id).await?;
    Ok(Import {
        line: line(&head),
        columns: head.columns,
        mapping: head.mapping,
        done: head.done,
        fresh: head.fresh,
        changed: head.changed,
        same: head.same,
        refused: head.refused,
    })
}

/// Lines that cannot be taken, fifty a page, those behind a line; whether there are more.
///
/// # Errors
/// `NotFound`, also for another body's.
pub async fn rejects(ctx: &Ctx, id: ImportId, after: i64) -> Result<(Vec<Reject>, bool)> {
    let head = seen(ctx, id).await?;
    let mut found = store::rejects(ctx, &head, after, LINES + 1).await?;
    let more = found.len() > usize::try_from(LINES).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(LINES).unwrap_or(usize::MAX));
    Ok((found.into_iter().map(|(line, cells, issues)| Reject { line, cells, issues }).collect(), more))
}

/// All that are kept, as CSV: the line, why, and its cells under the heads of the table, to be mended and sent again. A recorded read.
///
/// # Errors
/// `NotFound`, also for another body's.
pub async fn rejected_csv(ctx: &Ctx, id: ImportId, lang: Lang) -> Result<Vec<u8>> {
    let head = seen(ctx, id).await?;
    let event = audit::Event::new("organization.import.rejected", "organization_import", id).region(&head.region);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move { audit::record(&tx, &ctx, event).await }
        })
        .await?;
    let mut out = sheets::Csv::new(Vec::new()).map_err(Error::internal)?;
    let first = match lang {
        Lang::Zh => ["行号", "未导入原因"],
        Lang::En => ["Line", "Why it was not taken"],
    };
    out.row(first.into_iter().map(str::to_owned).chain(head.columns.iter().cloned())).map_err(Error::internal)?;
    let mut after = 0;
    loop {
        let some = store::rejects(ctx, &head, after, AT_ONCE).await?;
        let Some((last, ..)) = some.last() else { break };
        after = *last;
        for (line, mut cells, issues) in some {
            cells.resize(head.columns.len(), String::new());
            out.row([line.to_string(), in_one_line(&issues, lang)].into_iter().chain(cells)).map_err(Error::internal)?;
        }
    }
    out.finish().map_err(Error::internal)
}
