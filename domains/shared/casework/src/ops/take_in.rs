//! A clerk takes papers in at any counter (P2-9): for an item of his own body or of another one, to which the case goes.

use std::sync::Arc;

use kernel::{Channel, Day, DocumentNumber, IdType, Issue, Issues, RegionCode, Text, Uscc};
use platform::ports::MediaType;
use platform::regions::{self, Organisation};
use platform::{Ctx, Error, Result, Role, Scope, StaffActor};
use ::store::Tx;

use super::access::Standing;
use super::act::{Act, make};
use super::effects;
use super::setting::Setting;
use super::submit::{New, check, open};
use crate::cross::{self, Handover, Opening, Places};
use crate::life::Who;
use crate::matters::matter;
use crate::model::{
    Answers, Applicant, ApplicantKind, Contact, CorrectionItem, CounterSheet, Effect, Fault, Here, Material, MaterialId, MaterialSource,
    MaterialState, Need, Prefill, Scan, SheetId,
};
use crate::store::counters;
use crate::store::materials::{self, Owner};
use crate::{CaseId, form, issues};

/// A paper on the counter.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Key of the item's material.
    pub key: String,
    /// Originals.
    pub originals: i64,
    /// Copies.
    pub copies: i64,
    /// Its content, where the counter scanned it.
    pub scan: Option<ScannedFile>,
}

