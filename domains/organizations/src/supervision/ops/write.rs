//! What an act writes, in its transaction: the proceeding with its log and its periods, the document, what it causes, and who is told.

use std::sync::Arc;

use data_encoding::BASE32_NOPAD;
use kernel::{Calendar, Day, Lang};
use platform::calendars::deadlines::{self, Running};
use platform::{Ctx, Error, Result, audit, change, outbox};
use serde_json::json;
use ::store::Tx;

use crate::supervision::clocks::{Clock, DEADLINES, Started};
use crate::supervision::issues;
use crate::supervision::model::{Kind, ProceedingId};
use crate::supervision::papers::{About, Document, PaperId, PaperKind, Service, compose};
use crate::supervision::standing::Standing;
use crate::supervision::states::{Act, OPEN};
use crate::supervision::store::papers::{self, NewPaper, Words};
use crate::supervision::store::proceedings::{self, NewEvent, Row};
use crate::supervision::store::{facts, illegal, services};
use crate::supervision::turn::Effect;
use crate::{CHANGED, Flags, Head, NOUN, OrganizationId, Status, certificate, register};

/// Id and token of a document, drawn before the transaction, whose body may run twice.
#[derive(Clone)]
pub(super) struct Drawn {
    id: PaperId,
    kind: PaperKind,
    token: [u8; 16],
}

impl Drawn {
    pub(super) fn new(ctx: &Ctx, kind: PaperKind) -> Self {
        Self { id: ctx.id(), kind, token: ctx.random() }
    }
}

/// A proceeding that the program opens.
#[derive(Clone)]
pub(super) struct Opened {
    pub(super) row: Row,
    pub(super) event: NewEvent,
    pub(super) clock: Option<Started>,
}

/// Everything that an act writes, drawn before the transaction.
#[derive(Clone)]
pub(super) struct Ready {
    pub(super) row: Row,
    pub(super) act: &'static Act,
    /// The organisation as it was read.
    pub(super) head: Option<Head>,
    pub(super) paper: Option<Drawn>,
    pub(super) voids: Option<PaperKind>,
    /// What the act serves, and how.
    pub(super) served: Option<(Document, Service)>,
    pub(super) calendar: Arc<Calendar>,
    pub(super) clocks: Vec<(Clock, Option<Started>)>,
    pub(super) event: NewEvent,
    pub(super) effects: Vec<Effect>,
    /// Proceedings that the program opens with it.
    pub(super) more: Vec<Opened>,
    pub(super) notice: Option<notices::Notice>,
}

