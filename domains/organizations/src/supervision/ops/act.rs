//! Opening a proceeding and doing an act of it: who may, the rule, and everything that follows in one transaction.

use kernel::{RegionCode, region::Level};
use platform::{Actor, Ctx, Error, Result, Scope, audit, change, outbox};
use serde_json::json;
use ::store::Tx;

use super::windows::report_due;
use crate::supervision::input::Input;
use crate::supervision::model::{Content, Kind, Listing, Officer, ProceedingId, State};
use crate::supervision::standing::Standing;
use crate::supervision::states::{self, Act, OPEN};
use crate::supervision::store::proceedings::{self, NewEvent, Row};
use crate::supervision::store::{facts, illegal};
use crate::supervision::turn::{Effect, Turn, apply, of_the_living};
use crate::supervision::{issues, numbers};
use crate::{CHANGED, Entry, Flags, NOUN, OrganizationId, register, rights};

/// Under what an organisation gives its staff the right to act in supervision: reports, answers, applications.
pub const ITEM: &str = "organization.supervision";

/// What was done, and what a person should look at.
#[derive(Debug, Clone)]
pub struct Done {
    /// The proceeding.
    pub id: ProceedingId,
    /// Warnings of the rule.
    pub warnings: Vec<kernel::Issue>,
}

/// Opens a proceeding about an organisation, or about an illegal one without.
///
/// # Errors
/// What the rule of the kind refuses; `E-D15` for an organisation that has ended; `E-D88` where one of the kind is under way.
pub async fn open(ctx: &Ctx, kind: Kind, organization: Option<OrganizationId>, input: &Input) -> Result<Done> {
    let act = states::act(kind, OPEN).ok_or_else(|| Error::internal("a kind that cannot be opened"))?;
    let entry = match organization {
        Some(id) => Some(register::by_id(ctx.db(), id).await?),
        None if kind == Kind::Illegal => None,
        None => return Err(issues::unknown_code().into()),
    };
    let region = match &entry {
        Some(entry) => entry.head.region,
        None => place(ctx, input).await?,
    };
    authorise(ctx, act, region, entry.as_ref()).await?;
    if let Some(entry) = entry.as_ref().filter(|entry| of_the_living(kind) && !entry.head.status.exists()) {
        return Err(issues::ended(&entry.head.status.name()).into());
    }
    let subject = entry.as_ref().map_or_else(|| kernel::text::line(input.get("name")), |entry| entry.head.name.clone());
    let year = if kind == Kind::Annual { input.get("year").parse().unwrap_or_default() } else { 0 };
    let row = new_row(ctx, kind, organization, subject, region, year);
    run(ctx, row, act, entry, input).await
}

/// Does an act in a proceeding as it was seen.
///
/// # Errors
/// `E-ST01` where the state does not allow it, `E-ST02` if somebody was first, `E-P805` without the role, `E-P806` for whoever did what it
/// is to be kept apart from, and what the rule of the kind refuses.
pub async fn act(ctx: &Ctx, id: ProceedingId, seen: i64, code: &str, input: &Input) -> Result<Done> {
    let row = proceedings::by_id(ctx, id).await?.ok_or(Error::NotFound)?;
    let act = states::act(row.kind, code).filter(|act| !act.from.is_empty()).ok_or(Error::NotFound)?;
    let entry = match row.organization {
        Some(organization) => Some(register::by_id(ctx.db(), organization).await?),
        None => None,
    };
    authorise(ctx, act, row.region, entry.as_ref()).await?;
    if !act.from.contains(&row.state) {
        let name = row.state.name();
        return Err(Error::state(&name.zh, &name.en));
    }
    if row.version != seen {
        return Err(Error::stale());
    }
    apart(ctx, &row, act).await?;
    if act.sure && !input.yes("sure") && !matches!(ctx.actor(), Actor::System { .. }) {
        return Err(issues::not_sure().into());
    }
    run(ctx, row, act, entry, input).await
}

