//! Opening a proceeding and doing an act of it: who may, the rule, and what follows, which [`write`] writes in one transaction.

use std::sync::Arc;

use kernel::{Calendar, RegionCode, region::Level};
use platform::{Actor, Ctx, Error, Result, Scope};

use super::note;
use super::windows::report_due;
use super::write::{self, Drawn, Opened, Ready};
use crate::supervision::clocks::Clock;
use crate::supervision::input::Input;
use crate::supervision::model::{Content, Kind, Listing, Officer, Penalty, ProceedingId, State};
use crate::supervision::standing::Standing;
use crate::supervision::states::{self, Act, OPEN};
use crate::supervision::store::facts;
use crate::supervision::store::proceedings::{self, NewEvent, Row};
use crate::supervision::turn::{Effect, Turn, apply, of_the_living};
use crate::supervision::{issues, numbers};
use crate::{Entry, OrganizationId, register, rights};

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

pub(super) fn event(ctx: &Ctx, act: &'static str, note: String) -> NewEvent {
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

async fn run(ctx: &Ctx, mut row: Row, act: &'static Act, entry: Option<Entry>, input: &Input) -> Result<Done> {
    let calendar = Arc::new(platform::calendars::current(ctx.db()).await?);
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
        paper: act.paper,
        voids: act.voids,
        document: super::papers::document(ctx, &row, act, input).await?,
        service: None,
        clocks: Vec::new(),
        effects: Vec::new(),
        warnings: Vec::new(),
        issues: kernel::Issues::default(),
    };
    apply(&mut turn, &mut row.content)?;
    let (effects, warnings, voids) = (std::mem::take(&mut turn.effects), std::mem::take(&mut turn.warnings), turn.voids);
    let (paper, served) = (turn.paper.map(|kind| Drawn::new(ctx, kind)), turn.document.take().zip(turn.service.take()));
    let clocks = std::mem::take(&mut turn.clocks);
    (row.state, row.due) = (turn.state, turn.due);
    if row.version == 0 && row.subject.is_empty() {
        return Err(Error::internal("a proceeding without a subject"));
    }
    let more = effects.iter().filter_map(|effect| opened_by(ctx, &calendar, &row, effect)).collect();
    let event = event(ctx, act.code, note::written(act, input));
    let notice = super::tell::notice(ctx, &row, act, entry.as_ref(), event.id).await?;
    let id = row.id;
    let head = entry.map(|entry| entry.head);
    write::commit(ctx, Ready { row, act, head, paper, voids, served, calendar, clocks, event, effects, more, notice }).await?;
    Ok(Done { id, warnings })
}

/// The proceeding that an effect opens.
fn opened_by(ctx: &Ctx, calendar: &Calendar, row: &Row, effect: &Effect) -> Option<Opened> {
    match effect {
        Effect::Propose(listing, year) => Some(proposed(ctx, calendar, row, listing.clone(), *year)),
        Effect::Clue(clue) => {
            let mut new = new_row(ctx, Kind::Penalty, row.organization, row.subject.clone(), row.region, 0);
            new.content = Content::Penalty(Penalty { clue: clue.clone(), ..Penalty::default() });
            Some(Opened { row: new, event: event(ctx, OPEN, String::new()), clock: None })
        }
        _ => None,
    }
}

/// A listing that the program proposes; an item of credit is recorded so soon after it arose (D-R20).
fn proposed(ctx: &Ctx, calendar: &Calendar, about: &Row, listing: Listing, year: i64) -> Opened {
    let clock = listing.arose_on.map(|from| Clock::Record.starts(from));
    let mut row = new_row(ctx, Kind::Listing, about.organization, about.subject.clone(), about.region, year);
    row.due = listing.arose_on.map(|arose| Clock::Record.limit().due(calendar, arose));
    row.content = Content::Listing(listing);
    Opened { row, event: event(ctx, OPEN, String::new()), clock }
}

/// A listing that a job proposes; false if it has been proposed before.
pub(in crate::supervision) async fn by_program(ctx: &Ctx, organization: OrganizationId, listing: Listing, year: i64) -> Result<bool> {
    let entry = register::by_id(ctx.db(), organization).await?;
    let calendar = platform::calendars::current(ctx.db()).await?;
    let about = new_row(ctx, Kind::Listing, Some(organization), entry.head.name, entry.head.region, year);
    let opened = proposed(ctx, &calendar, &about, listing, year);
    ctx.db()
        .write(|tx| {
            let (ctx, calendar, opened) = (ctx.clone(), calendar.clone(), opened.clone());
            async move { write::open(&tx, &ctx, &calendar, &opened).await }
        })
        .await
}