/// Writes it, whole or not at all.
pub(super) async fn commit(ctx: &Ctx, ready: Ready) -> Result<()> {
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

/// Opens a proceeding of the program; false if one of the kind is there.
pub(super) async fn open(tx: &Tx, ctx: &Ctx, calendar: &Calendar, opened: &Opened) -> Result<bool> {
    let Opened { row, event, clock } = opened;
    if !proceedings::insert(tx, ctx, row).await? {
        return Ok(false);
    }
    if let Some(started) = clock {
        begin(tx, ctx, calendar, row.id, started).await?;
    }
    proceedings::add_event(tx, ctx, row.id, row.state, event).await?;
    audit::record(tx, ctx, audited(row, OPEN)).await?;
    Ok(true)
}

pub(super) fn audited(row: &Row, act: &str) -> audit::Event {
    audit::Event::new("organization.supervise", "organization_proceeding", row.id)
        .region(&row.region)
        .detail(json!({ "kind": row.kind.code(), "act": act, "state": row.state.code() }))
}

async fn write(tx: &Tx, ctx: &Ctx, mut ready: Ready) -> Result<()> {
    number(tx, ctx, &mut ready).await?;
    let Ready { row, act, calendar, clocks, event, effects, more, notice, .. } = ready;
    let new = row.version == 0;
    if new && !proceedings::insert(tx, ctx, &row).await? {
        return Err(issues::under_way().into());
    }
    if !new && !proceedings::update(tx, ctx, &row).await? {
        return Err(Error::stale());
    }
    proceedings::add_event(tx, ctx, row.id, row.state, &event).await?;
    audit::record(tx, ctx, audited(&row, event.act)).await?;
    run_clocks(tx, ctx, &calendar, &row, &clocks).await?;
    for effect in &effects {
        take_effect(tx, ctx, &row, act.code, effect).await?;
    }
    for opened in &more {
        open(tx, ctx, &calendar, opened).await?;
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

/// Numbers and issues the document of the act; voids what it puts an end to.
async fn number(tx: &Tx, ctx: &Ctx, ready: &mut Ready) -> Result<()> {
    if let Some(voided) = ready.voids {
        papers::void(tx, ctx, ready.row.id, voided).await?;
    }
    let Some(head) = ready.head.clone() else { return Ok(()) };
    let year = i64::from(ctx.today().year());
    let Some(Drawn { id, kind, token }) = ready.paper.clone() else { return Ok(()) };
    let authority = casework::papers::authority(tx, head.authority).await?.ok_or_else(|| Error::internal("a document of an unknown authority"))?;
    let n = papers::next_number(tx, head.authority, kind.code(), year).await?;
    let number = format!("{}{}〔{year}〕{n}号", authority.sign, kind.sign());
    if kind.decides() {
        decided(ready, &number);
    }
    let row = &ready.row;
    let uscc = head.uscc.unwrap_or_default();
    let (to, served, on) = (&row.subject, ready.served.as_ref(), ctx.today());
    let about = About { kind, number: &number, issuer: &authority.name, to, uscc: &uscc, content: &row.content, served, year: row.year, on };
    let words = Words { zh: compose(&about, Lang::Zh), en: compose(&about, Lang::En) };
    let token = BASE32_NOPAD.encode(&token).to_ascii_lowercase();
    let event = audit::Event::new("organization.paper", "organization_paper", id).region(&row.region).detail(json!({ "kind": kind.code(), "number": number }));
    let until_on = row.content.valid_until().filter(|_| kind.decides());
    let new = NewPaper { id, proceeding: row.id, kind, org: head.authority, year, n, number, words, token, until_on };
    papers::insert(tx, ctx, &new).await?;
    if let Some((document, service)) = &ready.served {
        services::insert(tx, ctx, id, document.id, service).await?;
    }
    audit::record(tx, ctx, event).await
}

/// The number stands in the proceeding and in what the public reads of it.
fn decided(ready: &mut Ready, number: &str) {
    ready.row.content.set_number(number);
    for effect in &mut ready.effects {
        if let Effect::Add(fact) = effect {
            number.clone_into(&mut fact.detail.number);
        }
    }
}

pub(super) async fn begin(tx: &Tx, ctx: &Ctx, calendar: &Calendar, id: ProceedingId, started: &Started) -> Result<()> {
    let running = Running {
        object_kind: DEADLINES,
        object_id: id.to_string(),
        kind: started.clock.code(),
        from: started.from,
        period: started.period,
        suspensions: Vec::new(),
        extension: None,
    };
    deadlines::start(tx, ctx, calendar, &running).await.map(drop)
}

/// Starts what begins, and stops what no longer runs in this state or was set by hand.
async fn run_clocks(tx: &Tx, ctx: &Ctx, calendar: &Calendar, row: &Row, clocks: &[(Clock, Option<Started>)]) -> Result<()> {
    let id = row.id.to_string();
    for (_, started) in clocks {
        if let Some(started) = started {
            begin(tx, ctx, calendar, row.id, started).await?;
        }
    }
    if !row.state.is_open() {
        return deadlines::stop(tx, DEADLINES, &id).await;
    }
    let running = Clock::running(row.kind, row.state);
    for clock in Clock::all_of(row.kind) {
        let set = clocks.iter().any(|(one, started)| *one == clock && started.is_none());
        if set || !running.contains(&clock) {
            deadlines::stop_one(tx, DEADLINES, &id, clock.code()).await?;
        }
    }
    Ok(())
}

async fn take_effect(tx: &Tx, ctx: &Ctx, row: &Row, act: &str, effect: &Effect) -> Result<()> {
    match (effect, row.organization) {
        (Effect::Add(fact), Some(organization)) => facts::insert(tx, ctx, organization, row.id, fact).await,
        (Effect::End { fact, on, why, void }, _) => facts::end(tx, ctx, *fact, *on, why, *void).await,
        (Effect::Publish(fact), _) => facts::publish(tx, ctx, *fact).await,
        (Effect::Status { status, on }, Some(organization)) => {
            let before = register::by_id(tx, organization).await?.head.status;
            register::set_status(tx, ctx, organization, *status, *on, &format!("{}.{act}", row.kind.code())).await?;
            end_certificate(tx, ctx, organization, *status, row.content.number(), *on).await?;
            super::ended::ended(tx, ctx, organization, (before, *status), row.content.number(), *on).await
        }
        (Effect::Void(proceeding, kind), _) => papers::void(tx, ctx, *proceeding, *kind).await,
        (Effect::Expose(content), _) => illegal::insert(tx, ctx, row.id, row.region, content).await,
        (Effect::Conceal, _) => illegal::withdraw(tx, ctx, row.id).await,
        (Effect::Add(_) | Effect::Status { .. }, None) => Err(Error::internal("an effect on no organisation")),
        (Effect::Propose(..) | Effect::Clue(_), _) => Ok(()),
    }
}

/// The certificate ends with the organisation, by the decision that ended it.
async fn end_certificate(tx: &Tx, ctx: &Ctx, organization: OrganizationId, status: Status, decision: &str, on: Day) -> Result<()> {
    let head = register::by_id(tx, organization).await?.head;
    match (certificate::ending(status), head.uscc) {
        (Some(ending), Some(uscc)) => certificate::end(tx, ctx, head.kind, &uscc, ending, decision, on).await,
        _ => Ok(()),
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
