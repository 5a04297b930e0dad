//! What is done with a re-issue. The transaction that issues retires the old booklet and the old electronic certificate, and takes the BJ or BL
//! number last, as the registration does.

use booking::OfficeId;
use casework::{CaseId, NewCase, Step};
use documents::shapes::{Booklet, Row, Statement};
use identity::facts::NumberHash;
use kernel::case_no::Channel;
use kernel::phone::Phone;
use kernel::{Instant, Issues, Refusal, Text, mask};
use platform::ports::FileId as PhotoId;
use platform::{Ctx, Error, Result, Role, Scope, audit};
use ::store::Tx;

use super::model::{Action, Cause, File, Reissue, Request, StateKind, actions, life};
use super::{ITEM, SERVICE, file};
use crate::model::{CertificateId, Photo, Side};
use crate::ops::{Certified, Deed, Plan, booklet_of, rows_of};
use crate::parameters::{parameters, reissue_statement};
use crate::rules::certificate::{CertNo, parse_serial};
use crate::rules::{OfficeDay, photo_fault, qualified, single_photo_fault};
use crate::store::booklets::{self, BookletKind, Fate};
use crate::store::register::{self, Content};
use crate::store::reissues;
use crate::{issues, office, persons};

/// Whoever may look at a re-issue.
const READERS: [Role; 5] = [Role::Clerk, Role::Registrar, Role::Reviewer, Role::Supervisor, Role::Archivist];
/// Lines on one page of the list.
const LINES: i64 = 50;

/// Who stands at the counter, as typed.
#[derive(Debug, Clone, Default, serde::Deserialize, utoipa::ToSchema)]
#[schema(as = ReissueApplication)]
#[serde(default)]
pub struct Application {
    /// Name of the party as it is today.
    pub name: String,
    /// Kind of his document (GA/T 517); an identity card when empty.
    pub id_type: String,
    /// Its number.
    pub id_no: String,
    /// Which certificate: `J` of the marriage, `L` of the divorce; of the marriage when empty.
    pub kind: String,
    /// Telephone.
    pub phone: String,
    /// `lost`, `damaged` or `wrong`.
    pub cause: String,
    /// When and where it was registered, as told; may be empty.
    pub told: String,
    /// Name of an agent with a notarised authority, and the authority's number; empty where the party came himself.
    pub agent: String,
    /// The registrar compared face and document.
    pub compared: bool,
}

/// Takes an application in. A file that the register has is found at once; whose marriage is over is told so (R-MR-35) and no case is opened.
///
/// # Errors
/// `MR-E35b` where the last marriage has ended; what is wrong with the entries, at their fields.
pub async fn open(ctx: &Ctx, office: OfficeId, input: &Application) -> Result<CaseId> {
    let card = office::card(ctx, office).await?;
    ctx.require(&[Role::Registrar], &Scope::region(card.region).org(card.org).item(ITEM)).await?;
    let (kind, request) = read(ctx, input)?;
    let found = file::of_number(ctx, kind, &NumberHash::of(ctx.keys(), &request.id_no)).await?;
    let first = StateKind::Applied;
    let case = NewCase {
        id: ctx.id(),
        service: SERVICE,
        item_code: ITEM.to_owned(),
        item_version: office::version_of(ctx, SERVICE, ITEM, card.region).await?,
        region: card.region,
        org: card.org,
        office: office.to_vec(),
        channel: Channel::Counter,
        state: first.code(),
        phase: first.phase(),
        due: None,
    };
    let (id, sealed) = (case.id, reissues::seal(ctx.keys(), case.id, &request));
    ctx.db()
        .write(|tx| {
            let (ctx, case, sealed) = (ctx.clone(), case.clone(), sealed.clone());
            async move {
                casework::open(&tx, &ctx, &case).await?;
                reissues::insert(&tx, id, office, kind, sealed).await?;
                audit::record(&tx, &ctx, audit::Event::new("marriage.reissue.open", "case", id).region(&case.region)).await?;
                if let Some((file, side)) = found {
                    let step = step(id, 1, Action::Found, first, StateKind::FileFound, "");
                    casework::record_action(&tx, &ctx, life(), step).await?;
                    reissues::set_state(&tx, id, StateKind::FileFound).await?;
                    reissues::set_file(&tx, id, file, side).await?;
                }
                Ok::<_, Error>(id)
            }
        })
        .await
}

