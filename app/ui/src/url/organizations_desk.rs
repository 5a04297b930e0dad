//! Addresses of the supervision of organisations.

use kernel::Id;
use std::fmt::Display;

use super::segment;

fixed! {
    /// The desk's list of proceedings about organisations.
    desk_proceedings => "/desk/organizations/supervision";
    /// Opening one.
    desk_proceeding_new => "/desk/organizations/supervision/new";
    /// The last days of annual reports.
    desk_report_windows => "/desk/organizations/reports";
    /// Drawing organisations to be inspected.
    desk_inspection_draw => "/desk/organizations/inspections/draw";
    /// Complaints about organisations.
    desk_organization_complaints => "/desk/organizations/complaints";
    /// Illegal organisations that are published.
    illegal_organizations => "/organizations/illegal";
}

by_id! {
    /// One proceeding.
    desk_proceeding => "/desk/organizations/supervision/", "";
    /// Puts a file to it (POST).
    desk_proceeding_attach => "/desk/organizations/supervision/", "/attachments";
    /// A file that was put to one.
    desk_proceeding_attachment => "/desk/organizations/attachments/", "";
    /// A document of one, in words.
    desk_organization_paper => "/desk/organizations/documents/", "";
    /// Its PDF.
    desk_organization_paper_file => "/desk/organizations/documents/", "/file";
    /// The detached signature beside it.
    desk_organization_paper_signature => "/desk/organizations/documents/", "/signature";
}

by_code! {
    /// Complaining of an organisation.
    organization_complain => "/organizations/", "/complain";
}

/// One act of a proceeding (POST).
pub fn desk_proceeding_act<K>(id: Id<K>, act: &str) -> String {
    format!("/desk/organizations/supervision/{id}/{}", segment(act))
}

/// Supervision as an organisation itself sees it.
pub fn own_supervision(code: impl Display) -> String {
    format!("/me/organizations/{}/supervision", segment(&code.to_string()))
}

/// Filing or applying for something, by the kind of proceeding.
pub fn own_proceeding_new(code: impl Display, kind: &str) -> String {
    format!("{}/new/{}", own_supervision(code), segment(kind))
}

/// One of its proceedings.
pub fn own_proceeding<K>(code: impl Display, id: Id<K>) -> String {
    format!("{}/{id}", own_supervision(code))
}

/// One act of it (POST).
pub fn own_proceeding_act<K>(code: impl Display, id: Id<K>, act: &str) -> String {
    format!("{}/{id}/{}", own_supervision(code), segment(act))
}

/// A document that it has received, in words.
pub fn own_organization_paper<K>(code: impl Display, id: Id<K>) -> String {
    format!("/me/organizations/{}/documents/{id}", segment(&code.to_string()))
}

/// Its PDF.
pub fn own_organization_paper_file<K>(code: impl Display, id: Id<K>) -> String {
    format!("{}/file", own_organization_paper(code, id))
}

/// The detached signature beside it.
pub fn own_organization_paper_signature<K>(code: impl Display, id: Id<K>) -> String {
    format!("{}/signature", own_organization_paper(code, id))
}

/// Puts a file to one of its proceedings (POST).
pub fn own_proceeding_attach<K>(code: impl Display, id: Id<K>) -> String {
    format!("{}/attachments", own_proceeding(code, id))
}

/// A file that it has sent.
pub fn own_proceeding_attachment<K>(code: impl Display, id: Id<K>) -> String {
    format!("/me/organizations/{}/attachments/{id}", segment(&code.to_string()))
}
