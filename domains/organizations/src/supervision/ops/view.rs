//! One proceeding as its page shows it, with what the reader may do now.

use identity::Colleague;
use kernel::{Day, Instant, Text};
use platform::{Ctx, Error, Result, Role, Scope};

use super::act::authorise;
use super::attach::{self, Attachment};
use super::note;
use super::papers::{self, PaperLine};
use crate::supervision::model::{AnnualResult, Content, Disposition, IllegalKind, Kind, Level, PenaltyKind, ProceedingId, State};
use crate::supervision::numbers;
use crate::supervision::rules::{listing, penalty};
use crate::supervision::states::{self, Act, Ask, DELIVER, OPEN, OVERSEERS, READERS};
use crate::supervision::store::papers as documents;
use crate::supervision::store::proceedings::{self, Row};
use crate::{Entry, register};

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub code: String,
    /// What is read.
    pub name: Text,
}

/// An entry of the log.
#[derive(Debug, Clone)]
pub struct Happened {
    /// When.
    pub at: Instant,
    /// What was done.
    pub what: Text,
    /// Who did it.
    pub who: String,
    /// What was typed.
    pub note: String,
}

/// One proceeding.
#[derive(Debug, Clone)]
pub struct View {
    /// Id.
    pub id: ProceedingId,
    /// What it is.
    pub kind: Kind,
    /// The organisation, if it is about one.
    pub entry: Option<Entry>,
    /// Whom it is about.
    pub subject: String,
    /// The year of a report.
    pub year: Option<i64>,
    /// Where it stands.
    pub state: State,
    /// By when somebody has to act.
    pub due: Option<Day>,
    /// That day is over.
    pub overdue: bool,
    /// What is known.
    pub content: Content,
    /// What is owed of a fine today, with the surcharge; none where nothing is.
    pub owed: Option<kernel::Fen>,
    /// The list on which it stands by the date, and since when.
    pub listed: Option<(crate::supervision::List, Day)>,
    /// Documents, the oldest first.
    pub papers: Vec<PaperLine>,
    /// Files, the oldest first.
    pub attachments: Vec<Attachment>,
    /// Whether the reader may put another file to it.
    pub attaches: bool,
    /// What happened.
    pub events: Vec<Happened>,
    /// What the reader may do now.
    pub may: Vec<&'static Act>,
    /// Officers that can be chosen.
    pub officers: Vec<Colleague>,
    /// For the next act.
    pub version: i64,
}

/// Reads one.
///
/// # Errors
/// `E-P805` for whoever does not read it; not found.
pub async fn view(ctx: &Ctx, id: ProceedingId) -> Result<View> {
    let (row, entry) = readable(ctx, id).await?;
    shown(ctx, row, entry).await
}

/// A proceeding that the desk of the reader may read, with its organisation: who only delivers, once there is something to be served.
pub(super) async fn readable(ctx: &Ctx, id: ProceedingId) -> Result<(Row, Option<Entry>)> {
    let row = proceedings::by_id(ctx, id).await?.ok_or(Error::NotFound)?;
    let entry = match row.organization {
        Some(organization) => Some(register::by_id(ctx.db(), organization).await?),
        None => None,
    };
    let scope = Scope::region(row.region);
    let scope = entry.as_ref().map_or(scope.clone(), |entry| scope.org(entry.head.authority));
    let roles = if documents::any(ctx.db(), row.id).await? { READERS } else { OVERSEERS };
    ctx.require(roles, &scope).await?;
    Ok((row, entry))
}

