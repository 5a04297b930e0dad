//! 登记: the marriage exists from the moment this commits.

use casework::CaseId;
use identity::facts::NumberHash;
use kernel::{Issues, Refusal};
use platform::{Ctx, Error, Result, audit};

use super::licence::Plan;
use super::{advance, begin, gather::gather, staff};
use crate::file::{CaseFile, PartyFile};
use crate::model::{CertificateId, Kind, MarriageId, Side};
use crate::ports::Ports;
use crate::rules::certificate::{Prefix, parse_serial};
use crate::rules::relations::together_before;
use crate::rules::{Dossier, Stage, blocking, check_result, evaluate};
use crate::states::Action;
use crate::store::booklets::{self, Fate};
use crate::store::register::{self, Content, NewEntry, NewParty};
use crate::{deaths, issues, office, store};

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
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// The entry.
    pub marriage: MarriageId,
    /// The number of both certificates.
    pub cert_no: String,
}

/// Registers. Every rule is run again on what the registers say now; the unique key of the register has the last word, so that two
/// counters that marry the same person at once register exactly one.
pub async fn register(ctx: &Ctx, ports: &Ports, input: Registration) -> Result<Registered> {
    let file = begin(ctx, input.case, Action::Register).await?;
    let registrar = staff(ctx)?;
    let dossier = gather(ctx, ports, &file).await?;
    let serials = read(&file, &input)?;
    let findings = evaluate(&dossier);
    let log = store::checks::seal(ctx, "register", check_result(&findings).code(), &findings);
    let refused = blocking(&findings, Stage::Register);
    if !refused.is_empty() {
        keep_log(ctx, &file, &log).await?;
        return Err(Refusal(refused).into());
    }
    let marriage: MarriageId = ctx.id();
    let next = file.state.register(ctx.now(), marriage)?;
    let content = content(&file)?;
    let plan = Plan::new(ctx, &file, ctx.today(), content.clone()).await?;
    let entry = NewEntry {
        id: marriage,
        case: file.id(),
        kind: kind(&dossier).code(),
        region: file.region()?,
        org: file.head.org,
        office: file.head.office.clone(),
        registrar,
    };
    let over = dossier.over();
    let parties = [new_party(ctx, &file, Side::A)?, new_party(ctx, &file, Side::B)?];
    let version = register::seal(ctx, &content);
    let certificates: [CertificateId; 2] = [ctx.id(), ctx.id()];
    let (office, seen) = (file.office()?, input.seen);
    let rating = super::rating::opening(ctx, &file, registrar).await?;
    let year = ctx.today().year();
    let done = ctx
        .db()
        .write(|tx| {
            let (ctx, file, entry, parties, version, plan) =
                (ctx.clone(), file.clone(), entry.clone(), parties.clone(), version.clone(), plan.clone());
            let (serials, log, next, rating) = (serials.clone(), log.clone(), next, rating.clone());
            let over = over.clone();
            async move {
                advance(&tx, &ctx, &file, seen, Action::Register, next.kind(), "").await?;
                store::checks::insert(&tx, &ctx, file.id(), &log).await?;
                register::insert(&tx, &ctx, &entry).await?;
                // A death that was recorded after the network check frees the survivor here.
                deaths::end(&tx, &ctx, &over).await?;
                for party in &parties {
                    if !register::insert_party(&tx, marriage, party).await? {
                        return Err(already_married(&tx, &file, party).await);
                    }
                }
                register::insert_version(&tx, &ctx, marriage, 1, &version, ctx.today(), "登记").await?;
                for (serial, field) in serials.iter().zip(["serial_a", "serial_b"]) {
                    if !booklets::take(&tx, &ctx, office, serial, Fate::Used, "").await? {
                        return Err(issues::serial_not_in_stock(field, serial).into());
                    }
                }
                store::cases::set_state(&tx, file.id(), &next).await?;
                let event = audit::Event::new("marriage.registered", "marriage", marriage).region(&entry.region);
                audit::record(&tx, &ctx, event).await?;
                interaction::ratings::open(&tx, &ctx, &rating).await?;
                // From here on nothing can refuse: the counter row is held for as short as can be.
                let number = register::next_number(&tx, Prefix::J, entry.region, year).await?;
                register::set_number(&tx, marriage, &number).await?;
                let cert_no = number.to_string();
                for ((side, id), serial) in Side::BOTH.into_iter().zip(certificates).zip(&serials) {
                    register::insert_certificate(&tx, &ctx, id, marriage, side, &cert_no, serial).await?;
                }
                plan.issue(&tx, &ctx, &cert_no).await?;
                Ok::<_, Error>(Registered { marriage, cert_no })
            }
        })
        .await?;
    if let Some(booking) = file.booking
        && let Err(error) = office::complete(ctx, booking).await
    {
        tracing::warn!(%error, %booking, "registered, but the appointment could not be marked as done");
    }
    Ok(done)
}

