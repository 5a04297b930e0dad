//! Staff as the administrator lists them.

use platform::{Actor, Ctx, Error, Result, Role, Scope, StaffId};

use crate::{StaffView, store as tables};

/// Members of staff on a page of the list.
pub const STAFF_ON_A_PAGE: usize = 50;

/// Members of staff whose organisation lies in a region that the security administrator looks after, by user name after
/// `after`; at most [`STAFF_ON_A_PAGE`].
pub async fn list_staff(ctx: &Ctx, after: &str) -> Result<Vec<StaffView>> {
    ctx.require_role(&[Role::SecurityAdmin])?;
    let regions = match ctx.actor() {
        Actor::System { .. } => vec![ctx.settings().region],
        _ => ctx.regions_of(&[Role::SecurityAdmin]),
    };
    tables::staff::list(ctx.db(), &regions, after, STAFF_ON_A_PAGE as i64, ctx.now()).await
}

/// One member of staff with his roles.
pub async fn show_staff(ctx: &Ctx, id: StaffId) -> Result<StaffView> {
    ctx.require_role(&[Role::SecurityAdmin])?;
    let view = tables::staff::view(ctx.db(), id, ctx.now()).await?.ok_or(Error::NotFound)?;
    ctx.require(&[Role::SecurityAdmin], &Scope::region(view.region)).await?;
    Ok(view)
}
