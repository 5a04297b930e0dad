//! Addresses of marriage registration: the counter, and one's own divorce.

use kernel::Id;

use super::segment;

fixed! {
    /// Starts a case for somebody who came without a booking.
    walk_in => "/desk/walk-in";
    /// The divorces of an office; opening one (POST).
    divorces => "/desk/divorces";
    /// One's own divorce, with its dates.
    my_divorce => "/me/divorce";
    /// Blank certificates.
    stock => "/desk/stock";
    /// Looking a registration up.
    registry => "/desk/registry";
    /// A certificate that a search found nothing (POST).
    registry_none => "/desk/registry/none";
    /// Re-issues of certificates.
    reissues => "/desk/reissues";
    /// Somebody wants a marriage undone: who decides that.
    annulment => "/desk/annulment";
    /// Documents of courts.
    court_notices => "/desk/court";
    /// Back-entry of old files: the batches.
    backentry => "/desk/backentry";
    /// An empty table for it.
    backentry_template => "/desk/backentry/template.csv";
    /// Rows of old files that a person has to look into.
    backentry_conflicts => "/desk/backentry/conflicts";
    /// Questions to the registers about one person.
    network_questions => "/desk/network-check";
    /// What other bodies told about a person: entering it.
    facts => "/desk/facts";
}

by_id! {
    /// One registration as officers see it.
    registration => "/desk/registry/", "";
    /// One case of re-issue.
    reissue => "/desk/reissues/", "";
    /// One document of a court.
    court_notice => "/desk/court/", "";
    /// One batch of old files.
    backentry_batch => "/desk/backentry/", "";
    /// A table for it (POST).
    backentry_table => "/desk/backentry/", "/table";
    /// Page images for it (POST).
    backentry_images => "/desk/backentry/", "/images";
    /// Its rejected lines as a file.
    backentry_rejected => "/desk/backentry/", "/rejected.csv";
    /// One row of an old file.
    backentry_row => "/desk/backentry/rows/", "";
    /// A page image of an old file.
    backentry_image => "/desk/backentry/images/", "";
    /// One question to the registers.
    network_question => "/desk/network-check/", "";
    /// A case at the counter.
    case => "/desk/cases/", "";
    /// The days of one's own claim as a calendar file.
    my_divorce_calendar => "/me/divorce/", "/calendar.ics";
    /// A divorce at the counter.
    divorce => "/desk/divorces/", "";
}

/// What is done with a re-issue, or printed for it.
pub fn reissue_act<K>(id: Id<K>, verb: &str) -> String {
    format!("/desk/reissues/{id}/{verb}")
}

/// What is done with a row of an old file.
pub fn backentry_act<K>(id: Id<K>, verb: &str) -> String {
    format!("/desk/backentry/rows/{id}/{verb}")
}

/// What is done with a court's document.
pub fn court_act<K>(id: Id<K>, verb: &str) -> String {
    format!("/desk/court/{id}/{verb}")
}

/// One act on a divorce at the counter (POST), or one of its papers.
pub fn divorce_act<K>(id: Id<K>, verb: &str) -> String {
    format!("/desk/divorces/{id}/{}", segment(verb))
}

/// One act on a case at the counter (POST), for instance `verb = "sign"`.
pub fn case_act<K>(id: Id<K>, verb: &str) -> String {
    format!("/desk/cases/{id}/{}", segment(verb))
}
