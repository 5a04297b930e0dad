//! What every act has in common: who may, what was seen, what is written down.

use kernel::{Calendar, Day, Period};
use platform::calendars::deadlines::{self, Running};
use platform::{Ctx, Error, Result, Role, Scope, StaffActor, audit};
use ::store::Tx;

use super::states::{Act, State, after};
use super::{ComplaintId, notices};
use crate::issues;
use crate::limits::Limits;
use crate::store::complaints::{self, NewEvent, Row};

/// What names the periods of a complaint to the calendar.
pub(crate) const DEADLINES: &str = "complaint";
/// Who reads the desk.
pub(crate) const READERS: [Role; 4] = [Role::Dispatcher, Role::ComplaintHandler, Role::Head, Role::Supervisor];

/// A complaint with what its acts need.
#[derive(Clone)]
pub(super) struct File {
    pub(super) row: Row,
    pub(super) calendar: Calendar,
    pub(super) limits: Limits,
}

/// Loads a complaint for whatever is done with it.
pub(super) async fn load(ctx: &Ctx, id: ComplaintId) -> Result<File> {
    let row = complaints::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let limits = Limits::of(ctx.db(), &row.region).await?;
    Ok(File { row, calendar: platform::calendars::current(ctx.db()).await?, limits })
}

/// Loads a complaint for an act of staff: the state allows it, a role of the actor does, and he is not the one complained of nor that
/// one's head (P4-6). Returns the state after it.
pub(super) async fn begin(ctx: &Ctx, id: ComplaintId, act: Act) -> Result<(File, State)> {
    let file = load(ctx, id).await?;
    may(ctx, &file.row, act).await?;
    let name = file.row.state.name();
    let next = after(file.row.state, act, file.row.kind).ok_or_else(|| Error::state(&name.zh, &name.en))?;
    Ok((file, next))
}

/// Whether the actor may do this with this complaint, whatever its state.
pub(super) async fn may(ctx: &Ctx, row: &Row, act: Act) -> Result<()> {
    let staff = staff(ctx)?;
    if is_complained_of(row, staff) {
        return Err(Error::Denied(issues::complained_of()));
    }
    let units = act.is_units() || (act == Act::Reply && row.state == State::InHand);
    match (units, row.unit()) {
        (true, Some(unit)) => {
            let region = unit_region(ctx, row).await?;
            let roles: Vec<Role> = act.roles().iter().copied().filter(|role| *role != Role::Dispatcher).collect();
            ctx.require(&roles, &Scope::region(region).org(unit)).await?;
            if staff.org == unit { Ok(()) } else { Err(Error::Denied(issues::other_unit())) }
        }
        _ => ctx.require(&[Role::Dispatcher], &Scope::region(row.desk_region)).await,
    }
}

async fn unit_region(ctx: &Ctx, row: &Row) -> Result<kernel::RegionCode> {
    let unit = row.unit().ok_or(Error::NotFound)?;
    Ok(platform::regions::organisation(ctx.db(), unit).await?.ok_or(Error::NotFound)?.region)
}

/// The member of staff who acts; programs take in, people decide.
pub(super) fn staff(ctx: &Ctx) -> Result<&StaffActor> {
    ctx.actor().staff().ok_or(Error::SignIn)
}

/// The one complained of, or the head of his unit.
pub(super) fn is_complained_of(row: &Row, staff: &StaffActor) -> bool {
    let heads_it = || staff.org == row.org && staff.grants.iter().any(|grant| grant.role == Role::Head);
    row.target().is_some_and(|target| target == staff.id || heads_it())
}

/// A period that begins with an act.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    pub(super) kind: &'static str,
    pub(super) from: Day,
    pub(super) period: Period,
    pub(super) extension: Option<Period>,
}

/// Everything that an act writes.
#[derive(Clone)]
pub(super) struct Change {
    /// The row as it is to be, with the version that was seen.
    pub(super) row: Row,
    /// What it is called in the log.
    pub(super) verb: &'static str,
    /// For the log of staff.
    pub(super) note: String,
    /// The period that begins.
    pub(super) clock: Option<Clock>,
    /// What the person is told.
    pub(super) notice: Option<notices::What>,
}

