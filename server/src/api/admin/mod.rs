//! Administration for programs: items, offices, calendars, the outbox; staff and the audit trail to read.
//!
//! Rights are given by a person: staff, grants, tokens, registrars and sources are changed on the pages of the security administrator
//! alone, and no token carries that role.

mod items;
mod item_bodies;
mod offices;
mod office_plans;
mod system;

use utoipa::OpenApi;

use crate::http::Routes;

/// The description of everything here.
pub(super) fn describe() -> utoipa::openapi::OpenApi {
    let mut all = items::Doc::openapi();
    all.merge(offices::Doc::openapi());
    all.merge(office_plans::Doc::openapi());
    all.merge(system::Doc::openapi());
    all
}

pub(super) fn routes() -> Routes {
    items::routes().merge(offices::routes()).merge(office_plans::routes()).merge(system::routes())
}
