//! A citizen submits (P2.3): the draft becomes a case with a number; from now on the clock of the one-time notice runs.

use std::sync::Arc;

use kernel::{Channel, Issues};
use platform::{AccountId, Ctx, Error, OrgId, PersonId, Result, audit};
use ::store::Tx;

use super::draft::{self, DraftId};
use super::effects::receipt_day;
use super::setting::Setting;
use crate::model::{Answers, Applicant, ApplicantKind, Contact, Detail, Duplicates, LetterId, MaterialState, Party, Pledge, Prefill};
use crate::store::{cases, credit, data, drafts, head, letters, materials, notes};
use crate::{CaseId, NewCase, form, issues};

/// A draft as the citizen saw it on the page "check your answers".
#[derive(Debug, Clone)]
pub struct Submit {
    /// The draft.
    pub draft: DraftId,
    /// Its version.
    pub seen: i64,
    /// 告知承诺: the text was shown and signed.
    pub pledge: bool,
}

/// What was submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub case_no: String,
    /// Opens its progress together with the number; it stands on the receipt and on the applicant's own page.
    pub query_code: String,
}

/// Submits a draft. The answers are held against the item version in force today; nothing that was typed is lost if it is refused.
///
/// # Errors
/// Every fault of the form at once (`E-FORM0x`, and what the service adds); `E-P225` for papers that are missing; `E-P209` for a second open
/// case of the same applicant; `E-P804` without a letter that holds today; `E-P208`, `E-P221` for a pledge that is not possible; `E-ST02`
/// if another device has changed the draft.
pub async fn submit(ctx: &Ctx, input: Submit) -> Result<Submitted> {
    let mine = draft::own(ctx, input.draft).await?;
    let (item, matter, account, person) = draft::open_item(ctx, &mine.impl_code).await?;
    if mine.version != input.seen {
        return Err(Error::Stale(issues::draft_changed()));
    }
    let applicant = applicant(ctx, person, &mine.party, &item.basic_code).await?;
    let papers = materials::of_draft(ctx.db(), ctx, mine.id).await?;
    let is_here = |key: &str| papers.iter().any(|paper| paper.key == key && paper.state != MaterialState::Replaced);
    let setting = Setting::new(ctx, matter, item.version.clone()).await?;
    // Saved answers are in their one form already.
    let answers = mine.answers.clone();
    let mut found = Issues::default();
    check(ctx, &setting, &answers, &mut found).await?;
    if input.pledge {
        pledge_allowed(ctx, &setting, &applicant, &mut found).await?;
    } else {
        form::missing(&setting.matter.case_type, &item.version.elements, &answers, is_here).into_iter().for_each(|issue| found.add(issue));
    }
    found.finish()?;
    let body = item.version.elements.body.as_ref().ok_or_else(|| Error::internal("an implementation without a body"))?;
    let org = platform::regions::organisation_by_uscc(ctx.db(), &body.uscc).await?.ok_or_else(|| Error::internal("an item of an unknown body"))?;
    let code: [u8; 4] = ctx.random();
    let region = item.region.parse().map_err(Error::internal)?;
    let new = Arc::new(New {
        case: ctx.id(),
        org: org.id,
        region,
        number_at: region,
        impl_code: item.code.clone(),
        item_code: item.basic_code.clone(),
        channel: Channel::from_digit(ctx.meta().channel).unwrap_or(Channel::Web),
        applicant,
        account: Some(account),
        answers: form::counted(&setting.matter.case_type, &answers),
        query_code: format!("{:06}", u32::from_be_bytes(code) % 1_000_000),
        pledge: input.pledge,
        parent: None,
        intake: None,
        discard: Some((mine.id, input.seen)),
        received: true,
    });
    let case_no = ctx
        .db()
        .write(|tx| {
            let (ctx, setting, new) = (ctx.clone(), setting.clone(), new.clone());
            async move { open(&tx, &ctx, &setting, &new).await }
        })
        .await?;
    Ok(Submitted { case: new.case, case_no, query_code: new.query_code.clone() })
}

/// Whether the answers are right: by the form, and by what the service adds.
pub(crate) async fn check(ctx: &Ctx, setting: &Setting, answers: &Answers, found: &mut Issues) -> Result<()> {
    for issue in form::check(&setting.matter.case_type, answers, ctx.today()) {
        found.add(issue);
    }
    if let Some(asked) = setting.asked(ctx).await? {
        for issue in setting.matter.hooks.check(ctx, &asked, answers).await? {
            found.add(issue);
        }
    }
    Ok(())
}

/// A case about to be opened.
pub(crate) struct New {
    pub(crate) case: CaseId,
    pub(crate) org: OrgId,
    pub(crate) region: kernel::RegionCode,
    /// The region in the number: of the place that took it in.
    pub(crate) number_at: kernel::RegionCode,
    pub(crate) impl_code: String,
    pub(crate) item_code: String,
    pub(crate) channel: Channel,
    pub(crate) applicant: Applicant,
    pub(crate) account: Option<AccountId>,
    pub(crate) answers: Answers,
    pub(crate) query_code: String,
    pub(crate) pledge: bool,
    pub(crate) parent: Option<CaseId>,
    pub(crate) intake: Option<(kernel::RegionCode, OrgId)>,
    pub(crate) discard: Option<(DraftId, i64)>,
    /// Whether the papers have arrived, so that the clock of the one-time notice runs.
    pub(crate) received: bool,
}

