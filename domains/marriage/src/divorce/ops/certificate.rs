//! The certificates of a divorce: the electronic ones, the text for the booklets, booklets that are spoiled.

use casework::CaseId;
use documents::shapes::Booklet;
use kernel::Issue;
use platform::ports::FileId;
use platform::{Ctx, Error, Result};

use super::super::file::File;
use super::super::model::Content;
use super::super::states::Action;
use super::{advance, begin, load, view};
use crate::issues;
use crate::model::{CertificateId, Photo, Side};
use crate::ops::{Certified, Deed, booklet_of};
use crate::rules::certificate::parse_serial;
use crate::store::booklets::{self, BookletKind, Fate};
use crate::store::divorces::{self, Entry};

/// What is certified of a registered divorce, with the photo of each holder on his own.
pub(super) fn deed(ctx: &Ctx, file: &File, content: &Content, photos: &[Option<Photo>; 2]) -> Result<Deed> {
    let person = |side: Side| file.party(side).and_then(|party| party.person).ok_or_else(|| Error::internal("a party without person"));
    Ok(Deed {
        kind: BookletKind::Divorce,
        registered_on: ctx.today(),
        content: content.certified(),
        persons: [person(Side::A)?, person(Side::B)?],
        photos: photos.each_ref().map(|photo| photo.as_ref().and_then(|photo| FileId::parse(&photo.file))),
    })
}

/// The entry that a registered case made.
async fn entry_of(ctx: &Ctx, file: &File) -> Result<Entry> {
    divorces::of_case(ctx.db().into(), ctx, file.id()).await?.ok_or_else(|| {
        let name = file.written.name();
        Error::state(&name.zh, &name.en)
    })
}

/// The text for a holder's pre-printed booklet; the offsets move it for the printer at hand. An audited read.
///
/// # Errors
/// `E-ST01` before the registration.
pub async fn booklet(ctx: &Ctx, case: CaseId, holder: Side, offset: Option<(f64, f64)>) -> Result<Booklet> {
    let file = load(ctx, case).await?;
    let entry = entry_of(ctx, &file).await?;
    view::audit_read(ctx, &file).await?;
    let certified = Certified { content: entry.content.certified(), registered_on: entry.registered_on, certificates: entry.certificates };
    booklet_of(ctx, &certified, holder, offset).await
}

/// Notes that a holder's booklet was printed.
///
/// # Errors
/// `E-ST01` before the registration.
pub async fn printed(ctx: &Ctx, case: CaseId, seen: i64, holder: Side) -> Result<()> {
    let (file, seen) = begin(ctx, case, seen, Action::Print).await?;
    let entry = entry_of(ctx, &file).await?;
    ctx.db()
        .write(|tx| {
            let (ctx, file) = (ctx.clone(), file.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Print, file.written, holder.name().zh.as_ref()).await?;
                match divorces::set_printed(&tx, entry.id, holder, ctx.now()).await? {
                    0 => Err(Error::NotFound),
                    _ => Ok(()),
                }
            }
        })
        .await
}

/// A booklet that was spoiled.
#[derive(Debug, Clone)]
pub struct Spoiled {
    /// The case.
    pub case: CaseId,
    /// The version that the registrar saw.
    pub seen: i64,
    /// Whose booklet.
    pub holder: Side,
    /// Why.
    pub reason: String,
    /// Serial of the new booklet.
    pub serial: String,
}

/// Takes the old booklet out of force and the new one from stock. Neither serial can be used again.
///
/// # Errors
/// `C-E10` without reason, `MR-E33b` for the new serial.
pub async fn spoil(ctx: &Ctx, input: Spoiled) -> Result<()> {
    let (file, seen) = begin(ctx, input.case, input.seen, Action::Spoil).await?;
    let entry = entry_of(ctx, &file).await?;
    let serial = parse_serial(&input.serial, "new_serial")?;
    let reason = kernel::text::line(&input.reason);
    if reason.is_empty() {
        return Err(Issue::error("C-E10", "请写明作废原因", "say why it is spoiled").field("spoil_reason").into());
    }
    let id: CertificateId = ctx.id();
    ctx.db()
        .write(|tx| {
            let (ctx, file, serial, reason) = (ctx.clone(), file.clone(), serial.clone(), reason.clone());
            let (divorce, holder) = (entry.id, input.holder);
            async move {
                advance(&tx, &ctx, &file, seen, Action::Spoil, file.written, &reason).await?;
                let old = divorces::retire_certificate(&tx, divorce, holder, "2").await?.ok_or(Error::NotFound)?;
                if !booklets::spoil_used(&tx, &ctx, &old.print_serial, &reason).await? {
                    return Err(Error::internal("a current certificate whose booklet was not used"));
                }
                if !booklets::take_of(&tx, &ctx, BookletKind::Divorce, file.office, &serial, Fate::Used, "").await? {
                    return Err(issues::serial_not_in_stock("new_serial", &serial).into());
                }
                divorces::insert_certificate(&tx, &ctx, id, divorce, holder, &old.cert_no, &serial).await
            }
        })
        .await
}