/// Serials and confirmation as typed, all that is wrong at once.
fn read(file: &CaseFile, input: &Registration) -> Result<[String; 2], Refusal> {
    let mut found = Issues::default();
    let a = found.keep(parse_serial(&input.serial_a, "serial_a"));
    let b = found.keep(parse_serial(&input.serial_b, "serial_b"));
    found.ensure(a.is_none() || a != b, || issues::serial_not_in_stock("serial_b", input.serial_b.trim()));
    let names: String = file.parties().map(|party| party.snapshot.name.as_str()).collect();
    found.ensure(joined(&input.confirmation) == joined(&names), issues::confirmation_differs);
    found.finish()?;
    Ok([a.expect("kept above"), b.expect("kept above")])
}

/// Names without what may stand between them.
pub(crate) fn joined(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '、' | '，' | ',' | '和' | '+')).collect::<String>().replace('与', "")
}

pub(super) fn content(file: &CaseFile) -> Result<Content> {
    let snapshot = |side: Side| file.party(side).map(|party| party.snapshot.clone()).ok_or_else(|| issues::missing(side.field("name")));
    Ok(Content { a: snapshot(Side::A)?, b: snapshot(Side::B)?, remark: String::new() })
}

fn kind(dossier: &Dossier) -> Kind {
    let marital = |side: Side| dossier.party(side).map(|party| party.snapshot.marital);
    match (marital(Side::A), marital(Side::B)) {
        (Some(a), Some(b)) => Kind::of(a, b, together_before(dossier)),
        _ => Kind::First,
    }
}

fn new_party(ctx: &Ctx, file: &CaseFile, side: Side) -> Result<NewParty> {
    let party: &PartyFile = file.party(side).ok_or_else(|| issues::missing(side.field("name")))?;
    let person = party.person.ok_or_else(|| issues::not_present(side))?;
    Ok(NewParty {
        id: ctx.id(),
        side,
        person,
        number: NumberHash(party.number.0.clone()),
        name_hash: identity::persons::name_hash(ctx.keys(), &party.snapshot.name),
        sex: party.snapshot.sex.code(),
        birth_year: i64::from(party.snapshot.birth.year()),
        marital: party.snapshot.marital.code(),
    })
}

/// Somebody registered one of them between our look and our insert.
async fn already_married(tx: &::store::Tx, file: &CaseFile, party: &NewParty) -> Error {
    let name = file.party(party.side).map_or("", |party| party.snapshot.name.as_str());
    match standing_number(tx, party).await {
        Ok(number) => issues::married(party.side, name, &number).into(),
        Err(error) => error,
    }
}

/// By what the marriage that stands in the way is found: here, or among old files.
async fn standing_number(tx: &::store::Tx, party: &NewParty) -> Result<String> {
    if let Some(own) = register::of_person(tx, party.person).await?.into_iter().find(|marriage| marriage.valid) {
        return Ok(own.cert_no);
    }
    let entered = store::backfacts::of_person(tx, &party.number, &party.name_hash, party.birth_year).await?;
    Ok(entered.into_iter().find(|one| one.binds).map_or_else(String::new, |one| one.number().to_owned()))
}

async fn keep_log(ctx: &Ctx, file: &CaseFile, log: &store::checks::Sealed) -> Result<()> {
    let case = file.id();
    ctx.db()
        .write(|tx| {
            let (ctx, log) = (ctx.clone(), log.clone());
            async move { store::checks::insert(&tx, &ctx, case, &log).await }
        })
        .await
}
