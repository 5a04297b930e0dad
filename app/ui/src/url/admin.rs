//! Addresses of the administration.

use kernel::Id;
use std::fmt::Display;

use super::segment;

fixed! {
    /// Releases for administrators.
    admin_releases => "/admin/releases";
    /// Announcing a release.
    admin_release_new => "/admin/releases/new";
    /// Adding a member of staff.
    admin_staff_new => "/admin/staff/new";
    /// Registrars, and which outside sources answer.
    admin_registrars => "/admin/registrars";
    /// Lists of countries: Apostille, certificates of record.
    admin_countries => "/admin/countries";
    /// The administrator's overview.
    admin => "/admin";
    /// Offices, hours and slot plans.
    admin_offices => "/admin/offices";
    /// Opening an office.
    admin_office_new => "/admin/offices/new";
    /// Items and their versions.
    admin_items => "/admin/items";
    /// Bearer tokens of other systems.
    admin_tokens => "/admin/tokens";
    /// Revokes a bearer token (POST).
    admin_token_revoke => "/admin/tokens/revoke";
    /// Staff and roles.
    admin_staff => "/admin/staff";
    /// Electronic licences: reports to the catalogue above, mandates of programs.
    admin_licences => "/admin/licences";
    /// Gives a program a mandate (POST).
    admin_mandates => "/admin/licences/mandates";
    /// Ends a mandate (POST).
    admin_mandate_end => "/admin/licences/mandates/end";
    /// Messages waiting and dead letters.
    admin_outbox => "/admin/outbox";
    /// Has a message tried again (POST).
    outbox_retry => "/admin/outbox/retry";
    /// Lets a message be (POST).
    outbox_dismiss => "/admin/outbox/dismiss";
    /// The audit log.
    admin_audit => "/admin/audit";
    /// Calendars of working days.
    admin_calendars => "/admin/calendars";
    /// A region that is merged into another: question and act.
    admin_succession => "/admin/succession";
    /// Signs of authorities in document numbers.
    admin_signs => "/admin/signs";
}

by_code! {
    /// One office for the administrator.
    admin_office => "/admin/offices/", "";
    /// Hours of one day of an office (POST).
    admin_office_days => "/admin/offices/", "/days";
    /// Closing an office for a day: preview and act.
    admin_office_close => "/admin/offices/", "/close";
    /// Slot plans of an office: preview and save (POST).
    admin_office_plans => "/admin/offices/", "/plans";
    /// Ends a slot plan (POST).
    admin_office_plan_end => "/admin/offices/", "/plans/end";
    /// One item for the administrator.
    admin_item => "/admin/items/", "";
    /// The form of an item's local elements.
    admin_item_edit => "/admin/items/", "/edit";
}

by_id! {
    /// A release for the administrator.
    admin_release => "/admin/releases/", "";
    /// The public value of a draw (POST).
    admin_release_value => "/admin/releases/", "/value";
    /// Calling a release off.
    admin_release_cancel => "/admin/releases/", "/cancel";
    /// One member of staff for the administrator.
    admin_person => "/admin/staff/", "";
}

/// One act on a member of staff, for instance `verb = "suspend"`: where it ends something, the question (GET) and the act (POST).
pub fn admin_person_act<K>(id: Id<K>, verb: &str) -> String {
    format!("/admin/staff/{id}/{}", segment(verb))
}

/// One act on an item of the catalogue (POST), for instance `verb = "publish"`.
pub fn admin_item_act(code: impl Display, verb: &str) -> String {
    format!("/admin/items/{}/{}", segment(&code.to_string()), segment(verb))
}