fn read(ctx: &Ctx, input: &Application) -> Result<(BookletKind, Request), Refusal> {
    let mut found = Issues::default();
    let number = found.keep_at("id_no", persons::document(&input.id_type, &input.id_no, ctx.today()));
    let kind = match input.kind.trim() {
        "" => Some(BookletKind::Marriage),
        code => BookletKind::from_code(code),
    };
    found.ensure(kind.is_some(), || issues::missing("kind".to_owned()));
    let name = kernel::text::name(&input.name);
    found.ensure(!name.is_empty(), || issues::missing("name".to_owned()));
    let phone = found.keep_at("phone", Phone::parse(&input.phone));
    let cause = Cause::from_code(input.cause.trim());
    found.ensure(cause.is_some(), || issues::missing("cause".to_owned()));
    found.ensure(input.compared, issues::not_compared);
    found.finish()?;
    let request = Request {
        name,
        id_no: number.expect("kept above").as_str().to_owned(),
        phone: phone.expect("kept above").as_str().to_owned(),
        cause: cause.expect("ensured above"),
        told: kernel::text::line(&input.told),
        agent: kernel::text::line(&input.agent),
    };
    Ok((kind.expect("ensured above"), request))
}

fn step(case: CaseId, seen: i64, action: Action, from: StateKind, to: StateKind, reason: &str) -> Step<'_> {
    Step { case, seen, verb: action.verb(), from: from.code(), to: to.code(), phase: to.phase(), reason }
}

async fn load(ctx: &Ctx, case: CaseId) -> Result<Reissue> {
    let reissue = reissues::load(ctx.db().into(), ctx.keys(), case).await?;
    match ctx.require(&READERS, &reissue.scope()?).await {
        Ok(()) => Ok(reissue),
        Err(Error::Denied(_)) => Err(Error::NotFound),
        Err(other) => Err(other),
    }
}

async fn begin(ctx: &Ctx, case: CaseId, action: Action) -> Result<Reissue> {
    let reissue = load(ctx, case).await?;
    let allowed: Vec<Role> = Role::ALL.into_iter().filter(|role| actions(reissue.state, &[*role]).contains(&action)).collect();
    if allowed.is_empty() {
        let name = reissue.state.name();
        return Err(Error::state(&name.zh, &name.en));
    }
    ctx.require(&allowed, &reissue.scope()?).await?;
    Ok(reissue)
}

async fn advance(tx: &Tx, ctx: &Ctx, reissue: &Reissue, seen: i64, action: Action, to: StateKind, reason: &str) -> Result<()> {
    let id = reissue.head.id;
    casework::record_action(tx, ctx, life(), step(id, seen, action, reissue.state, to, reason)).await?;
    reissues::set_state(tx, id, to).await?;
    let event = audit::Event::new(audited(action), "case", id).region(&reissue.region()?).reason(reason);
    audit::record(tx, ctx, event).await
}

fn audited(action: Action) -> &'static str {
    match action {
        Action::Found => "marriage.reissue.found",
        Action::AskArchive => "marriage.reissue.ask_archive",
        Action::Issue => "marriage.reissue.issue",
        Action::Refuse => "marriage.reissue.refuse",
        Action::Abort => "marriage.reissue.abort",
    }
}

/// Asks the archive. Its answer is due by a day that is counted from the bureau's own limit; nothing happens by itself when it is late.
pub async fn ask_archive(ctx: &Ctx, case: CaseId, seen: i64) -> Result<()> {
    let reissue = begin(ctx, case, Action::AskArchive).await?;
    let days = parameters().reissue.archive_days.value;
    let (today, by) = (ctx.today(), platform::calendars::current(ctx.db()).await?.add_working_days(ctx.today(), days).day);
    ctx.db()
        .write(|tx| {
            let (ctx, reissue) = (ctx.clone(), reissue.clone());
            async move {
                advance(&tx, &ctx, &reissue, seen, Action::AskArchive, StateKind::ArchiveAsked, "").await?;
                reissues::set_asked(&tx, case, today, by).await
            }
        })
        .await
}

