//! Corrects a typing error: a version of the entry, new booklets for both, the old ones spoiled (R-MR-46).

use casework::CaseId;
use kernel::{Issue, Issues};
use platform::{Ctx, Error, Result};

use super::licence::Plan;
use super::{advance, begin, load};
use crate::file::CaseFile;
use crate::model::{CertificateId, MarriageId, Side, Snapshot};
use crate::rules::certificate::{correctable, parse_serial};
use crate::states::{Action, State};
use crate::store::booklets::{self, Fate};
use crate::store::register;
use crate::issues;

/// What is corrected.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The case that registered the marriage.
    pub case: CaseId,
    /// The version that the reviewer saw.
    pub seen: i64,
    /// Whose data.
    pub side: Side,
    /// The data as they should have been.
    pub snapshot: Snapshot,
    /// What was wrong and what shows it.
    pub reason: String,
    /// Serial of the man's new booklet.
    pub serial_a: String,
    /// Serial of the woman's new booklet.
    pub serial_b: String,
}

/// Corrects an entry. The number and the day stay; the state stays 登记; every earlier version can still be read.
pub async fn correct(ctx: &Ctx, input: Correction) -> Result<()> {
    let file = begin(ctx, input.case, Action::Correct).await?;
    let marriage = registered(&file)?;
    let entry = register::entry(ctx.db().into(), ctx, marriage).await?;
    let serials = read(&input)?;
    if !correctable(entry.content.party(input.side), &input.snapshot)? {
        return Err(issues::not_a_typing_error().into());
    }
    let mut content = entry.content.clone();
    match input.side {
        Side::A => content.a = input.snapshot.clone(),
        Side::B => content.b = input.snapshot.clone(),
    }
    let registered_on = entry.registered_at.day();
    let version = register::seal(ctx, &content);
    let plan = Plan::new(ctx, &file, registered_on, content).await?;
    let certificates: [CertificateId; 2] = [ctx.id(), ctx.id()];
    let office = file.office()?;
    let reason = kernel::text::line(&input.reason);
    ctx.db()
        .write(|tx| {
            let (ctx, file, entry, version, plan) = (ctx.clone(), file.clone(), entry.clone(), version.clone(), plan.clone());
            let (serials, reason, seen) = (serials.clone(), reason.clone(), input.seen);
            async move {
                advance(&tx, &ctx, &file, seen, Action::Correct, file.state.kind(), &reason).await?;
                if !register::raise_version(&tx, marriage, entry.version).await? {
                    return Err(Error::stale());
                }
                register::insert_version(&tx, &ctx, marriage, entry.version + 1, &version, registered_on, &reason).await?;
                for ((side, id), serial) in Side::BOTH.into_iter().zip(certificates).zip(&serials) {
                    let old = register::retire_certificate(&tx, marriage, side, "2").await?.ok_or(Error::NotFound)?;
                    booklets::spoil_used(&tx, &ctx, &old.print_serial, &reason).await?;
                    if !booklets::take(&tx, &ctx, office, serial, Fate::Used, "").await? {
                        return Err(issues::serial_not_in_stock(field(side), serial).into());
                    }
                    register::insert_certificate(&tx, &ctx, id, marriage, side, &old.cert_no, serial).await?;
                    plan.replace(&tx, &ctx, side, &old.cert_no, &old.cert_no).await?;
                }
                Ok(())
            }
        })
        .await
}

pub(crate) fn field(side: Side) -> &'static str {
    match side {
        Side::A => "serial_a",
        Side::B => "serial_b",
    }
}

fn read(input: &Correction) -> Result<[String; 2], kernel::Refusal> {
    let mut found = Issues::default();
    let a = found.keep(parse_serial(&input.serial_a, "serial_a"));
    let b = found.keep(parse_serial(&input.serial_b, "serial_b"));
    found.ensure(!kernel::text::line(&input.reason).is_empty(), || {
        Issue::error("C-E10", "请写明更正原因和依据", "say what was wrong and what shows it").field("reason")
    });
    found.finish()?;
    Ok([a.expect("kept above"), b.expect("kept above")])
}

/// The entry that a registered case made.
pub(super) fn registered(file: &CaseFile) -> Result<MarriageId> {
    match file.state {
        State::Registered { marriage, .. } => Ok(marriage),
        other => {
            let name = other.kind().name();
            Err(Error::state(&name.zh, &name.en))
        }
    }
}

/// The entry of a case that the actor may see.
pub(super) async fn entry_of(ctx: &Ctx, case: CaseId) -> Result<(CaseFile, register::Entry)> {
    let file = load(ctx, case).await?;
    let entry = register::entry(ctx.db().into(), ctx, registered(&file)?).await?;
    Ok((file, entry))
}
