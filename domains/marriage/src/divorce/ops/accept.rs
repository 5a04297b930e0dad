//! 受理: the thirty days begin.

use casework::CaseId;
use identity::facts::NumberHash;
use kernel::{Refusal, age, mask};
use platform::{Ctx, Error, Result, audit, calendars};

use super::super::file::File;
use super::super::issues;
use super::super::parameters::parameters;
use super::super::periods::{Counting, Dates};
use super::super::rules::{Between, Dossier, KnownChild, Visit, blocking, evaluate, marriage_between};
use super::super::states::{Action, StateKind};
use super::{advance, begin, settle, tell};
use crate::file::PartyFile;
use crate::model::Side;
use crate::office::DIVORCES;
use crate::ops::gather::{self, Counter};
use crate::ports::Ports;
use crate::rules as shared;
use crate::store::{self, standing};

/// Accepts an application. What stands in the way is told in field order, and what was found is logged either way.
///
/// # Errors
/// `MR-E21` … `MR-E26`, and those of office, registrar and documents.
pub async fn accept(ctx: &Ctx, ports: &Ports, case: CaseId, seen: i64) -> Result<Dates> {
    let (file, seen) = begin(ctx, case, seen, Action::Accept).await?;
    free(ctx, &file).await?;
    let dossier = dossier(ctx, ports, &file, Visit::Application).await?;
    let findings = evaluate(&dossier, Visit::Application);
    let refused = blocking(&findings);
    let check = store::checks::seal(ctx, "accept", shared::check_result(&findings).code(), &findings);
    if !refused.is_empty() {
        keep(ctx, case, &check).await?;
        return Err(Refusal(refused).into());
    }
    let (calendar, counting) = (calendars::current(ctx.db()).await?, Counting::in_force());
    let dates = Dates::count(&calendar, ctx.today(), counting);
    let marriage = marriage_between(&dossier).and_then(|between| between.own);
    let pair = pair(&file).ok_or_else(|| Error::internal("accepted without persons"))?;
    let office = crate::office::card(ctx, file.office).await?.name;
    let done = ctx
        .db()
        .write(|tx| {
            let (ctx, file, check, calendar, pair, office) = (ctx.clone(), file.clone(), check.clone(), calendar.clone(), pair.clone(), office.clone());
            async move {
                store::checks::insert(&tx, &ctx, case, &check).await?;
                advance(&tx, &ctx, &file, seen, Action::Accept, StateKind::Cooling, "").await?;
                if !store::divorce::accept(&tx, &ctx, case, &pair, marriage, &dates, &counting.note()).await? {
                    return Err(issues::open_already(&office.zh).into());
                }
                settle::start(&tx, &ctx, &calendar, case, &dates, counting).await?;
                tell::dates(&tx, &ctx, &file, &dates, &office, false).await?;
                Ok(())
            }
        })
        .await;
    match done {
        // Two counters accepted the same couple at once: the partial unique key let one through.
        Err(Error::Store(error)) if error.is_unique() => Err(issues::open_already(&office.zh).into()),
        Err(other) => Err(other),
        Ok(()) => {
            finish_booking(ctx, &file).await;
            Ok(dates)
        }
    }
}

/// An application of the same pair that its dates have ended is written down as ended, so that it is not in the way.
async fn free(ctx: &Ctx, file: &File) -> Result<()> {
    let Some(pair) = pair(file) else { return Ok(()) };
    if let Some(old) = store::divorce::stale_of_pair(ctx.db(), &pair, ctx.today()).await? {
        settle::settle(ctx, old).await?;
    }
    Ok(())
}

pub(super) fn pair(file: &File) -> Option<Vec<u8>> {
    let person = |side: Side| file.party(side).and_then(|party| party.person);
    Some(store::divorce::pair(person(Side::A)?, person(Side::B)?))
}

async fn finish_booking(ctx: &Ctx, file: &File) {
    if let Some(booking) = file.booking
        && let Err(error) = crate::office::complete(ctx, booking).await
    {
        tracing::warn!(%error, %booking, "accepted, but the appointment could not be marked as done");
    }
}

