//! What statistics count of handed-over cases: once for the body that decides, once for the place that served (P10-10). The two counts are of
//! different things and are never added up; the province counts decisions.

use kernel::{Day, Instant, RegionCode};
use platform::{Ctx, Error, OrgId, Result, Role, Scope};

use super::{Mode, Place, store};

/// One figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// As what it is counted.
    pub side: Place,
    /// For which body.
    pub org: OrgId,
    /// How it was handled.
    pub mode: Mode,
    /// How many cases.
    pub n: i64,
}

/// Handed-over cases that were taken in from one day to another, the last included, by side, body and mode, within a region.
///
/// # Errors
/// `E-P805` without a role that reads figures there.
pub async fn counted(ctx: &Ctx, region: RegionCode, from: Day, to: Day) -> Result<Vec<Counted>> {
    ctx.require(&[Role::Statistician, Role::Supervisor, Role::Leader, Role::Head], &Scope::region(region)).await?;
    let (begin, end) = (Instant::at(from, 0), Instant::at(to.plus_days(1), 0));
    let mut all = Vec::new();
    for (side, name) in [(Place::Decision, "decision"), (Place::Service, "service")] {
        for (org, mode, n) in store::counted(ctx.db(), name, region, begin, end).await? {
            let org = OrgId::try_from(org).map_err(Error::internal)?;
            let mode = Mode::from_code(&mode).ok_or_else(|| Error::internal("an unknown mode"))?;
            all.push(Counted { side, org, mode, n });
        }
    }
    Ok(all)
}
