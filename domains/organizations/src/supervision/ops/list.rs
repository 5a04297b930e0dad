//! The desk's list.

use kernel::Day;
use platform::{Ctx, Result, Scope};

use crate::supervision::model::{Kind, Line, ProceedingId, State};
use crate::supervision::states::{OVERSEERS, READERS};
use crate::supervision::store::proceedings::{self, Asked};
use crate::{OrganizationId, register};

/// Lines on a page.
const PAGE: i64 = 50;

/// What is listed.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only in this state.
    pub state: Option<State>,
    /// Only what is overdue on this day.
    pub overdue_on: Option<Day>,
    /// Only what is not ended.
    pub open: bool,
    /// The page after this line.
    pub before: Option<ProceedingId>,
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct Page {
    /// The lines.
    pub lines: Vec<Line>,
    /// The last line, if there are more.
    pub next: Option<ProceedingId>,
}

fn page(mut lines: Vec<Line>) -> Page {
    let more = lines.len() as i64 > PAGE;
    lines.truncate(PAGE as usize);
    let next = lines.last().filter(|_| more).map(|line| line.id);
    Page { lines, next }
}

/// Proceedings in the regions of the reader; for whoever only delivers, those of which there is something to be served.
///
/// # Errors
/// `E-P805` for whoever reads no desk.
pub async fn list(ctx: &Ctx, filter: &Filter) -> Result<Page> {
    ctx.require_role(READERS)?;
    let oversees = ctx.require_role(OVERSEERS).is_ok();
    let asked = Asked {
        regions: ctx.regions_of(if oversees { OVERSEERS } else { READERS }),
        documented: !oversees,
        kind: filter.kind,
        state: filter.state,
        overdue_on: filter.overdue_on,
        open: filter.open,
        before: filter.before,
    };
    Ok(page(proceedings::list(ctx.db(), &asked, PAGE + 1).await?))
}

/// Proceedings about one organisation.
///
/// # Errors
/// `E-P805` for whoever does not read it; not found.
pub async fn about(ctx: &Ctx, organization: OrganizationId, before: Option<ProceedingId>) -> Result<Page> {
    let entry = register::by_id(ctx.db(), organization).await?;
    ctx.require(OVERSEERS, &Scope::region(entry.head.region).org(entry.head.authority)).await?;
    Ok(page(proceedings::about(ctx.db(), organization, before, PAGE + 1).await?))
}
