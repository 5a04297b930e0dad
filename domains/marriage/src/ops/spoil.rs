//! A printed booklet is spoiled: another one takes its place, with the same number (R-MR-33).

use casework::CaseId;
use kernel::Issue;
use platform::{Ctx, Error, Result};

use super::correct::{field, registered};
use super::{advance, begin};
use crate::issues;
use crate::model::{CertificateId, Side};
use crate::rules::certificate::parse_serial;
use crate::states::Action;
use crate::store::booklets::{self, Fate};
use crate::store::register;

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
pub async fn spoil(ctx: &Ctx, input: Spoiled) -> Result<()> {
    let file = begin(ctx, input.case, Action::Spoil).await?;
    let marriage = registered(&file)?;
    let serial = parse_serial(&input.serial, field(input.holder))?;
    let reason = kernel::text::line(&input.reason);
    if reason.is_empty() {
        return Err(Issue::error("C-E10", "请写明作废原因", "say why it is spoiled").field("reason").into());
    }
    let id: CertificateId = ctx.id();
    let office = file.office()?;
    ctx.db()
        .write(|tx| {
            let (ctx, file, serial, reason) = (ctx.clone(), file.clone(), serial.clone(), reason.clone());
            let (seen, holder) = (input.seen, input.holder);
            async move {
                advance(&tx, &ctx, &file, seen, Action::Spoil, file.state.kind(), &reason).await?;
                let old = register::retire_certificate(&tx, marriage, holder, "2").await?.ok_or(Error::NotFound)?;
                if !booklets::spoil_used(&tx, &ctx, &old.print_serial, &reason).await? {
                    return Err(Error::internal("a current certificate whose booklet was not used"));
                }
                if !booklets::take(&tx, &ctx, office, &serial, Fate::Used, "").await? {
                    return Err(issues::serial_not_in_stock(field(holder), &serial).into());
                }
                register::insert_certificate(&tx, &ctx, id, marriage, holder, &old.cert_no, &serial).await
            }
        })
        .await
}