/// What a counter scanned.
#[derive(Clone)]
pub struct ScannedFile {
    /// What the file is called.
    pub file_name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for ScannedFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ScannedFile").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// A paper that is asked for and not there.
#[derive(Debug, Clone)]
pub struct Lacking {
    /// Key of the item's material.
    pub key: String,
    /// 容缺: the day by which the applicant promises it; otherwise he is told to supply it.
    pub promised: Option<Day>,
}

/// What was taken in.
#[derive(Debug, Clone)]
pub struct Intake {
    /// 实施编码.
    pub impl_code: String,
    /// Person or organisation.
    pub kind: ApplicantKind,
    /// Full name.
    pub name: String,
    /// Number of the document, or credit code.
    pub number: String,
    /// Kind of the document, for persons.
    pub id_type: IdType,
    /// How to reach the applicant.
    pub contact: Contact,
    /// Answers of the form.
    pub answers: Answers,
    /// Papers.
    pub papers: Vec<Paper>,
    /// Papers that are missing. A counter of the body that answers tells or accepts at once; elsewhere that body looks for itself.
    pub lacking: Vec<Lacking>,
    /// How it came: at the counter, by post, by telephone. From another province the number says so by itself.
    pub channel: Channel,
    /// Where the clerk works who takes it in.
    pub at: RegionCode,
    /// Where the applicant lives or is registered, for items of which the body at that place decides.
    pub residence: Option<RegionCode>,
    /// How the case goes to the body that answers, if it crosses a border.
    pub handover: Option<Handover>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenIn {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub case_no: String,
    /// Opens its progress together with the number; it stands on the receipt.
    pub query_code: String,
    /// The body that answers.
    pub body: Text,
    /// `E-P1001`: another body answers, and the case has gone there.
    pub directed: Option<Issue>,
}

/// Takes an application in at the counter: the applicant leaves with number, query code and receipt. The body that answers has the case at
/// once, or when it signs the packet in.
///
/// # Errors
/// `E-P805` without the role of the counter where the clerk works; the number's own issues; `E-P808`; every fault of the form; `E-P209`; for cases that
/// cross a border `E-P1002`, `E-P1003`, `E-P1005`, `E-P1006`; those of the store of files at `papers.` and the key of the paper.
pub async fn take_in(ctx: &Ctx, input: Intake) -> Result<TakenIn> {
    taken(ctx, input, None).await
}

/// Takes in what stands on a sheet of the counter, with its scans; the sheet is gone with it.
///
/// # Errors
/// As [`take_in`], and as [`super::save_sheet`] for the sheet.
pub async fn take_in_sheet(ctx: &Ctx, id: SheetId, seen: i64) -> Result<TakenIn> {
    let sheet = super::sheet(ctx, id).await?;
    if sheet.version != seen {
        return Err(Error::Stale(issues::draft_changed()));
    }
    let at = ctx.actor().staff().ok_or(Error::SignIn)?.region;
    let item = catalog::ops::find_any(ctx, &sheet.impl_code).await?;
    let matter = matter(ctx, &item.version.elements.house.service)?;
    let form = &sheet.form;
    let answers = form::normalise(&matter.case_type, &form.answers, ctx.today());
    let (mut papers, mut lacking) = (Vec::new(), Vec::new());
    for material in form::materials(&matter.case_type, &item.version.elements, &answers) {
        let key = material.key.clone();
        let noted = form.papers.get(&key).cloned().unwrap_or_default();
        match noted.here {
            Here::Here => papers.push(Paper { key, originals: noted.originals, copies: noted.copies, scan: None }),
            Here::Promised => lacking.push(Lacking { promised: Some(form.promised(&key, &material.name)?), key }),
            Here::Missing if form::is_required(material) => lacking.push(Lacking { key, promised: None }),
            Here::Missing => {}
        }
    }
    let input = Intake {
        impl_code: sheet.impl_code.clone(),
        kind: form.kind(),
        name: form.name.clone(),
        number: form.number.clone(),
        id_type: IdType::RESIDENT,
        contact: Contact { phone: form.phone()?, ..Contact::default() },
        answers: form.answers.clone(),
        papers,
        lacking,
        channel: Channel::Counter,
        at,
        residence: form.residence,
        handover: form.mode.map(|mode| Handover { mode, identity: form.identity, papers: form.papers_follow, delivery: None }),
    };
    taken(ctx, input, Some(&sheet)).await
}

async fn taken(ctx: &Ctx, mut input: Intake, sheet: Option<&CounterSheet>) -> Result<TakenIn> {
    let staff = ctx.actor().staff().cloned().ok_or(Error::SignIn)?;
    let item = catalog::ops::find_any(ctx, &input.impl_code).await?;
    ctx.require(&[Role::Clerk], &Scope::region(input.at).org(staff.org).item(item.basic_code.clone())).await?;
    let matter = matter(ctx, &item.version.elements.house.service)?;
    // A service that asks at its own desk has no form here.
    if matter.case_type.sections.is_empty() {
        return Err(Error::NotFound);
    }
    if !item.standing.is_open() {
        return Err(issues::item_closed(item.standing.public_notice()).into());
    }
    let mode = cross::hold(ctx, &item, input.at, input.residence, input.handover.map(|chosen| chosen.mode)).await?;
    let setting = Setting::new(ctx, matter, item.version.clone()).await?;
    let answers = form::normalise(&setting.matter.case_type, &told(&setting, &input), ctx.today());
    let mut found = checked(ctx, &setting, &answers).await?;
    papers_known(&setting, &input, mode.is_some(), &mut found);
    for paper in &input.papers {
        found.ensure(is_there(paper, sheet), || issues::nothing_received(&paper.key));
    }
    found.finish()?;
    let applicant = who(ctx, &input).await?;
    let body = item.version.elements.body.as_ref().ok_or_else(|| Error::internal("an implementation without a body"))?;
    let org = regions::organisation_by_uscc(ctx.db(), &body.uscc).await?.ok_or_else(|| Error::internal("an item of an unknown body"))?;
    let region: RegionCode = item.region.parse().map_err(Error::internal)?;
    let travels = mode.is_some_and(cross::Mode::travels);
    let code: [u8; 4] = ctx.random();
    let new = New {
        case: ctx.id(),
        org: org.id,
        region,
        number_at: if mode.is_some() { input.at } else { region },
        impl_code: item.code.clone(),
        item_code: item.basic_code.clone(),
        channel: channel(ctx, &input, region, mode.is_some()).await?,
        applicant,
        account: None,
        answers: form::counted(&setting.matter.case_type, &answers),
        query_code: format!("{:06}", u32::from_be_bytes(code) % 1_000_000),
        pledge: false,
        parent: None,
        intake: (staff.org != org.id).then_some((input.at, staff.org)),
        discard: None,
        received: !travels,
    };
    let handover = mode.and(input.handover).map(|chosen| {
        let places = Places { staff: staff.clone(), from: (input.at, staff.org), to: (region, org.id), item_code: new.item_code.clone() };
        Opening::new(ctx, &setting.calendar, new.case, &chosen, input.residence, &places, &item.version.elements)
    });
    let papers = with_scans(ctx, &mut input, sheet).await?;
    let counter = (input.at, staff.org);
    let sheet = sheet.map(|sheet| (sheet.id, sheet.version));
    let ready = Arc::new(Ready { lacking: lacking(&setting, &input, &staff, &org), new, papers, handover, travels, counter, sheet });
    let case_no = ctx
        .db()
        .write(|tx| {
            let (ctx, setting, ready) = (ctx.clone(), setting.clone(), ready.clone());
            async move { write(&tx, &ctx, &setting, &ready).await }
        })
        .await?;
    let directed = match staff.org == org.id {
        true => None,
        false => Some(cross::directed(&org.name, &regions::find(ctx.db(), &region).await?.map(|region| region.name).unwrap_or_default())),
    };
    Ok(TakenIn { case: ready.new.case, case_no, query_code: ready.new.query_code.clone(), body: org.name, directed })
}

/// What is wrong with the answers. Who has no telephone is not refused at a counter for want of one: the law keeps this way open for him.
async fn checked(ctx: &Ctx, setting: &Setting, answers: &Answers) -> Result<Issues> {
    let mut all = Issues::default();
    check(ctx, setting, answers, &mut all).await?;
    let fields = || setting.matter.case_type.sections.iter().flat_map(|section| &section.fields);
    let reach = |key: &str| fields().any(|field| field.key == key && matches!(field.prefill, Some(Prefill::Phone | Prefill::Email)));
    let mut found = Issues::default();
    let wrong = all.finish().unwrap_or_else(|refusal| refusal.0);
    for issue in wrong {
        let unreachable = issue.field.as_deref().is_some_and(|key| reach(key) && !answers.contains_key(key));
        if !unreachable {
            found.add(issue);
        }
    }
    Ok(found)
}

/// The answers as given, and those that the applicant gave already by saying who he is.
fn told(setting: &Setting, input: &Intake) -> Answers {
    let mut answers = input.answers.clone();
    for field in setting.matter.case_type.sections.iter().flat_map(|section| &section.fields) {
        let known = match &field.prefill {
            Some(Prefill::ApplicantName) => Some(input.name.clone()),
            Some(Prefill::ApplicantNumber) => Some(input.number.clone()),
            Some(Prefill::Phone) => input.contact.phone.clone(),
            _ => None,
        };
        if let Some(known) = known {
            answers.entry(field.key.clone()).or_insert(known);
        }
    }
    answers
}

/// All that one transaction writes.
struct Ready {
    new: New,
    papers: Vec<OnTheCounter>,
    handover: Option<Opening>,
    travels: bool,
    lacking: Option<Act>,
    counter: (RegionCode, platform::OrgId),
    /// The sheet that becomes the case, with the version that was seen.
    sheet: Option<(SheetId, i64)>,
}

/// A paper with the earlier one that serves again, and the type of its scan.
struct OnTheCounter {
    paper: Material,
    from: Option<MaterialId>,
    media_type: Option<MediaType>,
}

async fn write(tx: &Tx, ctx: &Ctx, setting: &Setting, ready: &Ready) -> Result<String> {
    let new = &ready.new;
    let case_no = open(tx, ctx, setting, new).await?;
    for OnTheCounter { paper, from, media_type } in &ready.papers {
        materials::add(tx, ctx, Owner::Case(new.case), new.applicant.person, paper, *from, media_type.map(MediaType::name)).await?;
    }
    if let Some((sheet, seen)) = ready.sheet
        && !counters::delete(tx, sheet, seen).await?
    {
        return Err(Error::Stale(issues::draft_changed()));
    }
    if let Some(handover) = &ready.handover {
        handover.write(tx).await?;
    }
    if ready.travels {
        let loaded = setting.load(tx, ctx, new.case).await?;
        effects::receipt(tx, ctx, setting, &loaded, ready.counter, &new.query_code).await?;
    } else {
        receive(tx, ctx, setting, new).await?;
        if let Some(act) = &ready.lacking {
            let loaded = setting.load(tx, ctx, new.case).await?;
            let act = Act { seen: loaded.state.seq, ..act.clone() };
            make(tx, ctx, setting, loaded, &counter(), &act).await?;
        }
    }
    Ok(case_no)
}

/// What came over the counter is received in the same moment, where the matter knows receipt.
async fn receive(tx: &Tx, ctx: &Ctx, setting: &Setting, new: &New) -> Result<()> {
    let loaded = setting.load(tx, ctx, new.case).await?;
    let life = &setting.matter.life;
    let receipt = life.actions_for(&loaded.state.code, Who::Staff(&[Role::Clerk])).into_iter().find(|mv| mv.has(Effect::Receives));
    if let Some(mv) = receipt {
        let act = Act { query_code: Some(new.query_code.clone()), ..Act::new(mv.verb.clone(), loaded.state.seq) };
        make(tx, ctx, setting, loaded, &counter(), &act).await?;
    }
    Ok(())
}

/// Receiving is part of taking in: whoever may do this at his own counter may do it for the body that answers.
fn counter() -> Standing {
    Standing::Staff { roles: vec![Role::Clerk], lent: Vec::new() }
}

/// The move that missing papers ask for at a counter of the body itself: all promised, it is accepted; otherwise everything is told at once.
fn lacking(setting: &Setting, input: &Intake, staff: &StaffActor, org: &Organisation) -> Option<Act> {
    if input.lacking.is_empty() || staff.org != org.id {
        return None;
    }
    let promises: Vec<(String, Day)> = input.lacking.iter().filter_map(|paper| Some((paper.key.clone(), paper.promised?))).collect();
    let all = promises.len() == input.lacking.len();
    let by_counter = |mv: &&crate::model::Move| mv.by.contains(&crate::model::By::Role(Role::Clerk));
    let moves = setting.matter.life.moves.iter().filter(by_counter);
    if all {
        let accept = moves.into_iter().find(|mv| mv.has(Effect::Accepts) && mv.needs(Need::Materials))?;
        return Some(Act { promises, ..Act::new(accept.verb.clone(), 0) });
    }
    let tell = moves.into_iter().find(|mv| mv.has(Effect::Tells) && mv.needs(Need::Corrections))?;
    let missing = |paper: &Lacking| CorrectionItem {
        key: paper.key.clone(),
        fault: Fault::Missing,
        wrong: "未提交".to_owned(),
        mend: "请补交该材料".to_owned(),
        supplied_at: None,
    };
    Some(Act { corrections: input.lacking.iter().map(missing).collect(), ..Act::new(tell.verb.clone(), 0) })
}

/// Papers that the item does not have are refused: a receiving place may not ask for more than the body that answers.
fn papers_known(setting: &Setting, input: &Intake, elsewhere: bool, found: &mut Issues) {
    let known = |key: &str| setting.elements().is_some_and(|elements| elements.materials.iter().any(|material| material.key == key));
    let keys = input.papers.iter().map(|paper| &paper.key).chain(input.lacking.iter().map(|paper| &paper.key));
    for key in keys.filter(|key| !known(key)) {
        found.add(if elsewhere { cross::more_papers(key) } else { issues::answer_unknown(key) });
    }
}

/// Whether anything of a paper is there: an original, a copy, or a scan.
fn is_there(paper: &Paper, sheet: Option<&CounterSheet>) -> bool {
    let scanned = sheet.and_then(|sheet| sheet.form.papers.get(&paper.key)).is_some_and(|noted| noted.scan.is_some());
    paper.originals > 0 || paper.copies > 0 || paper.scan.is_some() || scanned
}

/// The channel in the number: from another province, unless it came by another way than the counter.
async fn channel(ctx: &Ctx, input: &Intake, owner: RegionCode, crosses: bool) -> Result<Channel> {
    let far = crosses && input.channel == Channel::Counter && cross::needed(ctx, input.at, owner).await? == Some(catalog::model::Scope::Provinces);
    Ok(if far { Channel::CrossProvince } else { input.channel })
}

/// The papers with what was scanned of them: now, or earlier for the sheet.
async fn with_scans(ctx: &Ctx, input: &mut Intake, sheet: Option<&CounterSheet>) -> Result<Vec<OnTheCounter>> {
    let mut papers = Vec::with_capacity(input.papers.len());
    for paper in &mut input.papers {
        let scan = match paper.scan.take() {
            Some(file) => Some(super::counter::stored(ctx, &file.file_name, file.bytes).await.map_err(|error| error.at(&format!("papers.{}", paper.key)))?),
            None => sheet.and_then(|sheet| sheet.form.papers.get(&paper.key)?.scan.clone()),
        };
        papers.push(on_the_counter(ctx, paper, scan));
    }
    Ok(papers)
}

fn on_the_counter(ctx: &Ctx, paper: &Paper, scan: Option<Scan>) -> OnTheCounter {
    let from = scan.as_ref().and_then(|scan| scan.from);
    let media_type = scan.as_ref().and_then(|scan| scan.media_type);
    let source = if from.is_some() { MaterialSource::Held } else { MaterialSource::Counter };
    let (id, file, file_name, bytes, sm3) = match scan {
        Some(scan) => (scan.id, Some(scan.file), scan.file_name, scan.bytes, scan.sm3),
        None => (ctx.id(), None, String::new(), 0, None),
    };
    let paper = Material {
        id,
        key: paper.key.clone(),
        state: MaterialState::Received,
        source,
        file,
        file_name,
        bytes,
        sm3,
        originals: paper.originals.clamp(0, 999),
        copies: paper.copies.clamp(0, 999),
        promise_due: None,
        received_at: ctx.now(),
        note: String::new(),
    };
    OnTheCounter { paper, from, media_type }
}

/// Who has come: a person by his document, an organisation by its code. Name, document of a person, number in its one form.
///
/// # Errors
/// `E-P224` at `name`; those of the number at `number`.
pub(super) fn identified(ctx: &Ctx, kind: ApplicantKind, id_type: IdType, name: &str, number: &str) -> Result<(String, Option<DocumentNumber>, String)> {
    let name = kernel::text::name(name);
    let mut found = Issues::default();
    found.ensure(!name.is_empty(), || issues::needed("name", "姓名或者名称", "the name"));
    let (document, number) = match kind {
        ApplicantKind::Organisation => (None, Uscc::parse(number).map(|code| code.as_str().to_owned())),
        ApplicantKind::Person => match DocumentNumber::parse(id_type, number, ctx.today()) {
            Ok(document) => (Some(document.clone()), Ok(document.as_str().to_owned())),
            Err(refusal) => (None, Err(refusal)),
        },
    };
    if let Err(refusal) = &number {
        for issue in &refusal.0 {
            found.add(issue.clone().field("number"));
        }
    }
    found.finish()?;
    Ok((name, document, number?))
}

/// Refuses a child under fourteen for whom no guardian has consented.
///
/// # Errors
/// `E-P808` at `number`.
pub(super) async fn consented(ctx: &Ctx, document: Option<&DocumentNumber>) -> Result<()> {
    match document {
        Some(document) => identity::ops::require_consent(ctx, document).await.map_err(|error| error.at("number")),
        None => Ok(()),
    }
}

/// The applicant at the counter; a person who is not known yet is from now on.
async fn who(ctx: &Ctx, input: &Intake) -> Result<Applicant> {
    let (name, document, number) = identified(ctx, input.kind, input.id_type, &input.name, &input.number)?;
    consented(ctx, document.as_ref()).await?;
    let person = match document {
        None => None,
        Some(document) => {
            let draft = identity::PersonDraft::new(ctx, &name, &document, COUNTRY, None)?;
            let ensure = ctx.db().write(|tx| {
                let (ctx, draft) = (ctx.clone(), draft.clone());
                async move { identity::persons::ensure(&tx, &ctx, &draft).await }
            });
            Some(ensure.await?)
        }
    };
    Ok(Applicant { kind: input.kind, person, name, number, contact: input.contact.clone(), agent: None })
}

/// Country of the documents that are shown at counters here.
pub(super) const COUNTRY: &str = "CHN";
