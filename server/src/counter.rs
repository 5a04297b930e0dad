//! What pages and programs share of a counter: files that are taken in, papers that are made, a correction from what was typed.

use casework::CaseId;
use documents::Press;
use documents::shapes::Booklet;
use marriage::Ports;
use marriage::divorce::ops as divorce;
use marriage::model::{Photo, Side, Snapshot};
use marriage::ops::{self, CaseFileKey};
use platform::ports::{Accept, FileId, dimensions};
use platform::{Ctx, Error, Result};

/// Stores the scan of a declaration and gives its key; `field` is where it was sent.
pub(crate) async fn scan(ctx: &Ctx, field: &'static str, bytes: Vec<u8>) -> Result<String> {
    Ok(ctx.platform().files().take(bytes, Accept::scan(field)).await?.id.as_str().to_owned())
}

/// Stores the photo of a certificate, not yet confirmed.
pub(crate) async fn photo(ctx: &Ctx, bytes: Vec<u8>) -> Result<Photo> {
    photo_at(ctx, "photo", bytes).await
}

/// Stores a photo that was sent in this field.
pub(crate) async fn photo_at(ctx: &Ctx, field: &'static str, bytes: Vec<u8>) -> Result<Photo> {
    let files = ctx.platform().files();
    let stored = files.take(bytes, Accept::photo(field)).await?;
    let (clean, _) = files.get(&stored.id).await?;
    let (width, height) = dimensions(&clean).ok_or_else(|| Error::internal("a stored picture that is none"))?;
    Ok(Photo { file: stored.id.as_str().to_owned(), width, height, confirmed: false })
}

/// A person of a registered case as he should have been: name and number as typed, whatever was left empty as it stands.
pub(crate) async fn corrected(ctx: &Ctx, case: CaseId, side: Side, name: &str, id_no: &str) -> Result<Snapshot> {
    let entry = ops::view(ctx, &Ports::local(), case).await?.entry.ok_or(Error::NotFound)?;
    let mut snapshot = entry.content.party(side).clone();
    if !name.is_empty() {
        snapshot.name = kernel::text::name(name);
    }
    if !id_no.is_empty() {
        let number = kernel::IdNumber::parse(id_no, ctx.today())?;
        snapshot.id_no = number.as_str().to_owned();
        snapshot.birth = number.birth();
        snapshot.sex = number.sex();
    }
    Ok(snapshot)
}

/// Makes a paper of a case as PDF; an audited read. `offset` are the millimetres by which the counter's printer is off.
///
/// # Errors
/// `NotFound` for another name.
pub(crate) async fn paper(ctx: &Ctx, press: &Press, id: CaseId, name: &str, offset: Option<(f64, f64)>) -> Result<Vec<u8>> {
    let now = ctx.now();
    let job = match name {
        "statement-a.pdf" => ops::statement_form(ctx, id, Side::A).await?.job(now),
        "statement-b.pdf" => ops::statement_form(ctx, id, Side::B).await?.job(now),
        "booklet-a.pdf" => ops::booklet(ctx, id, Side::A, offset).await?.job(now),
        "booklet-b.pdf" => ops::booklet(ctx, id, Side::B, offset).await?.job(now),
        "booklet-test.pdf" => {
            let (x, y) = offset.unwrap_or_default();
            Booklet::test_print(x, y).job(now)
        }
        "notice.pdf" => ops::notice(ctx, &Ports::local(), id).await?.job(now),
        _ => return Err(Error::NotFound),
    };
    press.render(job.map_err(Error::internal)?).await.map_err(Error::internal)
}

/// Makes a paper of a divorce as PDF; an audited read.
///
/// # Errors
/// `NotFound` for another name.
pub(crate) async fn divorce_paper(ctx: &Ctx, press: &Press, id: CaseId, name: &str, offset: Option<(f64, f64)>) -> Result<Vec<u8>> {
    let now = ctx.now();
    let job = match name {
        "application.pdf" => divorce::application(ctx, id).await?.job("divorce-application", now),
        "receipt.pdf" => divorce::receipt(ctx, id).await?.job("paper-receipt", now),
        "slip.pdf" => divorce::slip(ctx, id).await?.job("paper-withdrawal", now),
        "booklet-a.pdf" => divorce::booklet(ctx, id, Side::A, offset).await?.job(now),
        "booklet-b.pdf" => divorce::booklet(ctx, id, Side::B, offset).await?.job(now),
        _ => return Err(Error::NotFound),
    };
    press.render(job.map_err(Error::internal)?).await.map_err(Error::internal)
}

/// Millimetres as typed, within the booklet; nothing when neither was given.
pub(crate) fn offset(x: &str, y: &str) -> Option<(f64, f64)> {
    let mm = |typed: &str| typed.trim().parse::<f64>().ok().filter(|mm| mm.abs() <= 50.0);
    match (mm(x), mm(y)) {
        (None, None) => None,
        (x, y) => Some((x.unwrap_or(0.0), y.unwrap_or(0.0))),
    }
}

/// A picture of a case and its media type; an audited read.
pub(crate) async fn picture(ctx: &Ctx, id: CaseId, which: CaseFileKey) -> Result<(Vec<u8>, &'static str)> {
    let key = ops::case_file_key(ctx, id, which).await?;
    let key = FileId::parse(&key).ok_or(Error::NotFound)?;
    let (bytes, media_type) = ctx.platform().files().get(&key).await?;
    Ok((bytes, media_type.name()))
}