/// The archive named the registration: by its number, which the register has by now.
///
/// # Errors
/// `MR-E35` when there is no such registration of the applicant that stands, `MR-E35b` when it has ended.
pub async fn found(ctx: &Ctx, case: CaseId, seen: i64, cert_no: &str) -> Result<()> {
    let reissue = begin(ctx, case, Action::Found).await?;
    let number = NumberHash::of(ctx.keys(), &reissue.request.id_no);
    let (file, side) = file::named(ctx, reissue.kind, &number, &CertNo::parse(cert_no)?).await?;
    ctx.db()
        .write(|tx| {
            let (ctx, reissue) = (ctx.clone(), reissue.clone());
            async move {
                advance(&tx, &ctx, &reissue, seen, Action::Found, StateKind::FileFound, "").await?;
                reissues::set_file(&tx, case, file, side).await
            }
        })
        .await
}

/// Refuses with its reason: the archive found nothing, as a rule.
pub async fn refuse(ctx: &Ctx, case: CaseId, seen: i64, reason: &str) -> Result<()> {
    end(ctx, case, seen, Action::Refuse, StateKind::Refused, reason).await
}

/// The applicant gave up.
pub async fn abort(ctx: &Ctx, case: CaseId, seen: i64, reason: &str) -> Result<()> {
    end(ctx, case, seen, Action::Abort, StateKind::Aborted, reason).await
}

async fn end(ctx: &Ctx, case: CaseId, seen: i64, action: Action, to: StateKind, reason: &str) -> Result<()> {
    let reissue = begin(ctx, case, action).await?;
    let reason = kernel::text::line(reason);
    let field = if action == Action::Refuse { "refuse_reason" } else { "abort_reason" };
    if reason.is_empty() {
        return Err(issues::missing(field.to_owned()).into());
    }
    ctx.db()
        .write(|tx| {
            let (ctx, reissue, reason) = (ctx.clone(), reissue.clone(), reason.clone());
            async move { advance(&tx, &ctx, &reissue, seen, action, to, &reason).await }
        })
        .await
}

/// What the registrar issues.
#[derive(Debug, Clone)]
pub struct Issuing {
    /// The case.
    pub case: CaseId,
    /// The version that he saw.
    pub seen: i64,
    /// Serials of the new booklets; empty for a party who keeps his certificate.
    pub serials: [String; 2],
    /// The statement was signed before the registrar.
    pub signed: bool,
    /// Key of its scan.
    pub statement: String,
    /// The new photo.
    pub photo: Photo,
    /// Name of the applicant, typed.
    pub confirmation: String,
}