impl Change {
    pub(super) fn new(row: Row, verb: &'static str, note: impl Into<String>) -> Change {
        Change { row, verb, note: note.into(), clock: None, notice: None }
    }

    pub(super) fn clock(mut self, kind: &'static str, from: Day, period: Period) -> Change {
        self.clock = Some(Clock { kind, from, period, extension: None });
        self
    }

    /// Makes the period that begins longer.
    pub(super) fn longer(mut self, by: Period) -> Change {
        self.clock = self.clock.map(|clock| Clock { extension: Some(by), ..clock });
        self
    }

    pub(super) fn notice(mut self, what: notices::What) -> Change {
        self.notice = Some(what);
        self
    }
}

/// What is drawn before the transaction that writes a [`Change`].
#[derive(Clone)]
pub(super) struct Ready {
    change: Change,
    calendar: Calendar,
    event: NewEvent,
    audited: audit::Event,
}

impl Ready {
    pub(super) fn new(ctx: &Ctx, file: &File, change: Change) -> Ready {
        let id = ctx.id();
        let event = NewEvent {
            id,
            verb: change.verb,
            staff_name: ctx.actor().staff().map(|staff| staff.name.clone()).unwrap_or_default(),
            note: (!change.note.is_empty()).then(|| ctx.keys().seal_text("complaint_event", "note", &id.to_vec(), &change.note)),
        };
        let detail = serde_json::json!({ "act": change.verb, "from": file.row.state.code(), "to": change.row.state.code() });
        let mut audited = audit::Event::new("complaint.act", "complaint", file.row.id).region(&file.row.region).detail(detail);
        if !file.row.secret {
            audited = audited.person(file.row.person());
        }
        Ready { change, calendar: file.calendar.clone(), event, audited }
    }

    /// Writes it: row, period, log, audit and message.
    pub(super) async fn write(self, tx: &Tx, ctx: &Ctx) -> Result<()> {
        let Ready { change, calendar, event, audited } = self;
        let mut row = change.row;
        if let Some(clock) = change.clock {
            let running = Running { object_kind: DEADLINES, object_id: row.id.to_string(), kind: clock.kind, from: clock.from, period: clock.period, suspensions: Vec::new(), extension: clock.extension };
            let due = deadlines::start(tx, ctx, &calendar, &running).await?.day();
            match clock.kind {
                "accept" => row.accept_due = due,
                "sign" => row.set_sign_due(due),
                "confirm" => row.set_confirm_due(due),
                _ => row.set_due(due),
            }
        }
        if !complaints::update(tx, &row).await? {
            return Err(Error::stale());
        }
        if !row.state.is_open() {
            deadlines::stop(tx, DEADLINES, &row.id.to_string()).await?;
        }
        complaints::add_event(tx, row.id, ctx.now(), row.state, &event).await?;
        if let Some(what) = change.notice {
            for one in std::iter::once(row.clone()).chain(complaints::merged(tx, row.id).await?) {
                notices::send(tx, ctx, &one, what, &event.id.to_string()).await?;
            }
        }
        audit::record(tx, ctx, audited).await
    }
}

/// Writes a change in a transaction of its own.
pub(super) async fn commit(ctx: &Ctx, file: &File, change: Change) -> Result<()> {
    let ready = Ready::new(ctx, file, change);
    ctx.db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move { ready.write(&tx, &ctx).await }
        })
        .await
}

/// Seals what is told to the person with his complaint.
pub(super) fn seal_told(ctx: &Ctx, id: ComplaintId, text: &str) -> Option<Vec<u8>> {
    (!text.is_empty()).then(|| ctx.keys().seal_text("complaint", "told", &id.to_vec(), text))
}

/// Opens a sealed column of a complaint.
pub(super) fn opened(ctx: &Ctx, id: ComplaintId, column: &str, sealed: &[u8]) -> Result<String> {
    ctx.keys().open_text("complaint", column, &id.to_vec(), sealed).map_err(Error::internal)
}
