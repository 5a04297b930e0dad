//! What is counted of handed-over cases: once for the body that decides, once for the place that served (P10-10). The two counts are of
//! different things and are never added up; the province counts decisions. Behind every figure stands the list of its cases.

use kernel::{Day, Instant, RegionCode, Text};
use platform::{Ctx, OrgId, Result, Role, Scope};

use super::{Mode, Place, store};
use crate::CaseId;
use crate::matters::matters;

/// Who reads these figures.
pub const COUNT_READERS: [Role; 2] = [Role::Supervisor, Role::Head];
/// Cases a page.
const PAGE: usize = 50;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within {
    /// The body that is counted lies in this region or below it.
    pub region: RegionCode,
    /// The first day on which a case was taken in.
    pub from: Day,
    /// The last, itself included.
    pub to: Day,
}

impl Within {
    /// The first moment, and the first one after.
    pub(super) fn moments(&self) -> (Instant, Instant) {
        (Instant::at(self.from, 0), Instant::at(self.to.plus_days(1), 0))
    }
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// As what it is counted.
    pub side: Place,
    /// For which body.
    pub org: OrgId,
    /// Its name.
    pub name: Text,
    /// How it was handled.
    pub mode: Mode,
    /// How many cases.
    pub n: i64,
}

/// Which figure's cases.
#[derive(Debug, Clone, Copy)]
pub struct Figure {
    /// Of what time and region.
    pub within: Within,
    /// Counted as this.
    pub side: Place,
    /// For this body alone.
    pub org: Option<OrgId>,
    /// Handled so alone.
    pub mode: Option<Mode>,
}

/// A case behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedCase {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub case_no: String,
    /// The matter.
    pub item: Text,
    /// How it is handled.
    pub mode: Mode,
    /// When it was taken in.
    pub opened_at: Instant,
    /// The place that took it in.
    pub service: Text,
    /// The body that decides.
    pub decision: Text,
}

/// Where a page of a list ends.
pub type CountedKey = (Instant, CaseId);

async fn may_count(ctx: &Ctx, within: &Within) -> Result<()> {
    ctx.require(&COUNT_READERS, &Scope::region(within.region)).await
}

/// Handed-over cases by side, body and mode.
///
/// # Errors
/// `E-P805` without a role that reads figures there.
pub async fn counted(ctx: &Ctx, within: &Within) -> Result<Vec<Counted>> {
    may_count(ctx, within).await?;
    let mut all = Vec::new();
    for side in [Place::Decision, Place::Service] {
        all.extend(store::counted(ctx.db(), side, within).await?);
    }
    Ok(all)
}

/// The cases behind a figure, the newest first, and where the next page begins.
///
/// # Errors
/// `E-P805` without a role that reads figures there.
pub async fn behind(ctx: &Ctx, figure: &Figure, after: Option<CountedKey>) -> Result<(Vec<CountedCase>, Option<CountedKey>)> {
    may_count(ctx, &figure.within).await?;
    let mut rows = store::behind(ctx.db(), figure, after, PAGE as i64 + 1).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let matters = matters(ctx)?;
    let case = |row: store::BehindRow| CountedCase {
        case: row.case_id,
        case_no: row.case_no,
        item: matters.get(&row.case_type).map(|matter| matter.case_type.name.clone()).unwrap_or_default(),
        mode: row.mode,
        opened_at: row.opened_at,
        service: Text::new(row.service_zh, row.service_en),
        decision: Text::new(row.decision_zh, row.decision_en),
    };
    let lines: Vec<CountedCase> = rows.into_iter().map(case).collect();
    let next = lines.last().filter(|_| more).map(|line| (line.opened_at, line.case));
    Ok((lines, next))
}
