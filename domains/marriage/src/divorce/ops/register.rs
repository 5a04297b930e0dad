//! 离婚登记: the marriage ends at the moment this commits, and its certificates are void everywhere.

use casework::CaseId;
use kernel::{Issues, Refusal};
use platform::{Ctx, Error, Result, audit};

use super::super::file::File;
use super::super::issues;
use super::super::model::{Content, DivorceId};
use super::super::rules::{Visit, blocking, evaluate};
use super::super::states::{Action, StateKind};
use super::accept::{dossier, keep};
use super::certificate::deed;
use super::withdraw::same_office;
use super::{advance, begin, settle, staff, tell};
use crate::issues as shared_issues;
use crate::model::{CertificateId, EndKind, Photo, Side};
use crate::ops::Plan;
use crate::ops::end_fact::{Ending, end_fact};
use crate::ports::Ports;
use crate::rules::{self as shared, single_photo_fault};
use crate::rules::certificate::{Prefix, parse_serial};
use crate::store::booklets::{self, Fate};
use crate::store::divorces::{self, NewEntry};
use crate::store::register as numbers;
use crate::store;

/// What the registrar signs.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The case.
    pub case: CaseId,
    /// The version that he saw.
    pub seen: i64,
    /// Serial of the man's booklet.
    pub serial_a: String,
    /// Serial of the woman's booklet.
    pub serial_b: String,
    /// Both names, typed.
    pub confirmation: String,
    /// The photo of the man, then of the woman, each on the certificate of its holder; none where none was handed in.
    pub photos: [Option<Photo>; 2],
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// The entry.
    pub divorce: DivorceId,
    /// The number of both certificates.
    pub cert_no: String,
}

/// Registers the divorce: the entry with its number, both certificates, the end of the marriage and of its certificates, in one transaction.
///
/// # Errors
/// Those of the rules, `MR-E27` … `MR-E29`, `MR-E16` for a photo that does not fit, `MR-E49` where both came on an earlier day, `MR-E33b` for a booklet, `MR-E50` for the names,
/// `MR-E25` when the marriage had ended meanwhile.
pub async fn register(ctx: &Ctx, ports: &Ports, input: Registration) -> Result<Registered> {
    let (file, seen) = begin(ctx, input.case, input.seen, Action::Register).await?;
    same_office(ctx, &file).await?;
    if file.claimed_at.is_none_or(|at| at.day() != ctx.today()) {
        return Err(issues::claimed_earlier().into());
    }
    let findings = evaluate(&dossier(ctx, ports, &file, Visit::Claim).await?, Visit::Claim);
    let check = store::checks::seal(ctx, "register", shared::check_result(&findings).code(), &findings);
    let refused = blocking(&findings);
    if !refused.is_empty() {
        keep(ctx, input.case, &check).await?;
        return Err(Refusal(refused).into());
    }
    let serials = read(&file, &input)?;
    let id: DivorceId = ctx.id();
    let content = content(&file)?;
    let plan = Plan::of(ctx, &file.head, deed(ctx, &file, &content, &input.photos)?).await?;
    let entry = NewEntry {
        id,
        case: file.id(),
        marriage: file.marriage,
        agreement: file.agreement().ok_or_else(|| issues::agreement_incomplete("agreement"))?.id,
        content: divorces::seal(ctx, id, &content),
        region: file.region()?,
        org: file.head.org,
        office: file.head.office.clone(),
        registrar: staff(ctx)?,
        photos: input.photos.clone().map(|photo| photo.map(|photo| photo.file)),
    };
    let certificates: [CertificateId; 2] = [ctx.id(), ctx.id()];
    let office = crate::office::card(ctx, file.office).await?;
    let year = ctx.today().year();
    ctx.db()
        .write(|tx| {
            let (ctx, file, check, entry, plan, serials) = (ctx.clone(), file.clone(), check.clone(), entry.clone(), plan.clone(), serials.clone());
            let (office_id, name) = (office.id, office.name.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Register, StateKind::Registered, "").await?;
                store::checks::insert(&tx, &ctx, file.id(), &check).await?;
                divorces::insert(&tx, &ctx, &entry).await?;
                for (serial, field) in serials.iter().zip(["serial_a", "serial_b"]) {
                    if !booklets::take_of(&tx, &ctx, booklets::BookletKind::Divorce, office_id, serial, Fate::Used, "").await? {
                        return Err(shared_issues::serial_not_in_stock(field, serial).into());
                    }
                }
                store::divorce::set_state(&tx, file.id(), StateKind::Registered).await?;
                settle::finish(&tx, &file).await?;
                tell::registered(&tx, &ctx, &file, &name).await?;
                audit::record(&tx, &ctx, audit::Event::new("divorce.registered", "divorce", id).region(&entry.region)).await?;
                // From here on only the end of the marriage can refuse: the counter row is held for as short as can be.
                let number = numbers::next_number(&tx, Prefix::L, entry.region, year).await?;
                divorces::set_number(&tx, id, &number).await?;
                let cert_no = number.to_string();
                for ((side, certificate), serial) in Side::BOTH.into_iter().zip(certificates).zip(&serials) {
                    divorces::insert_certificate(&tx, &ctx, certificate, id, side, &cert_no, serial).await?;
                }
                if let Some(marriage) = file.marriage {
                    let ending = Ending { kind: EndKind::Divorce, on: ctx.today(), basis: cert_no.clone() };
                    end_fact(&tx, &ctx, marriage, &ending).await?.ok_or_else(issues::no_valid_marriage)?;
                }
                plan.issue(&tx, &ctx, &cert_no).await?;
                Ok::<_, Error>(Registered { divorce: id, cert_no })
            }
        })
        .await
}

/// Serials and confirmation as typed, all that is wrong at once.
fn read(file: &File, input: &Registration) -> Result<[String; 2], Refusal> {
    let mut found = Issues::default();
    let a = found.keep(parse_serial(&input.serial_a, "serial_a"));
    let b = found.keep(parse_serial(&input.serial_b, "serial_b"));
    found.ensure(a.is_none() || a != b, || shared_issues::serial_not_in_stock("serial_b", input.serial_b.trim()));
    let names: String = file.parties().map(|party| party.snapshot.name.as_str()).collect();
    for (photo, field) in input.photos.iter().zip(["photo_a", "photo_b"]) {
        let Some(photo) = photo else { continue };
        match single_photo_fault(photo) {
            Some(fault) => found.add(shared_issues::photo_unfit(&fault.zh, &fault.en).field(field)),
            None => found.ensure(photo.confirmed, || shared_issues::photo_unfit("待确认", "not confirmed").field(field)),
        }
    }
    found.ensure(crate::ops::register::joined(&input.confirmation) == crate::ops::register::joined(&names), shared_issues::confirmation_differs);
    found.finish()?;
    Ok([a.expect("kept above"), b.expect("kept above")])
}

fn content(file: &File) -> Result<Content> {
    let snapshot = |side: Side| file.party(side).map(|party| party.snapshot.clone()).ok_or_else(|| shared_issues::missing(side.field("name")));
    Ok(Content {
        a: snapshot(Side::A)?,
        b: snapshot(Side::B)?,
        marriage_cert_no: file.shown.as_ref().map(|shown| shown.cert_no.clone()).unwrap_or_default(),
        remark: String::new(),
    })
}