/// The view of a proceeding for whoever may read it.
pub(super) async fn shown(ctx: &Ctx, row: Row, entry: Option<Entry>) -> Result<View> {
    let id = row.id;
    let papers = papers::lines(ctx, id).await?;
    let mut may = Vec::new();
    for act in states::acts_from(row.kind, row.state).filter(|act| act.code != DELIVER || papers.iter().any(PaperLine::to_serve)) {
        if !act.roles.is_empty() && authorise(ctx, act, row.region, entry.as_ref()).await.is_ok() {
            may.push(act);
        }
    }
    let chooses = may.iter().any(|act| act.fields.iter().any(|field| field.ask == Ask::Officers));
    let officers = if chooses { identity::colleagues::holders(ctx, &[Role::Inspector], &row.region, None).await? } else { Vec::new() };
    let mut events = Vec::new();
    for event in proceedings::events(ctx.db(), id).await? {
        let note = match &event.note {
            Some(sealed) => ctx.keys().open_text("organization_proceeding_event", "note", &event.id.to_vec(), sealed).map_err(Error::internal)?,
            None => String::new(),
        };
        let act = states::act(row.kind, &event.act);
        events.push(Happened { at: event.at, what: act.map(Act::name).unwrap_or_default(), who: event.who, note: note::read(act, &note, ctx.lang()) });
    }
    let today = ctx.today();
    Ok(View {
        owed: match &row.content {
            Content::Penalty(content) if row.state == State::Served => Some(kernel::Fen(penalty::owed(content, today).0 - content.paid.0)),
            _ => None,
        },
        listed: match &row.content {
            Content::Listing(content) if row.state.is_open() => content.list.zip(content.since).map(|(list, since)| listing::counts_on(list, since, today)),
            _ => None,
        },
        attachments: attach::of(ctx, id).await?,
        attaches: attach::open_to(ctx, ctx.actor().citizen().is_some(), &row, entry.as_ref()).await.is_ok(),
        papers,
        overdue: row.due.is_some_and(|due| today > due),
        id,
        kind: row.kind,
        entry,
        subject: row.subject,
        year: (row.year > 0).then_some(row.year),
        state: row.state,
        due: row.due,
        content: row.content,
        events,
        may,
        officers,
        version: row.version,
    })
}

/// The documents whose service can be recorded now.
pub fn to_serve(papers: &[PaperLine]) -> Vec<Choice> {
    let name = |line: &PaperLine| {
        let kind = line.kind.name();
        Text::new(format!("{} {}", kind.zh, line.number), format!("{} {}", kind.en, line.number))
    };
    papers.iter().filter(|line| line.to_serve()).map(|line| Choice { code: line.id.to_string(), name: name(line) }).collect()
}

/// The kinds of proceedings that the reader may open somewhere, each with its act.
pub fn opens(ctx: &Ctx) -> Vec<&'static Act> {
    let mut acts: Vec<_> = Kind::ALL.iter().filter_map(|kind| states::act(*kind, OPEN)).collect();
    acts.retain(|act| ctx.require_role(act.roles).is_ok());
    acts
}

/// What there is to choose in a field; nothing where something is typed.
pub fn options(ask: Ask) -> Vec<Choice> {
    fn all<T: Copy>(values: &[T], code: fn(T) -> &'static str, name: fn(T) -> Text) -> Vec<Choice> {
        values.iter().map(|value| Choice { code: code(*value).to_owned(), name: name(*value) }).collect()
    }
    match ask {
        Ask::Reasons => numbers::reasons()
            .iter()
            .filter(|reason| reason.code != crate::supervision::standing::TWO_YEARS)
            .map(|reason| {
                let list = reason.list.name();
                let name = Text::new(format!("{}（{}）", reason.zh, list.zh), format!("{} ({})", reason.en, list.en));
                Choice { code: reason.code.clone(), name }
            })
            .collect(),
        Ask::Penalties => all(PenaltyKind::ALL, PenaltyKind::code, PenaltyKind::name),
        Ask::Results => all(AnnualResult::ALL, AnnualResult::code, AnnualResult::name),
        Ask::Levels => all(Level::ALL, Level::code, Level::name),
        Ask::IllegalKinds => all(IllegalKind::ALL, IllegalKind::code, IllegalKind::name),
        Ask::Dispositions => all(Disposition::ALL, Disposition::code, Disposition::name),
        Ask::Ways => numbers::service_ways().iter().map(|way| Choice { code: way.code.clone(), name: way.name() }).collect(),
        Ask::Line | Ask::Words | Ask::Day | Ask::Time | Ask::Number | Ask::Amount | Ask::Yes | Ask::Officers | Ask::Papers => Vec::new(),
    }
}
