//! Documents of supervision: read in words and as a file by the desk and by the organisation, checked by whoever holds one.

use casework::papers::{Checked, Download};
use documents::Press;
use documents::shapes::Paper;
use kernel::{Day, Instant};
use platform::ports::{FileId, MediaType};
use platform::{Ctx, Error, Result};

use super::own::own_row;
use super::view::readable;
use crate::supervision::input::Input;
use crate::supervision::model::{Content, ProceedingId};
use crate::supervision::papers::{Document, PaperId, PaperKind, Service};
use crate::supervision::states::{Act, DELIVER};
use crate::supervision::store::papers::{self, Made, Row};
use crate::supervision::store::{proceedings, services};

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperLine {
    /// Id.
    pub id: PaperId,
    /// What it is.
    pub kind: PaperKind,
    /// Its number.
    pub number: String,
    /// When it was issued.
    pub issued_at: Instant,
    /// From when it no longer counts.
    pub voided_on: Option<Day>,
    /// Until when it counts at most.
    pub until_on: Option<Day>,
    /// That day is over.
    pub over: bool,
    /// How it was served, once it was.
    pub service: Option<Service>,
}

impl PaperLine {
    fn new(row: &Row, today: Day, service: Option<Service>) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            number: row.number.clone(),
            issued_at: row.issued_at,
            voided_on: row.voided_on(),
            until_on: row.until_on(),
            over: row.until_on().is_some_and(|until| until < today),
            service,
        }
    }

    /// Whether its service can be recorded: it was sent and counts, and nobody has recorded one. A penalty decision is served by an act of its own.
    pub(super) fn to_serve(&self) -> bool {
        self.kind.is_sent() && self.kind != PaperKind::PenaltyDecision && self.voided_on.is_none() && self.service.is_none()
    }
}

/// Those of a proceeding, the oldest first.
pub(super) async fn lines(ctx: &Ctx, proceeding: ProceedingId) -> Result<Vec<PaperLine>> {
    let mut served = services::of(ctx, proceeding).await?;
    Ok(papers::of(ctx.db(), proceeding).await?.iter().map(|row| PaperLine::new(row, ctx.today(), served.remove(&row.id))).collect())
}

/// What an act that leaves a record of service serves: the penalty decision, or the document that was chosen.
pub(super) async fn document(ctx: &Ctx, row: &proceedings::Row, act: &Act, input: &Input) -> Result<Option<Document>> {
    if act.paper != Some(PaperKind::Service) {
        return Ok(None);
    }
    let lines = lines(ctx, row.id).await?;
    let of = |line: PaperLine| Document { id: Some(line.id), title: line.kind.name(), number: line.number, issued_on: line.issued_at.day() };
    if act.code == DELIVER {
        let chosen = input.get("paper");
        return Ok(lines.into_iter().find(|line| line.to_serve() && line.id.to_string() == chosen).map(of));
    }
    let decision = lines.into_iter().rfind(|line| line.kind == PaperKind::PenaltyDecision && line.voided_on.is_none()).map(of);
    let undocumented = match &row.content {
        Content::Penalty(content) => content.decided_on.map(|issued_on| Document { id: None, title: PaperKind::PenaltyDecision.name(), number: content.number.clone(), issued_on }),
        _ => None,
    };
    Ok(decision.or(undocumented))
}

/// A document in words: the twin of its file.
#[derive(Debug, Clone)]
pub struct ShownPaper {
    /// As in lists.
    pub line: PaperLine,
    /// The proceeding.
    pub proceeding: ProceedingId,
    /// Its words in the reader's language.
    pub words: Paper,
}

/// Through which door a document is read.
#[derive(Debug, Clone, Copy)]
pub enum Door<'a> {
    /// The desk.
    Desk,
    /// The organisation with this credit code.
    Own(&'a str),
}

/// The file of a document, or what lies beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperPart {
    /// The PDF.
    File,
    /// The detached signature.
    Signature,
}