/// The place of an illegal organisation: a county of this instance (D-R24).
async fn place(ctx: &Ctx, input: &Input) -> Result<RegionCode> {
    let typed = input.get("region");
    let region = RegionCode::parse(typed).ok().filter(|region| region.level() == Level::County).ok_or_else(|| issues::county(typed))?;
    match platform::regions::find(ctx.db(), &region).await? {
        Some(_) => Ok(region),
        None => Err(issues::county(typed).into()),
    }
}

/// Roles for the place and the authority; whoever acts for the organisation where the act is its own; jobs pass where it is theirs.
pub(super) async fn authorise(ctx: &Ctx, act: &Act, region: RegionCode, entry: Option<&Entry>) -> Result<()> {
    if let (Actor::Citizen(citizen), true, Some(entry)) = (ctx.actor(), act.own, entry)
        && rights::may_act(ctx, citizen, entry.head.id, ITEM).await?
    {
        return Ok(());
    }
    let scope = Scope::region(region);
    let scope = match entry {
        Some(entry) => scope.org(entry.head.authority),
        None => scope,
    };
    ctx.require(act.roles, &scope).await
}

/// Whoever did one thing may not do the other.
async fn apart(ctx: &Ctx, row: &Row, act: &Act) -> Result<()> {
    let Some(staff) = ctx.actor().staff().filter(|_| !act.unlike.is_empty()) else { return Ok(()) };
    let events = proceedings::events(ctx.db(), row.id).await?;
    match events.iter().find(|event| act.unlike.contains(&event.act.as_str()) && event.staff() == Some(staff.id)) {
        Some(event) => Err(Error::Denied(issues::same_person(&states::act(row.kind, &event.act).map(Act::name).unwrap_or_default()))),
        None => Ok(()),
    }
}

fn new_row(ctx: &Ctx, kind: Kind, organization: Option<OrganizationId>, subject: String, region: RegionCode, year: i64) -> Row {
    let state = states::act(kind, OPEN).and_then(|act| act.to).unwrap_or(State::Clue);
    Row { id: ctx.id(), kind, organization, subject, region, year, state, due: None, content: Content::of(kind), opened_at: ctx.now(), version: 0 }
}

fn event(ctx: &Ctx, act: &'static str, note: String) -> NewEvent {
    let staff = ctx.actor().staff();
    let who = match ctx.actor() {
        Actor::System { .. } => "系统".to_owned(),
        Actor::Citizen(_) => "社会组织".to_owned(),
        _ => staff.map(|staff| staff.name.clone()).unwrap_or_default(),
    };
    NewEvent { id: ctx.id(), act, staff: staff.map(|staff| staff.id), who, note }
}

/// The officers that were chosen: inspectors of the place.
async fn officers(ctx: &Ctx, region: RegionCode, input: &Input) -> Result<Vec<Officer>> {
    let chosen = input.all("officers");
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    let known = identity::colleagues::holders(ctx, &[platform::Role::Inspector], &region, None).await?;
    Ok(known.into_iter().filter(|one| chosen.contains(&one.id.to_string())).map(|one| Officer { id: one.id, name: one.name }).collect())
}

/// Everything that an act writes, drawn before the transaction.
#[derive(Clone)]
struct Ready {
    row: Row,
    numbered: Option<&'static str>,
    event: NewEvent,
    effects: Vec<Effect>,
    /// Proceedings that the program opens with it.
    more: Vec<(Row, NewEvent)>,
    notice: Option<notices::Notice>,
}

/// What was typed, for the log: the texts alone, in the order of the form.
fn note(act: &Act, input: &Input) -> String {
    let typed = act.fields.iter().map(|field| input.text(field.name)).filter(|text| !text.is_empty());
    typed.collect::<Vec<_>>().join("\n")
}

