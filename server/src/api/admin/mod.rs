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

use super::together::Part;
use crate::http::Routes;

/// The description of everything here.
pub(super) fn describe() -> Vec<Part> {
    vec![
        ("AdminItem", items::Doc::openapi()),
        ("AdminOffice", offices::Doc::openapi()),
        ("AdminPlan", office_plans::Doc::openapi()),
        ("AdminSystem", system::Doc::openapi()),
    ]
}

pub(super) fn routes() -> Routes {
    items::routes().merge(offices::routes()).merge(office_plans::routes()).merge(system::routes())
}
