//! Lists: of a desk, within what the reader may see, and of a citizen. Keyset pages and bounded counts, whatever the number of cases.

use std::collections::HashMap;

use identity::colleagues::{holders, names_of};
use kernel::{Day, RegionCode, Text, mask};
use platform::{Actor, Ctx, Error, Grant, OrgId, Result, Role, StaffId, calendars};

use crate::matters::{Matters, matters};
use crate::model::ApplicantKind;
use crate::store::lists as table;
use crate::supervision::{self, Clock, Light, Thresholds, Workdays, for_region, light};
use crate::{CaseId, Phase};

/// Which part of the desk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Section {
    /// What I hold.
    #[default]
    Mine,
    /// What my organisation answers for.
    Office,
    /// A region and everything below it.
    Region(RegionCode),
}

/// What a desk list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct DeskFilter {
    /// Which part.
    pub section: Section,
    /// Closed cases instead of open ones.
    pub closed: bool,
    /// One phase.
    pub phase: Option<Phase>,
    /// Basic code of one item.
    pub item: Option<String>,
    /// Only what is due by that day.
    pub due_by: Option<Day>,
    /// Who holds it: in the list of an office, for its head.
    pub holder: Option<StaffId>,
    /// The full name of the applicant, found exactly.
    pub name: Option<String>,
    /// Where the page before ended.
    pub after: Option<(i64, CaseId)>,
}

/// A line of the desk.
#[derive(Debug, Clone)]
pub struct DeskLine {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub case_no: String,
    /// The matter.
    pub item: Text,
    /// The applicant, masked.
    pub applicant: String,
    /// The state.
    pub state: Text,
    /// Its phase.
    pub phase: Phase,
    /// Region of the body.
    pub region: String,
    /// Last day of the promise.
    pub promise_due: Option<Day>,
    /// Nearest last day of what runs.
    pub due: Option<Day>,
    /// Whether the clock stands still.
    pub suspended: bool,
    /// Working days left until then; negative when over.
    pub left: Option<i64>,
    /// The light of that end, by the thresholds of the reader's region.
    pub light: Light,
    /// Name of who holds it; empty for nobody.
    pub holder: String,
    /// Whether the engine runs it; else it has its page at the counter of its service.
    pub engine: bool,
    /// When it was opened.
    pub opened_at: kernel::Instant,
    /// Place in the list, for the next page.
    pub rank: i64,
}

/// A bounded number: exact below the bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// At most [`Count::BOUND`].
    pub n: i64,
}

impl Count {
    /// From here on "1,000+" is shown.
    pub const BOUND: i64 = 1000;

    /// `37`, `1,000+`.
    pub fn text(self) -> String {
        if self.n > Self::BOUND { "1,000+".to_owned() } else { self.n.to_string() }
    }
}

/// A page of the desk.
#[derive(Debug, Clone)]
pub struct DeskPage {
    /// The lines.
    pub lines: Vec<DeskLine>,
    /// Where the next page begins; absent at the end.
    pub next: Option<(i64, CaseId)>,
    /// How many there are, bounded.
    pub count: Count,
}

/// Lines a page.
const PAGE: i64 = 50;

/// The roles with which cases are seen at all, for the matters of this program.
fn roles(matters: &Matters) -> Vec<Role> {
    let mut roles: Vec<Role> = matters.iter().flat_map(|matter| matter.life.roles()).chain([Role::Supervisor, Role::Leader, Role::Head]).collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

/// One grant, as far as it narrows a list: region, organisation, item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Window {
    pub(crate) region: RegionCode,
    pub(crate) org: Option<OrgId>,
    pub(crate) item: Option<String>,
}

/// The windows that grants of these roles open.
pub(crate) fn windows(ctx: &Ctx, grants: &[Grant], roles: &[Role]) -> Vec<Window> {
    let now = ctx.now();
    let mut windows: Vec<Window> = grants
        .iter()
        .filter(|grant| roles.contains(&grant.role) && grant.until.is_none_or(|until| now < until))
        .map(|grant| Window { region: grant.region, org: grant.org, item: grant.item.clone() })
        .collect();
    windows.sort();
    windows.dedup();
    windows
}