async fn run(ctx: &Ctx, mut row: Row, act: &'static Act, entry: Option<Entry>, input: &Input) -> Result<Done> {
    let calendar = platform::calendars::current(ctx.db()).await?;
    let (known, investigated) = match row.organization {
        Some(organization) => (facts::of(ctx.db(), organization).await?, proceedings::investigated(ctx.db(), organization).await?),
        None => (Vec::new(), false),
    };
    let standing = Standing::of(&known, investigated, ctx.today());
    let officers = officers(ctx, row.region, input).await?;
    let report_due = match &entry {
        Some(entry) if row.kind == Kind::Annual => report_due(ctx.db(), &calendar, entry.head.region, entry.head.kind, row.year).await?,
        _ => None,
    };
    let mut turn = Turn {
        ctx,
        act,
        input,
        calendar: &calendar,
        limits: numbers::limits(),
        entry: entry.as_ref(),
        facts: &known,
        standing: &standing,
        officers: &officers,
        state: row.state,
        due: row.due,
        year: row.year,
        report_due,
        numbered: None,
        effects: Vec::new(),
        warnings: Vec::new(),
        issues: kernel::Issues::default(),
    };
    apply(&mut turn, &mut row.content)?;
    let (effects, warnings, numbered) = (std::mem::take(&mut turn.effects), std::mem::take(&mut turn.warnings), turn.numbered);
    (row.state, row.due) = (turn.state, turn.due);
    if row.version == 0 && row.subject.is_empty() {
        return Err(Error::internal("a proceeding without a subject"));
    }
    let more = effects.iter().filter_map(|effect| opened_by(ctx, &row, effect)).collect();
    let event = event(ctx, act.code, note(act, input));
    let notice = super::tell::notice(ctx, &row, act, entry.as_ref(), event.id).await?;
    let ready = Ready { numbered, event, effects, more, row, notice };
    let id = ready.row.id;
    commit(ctx, ready).await?;
    Ok(Done { id, warnings })
}

/// The proceeding that an effect opens.
fn opened_by(ctx: &Ctx, row: &Row, effect: &Effect) -> Option<(Row, NewEvent)> {
    let (kind, year, content) = match effect {
        Effect::Propose(listing, year) => (Kind::Listing, *year, Content::Listing(listing.clone())),
        Effect::Clue(clue) => (Kind::Penalty, 0, Content::Penalty(super::super::model::Penalty { clue: clue.clone(), ..Default::default() })),
        _ => return None,
    };
    let mut new = new_row(ctx, kind, row.organization, row.subject.clone(), row.region, year);
    new.content = content;
    Some((new, event(ctx, OPEN, String::new())))
}

/// A listing that a job proposes; false if it has been proposed before.
pub(in crate::supervision) async fn by_program(ctx: &Ctx, organization: OrganizationId, listing: Listing, year: i64) -> Result<bool> {
    let entry = register::by_id(ctx.db(), organization).await?;
    let calendar = platform::calendars::current(ctx.db()).await?;
    let due = listing.arose_on.map(|arose| numbers::limits().credit_record.due(&calendar, arose));
    let mut row = new_row(ctx, Kind::Listing, Some(organization), entry.head.name, entry.head.region, year);
    (row.content, row.due) = (Content::Listing(listing), due);
    let written = event(ctx, OPEN, String::new());
    ctx.db()
        .write(|tx| {
            let (ctx, row, written) = (ctx.clone(), row.clone(), written.clone());
            async move {
                if !proceedings::insert(&tx, &ctx, &row).await? {
                    return Ok(false);
                }
                proceedings::add_event(&tx, &ctx, row.id, row.state, &written).await?;
                audit::record(&tx, &ctx, audited(&row, OPEN)).await?;
                Ok::<_, Error>(true)
            }
        })
        .await
}

fn audited(row: &Row, act: &str) -> audit::Event {
    audit::Event::new("organization.supervise", "organization_proceeding", row.id)
        .region(&row.region)
        .detail(json!({ "kind": row.kind.code(), "act": act, "state": row.state.code() }))
}

async fn commit(ctx: &Ctx, ready: Ready) -> Result<()> {
    let written = ctx
        .db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move { write(&tx, &ctx, ready).await }
        })
        .await;
    match written {
        Err(Error::Store(error)) if error.is_unique() => Err(issues::under_way().into()),
        other => other,
    }
}

