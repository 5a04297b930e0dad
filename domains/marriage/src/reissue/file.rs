//! The registration whose certificate is issued again, of a marriage or of a divorce: how it is found, opened, and its certificates exchanged.

use identity::facts::NumberHash;
use platform::{Ctx, Result};
use ::store::{Target, Tx};

use super::model::{File, FileId};
use crate::issues;
use crate::model::{CertificateId, Side};
use crate::rules::certificate::{CertNo, Prefix};
use crate::store::booklets::BookletKind;
use crate::store::register::Retired;
use crate::store::{divorces, register};

/// 3 补发替代 (Z.1).
const REPLACED: &str = "3";

/// The file of whoever has this number; none where the archive has to be asked.
///
/// # Errors
/// `MR-E35b` where the certificate of a marriage is asked for that has ended.
pub(super) async fn of_number(ctx: &Ctx, kind: BookletKind, number: &NumberHash) -> Result<Option<(FileId, Side)>> {
    match kind {
        BookletKind::Marriage => {
            let held = register::of_number(ctx.db(), number).await?;
            let file = held.iter().find(|held| held.state == "valid");
            if file.is_none() && held.iter().any(|held| held.state == "ended") {
                return Err(issues::marriage_over().into());
            }
            Ok(file.map(|held| (FileId::Marriage(held.id), held.side)))
        }
        BookletKind::Divorce => {
            let held = divorces::of_number(ctx.db(), number).await?;
            Ok(held.iter().find(|held| held.stands).map(|held| (FileId::Divorce(held.id), held.side)))
        }
    }
}

/// The file of this number of which whoever has that document is a party.
///
/// # Errors
/// `MR-E35` when there is none that stands, `MR-E35b` when the marriage has ended.
pub(super) async fn named(ctx: &Ctx, kind: BookletKind, number: &NumberHash, cert_no: &CertNo) -> Result<(FileId, Side)> {
    let (cert_no, none) = (cert_no.to_string(), || issues::no_file("cert_no"));
    match kind {
        BookletKind::Marriage => {
            let own = register::of_number(ctx.db(), number).await?;
            let held = own.into_iter().find(|held| held.cert_no == cert_no).ok_or_else(none)?;
            match held.state.as_str() {
                "valid" => Ok((FileId::Marriage(held.id), held.side)),
                "ended" => Err(issues::marriage_over().field("cert_no").into()),
                _ => Err(none().into()),
            }
        }
        BookletKind::Divorce => {
            let own = divorces::of_number(ctx.db(), number).await?;
            let held = own.into_iter().find(|held| held.cert_no == cert_no && held.stands).ok_or_else(none)?;
            Ok((FileId::Divorce(held.id), held.side))
        }
    }
}

/// Opens a file.
pub(super) async fn open(ctx: &Ctx, id: FileId) -> Result<File> {
    Ok(match id {
        FileId::Marriage(id) => {
            let entry = register::entry(ctx.db().into(), ctx, id).await?;
            File {
                cert_no: entry.cert_no,
                registered_on: entry.registered_at.day(),
                persons: entry.persons,
                content: entry.content,
                certificates: entry.certificates,
            }
        }
        FileId::Divorce(id) => {
            let entry = divorces::by_id(ctx.db().into(), ctx, id).await?;
            File {
                content: entry.content.certified(),
                cert_no: entry.cert_no,
                registered_on: entry.registered_on,
                persons: entry.persons,
                certificates: entry.certificates,
            }
        }
    })
}

/// Refuses where the registration does not stand (R-MR-35).
pub(super) async fn stands(on: impl Into<Target<'_>> + Send, id: FileId) -> Result<()> {
    let (stands, issue) = match id {
        FileId::Marriage(id) => (register::stands(on, id).await?, issues::marriage_over()),
        FileId::Divorce(id) => (divorces::stands(on, id).await?, issues::no_file("cert_no")),
    };
    if stands { Ok(()) } else { Err(issue.into()) }
}

/// The prefix of what is issued.
pub(super) fn prefix(kind: BookletKind) -> Prefix {
    match kind {
        BookletKind::Marriage => Prefix::BJ,
        BookletKind::Divorce => Prefix::BL,
    }
}

/// Takes a holder's certificate out of force; none when he has none.
pub(super) async fn retire(tx: &Tx, id: FileId, holder: Side) -> Result<Option<Retired>> {
    match id {
        FileId::Marriage(id) => register::retire_certificate(tx, id, holder, REPLACED).await,
        FileId::Divorce(id) => divorces::retire_certificate(tx, id, holder, REPLACED).await,
    }
}

/// Writes the certificate that takes its place.
pub(super) async fn insert(tx: &Tx, ctx: &Ctx, id: CertificateId, file: FileId, holder: Side, cert_no: &str, serial: &str) -> Result<()> {
    match file {
        FileId::Marriage(file) => register::insert_certificate(tx, ctx, id, file, holder, cert_no, serial).await,
        FileId::Divorce(file) => divorces::insert_certificate(tx, ctx, id, file, holder, cert_no, serial).await,
    }
}
