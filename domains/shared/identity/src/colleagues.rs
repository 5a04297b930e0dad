//! Who holds a role where: for choosing who handles something, and for telling a unit's head.

use std::collections::HashMap;

use kernel::RegionCode;
use platform::{Ctx, OrgId, Result, Role, StaffId};

use crate::store as tables;

/// A member of staff as colleagues know him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Id.
    pub id: StaffId,
    /// Name.
    pub name: String,
    /// Where he works.
    pub org: OrgId,
}

/// Members of staff who hold one of `roles` for a region and organisation, by user name, at most 200; of `org` alone where one is given.
/// The caller has authorised the reader.
pub async fn holders(ctx: &Ctx, roles: &[Role], region: &RegionCode, org: Option<OrgId>) -> Result<Vec<Colleague>> {
    tables::staff::holders(ctx.db(), roles, region, org, ctx.now()).await
}

/// One member of staff; for the names in lists.
pub async fn colleague(ctx: &Ctx, id: StaffId) -> Result<Option<Colleague>> {
    Ok(tables::staff::load(ctx.db(), id).await?.map(|row| Colleague { id: row.id, name: row.name, org: row.org_id }))
}

/// The names of these members of staff, at most 500; for a page of a list, in one question.
pub async fn names_of(ctx: &Ctx, staff: &[StaffId]) -> Result<HashMap<StaffId, String>> {
    if staff.is_empty() {
        return Ok(HashMap::new());
    }
    tables::staff::names(ctx.db(), staff).await
}