async fn write(tx: &Tx, ctx: &Ctx, ready: Ready) -> Result<()> {
    let Ready { mut row, numbered, event, mut effects, more, notice } = ready;
    if let Some(word) = numbered {
        let year = i64::from(ctx.today().year());
        let number = proceedings::next_number(tx, row.region, year, row.kind.code()).await?;
        let number = format!("民{word}〔{year}〕{number}号");
        row.content.set_number(&number);
        for effect in &mut effects {
            if let Effect::Add(fact) = effect {
                fact.detail.number.clone_from(&number);
            }
        }
    }
    let new = row.version == 0;
    if new && !proceedings::insert(tx, ctx, &row).await? {
        return Err(issues::under_way().into());
    }
    if !new && !proceedings::update(tx, ctx, &row).await? {
        return Err(Error::stale());
    }
    proceedings::add_event(tx, ctx, row.id, row.state, &event).await?;
    audit::record(tx, ctx, audited(&row, event.act)).await?;
    for effect in &effects {
        take_effect(tx, ctx, &row, event.act, effect).await?;
    }
    for (other, event) in &more {
        if proceedings::insert(tx, ctx, other).await? {
            proceedings::add_event(tx, ctx, other.id, other.state, event).await?;
        }
    }
    if let Some(notice) = notice {
        notices::tell(tx, ctx, notice).await?;
    }
    let stands = effects.iter().any(|effect| matches!(effect, Effect::Add(_) | Effect::End { .. } | Effect::Publish(_)));
    match row.organization.filter(|_| stands) {
        Some(organization) => tell(tx, ctx, organization, &event, row.kind).await,
        None => Ok(()),
    }
}

async fn take_effect(tx: &Tx, ctx: &Ctx, row: &Row, act: &str, effect: &Effect) -> Result<()> {
    match (effect, row.organization) {
        (Effect::Add(fact), Some(organization)) => facts::insert(tx, ctx, organization, row.id, fact).await,
        (Effect::End { fact, on, why, void }, _) => facts::end(tx, ctx, *fact, *on, why, *void).await,
        (Effect::Publish(fact), _) => facts::publish(tx, ctx, *fact).await,
        (Effect::Status { status, on }, Some(organization)) => {
            register::set_status(tx, ctx, organization, *status, *on, &format!("{}.{act}", row.kind.code())).await.map(|_| ())
        }
        (Effect::Expose(content), _) => illegal::insert(tx, ctx, row.id, row.region, content).await,
        (Effect::Conceal, _) => illegal::withdraw(tx, ctx, row.id).await,
        (Effect::Add(_) | Effect::Status { .. }, None) => Err(Error::internal("an effect on no organisation")),
        (Effect::Propose(..) | Effect::Clue(_), _) => Ok(()),
    }
}

/// The row shows what stands; whoever follows the organisation and the search are told.
async fn tell(tx: &Tx, ctx: &Ctx, organization: OrganizationId, event: &NewEvent, kind: Kind) -> Result<()> {
    if refresh(tx, ctx, organization, kind.code()).await? {
        return Ok(());
    }
    change::mark(tx, ctx, NOUN, &organization.to_string()).await?;
    let payload = json!({ "organization": organization.to_string(), "what": event.id.to_string(), "reason": kind.code() });
    outbox::put(tx, ctx, outbox::Message::of(CHANGED, format!("{organization}/{}", event.id), &payload)).await
}

/// Writes the flags as the facts say them today; true if they have changed.
pub(in crate::supervision) async fn refresh(tx: &Tx, ctx: &Ctx, organization: OrganizationId, reason: &str) -> Result<bool> {
    let before = register::by_id(tx, organization).await?.head.flags;
    let standing = Standing::of(&facts::of(tx, organization).await?, false, ctx.today());
    let flags = Flags {
        charity: before.charity,
        fundraising: standing.fundraising,
        level: standing.level_on(ctx.today()).and_then(|level| level.code().parse().ok()).unwrap_or(0),
        list: standing.list.and_then(|(list, _)| crate::model::ListFlag::from_code(list.code())).unwrap_or_default(),
    };
    register::set_flags(tx, ctx, organization, flags, reason).await?;
    Ok(flags != before)
}