/// Whoever reads the proceeding through this door reads its documents.
async fn read(ctx: &Ctx, door: Door<'_>, id: PaperId) -> Result<Row> {
    let Door::Own(uscc) = door else {
        ctx.require_role(crate::supervision::states::READERS)?;
        let row = papers::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
        readable(ctx, row.proceeding).await?;
        return Ok(row);
    };
    let row = papers::by_id(ctx.db(), id).await?.filter(|row| row.kind.is_sent());
    // Who may not act for the organisation is told the same of a document that is there and of one that is not.
    match row {
        Some(row) => own_row(ctx, uscc, row.proceeding).await.map(|_| row),
        None => Err(if ctx.actor().citizen().is_some() { Error::NotFound } else { Error::SignIn }),
    }
}

/// A document in words.
///
/// # Errors
/// `E-P805` at the desk for whoever does not read the proceeding; not found for whoever may not act for the organisation.
pub async fn paper(ctx: &Ctx, door: Door<'_>, id: PaperId) -> Result<ShownPaper> {
    let row = read(ctx, door, id).await?;
    Ok(ShownPaper { line: PaperLine::new(&row, ctx.today(), None), proceeding: row.proceeding, words: row.words(ctx)?.of(ctx.lang()) })
}

/// Its file; made when somebody wants it first, and the same ever after.
///
/// # Errors
/// Those of [`paper`].
pub async fn paper_file(ctx: &Ctx, press: &Press, door: Door<'_>, id: PaperId, part: PaperPart) -> Result<Download> {
    let mut row = read(ctx, door, id).await?;
    if row.file.is_none() {
        let made = make(ctx, press, &row).await?;
        ctx.db()
            .write(|tx| {
                let made = made.clone();
                async move { papers::made(&tx, id, &made).await }
            })
            .await?;
        // Another request may have made it first: what is kept counts.
        row = papers::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    }
    let title = row.kind.name().zh;
    let (file, name) = match part {
        PaperPart::File => (row.file, format!("{title} {}.pdf", row.number)),
        PaperPart::Signature => (row.signature, format!("{title} {}.pdf.sm2", row.number)),
    };
    let file = file.as_deref().and_then(FileId::parse).ok_or_else(|| Error::internal("not the name of a file"))?;
    let (content, media_type) = ctx.platform().files().get(&file).await?;
    Ok(Download { name, media_type, content })
}

async fn make(ctx: &Ctx, press: &Press, row: &Row) -> Result<Made> {
    let mut sheet = row.words(ctx)?.zh;
    sheet.check_url = format!("{}/d/{}", ctx.settings().public_origin.trim_end_matches('/'), row.token(ctx)?);
    let job = sheet.job(&row.kind.template(), row.issued_at).map_err(Error::internal)?;
    let pdf = press.render(job).await.map_err(Error::internal)?;
    let (signer, files) = (ctx.platform().signer(), ctx.platform().files());
    let signature = signer.sign(&pdf);
    let file = files.put(pdf, MediaType::Pdf).await?;
    let beside = files.put(signature, MediaType::Binary).await?;
    Ok(Made { file: file.id.as_str().to_owned(), sm3: file.sm3, signature: beside.id.as_str().to_owned(), signer_key: signer.key_id() })
}

/// What a stranger is told who scanned the symbol of a document; nothing where there is none.
///
/// # Errors
/// Those of the database.
pub async fn check_paper(ctx: &Ctx, token: &str) -> Result<Option<Checked>> {
    let well_formed = token.len() == 26 && token.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if !well_formed {
        return Ok(None);
    }
    let Some(row) = papers::by_token(ctx, token).await? else { return Ok(None) };
    let words = row.words(ctx)?;
    Ok(Some(Checked {
        stands: row.voided_on().is_none() && row.until_on().is_none_or(|until| ctx.today() <= until),
        kind: row.kind.code(),
        name: row.kind.name(),
        issuer: kernel::Text::new(words.zh.issuer, words.en.issuer),
        number: row.number,
        issued_on: row.issued_at.day(),
        sm3: row.file_sm3,
    }))
}