pub(super) async fn keep(ctx: &Ctx, case: CaseId, check: &store::checks::Sealed) -> Result<()> {
    ctx.db()
        .write(|tx| {
            let (ctx, check) = (ctx.clone(), check.clone());
            async move { store::checks::insert(&tx, &ctx, case, &check).await }
        })
        .await
}

/// Everything that the rules look at, at the moment of the request.
pub(super) async fn dossier(ctx: &Ctx, ports: &Ports, file: &File, visit: Visit) -> Result<Dossier> {
    let base = gather::base(ctx, ports, Counter { business: DIVORCES, office: file.office, for_abroad: file.for_abroad() }, [file.a.as_ref(), file.b.as_ref()]).await?;
    let open_at = match pair(file).filter(|_| visit == Visit::Application) {
        Some(pair) => match store::divorce::open_office(ctx.db(), &pair, ctx.today()).await? {
            Some(office) => Some(crate::office::card(ctx, office).await?.name.zh.to_string()),
            None => None,
        },
        None => None,
    };
    let agreed = file.agreement().map(|version| version.content.children.as_slice()).unwrap_or_default();
    Ok(Dossier {
        base,
        shown: file.shown.clone(),
        old_file: old_file(ctx, file).await?,
        talk: file.said().cloned(),
        agreed: agreed.iter().filter(|child| !child.id_no.is_empty()).map(|child| NumberHash::of(ctx.keys(), &child.id_no)).collect(),
        agreement: file.agreement().cloned(),
        children: children(ctx, file).await?,
        open_at,
    })
}

/// The marriage of the two that stands among old files; that of the certificate shown, where there are several.
async fn old_file(ctx: &Ctx, file: &File) -> Result<Option<Between>> {
    let known = |party: &PartyFile| standing::Known {
        number: party.number.clone(),
        likeness: Some((identity::persons::name_hash(ctx.keys(), &party.snapshot.name), i64::from(party.snapshot.birth.year()))),
    };
    let (Some(a), Some(b), Some(shown)) = (&file.a, &file.b, &file.shown) else { return Ok(None) };
    let files = standing::between(ctx.db(), &known(a), &known(b)).await?;
    let standing = || files.iter().filter(|one| one.stands);
    let found = standing().find(|one| one.is_of(Some(&shown.cert_no))).map(|one| (one, shown.cert_no.clone()));
    // Another certificate than the one shown is told, not passed over.
    let found = found.or_else(|| standing().find(|one| one.numbered).map(|one| (one, one.cert_no.clone().unwrap_or_else(|| one.archive_no.clone()))));
    Ok(found.map(|(one, cert_no)| Between { own: Some(one.id), cert_no }))
}

/// Children under age whom a register gives to either of the two, and who are not recorded dead.
async fn children(ctx: &Ctx, file: &File) -> Result<Vec<KnownChild>> {
    let mut found: Vec<KnownChild> = Vec::new();
    for party in file.parties().filter(|party| party.person.is_some()) {
        for number in identity::facts::children_of(ctx, &party.number).await? {
            let Ok(parsed) = kernel::IdNumber::parse(&number, ctx.today()) else { continue };
            let of_age = age::reaches(parsed.birth(), parameters().minor_age.value, crate::parameters::parameters().age.leap_policy.value);
            let child = KnownChild { number: NumberHash::of(ctx.keys(), &number), masked: mask::id_number(&number) };
            if ctx.today() < of_age && !found.contains(&child) {
                found.push(child);
            }
        }
    }
    if !found.is_empty() {
        let event = audit::Event::new("marriage.divorce.children_read", "case", file.id()).region(&file.region()?).reason("核对未成年子女");
        ctx.db().write(|tx| { let (ctx, event) = (ctx.clone(), event.clone()); async move { audit::record(&tx, &ctx, event).await } }).await?;
    }
    Ok(found)
}
