//! Taking a table in: its lines are kept in pieces.

use std::io::{Read, Seek};

use platform::ports::MediaType;
use platform::{Ctx, Error, OrgId, Result, Scope, audit, regions};
use sheets::{Fault, Limits, Table};
use tokio::sync::mpsc;

use super::mapping::Mapping;
use super::row::Kept;
use super::{IMPORTS, ImportId, issues, store};

/// Lines of one piece.
pub(super) const PIECE: usize = 2_000;
/// Characters of a file's name that are kept.
const LONGEST_NAME: usize = 100;

/// A table as sent.
#[derive(Debug)]
pub struct Sent<R> {
    /// The name of its file.
    pub file_name: String,
    /// The body whose register it is.
    pub authority: OrgId,
    /// Its bytes.
    pub source: R,
}

/// What is read of a table: its head, then pieces.
enum Part {
    Head(Vec<String>),
    Piece(Vec<Kept>),
}

/// Takes a table in, to be mapped.
///
/// # Errors
/// `E-TAB01` … for what is no table or too large; `Denied` for a body for which the actor is no administrator.
pub async fn send<R: Read + Seek + Send + 'static>(ctx: &Ctx, sent: Sent<R>) -> Result<ImportId> {
    let body = regions::organisation(ctx.db(), sent.authority).await?.ok_or(Error::NotFound)?;
    ctx.require(&IMPORTS, &Scope::region(body.region).org(body.id)).await?;
    let (sender, mut parts) = mpsc::channel(2);
    let source = sent.source;
    let reading = tokio::task::spawn_blocking(move || read(source, &sender));
    let (mut columns, mut pieces, mut total) = (Vec::new(), Vec::new(), 0_i64);
    while let Some(part) = parts.recv().await {
        match part {
            Part::Head(head) => columns = head,
            Part::Piece(lines) => {
                let count = i64::try_from(lines.len()).map_err(Error::internal)?;
                let bytes = serde_json::to_vec(&lines).map_err(Error::internal)?;
                let file = ctx.platform().files().put(bytes, MediaType::Binary).await?;
                pieces.push((total, file.id.as_str().to_owned()));
                total += count;
            }
        }
    }
    reading.await.map_err(Error::internal)?.map_err(told)?;
    let known = store::remembered(ctx.db(), body.id, &columns).await?;
    let mapping = known.unwrap_or_else(|| Mapping::guess(&columns));
    let file_name: String = kernel::text::line(&sent.file_name).chars().take(LONGEST_NAME).collect();
    let new = store::NewImport { id: ctx.id(), authority: body.id, region: body.region, file_name, columns, mapping, total };
    write(ctx, new, pieces).await
}

/// The head of the import, then its pieces, two hundred a transaction; it is shown once all of them are there.
async fn write(ctx: &Ctx, new: store::NewImport, pieces: Vec<(i64, String)>) -> Result<ImportId> {
    let id = new.id;
    let event = audit::Event::new("organization.import.send", "organization_import", id).region(&new.region).reason(&new.file_name);
    let new = std::sync::Arc::new(new);
    ctx.db()
        .write(|tx| {
            let (ctx, new) = (ctx.clone(), new.clone());
            async move { store::insert(&tx, &ctx, &new).await }
        })
        .await?;
    for some in pieces.chunks(200) {
        let some = std::sync::Arc::new(some.to_vec());
        ctx.db()
            .write(|tx| {
                let some = some.clone();
                async move { store::insert_pieces(&tx, id, &some).await }
            })
            .await?;
    }
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                store::complete(&tx, id).await?;
                audit::record(&tx, &ctx, event).await?;
                Ok::<_, Error>(id)
            }
        })
        .await
}

/// What a program for tables says, at the field of the form.
fn told(fault: Fault) -> Error {
    match fault {
        Fault::Refused(issue) => issue.field("table").into(),
        Fault::Unread(error) => Error::internal(error),
    }
}

/// Hands head and lines over, for as long as somebody takes them.
fn read<R: Read + Seek>(mut source: R, to: &mpsc::Sender<Part>) -> Result<(), Fault> {
    if source.seek(std::io::SeekFrom::End(0))? == 0 {
        return Err(Fault::Refused(issues::no_table()));
    }
    source.seek(std::io::SeekFrom::Start(0))?;
    let limits = Limits { unpacked: 2 << 30, shared: 256 << 20, ..Limits::default() };
    let mut table = Table::open(source, limits)?;
    let mut rows = table.rows()?;
    let head = rows.head()?.cells.iter().map(|cell| kernel::text::line(cell).chars().take(LONGEST_NAME).collect()).collect();
    if to.blocking_send(Part::Head(head)).is_err() {
        return Ok(());
    }
    let mut lines = Vec::with_capacity(PIECE);
    for row in rows {
        let row = row?;
        lines.push(Kept { number: i64::try_from(row.number).unwrap_or(i64::MAX), cells: row.cells, lossy: row.lossy });
        if lines.len() == PIECE && to.blocking_send(Part::Piece(std::mem::replace(&mut lines, Vec::with_capacity(PIECE)))).is_err() {
            return Ok(());
        }
    }
    if !lines.is_empty() {
        // Nobody takes them any more when the request is gone.
        let _ = to.blocking_send(Part::Piece(lines));
    }
    Ok(())
}
