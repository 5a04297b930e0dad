//! Addresses of the registration of organisations: announcements, one's own organisations, the desk's register, segments of codes.

use std::fmt::Display;

use kernel::Id;

use super::{segment, with};

fixed! {
    /// What was announced in public.
    announcements => "/organizations/announcements";
    /// Checks the name of an organisation before anybody applies (GET asks, POST checks).
    organization_name_check => "/organizations/name-check";
    /// The organisations for which one may act.
    my_organizations => "/me/organizations";
    /// The register as staff read it.
    desk_organizations => "/desk/organizations";
    /// Segments of credit codes.
    code_segments => "/admin/code-segments";
    /// Takes a table of segments in.
    code_segment_table => "/admin/code-segments/table";
    /// Takes a code out of the stock (GET asks, POST does).
    code_spoil => "/admin/code-segments/spoil";
}

by_id! {
    /// An organisation as staff read it.
    desk_organization => "/desk/organizations/", "";
}

/// What was announced before an announcement.
pub fn announcements_before<K>(id: Id<K>) -> String {
    with(announcements(), &[("before", &id.to_string())])
}

/// The rights that an organisation has given.
pub fn organization_rights(code: impl Display) -> String {
    format!("/me/organizations/{}/rights", segment(&code.to_string()))
}

/// Takes a right back (GET asks, POST does).
pub fn organization_right_revoke<K>(code: impl Display, id: Id<K>) -> String {
    format!("{}/{id}/revoke", organization_rights(code))
}

/// The codes of a segment that have left the stock, after one.
pub fn code_segment<K>(id: Id<K>, after: &str) -> String {
    with(format!("/admin/code-segments/{id}"), &[("after", after)])
}
