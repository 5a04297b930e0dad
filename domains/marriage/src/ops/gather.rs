//! Gathers what the rules look at: the case, the registrar, the office's day, the registers.

use booking::OfficeId;
use identity::facts::{Answer, Death, DivorceCase};
use kernel::Day;
use platform::{Ctx, Result};

use crate::countries::List;
use crate::deaths;
use crate::file::{CaseFile, PartyFile};
use crate::model::{MarriageId, Side};
use crate::office::{self, Business, MARRIAGES};
use crate::parties::of_convention;
use crate::ports::Ports;
use crate::rules::{Dossier, Entered, Known, Party, RegistrarView};
use crate::store;

/// The dossier of a case at the moment of the request. Registers are asked only once both persons are identified.
pub(crate) async fn gather(ctx: &Ctx, ports: &Ports, file: &CaseFile) -> Result<Dossier> {
    let office = file.office()?;
    let registrar = registrar(ctx, office).await?;
    let both_here = Side::BOTH.into_iter().all(|side| file.party(side).is_some_and(|party| party.identified.is_some()));
    let mut parties = Vec::with_capacity(2);
    for side in Side::BOTH {
        parties.push(match file.party(side) {
            Some(party) => Some(gather_party(ctx, ports, &file.statement_version, party, both_here).await?),
            None => None,
        });
    }
    let b = parties.pop().flatten();
    let a = parties.pop().flatten();
    Ok(Dossier {
        now: ctx.now(),
        office: office::day(ctx, office, ctx.today()).await?,
        competence: MARRIAGES.competence(ctx, office, file.for_abroad(), any_from_abroad(file.parties())).await?,
        convention: convention(ctx, file).await?,
        registrar,
        statement_version: file.statement_version.clone(),
        a,
        b,
        check: file.check,
        interview: file.interview.clone(),
        medical_told: file.medical_told,
        photo: file.photo.clone(),
        kin_cleared: file.kin_cleared,
        elsewhere: match file.check {
            Some(_) => store::checks::elsewhere(ctx, file.id()).await?,
            None => Vec::new(),
        },
    })
}

/// The registrar who acts, as an office sees him; none if he is no registrar.
pub(crate) async fn registrar(ctx: &Ctx, office: OfficeId) -> Result<Option<RegistrarView>> {
    let Some(staff) = ctx.actor().staff() else { return Ok(None) };
    let found = store::registrars::of_staff(ctx.db(), staff.id).await?;
    Ok(found.map(|registrar| RegistrarView {
        of_this_office: registrar.office == office,
        on_duty: registrar.on_duty,
        exam_on: registrar.exam_on,
    }))
}

/// Where a case runs and as what it was opened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counter {
    /// What is registered.
    pub(crate) business: Business,
    /// The office.
    pub(crate) office: OfficeId,
    /// It was opened for parties of whom one is from abroad.
    pub(crate) for_abroad: bool,
}

fn any_from_abroad<'a>(mut parties: impl Iterator<Item = &'a PartyFile>) -> bool {
    parties.any(|party| party.snapshot.kind.from_abroad())
}

/// The countries whose Apostille counts today; looked up only where a paper bears one.
async fn convention(ctx: &Ctx, file: &CaseFile) -> Result<Vec<String>> {
    let bears_one = file.parties().flat_map(|party| &party.snapshot.papers).any(|paper| of_convention(&paper.authentication));
    if bears_one { store::countries::on(ctx.db(), List::Apostille, ctx.today()).await } else { Ok(Vec::new()) }
}