/// Opens the case in the transaction; returns its number.
pub(crate) async fn open(tx: &Tx, ctx: &Ctx, setting: &Setting, new: &New) -> Result<String> {
    let case_type = &setting.matter.case_type;
    let hash = cases::number_hash(ctx.keys(), &new.applicant.number);
    if case_type.duplicates == Duplicates::Forbidden
        && new.parent.is_none()
        && let Some(number) = cases::open_of_applicant(tx, hash, &new.item_code).await?
    {
        return Err(issues::same_application(&number).into());
    }
    let first = setting.matter.life.first();
    let offices = setting.elements().map(|elements| elements.place.offices.as_slice()).unwrap_or_default();
    let received_on = new.received.then(|| receipt_day(&setting.calendar, ctx.now(), ctx.actor()));
    let detail = Detail { received_on, ..Detail::default() };
    let opening = NewCase {
        id: new.case,
        service: &case_type.service,
        item_code: new.item_code.clone(),
        item_version: setting.item.as_ref().map(|version| version.id.to_vec()),
        region: new.region,
        org: new.org,
        office: offices.first().map(|code| code.as_bytes().to_vec()).unwrap_or_else(|| new.org.to_vec()),
        channel: new.channel,
        state: &first.code,
        phase: first.phase,
        due: None,
    };
    let case_no = head::open_with(tx, ctx, &opening, new.number_at, &detail).await?;
    cases::complete(
        tx,
        ctx,
        &cases::Opening {
            case: new.case,
            case_type: &case_type.key,
            impl_code: &new.impl_code,
            pledge: new.pledge,
            applicant: &new.applicant,
            account: new.account,
            case_no: &case_no,
            query_code: &new.query_code,
            parent: new.parent,
            intake: new.intake,
        },
    )
    .await?;
    data::add(tx, ctx, ctx.id(), new.case, case_type.schema, &new.answers).await?;
    if let Some((draft, seen)) = new.discard {
        materials::adopt(tx, draft, new.case).await?;
        if !drafts::delete(tx, draft, seen).await? {
            return Err(Error::Stale(issues::draft_changed()));
        }
    }
    if let Some(person) = new.applicant.person {
        hold(tx, ctx, setting, new, person).await?;
    }
    if let (true, Some(pledge)) = (new.pledge, &case_type.pledge) {
        let due = pledge.check.limit.period().map_or(ctx.today(), |period| setting.calendar.due(ctx.today(), period).day);
        let signed = Pledge { text: pledge.text.clone(), signed_at: ctx.now(), check_due: due, kept: None };
        notes::add_pledge(tx, new.case, &signed).await?;
    }
    let loaded = setting.load(tx, ctx, new.case).await?;
    let ends = setting.ends(&loaded.state);
    cases::project(tx, new.case, loaded.state.seq, &loaded.state, first.phase, &ends).await?;
    super::effects::deadlines(tx, ctx, setting, &loaded.head, &loaded.state, (&crate::clock::Ends::default(), &ends)).await?;
    let event = audit::Event::new("case.submit", "case", new.case).person(new.applicant.person).region(&new.region);
    audit::record(tx, ctx, event.detail(serde_json::json!({ "pledge": new.pledge, "channel": new.channel.digit() }))).await?;
    Ok(case_no)
}

/// Keeps what the person has told under the keys that all services share.
async fn hold(tx: &Tx, ctx: &Ctx, setting: &Setting, new: &New, person: PersonId) -> Result<()> {
    for field in setting.matter.case_type.sections.iter().flat_map(|section| &section.fields) {
        if let (Some(Prefill::Held(key)), Some(value)) = (&field.prefill, new.answers.get(&field.key)) {
            data::hold(tx, ctx, ctx.id(), person, key, value, new.case).await?;
        }
    }
    Ok(())
}

/// For whom a citizen applies: himself, or the principal of a letter that holds today for this item.
pub(crate) async fn applicant(ctx: &Ctx, person: PersonId, party: &Party, item_code: &str) -> Result<Applicant> {
    let reach = identity::persons::contact_of(ctx, person).await?.unwrap_or_default();
    let contact = Contact {
        phone: reach.phone.map(|phone| phone.as_str().to_owned()),
        email: reach.email.map(|mail| mail.as_str().to_owned()),
        address: None,
    };
    match party {
        Party::Own => {
            let view = identity::persons::load(ctx, person).await?;
            let number = view.documents.first().map(|(_, _, number)| number.clone()).unwrap_or_default();
            Ok(Applicant { kind: ApplicantKind::Person, person: Some(person), name: view.name, number, contact, agent: None })
        }
        Party::Letter(id) => by_letter(ctx, person, *id, item_code, contact).await,
    }
}

async fn by_letter(ctx: &Ctx, agent: PersonId, id: LetterId, item_code: &str, contact: Contact) -> Result<Applicant> {
    let own = letters::by_id(ctx.db(), ctx, id).await?.filter(|letter| letter.agent == agent);
    let letter = own.ok_or_else(|| issues::no_authority(None))?;
    if !letter.covers(item_code, ctx.today()) {
        return Err(issues::no_authority(Some(&letter.principal_name)).into());
    }
    Ok(Applicant {
        kind: letter.principal_kind,
        person: letter.principal_person,
        name: letter.principal_name.clone(),
        number: letter.principal_number.clone(),
        contact,
        agent: Some((agent, id)),
    })
}

/// Whether 告知承诺 is possible: the item has it, and no credit record stands against the applicant (P2-7).
async fn pledge_allowed(ctx: &Ctx, setting: &Setting, applicant: &Applicant, found: &mut Issues) -> Result<()> {
    let offered = setting.elements().is_some_and(|elements| elements.online.pledge) && setting.matter.case_type.pledge.is_some();
    found.ensure(offered, issues::no_pledge);
    let record = credit::stands(ctx.db(), cases::number_hash(ctx.keys(), &applicant.number), ctx.today()).await?;
    found.ensure(!record, issues::bad_credit);
    Ok(())
}
