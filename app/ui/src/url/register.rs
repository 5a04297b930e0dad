//! Addresses of the public register of organisations, and of its import.

use kernel::Id;
use std::fmt::Display;

use super::{segment, with};

fixed! {
    /// The check of signed extracts; sending one (POST).
    extracts => "/organizations/extracts";
    /// The stock of organisations in figures.
    register_figures => "/organizations/statistics";
    /// The list behind one of them; add the question and the figure by [`with`].
    register_figures_list => "/organizations/statistics/list";
    /// The daily files of the register.
    register_data => "/organizations/data";
    /// Imports of registers; sending a table (POST).
    imports => "/admin/organizations/imports";
}

by_code! {
    /// The entry of an organisation, by its credit code.
    organization => "/organizations/", "";
    /// Older versions of it.
    organization_history => "/organizations/", "/history";
    /// Asking for a signed extract (POST).
    organization_extract => "/organizations/", "/extract";
    /// Asking to be told when it changes (POST).
    organization_follow => "/organizations/", "/follow";
    /// A signed extract, by its number.
    extract => "/organizations/extracts/", "";
    /// What follows from the link in a mail.
    follow => "/organizations/follow/", "";
}

by_id! {
    /// One import.
    import => "/admin/organizations/imports/", "";
    /// Saying which column is what (POST).
    import_map => "/admin/organizations/imports/", "/map";
    /// Loading what was checked.
    import_load => "/admin/organizations/imports/", "/load";
    /// Lines that cannot be taken, as a file.
    import_rejected => "/admin/organizations/imports/", "/rejected.csv";
}

/// The entry of an organisation as it stood on a day.
pub fn organization_on(code: impl Display, day: impl Display) -> String {
    with(organization(code), &[("on", &day.to_string())])
}

/// A file of an extract, by the end of its name.
pub fn extract_file(number: impl Display, ending: &str) -> String {
    format!("/organizations/extracts/{}/{}.{ending}", segment(&number.to_string()), segment(&number.to_string()))
}

/// What is done with the link of a mail (POST): `confirm` or `stop`.
pub fn follow_act(token: &str, verb: &str) -> String {
    format!("/organizations/follow/{}/{verb}", segment(token))
}

/// The figures of the register, to take along; add the question by [`with`].
pub fn register_figures_file(ending: &str) -> String {
    format!("/organizations/statistics/figures.{ending}")
}

/// A daily file.
pub fn register_file(day: impl Display, ending: &str) -> String {
    format!("/organizations/data/{day}.{ending}")
}

/// What a search for organisations found, to take along; add the question by [`with`].
pub fn organizations_export(ending: &str) -> String {
    format!("/organizations/export/organizations.{ending}")
}

/// More lines of an import that cannot be taken, behind a line.
pub fn import_rejects<K>(id: Id<K>, after: i64) -> String {
    with(import(id), &[("after", &after.to_string())])
}