/// What every case of this crate looks at: office, registrar, both persons with what registers say of them. What only a registration of a
/// marriage asks for is empty.
pub(crate) async fn base(ctx: &Ctx, ports: &Ports, at: Counter, parties: [Option<&PartyFile>; 2]) -> Result<Dossier> {
    let Counter { business, office, for_abroad } = at;
    let both_here = parties.iter().all(|party| party.is_some_and(|party| party.identified.is_some()));
    let mut known = [None, None];
    for (known, party) in known.iter_mut().zip(parties) {
        if let Some(party) = party {
            *known = Some(gather_party(ctx, ports, "", party, both_here).await?);
        }
    }
    let [a, b] = known;
    Ok(Dossier {
        now: ctx.now(),
        office: office::day(ctx, office, ctx.today()).await?,
        competence: business.competence(ctx, office, for_abroad, any_from_abroad(parties.into_iter().flatten())).await?,
        convention: Vec::new(),
        registrar: registrar(ctx, office).await?,
        statement_version: String::new(),
        a,
        b,
        check: None,
        interview: None,
        medical_told: false,
        photo: None,
        kin_cleared: false,
        elsewhere: Vec::new(),
    })
}

async fn gather_party(ctx: &Ctx, ports: &Ports, statement_version: &str, party: &PartyFile, both_here: bool) -> Result<Party> {
    Ok(Party {
        side: party.side,
        snapshot: party.snapshot.clone(),
        number: party.number.clone(),
        entry: party.entry,
        identified: party.identified,
        declared: party.declared,
        signed_version: party.signed_at.map(|_| statement_version.to_owned()),
        known: if both_here { Some(look_up(ctx, ports, party).await?) } else { None },
    })
}

/// What registers say about one of them. A base that cannot be reached has not answered.
async fn look_up(ctx: &Ctx, ports: &Ports, party: &PartyFile) -> Result<Known> {
    deaths::mend(ctx, &*ports.facts, &party.number).await?;
    let mut facts = deaths::ask(ctx, &*ports.facts, &party.number).await;
    if let Some(divorce) = own_divorce(ctx, party).await? {
        facts.divorce = Answer::Yes(divorce);
    }
    let mut own = match party.person {
        Some(person) => store::register::of_person(ctx.db(), person).await?,
        None => Vec::new(),
    };
    let mut over = Vec::new();
    for marriage in own.iter_mut().filter(|marriage| marriage.valid) {
        marriage.spouse_died = deaths::day(ctx, &*ports.facts, &marriage.spouse).await;
        over.extend(marriage.spouse_died.map(|on| (marriage.id, on)));
    }
    let last_spouse = match own.first() {
        Some(marriage) => Some(marriage.spouse.clone()),
        None => store::standing::spouse_in_file(ctx.db(), &party.number).await?,
    };
    let last_spouse = last_spouse.or_else(|| {
        let elsewhere = facts.marriages.found()?;
        elsewhere.iter().find_map(|marriage| marriage.spouse.clone())
    });
    let spouse_death: Answer<Death> = match last_spouse {
        Some(spouse) => deaths::ask(ctx, &*ports.facts, &spouse).await.death,
        None => Answer::NotAnswered,
    };
    let entered = entered(ctx, ports, party, &mut over).await?;
    Ok(Known { own, facts, spouse_death, entered, over })
}

/// Marriages from old files; a recorded death of the spouse has ended them, whether or not the file says so.
async fn entered(ctx: &Ctx, ports: &Ports, party: &PartyFile, over: &mut Vec<(MarriageId, Day)>) -> Result<Vec<Entered>> {
    let name = identity::persons::name_hash(ctx.keys(), &party.snapshot.name);
    let found = store::backfacts::of_person(ctx.db(), &party.number, &name, i64::from(party.snapshot.birth.year())).await?;
    let mut standing = Vec::with_capacity(found.len());
    for one in found {
        let died = match &one.spouse {
            Some(spouse) => deaths::day(ctx, &*ports.facts, spouse).await,
            None => None,
        };
        match died {
            Some(on) => over.push((one.id, on)),
            None => standing.push(one),
        }
    }
    Ok(standing)
}

/// A divorce of this person that is under way here (R-MR-11); of another couple's files nothing is read.
async fn own_divorce(ctx: &Ctx, party: &PartyFile) -> Result<Option<DivorceCase>> {
    let Some(person) = party.person else { return Ok(None) };
    let Some((accepted_on, office)) = store::divorce::open_of_person(ctx.db(), person, ctx.today()).await? else { return Ok(None) };
    Ok(Some(DivorceCase { accepted_on, source: office::card(ctx, office).await?.name.zh.to_string() }))
}
