//! Supervision as the organisation itself sees it: its reports and applications, and what it has been told of; it files, answers, objects, applies.

use kernel::{Day, Instant, Issue};
use platform::{Actor, Ctx, Error, Result};

use super::act::ITEM;
use super::view::{View, shown};
use crate::supervision::model::{Content, Kind, Line, ProceedingId, State};
use crate::supervision::rules::{evaluation, fundraising};
use crate::supervision::standing::{Standing, standing};
use crate::supervision::states::{self, Act, OPEN};
use crate::supervision::store::proceedings::{self, Row};
use crate::supervision::store::{due, papers};
use crate::{Entry, register, rights};

/// Proceedings shown to an organisation at most: those of some years.
const SHOWN: i64 = 200;

/// An organisation's own page.
#[derive(Debug, Clone)]
pub struct Own {
    /// The organisation.
    pub entry: Entry,
    /// What it may read, the newest first.
    pub lines: Vec<Line>,
    /// What it may file or apply for.
    pub opens: Vec<Opening>,
    /// The report of last year, as long as it has not been filed.
    pub report: Option<Owed>,
}

/// Something that an organisation may file or apply for.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The act that opens it.
    pub act: &'static Act,
    /// What bars it today whatever the form says.
    pub bars: Vec<Issue>,
}

/// A report that an organisation owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    /// Of which year.
    pub year: i64,
    /// The last day to file it.
    pub due: Day,
    /// That day is over.
    pub late: bool,
}

/// Whether an organisation is told of a proceeding in this state: not before it is notified.
pub(super) fn told(kind: Kind, state: State) -> bool {
    match kind {
        Kind::Annual | Kind::Evaluation | Kind::Fundraising => true,
        Kind::Listing => !matches!(state, State::Proposed | State::Dropped),
        Kind::Penalty => !matches!(state, State::Clue | State::Filed | State::LegalReview | State::Dropped),
        Kind::Inspection => matches!(state, State::Rectifying),
        Kind::Illegal => false,
    }
}

async fn acting(ctx: &Ctx, uscc: &str) -> Result<Entry> {
    let Actor::Citizen(citizen) = ctx.actor() else { return Err(Error::SignIn) };
    let entry = register::by_uscc(ctx.db(), &kernel::text::code(uscc)).await?.ok_or(Error::NotFound)?;
    if rights::may_act(ctx, citizen, entry.head.id, ITEM).await? { Ok(entry) } else { Err(Error::NotFound) }
}

/// What an organisation may read and do.
///
/// # Errors
/// `SignIn`; not found for whoever may not act for it.
pub async fn own(ctx: &Ctx, uscc: &str) -> Result<Own> {
    let entry = acting(ctx, uscc).await?;
    let mut lines = proceedings::about(ctx.db(), entry.head.id, None, SHOWN).await?;
    let received = papers::received(ctx.db(), entry.head.id).await?;
    lines.retain(|line| told(line.kind, line.state) || received.contains(&line.id));
    let report = owed(ctx, &entry, &lines).await?;
    let opens = openings(ctx, &entry).await?;
    Ok(Own { entry, lines, opens, report })
}

/// The report of last year, where the register knows that it is owed and has not been filed.
async fn owed(ctx: &Ctx, entry: &Entry, lines: &[Line]) -> Result<Option<Owed>> {
    let (head, today) = (&entry.head, ctx.today());
    let year = i64::from(today.year()) - 1;
    let last = Day::ymd(today.year() - 1, 12, 31);
    let filed = lines.iter().any(|line| line.kind == Kind::Annual && line.year == Some(year));
    let existed = head.status.exists() && head.established_on.is_some_and(|since| since <= last);
    if filed || !existed || due::taken_over_since(ctx.db(), head.id, Instant::at(last.plus_days(1), 0)).await? {
        return Ok(None);
    }
    let calendar = platform::calendars::current(ctx.db()).await?;
    let due = super::windows::report_due(ctx.db(), &calendar, head.region, head.kind, year).await?;
    Ok(due.map(|due| Owed { year, due, late: due < today }))
}

/// What it may file or apply for, with what bars it; not what it has already.
async fn openings(ctx: &Ctx, entry: &Entry) -> Result<Vec<Opening>> {
    let (today, standing) = (ctx.today(), standing(ctx.db(), entry.head.id, ctx.today()).await?);
    let bars = |kind: Kind, standing: &Standing| match kind {
        Kind::Evaluation => evaluation::bars(entry, standing, today),
        Kind::Fundraising => fundraising::bars(entry, standing, today),
        _ => Vec::new(),
    };
    let acts = Kind::ALL.iter().filter_map(|kind| states::act(*kind, OPEN)).filter(|act| act.own);
    let wanted = acts.filter(|act| act.kind != Kind::Fundraising || !standing.fundraising);
    Ok(wanted.map(|act| Opening { act, bars: bars(act.kind, &standing) }).collect())
}

/// One proceeding as the organisation reads it: without what is for the desk alone.
///
/// # Errors
/// `SignIn`; not found for whoever may not act for it, and before it is told.
pub async fn own_view(ctx: &Ctx, uscc: &str, id: ProceedingId) -> Result<View> {
    let (row, entry) = own_row(ctx, uscc, id).await?;
    let mut view = shown(ctx, row, Some(entry)).await?;
    match &mut view.content {
        Content::Penalty(content) => content.clue.clear(),
        // Why an inspection was closed may be what is looked into next.
        Content::Inspection(content) => content.outcome.clear(),
        _ => {}
    }
    view.papers.retain(|paper| paper.kind.is_sent());
    view.attachments.retain(|attachment| attachment.own);
    for event in &mut view.events {
        event.who.clear();
        event.note.clear();
    }
    view.may.retain(|act| act.own);
    Ok(view)
}

/// A proceeding of which the organisation was told: by where it stands, or because it has received a document of it.
pub(super) async fn own_row(ctx: &Ctx, uscc: &str, id: ProceedingId) -> Result<(Row, Entry)> {
    let entry = acting(ctx, uscc).await?;
    let row = proceedings::by_id(ctx, id).await?.filter(|row| row.organization == Some(entry.head.id)).ok_or(Error::NotFound)?;
    if told(row.kind, row.state) || papers::any(ctx.db(), id).await? { Ok((row, entry)) } else { Err(Error::NotFound) }
}