/// A page of the desk: within every grant of the reader, and nothing else.
///
/// # Errors
/// `SignIn` for visitors; `E-P805` for somebody without a role in any case.
pub async fn desk(ctx: &Ctx, filter: &DeskFilter) -> Result<DeskPage> {
    let matters = matters(ctx)?;
    let roles = roles(&matters);
    ctx.require_role(&roles)?;
    let mut seen = match ctx.actor() {
        Actor::System { .. } => vec![Window { region: ctx.settings().region, org: None, item: None }],
        actor => windows(ctx, actor.grants(), &roles),
    };
    let staff = ctx.actor().staff().map(|staff| (staff.id, staff.org));
    let mut query = table::Query {
        open: !filter.closed,
        phase: filter.phase,
        item: filter.item.clone(),
        before: filter.due_by.map(|day| crate::clock::over_at(day).micros()),
        name: filter.name.as_deref().map(|name| identity::persons::name_hash(ctx.keys(), name)),
        holder: filter.holder,
        org: None,
        after: filter.after,
    };
    match &filter.section {
        Section::Mine => query.holder = Some(staff.ok_or(Error::SignIn)?.0),
        Section::Office => query.org = Some(staff.ok_or(Error::SignIn)?.1),
        Section::Region(region) => {
            let mut narrowed = Vec::new();
            for window in seen {
                narrowed.extend(table::narrow(ctx.db(), window, *region).await?);
            }
            narrowed.sort();
            narrowed.dedup();
            seen = narrowed;
        }
    }
    let mut rows = Vec::new();
    let mut n = 0;
    for window in &seen {
        rows.extend(table::page(ctx.db(), window, &query, PAGE + 1).await?);
        n += table::count(ctx.db(), window, &query, Count::BOUND + 1).await?;
    }
    rows.sort_by_key(|row| (row.rank, row.id));
    rows.dedup_by_key(|row| row.id);
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| (row.rank, row.id));
    let around = Around::of(ctx, &rows).await?;
    let lines = rows.into_iter().map(|row| line(ctx, &matters, &around, row)).collect::<Result<_>>()?;
    Ok(DeskPage { lines, next, count: Count { n } })
}

/// What the lines of one page have in common, read once.
struct Around {
    workdays: Workdays,
    thresholds: Thresholds,
    names: HashMap<StaffId, String>,
    stood: HashMap<CaseId, Vec<(Day, Day)>>,
}

impl Around {
    async fn of(ctx: &Ctx, rows: &[table::Row]) -> Result<Self> {
        let region = ctx.actor().staff().map_or(ctx.settings().region, |staff| staff.region);
        let mut holders = rows.iter().filter_map(|row| row.holder.clone()).map(StaffId::try_from).collect::<std::result::Result<Vec<_>, _>>().map_err(Error::internal)?;
        holders.sort_unstable();
        holders.dedup();
        let cases: Vec<CaseId> = rows.iter().map(|row| row.id).collect();
        Ok(Self {
            workdays: Workdays::around(calendars::current(ctx.db()).await?, ctx.today()),
            thresholds: for_region(ctx, region).await?,
            names: names_of(ctx, &holders).await?,
            stood: supervision::stood(ctx, &cases).await?,
        })
    }

    /// The light of the case as supervision counts it; that of the end that comes first, where it is another one than the promise.
    fn light(&self, case: CaseId, clock: Clock, nearest: Option<Day>, today: Day) -> Light {
        let other = Clock { promise_due: nearest.filter(|due| Some(*due) != clock.promise_due), ..Clock::default() };
        let clock = Clock { stood: self.stood.get(&case).cloned().unwrap_or_default(), ..clock };
        let of = |clock: &Clock| light(clock, &self.thresholds, &self.workdays, today);
        of(&clock).max(of(&other))
    }
}

fn line(ctx: &Ctx, matters: &Matters, around: &Around, row: table::Row) -> Result<DeskLine> {
    let matter = matters.get(&row.case_type).or_else(|| matters.get(&row.service));
    let phase = Phase::from_code(&row.phase).ok_or_else(|| Error::internal("an unknown phase"))?;
    let name = match &row.applicant_name {
        Some(sealed) => ctx.keys().open_text("case_head", "applicant_name", &row.id.to_vec(), sealed).map_err(Error::internal)?,
        None => String::new(),
    };
    let organisation = ApplicantKind::from_code(&row.applicant_kind) == Some(ApplicantKind::Organisation);
    let today = ctx.today();
    let promise_due = row.promise_due.map(Day::try_from).transpose().map_err(Error::internal)?;
    let clock = Clock { phase: Some(phase), accepted_on: row.accepted_at.map(|at| kernel::Instant::from_micros(at).day()), promise_due, ..Clock::default() };
    let due = (row.rank > 0 && row.rank < i64::MAX).then(|| kernel::Instant::from_micros(row.rank - 1).day());
    Ok(DeskLine {
        id: row.id,
        case_no: row.case_no,
        item: matter.map_or_else(|| Text::new(row.service.clone(), row.service.clone()), |matter| matter.case_type.name.clone()),
        applicant: if organisation { name } else { mask::name(&name) },
        state: matter.and_then(|matter| matter.life.state(&row.state)).map_or_else(|| phase.name(), |state| state.name.clone()),
        phase,
        region: row.region,
        promise_due,
        due,
        left: due.map(|due| around.workdays.between(today, due)),
        light: around.light(row.id, clock, due, today),
        suspended: row.suspended_since.is_some(),
        holder: row.holder.map(StaffId::try_from).transpose().map_err(Error::internal)?.and_then(|id| around.names.get(&id).cloned()).unwrap_or_default(),
        engine: row.applicant_name.is_some(),
        opened_at: row.opened_at,
        rank: row.rank,
    })
}

