//! Addresses of the desk that every service has: cases, counter sheets, packets.

use kernel::Id;
use std::fmt::Display;

use super::segment;

fixed! {
    /// A clerk vouches for a citizen's identity.
    desk_identity => "/desk/identity";
    /// What a member of staff has been told.
    desk_notices => "/desk/notices";
    /// Marks all of it as read (POST).
    desk_notices_read => "/desk/notices/read";
    /// Cases of every service: lists by holder, body and region.
    work => "/desk/work";
    /// What each member of staff holds.
    work_load => "/desk/load";
    /// Absences, with who stands in.
    absences => "/desk/absences";
    /// Credit records of broken pledges.
    credit => "/desk/credit";
    /// One window: finding the item that somebody has come for.
    desk_intake => "/desk/intake";
    /// Packets from and to other places.
    desk_packets => "/desk/packets";
    /// Batches of older licences.
    licence_stock => "/desk/licence-stock";
}

by_code! {
    /// Taking an item in at the counter.
    intake_item => "/desk/intake/", "";
}

by_id! {
    /// One notice to a member of staff.
    desk_notice => "/desk/notices/", "";
    /// Marks one of them as read (POST).
    desk_notice_read => "/desk/notices/", "/read";
    /// One batch of older licences.
    licence_batch => "/desk/licence-stock/", "";
    /// What the second person found in it (POST).
    licence_batch_review => "/desk/licence-stock/", "/review";
    /// A certificate of record, as PDF.
    record_paper => "/desk/records/", "/certificate.pdf";
    /// Somebody at the counter: what is asked of him.
    desk_sheet => "/desk/sheets/", "";
    /// Somebody at the counter: who he is.
    desk_sheet_who => "/desk/sheets/", "/who";
    /// Somebody at the counter: his papers.
    desk_sheet_papers => "/desk/sheets/", "/papers";
    /// Somebody at the counter: everything, to be checked and taken in.
    desk_sheet_check => "/desk/sheets/", "/check";
    /// Throwing away what was begun for him: question and act.
    desk_sheet_discard => "/desk/sheets/", "/discard";
    /// The receipt of a case, to be printed again.
    work_receipt => "/desk/work/", "/receipt";
    /// A case of any service.
    work_case => "/desk/work/", "";
    /// Sending a case to another body.
    work_transfer => "/desk/work/", "/transfer";
    /// Opening the parts of a joint case.
    work_parts => "/desk/work/", "/parts";
    /// What the check of a pledge found.
    work_pledge => "/desk/work/", "/pledge";
    /// Sends a packet to the body that answers (POST).
    packet_send => "/desk/packets/", "/send";
    /// Signs a packet in (POST).
    packet_sign => "/desk/packets/", "/sign";
    /// Notes that the applicant's identity was checked (POST).
    cross_identify => "/desk/packets/cases/", "/identify";
    /// Makes another packet for a case (POST).
    cross_again => "/desk/packets/cases/", "/again";
    /// Notes a second check of identity (POST).
    cross_recheck => "/desk/packets/cases/", "/recheck";
    /// How a case goes between two places.
    cross_case => "/desk/packets/cases/", "";
    /// Takes a paper in for a case (POST).
    work_papers => "/desk/work/", "/materials";
    /// Ends an absence (POST).
    absence_end => "/desk/absences/", "/end";
    /// Withdrawing a credit record: question and act.
    credit_withdraw => "/desk/credit/", "/withdraw";
}

/// A scan of somebody at the counter, by the key of its material.
pub fn desk_sheet_scan<K>(id: Id<K>, key: &str) -> String {
    format!("/desk/sheets/{id}/papers/{}", segment(key))
}

/// One move of a case of any service: what it needs, and the act.
pub fn work_act<K>(id: Id<K>, verb: &str) -> String {
    format!("/desk/work/{id}/{}", segment(verb))
}

/// One paper of a case: what it is, and what a clerk found of it.
pub fn work_paper<K, P>(id: Id<K>, paper: Id<P>) -> String {
    format!("/desk/work/{id}/materials/{paper}")
}

/// The content of a paper of a case.
pub fn work_paper_file<K, P>(id: Id<K>, paper: Id<P>) -> String {
    format!("/desk/work/{id}/materials/{paper}/file")
}
