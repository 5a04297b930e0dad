//! Staff as the administrator lists them.

use platform::{Ctx, Result, Role};

use crate::{StaffView, store as tables};

/// Rows on a page.
pub(crate) const MOST: i64 = 50;

/// Members of staff whose organisation lies in a region that the security administrator looks after, by user name after
/// `after`; at most 50.
pub async fn list_staff(ctx: &Ctx, after: &str) -> Result<Vec<StaffView>> {
    ctx.require_role(&[Role::SecurityAdmin])?;
    let regions = match ctx.actor() {
        platform::Actor::System { .. } => vec![ctx.settings().region],
        _ => ctx.regions_of(&[Role::SecurityAdmin]),
    };
    tables::staff::list(ctx.db(), &regions, after, MOST, ctx.now()).await
}