/// What one member of staff holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// Who; none for cases that nobody holds yet.
    pub staff: Option<StaffId>,
    /// His name; empty for nobody.
    pub name: String,
    /// Open cases.
    pub open: i64,
    /// Of these over the end that comes first.
    pub late: i64,
}

/// How many open cases each member of staff of the actor's organisation holds, those without any included; nobody's first.
///
/// # Errors
/// `SignIn`; `E-P805` without the role of a head or supervisor.
pub async fn load(ctx: &Ctx) -> Result<Vec<Load>> {
    ctx.require_role(&[Role::Head, Role::Supervisor, Role::Leader])?;
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?;
    let roles: Vec<Role> = matters(ctx)?.iter().flat_map(|matter| matter.life.roles()).collect();
    let colleagues = holders(ctx, &roles, &staff.region, Some(staff.org)).await?;
    let held = crate::store::cases::load_of_org(ctx.db(), staff.org, ctx.now()).await?;
    let known: Vec<StaffId> = held.iter().filter_map(|(holder, ..)| *holder).collect();
    let names = names_of(ctx, &known).await?;
    let mut lines: Vec<Load> = held
        .into_iter()
        .map(|(staff, open, late)| Load { name: staff.and_then(|id| names.get(&id).cloned()).unwrap_or_default(), staff, open, late })
        .collect();
    let idle = colleagues.into_iter().filter(|colleague| !known.contains(&colleague.id));
    lines.extend(idle.map(|colleague| Load { staff: Some(colleague.id), name: colleague.name, open: 0, late: 0 }));
    lines.sort_by(|a, b| (a.staff.is_some(), b.open, &a.name).cmp(&(b.staff.is_some(), a.open, &b.name)));
    Ok(lines)
}

/// A line of the citizen's own matters.
#[derive(Debug, Clone)]
pub struct MyLine {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub case_no: String,
    /// The matter.
    pub item: Text,
    /// The state.
    pub state: Text,
    /// Its phase.
    pub phase: Phase,
    /// Last day of the promise.
    pub promise_due: Option<Day>,
    /// When it was opened.
    pub opened_at: kernel::Instant,
    /// Whether it is somebody else's, for whom the citizen acts.
    pub as_agent: bool,
}

/// A page of a citizen's own matters.
#[derive(Debug, Clone, Default)]
pub struct MyPage {
    /// The lines.
    pub lines: Vec<MyLine>,
    /// Where the next page begins; absent at the end.
    pub next: Option<(kernel::Instant, CaseId)>,
}

/// Lines a page of one's own.
const MINE: usize = 20;

/// The citizen's own cases and those in which he acts for somebody, the newest first, from where the page before ended.
///
/// # Errors
/// `SignIn`.
pub async fn mine(ctx: &Ctx, before: Option<(kernel::Instant, CaseId)>) -> Result<MyPage> {
    let citizen = ctx.actor().citizen().ok_or(Error::SignIn)?;
    let Some(person) = citizen.person else { return Ok(MyPage::default()) };
    let matters = matters(ctx)?;
    let mut rows = table::of_person(ctx.db(), person, before, MINE as i64 + 1).await?;
    let more = rows.len() > MINE;
    rows.truncate(MINE);
    let next = rows.last().filter(|_| more).map(|own| (own.row.opened_at, own.row.id));
    let around = Around::of(ctx, &[]).await?;
    let lines = rows.into_iter().map(|row| {
        let as_agent = row.agent;
        let line = line(ctx, &matters, &around, row.row)?;
        Ok(MyLine {
            id: line.id,
            case_no: line.case_no,
            item: line.item,
            state: line.state,
            phase: line.phase,
            promise_due: line.promise_due,
            opened_at: line.opened_at,
            as_agent,
        })
    });
    Ok(MyPage { lines: lines.collect::<Result<_>>()?, next })
}
