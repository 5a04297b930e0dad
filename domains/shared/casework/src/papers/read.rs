//! Reading documents: the addressee on his page, which serves them; staff in the case.

use documents::shapes::Paper;
use kernel::{Instant, Text};
use platform::ports::{FileId, MediaType};
use platform::{Ctx, Error, Result, Scope, audit};

use super::make::open;
use super::serve::readers;
use super::{Kind, PaperId, ServiceId, Way, compose};
use crate::CaseId;
use super::store::{self as table, Row};

/// How far the service of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// Issued, and nobody has received it.
    Issued,
    /// Received by the addressee or somebody for him.
    Served(Instant),
    /// 作废.
    Voided(Instant),
}

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: PaperId,
    /// What it is.
    pub kind: Kind,
    /// Its number.
    pub number: String,
    /// When it was issued.
    pub issued_at: Instant,
    /// How far its service is.
    pub stand: Stand,
    /// Whether its file is made.
    pub made: bool,
}

/// A service of a document as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceLine {
    /// Its id.
    pub id: ServiceId,
    /// In which way.
    pub way: Text,
    /// sent, served, returned.
    pub state: String,
    /// Who received it; empty while under way.
    pub receiver: String,
    /// Number of the post, empty otherwise.
    pub tracking_no: String,
    /// When it was sent or handed over.
    pub sent_at: Instant,
    /// When it arrived or came back.
    pub ended_at: Option<Instant>,
}

/// A document with all that its page shows: the HTML twin of its file (P11-7).
#[derive(Debug, Clone)]
pub struct Shown {
    /// As in lists.
    pub line: Line,
    /// The case.
    pub case: CaseId,
    /// Its words in the reader's language.
    pub words: Paper,
    /// Why it was voided; empty while it stands.
    pub void_reason: String,
    /// Services on paper, for staff.
    pub services: Vec<ServiceLine>,
    /// Whether the reader is staff.
    pub for_staff: bool,
}

/// The file or what lies beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The PDF.
    File,
    /// The detached signature.
    Signature,
}

/// A file to be sent.
#[derive(Debug, Clone)]
pub struct Download {
    /// A name for it.
    pub name: String,
    /// Its type.
    pub media_type: MediaType,
    /// Its content.
    pub content: Vec<u8>,
}

/// Who reads.
enum Reader {
    Addressee(platform::PersonId),
    Staff,
}

fn line(row: &Row) -> Result<Line> {
    let stand = match (row.voided_at, row.served_at) {
        (Some(at), _) => Stand::Voided(at),
        (None, Some(at)) => Stand::Served(at),
        (None, None) => Stand::Issued,
    };
    Ok(Line { id: row.id, kind: row.kind()?, number: row.number.clone(), issued_at: row.issued_at, stand, made: row.file.is_some() })
}

async fn reader(ctx: &Ctx, row: &Row) -> Result<Reader> {
    if let Some(citizen) = ctx.actor().citizen() {
        let person = citizen.person.ok_or(Error::NotFound)?;
        // Somebody else's document is none: nothing is told of it.
        return if table::is_addressee(ctx.db(), row.id, person).await? { Ok(Reader::Addressee(person)) } else { Err(Error::NotFound) };
    }
    ctx.require(readers(row.kind()?), &Scope::region(row.region).org(row.org).item(row.item_code.clone())).await?;
    Ok(Reader::Staff)
}

/// The document for its page. An addressee who opens it has been served; staff leave a line in the audit trail.
pub async fn show(ctx: &Ctx, id: PaperId) -> Result<Shown> {
    let row = table::one(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let reader = reader(ctx, &row).await?;
    opened(ctx, &row, &reader).await?;
    let row = table::one(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let (head, content) = open(ctx, &row)?;
    let for_staff = matches!(reader, Reader::Staff);
    let services = if for_staff { services(ctx, id).await? } else { Vec::new() };
    Ok(Shown {
        line: line(&row)?,
        case: row.case,
        words: compose(&head, &content, &row.number, row.issued_at, ctx.lang()),
        void_reason: row.void_reason.unwrap_or_default(),
        services,
        for_staff,
    })
}

async fn services(ctx: &Ctx, id: PaperId) -> Result<Vec<ServiceLine>> {
    let rows = table::services(ctx.db(), id).await?;
    rows.into_iter()
        .map(|row| {
            let receiver = ctx.keys().open_text("paper_service", "receiver", &row.id.to_vec(), &row.receiver).map_err(Error::internal)?;
            let way = Way::from_code(row.way).ok_or_else(|| Error::internal("a way of serving that is none"))?.name();
            let ended_at = row.ended();
            Ok(ServiceLine { id: row.id, way, state: row.state, receiver, tracking_no: row.tracking_no, sent_at: row.sent_at, ended_at })
        })
        .collect()
}

/// Writes down that it was opened, once a person.
async fn opened(ctx: &Ctx, row: &Row, reader: &Reader) -> Result<()> {
    let (id, now) = (row.id, ctx.now());
    let event = audit::Event::new("paper.open", "paper", id).region(&row.region);
    match reader {
        Reader::Staff => {
            ctx.db()
                .write(|tx| {
                    let (ctx, event) = (ctx.clone(), event.clone());
                    async move { audit::record(&tx, &ctx, event).await }
                })
                .await
        }
        Reader::Addressee(_) if row.voided_at.is_some() => Ok(()),
        Reader::Addressee(person) => {
            let (person, event) = (*person, event.person(*person));
            if table::was_opened(ctx.db(), id, person).await? {
                return Ok(());
            }
            ctx.db()
                .write(|tx| {
                    let (ctx, event) = (ctx.clone(), event.clone());
                    async move {
                        if table::opened(&tx, id, person, now).await? {
                            table::served(&tx, id, now).await?;
                            audit::record(&tx, &ctx, event).await?;
                        }
                        Ok::<_, Error>(())
                    }
                })
                .await
        }
    }
}

/// The file of a document; opening it serves it like its page.
///
/// # Errors
/// `NotFound` while the file is not made.
pub async fn download(ctx: &Ctx, id: PaperId, part: Part) -> Result<Download> {
    let row = table::one(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let reader = reader(ctx, &row).await?;
    opened(ctx, &row, &reader).await?;
    let title = row.kind()?.name().zh;
    let (file, name) = match part {
        Part::File => (row.file, format!("{title} {}.pdf", row.number)),
        Part::Signature => (row.signature, format!("{title} {}.pdf.sm2", row.number)),
    };
    let file = FileId::parse(&file.ok_or(Error::NotFound)?).ok_or_else(|| Error::internal("not the name of a file"))?;
    let (content, media_type) = ctx.platform().files().get(&file).await?;
    Ok(Download { name, media_type, content })
}

/// The signed-in person's documents, the newest first, 50 a page before `before`.
pub async fn mine(ctx: &Ctx, before: Option<PaperId>) -> Result<Vec<Line>> {
    let person = ctx.actor().citizen().ok_or(Error::SignIn)?.person;
    let Some(person) = person else { return Ok(Vec::new()) };
    table::of_person(ctx.db(), person, before).await?.iter().map(line).collect()
}

/// The documents of a case, in the order of their issue. For callers that have authorised the case.
pub async fn of_case(ctx: &Ctx, case: CaseId) -> Result<Vec<Line>> {
    table::of_case(ctx.db(), case).await?.iter().map(line).collect()
}