/// Issues (补发): the same registration and its day, a number and a day of issue of its own, the note 补发. The old booklets and electronic
/// certificates of these holders are out of force from the commit. Returns the new number.
pub async fn issue(ctx: &Ctx, input: Issuing) -> Result<String> {
    let reissue = begin(ctx, input.case, Action::Issue).await?;
    let (id, side) = reissue.file.ok_or_else(|| issues::no_file("cert_no"))?;
    file::stands(ctx.db(), id).await?;
    let entry = file::open(ctx, id).await?;
    let holders = check(ctx, &reissue, side, &input).await?;
    let photo = PhotoId::parse(&input.photo.file);
    let deed = Deed {
        kind: reissue.kind,
        registered_on: entry.registered_on,
        content: noted(&entry.content, &reissue.request),
        persons: entry.persons,
        photos: [photo.clone(), photo],
    };
    let plan = Plan::of(ctx, &reissue.head, deed).await?;
    let ids: [CertificateId; 2] = [ctx.id(), ctx.id()];
    let (region, year) = (reissue.region()?, ctx.today().year());
    ctx.db()
        .write(|tx| {
            let (ctx, reissue, holders, plan, input) = (ctx.clone(), reissue.clone(), holders.clone(), plan.clone(), input.clone());
            async move {
                file::stands(&tx, id).await?;
                advance(&tx, &ctx, &reissue, input.seen, Action::Issue, StateKind::Issued, reissue.request.cause.name().zh.as_ref()).await?;
                let mut retired = Vec::new();
                for (holder, serial) in &holders {
                    let field = crate::ops::serial_field(*holder);
                    let old = file::retire(&tx, id, *holder).await?;
                    retired.push(old.ok_or_else(|| issues::old_not_retired(field))?);
                    if !booklets::take_of(&tx, &ctx, reissue.kind, reissue.office, serial, Fate::Used, "").await? {
                        return Err(issues::serial_not_in_stock(field, serial).into());
                    }
                }
                let number = register::next_number(&tx, file::prefix(reissue.kind), region, year).await?.to_string();
                for (((holder, serial), certificate), old) in holders.iter().zip(ids).zip(&retired) {
                    file::insert(&tx, &ctx, certificate, id, *holder, &number, serial).await?;
                    plan.replace(&tx, &ctx, *holder, &old.cert_no, &number).await?;
                }
                reissues::set_issued(&tx, &ctx, input.case, &number, &input.photo.file, &input.statement).await?;
                Ok::<_, Error>(number)
            }
        })
        .await
}

/// Everything that stands in the way, at once; who gets a booklet, with its serial.
async fn check(ctx: &Ctx, reissue: &Reissue, side: Side, input: &Issuing) -> Result<Vec<(Side, String)>> {
    let mut found = Issues::default();
    if office::day(ctx, reissue.office, ctx.today()).await? == OfficeDay::Closed {
        found.add(issues::office_closed());
    }
    found.keep(qualified(crate::ops::registrar(ctx, reissue.office).await?, ctx.today()));
    found.ensure(input.signed && !input.statement.is_empty(), issues::reissue_statement_missing);
    let fault = match reissue.kind {
        BookletKind::Marriage => photo_fault(&input.photo),
        BookletKind::Divorce => single_photo_fault(&input.photo),
    };
    match fault {
        Some(fault) => found.add(issues::photo_unfit(&fault.zh, &fault.en)),
        None => found.ensure(input.photo.confirmed, || issues::photo_unfit("待确认", "not confirmed")),
    }
    let mut holders = Vec::new();
    for (holder, typed) in Side::BOTH.into_iter().zip(&input.serials) {
        let field = crate::ops::serial_field(holder);
        if typed.trim().is_empty() {
            found.ensure(holder != side, || issues::missing(field.to_owned()));
        } else if reissue.kind == BookletKind::Divorce && holder != side {
            found.add(issues::each_his_own(field));
        } else if let Some(serial) = found.keep(parse_serial(typed, field)) {
            found.ensure(holders.iter().all(|(_, other)| *other != serial), || issues::serial_not_in_stock(field, &serial));
            holders.push((holder, serial));
        }
    }
    let typed: String = input.confirmation.chars().filter(|c| !c.is_whitespace()).collect();
    let name: String = reissue.request.name.chars().filter(|c| !c.is_whitespace()).collect();
    found.ensure(typed == name, issues::applicant_differs);
    found.finish()?;
    Ok(holders)
}

/// What a re-issued certificate shows: the persons as they were registered, the note, and a name that was changed since (R-MR-46).
pub(crate) fn noted(content: &Content, request: &Request) -> Content {
    let mut remark = String::from("补发");
    let applicant = Side::BOTH.into_iter().map(|side| content.party(side)).find(|party| party.id_no == request.id_no);
    if let Some(registered) = applicant.filter(|party| party.name != request.name) {
        remark = format!("{remark}；{}现姓名{}", registered.name, request.name);
    }
    if !content.remark.is_empty() {
        remark = format!("{}；{remark}", content.remark);
    }
    Content { remark, ..content.clone() }
}

/// A re-issue as the desk shows it.
#[derive(Debug, Clone)]
pub struct View {
    /// The case.
    pub reissue: Reissue,
    /// The file, once found.
    pub entry: Option<File>,
    /// What the actor may do now.
    pub actions: Vec<Action>,
    /// What was done.
    pub log: Vec<casework::Action>,
    /// Name of the office.
    pub office: Text,
    /// The next serials in stock.
    pub serials: Vec<String>,
}

