//! The desk's list.

use kernel::{Day, Instant, Text};
use platform::{Ctx, Error, OrgId, Result, Role, audit};

use super::act::{READERS, opened};
use super::states::State;
use super::{ComplaintId, Kind};
use crate::store::complaint_lists;

/// Lines on a page.
const PAGE: i64 = 50;
/// Counted at most.
const MOST: i64 = 1001;

/// What is listed.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only in this state.
    pub state: Option<State>,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only what is overdue on this day.
    pub overdue_on: Option<Day>,
    /// Only what is for the actor himself.
    pub mine: bool,
    /// Only replies that wait for their quality check.
    pub sampled: bool,
    /// The page after this line.
    pub before: Option<ComplaintId>,
}

/// A line. Nobody's name is in it, and of a report not even the title.
#[derive(Debug, Clone)]
pub struct Line {
    /// The complaint.
    pub id: ComplaintId,
    /// Receipt number.
    pub number: String,
    /// What it is.
    pub kind: Kind,
    /// In a few words; absent for reports.
    pub title: Option<String>,
    /// What it is about.
    pub org: Text,
    /// Who answers.
    pub unit: Option<Text>,
    /// When it was received.
    pub received_at: Instant,
    /// Where it stands.
    pub state: State,
    /// The end of the period that runs.
    pub due: Option<Day>,
    /// Whether supervision has it.
    pub supervised: bool,
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct Page {
    /// The lines.
    pub lines: Vec<Line>,
    /// How many there are; 1,001 stands for more than a thousand.
    pub count: i64,
    /// The last line, if there are more.
    pub next: Option<ComplaintId>,
}

/// Lists what the actor's desk has, what his unit answers, and what he supervises.
pub async fn list(ctx: &Ctx, filter: &Filter) -> Result<Page> {
    let reach = reach(ctx)?;
    let mut lines = lines(ctx, &reach, filter, PAGE + 1).await?;
    let count = complaint_lists::count(ctx.db(), &reach, filter, MOST).await?;
    let more = lines.len() as i64 > PAGE;
    lines.truncate(PAGE as usize);
    let next = lines.last().filter(|_| more).map(|line| line.id);
    Ok(Page { lines, count, next })
}

/// The same, `most` lines at most, to be taken along as a file; who took how many is in the trail.
///
/// # Errors
/// As [`list`].
pub async fn export(ctx: &Ctx, filter: &Filter, most: usize) -> Result<Vec<Line>> {
    let lines = lines(ctx, &reach(ctx)?, filter, i64::try_from(most).map_err(Error::internal)?).await?;
    let event = audit::Event::new("complaint.export", "complaint", "list").detail(serde_json::json!({ "lines": lines.len() }));
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move { audit::record(&tx, &ctx, event).await }
        })
        .await?;
    Ok(lines)
}

/// What the actor may list.
fn reach(ctx: &Ctx) -> Result<complaint_lists::Reach> {
    ctx.require_role(&READERS)?;
    let desks = ctx.regions_of(&[Role::Dispatcher, Role::Supervisor]);
    let in_unit = !ctx.regions_of(&[Role::ComplaintHandler, Role::Head]).is_empty();
    let (unit, me): (Option<OrgId>, _) = match ctx.actor().staff() {
        Some(staff) => (in_unit.then_some(staff.org), Some(staff.id)),
        None => (None, None),
    };
    Ok(complaint_lists::Reach { desks, unit, me })
}

async fn lines(ctx: &Ctx, reach: &complaint_lists::Reach, filter: &Filter, limit: i64) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for row in complaint_lists::list(ctx.db(), reach, filter, limit).await? {
        lines.push(Line {
            title: if row.secret { None } else { Some(opened(ctx, row.id, "title", &row.title)?) },
            due: row.due(),
            org: Text::new(row.org_zh, row.org_en),
            unit: row.unit_zh.zip(row.unit_en).map(|(zh, en)| Text::new(zh, en)),
            id: row.id,
            number: row.number,
            kind: row.kind,
            received_at: row.received_at,
            state: row.state,
            supervised: row.supervised,
        });
    }
    Ok(lines)
}