/// Loads a case for the desk; the look is recorded for both persons before anything is shown.
pub async fn view(ctx: &Ctx, case: CaseId) -> Result<View> {
    let reissue = load(ctx, case).await?;
    let mut roles = Vec::new();
    for role in [Role::Registrar, Role::Archivist] {
        if ctx.require(&[role], &reissue.scope()?).await.is_ok() {
            roles.push(role);
        }
    }
    let entry = match reissue.file {
        Some((id, _)) => Some(file::open(ctx, id).await?),
        None => None,
    };
    let persons = entry.as_ref().map_or(&[][..], |entry| &entry.persons);
    crate::records::look(ctx, case, persons, &reissue.region()?, "办理补领婚姻登记证").await?;
    Ok(View {
        actions: actions(reissue.state, &roles),
        log: casework::actions_of(ctx.db(), case).await?,
        office: office::card(ctx, reissue.office).await?.name,
        serials: booklets::lowest_of(ctx.db(), reissue.kind, reissue.office, 2).await?,
        entry,
        reissue,
    })
}

/// The text into a booklet that was issued.
pub async fn booklet(ctx: &Ctx, case: CaseId, holder: Side, offset: Option<(f64, f64)>) -> Result<Booklet> {
    let view = view(ctx, case).await?;
    let entry = view.entry.filter(|_| view.reissue.state == StateKind::Issued).ok_or(Error::NotFound)?;
    let certified = Certified { content: entry.content, registered_on: entry.registered_on, certificates: entry.certificates };
    booklet_of(ctx, &certified, holder, offset).await
}

/// 申请补领婚姻登记证声明书, filled in, to be signed before the registrar.
pub async fn statement_form(ctx: &Ctx, case: CaseId) -> Result<Statement> {
    let view = view(ctx, case).await?;
    let (entry, (_, side)) = view.entry.as_ref().zip(view.reissue.file).ok_or_else(|| issues::no_file("cert_no"))?;
    let text = reissue_statement(view.reissue.kind);
    let request = &view.reissue.request;
    let mut own = rows_of(entry.content.party(side));
    own.push(Row::new("现姓名", &request.name));
    own.push(Row::new("补领原因", request.cause.name().zh));
    let label = match view.reissue.kind {
        BookletKind::Marriage => "原结婚证字号",
        BookletKind::Divorce => "原离婚证字号",
    };
    own.push(Row::new(label, &entry.cert_no));
    Ok(Statement {
        title: text.title_zh.clone(),
        number: view.reissue.head.case_no.clone(),
        own,
        other: rows_of(entry.content.party(side.other())),
        paragraphs: text.clauses_zh.clone(),
        text_version: text.version.clone(),
        office: view.office.zh.to_string(),
    })
}

/// A line of the desk's list, the name masked.
#[derive(Debug, Clone)]
pub struct Line {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub case_no: String,
    /// Where it stands.
    pub state: StateKind,
    /// The applicant, masked.
    pub name: String,
    /// When it was opened.
    pub opened_at: Instant,
}

/// The re-issues of an office, newest first, fifty a page; those after `before`.
pub async fn list(ctx: &Ctx, office: OfficeId, before: Option<CaseId>) -> Result<(Vec<Line>, bool)> {
    let card = office::card(ctx, office).await?;
    ctx.require(&READERS, &Scope::region(card.region).org(card.org).item(ITEM)).await?;
    let mut rows = reissues::of_office(ctx.db(), ctx.keys(), office, before, LINES + 1).await?;
    let more = rows.len() > usize::try_from(LINES).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(LINES).unwrap_or(usize::MAX));
    let line = |row: reissues::Line| Line {
        id: row.id,
        case_no: row.case_no,
        state: row.state,
        name: mask::name(&row.name),
        opened_at: Instant::from_micros(row.opened_at),
    };
    Ok((rows.into_iter().map(line).collect(), more))
}
