//! Addresses of questions, complaints and ratings.

use kernel::Id;
use std::fmt::Display;

use super::segment;

fixed! {
    /// The desk's list of questions and complaints as a file.
    desk_complaints_export => "/desk/complaints/export";
    /// The desk's list of ratings as a file.
    desk_ratings_export => "/desk/ratings/export";
    /// The reply to a question or complaint as PDF, by number and code (POST).
    complaint_reply => "/complaints/reply";
    /// What I may rate, and how I rated.
    my_ratings => "/me/ratings";
    /// What is published of ratings.
    ratings => "/ratings";
    /// Bad ratings and what is done about them.
    desk_ratings => "/desk/ratings";
    /// A card has been seen (POST).
    desk_card_seen => "/desk/cards/seen";
    /// Questions, suggestions and complaints: what one can do.
    complaints => "/complaints";
    /// Writing one.
    complaint_new => "/complaints/new";
    /// Its page, by receipt number and query code (POST).
    complaint_status => "/complaints/status";
    /// What the person says to a reply, by number and code (POST).
    complaint_say => "/complaints/say";
    /// My own questions and complaints.
    my_complaints => "/me/complaints";
    /// Published questions and answers.
    questions => "/questions";
    /// The desk of questions and complaints.
    desk_complaints => "/desk/complaints";
    /// Entering what a caller says.
    desk_complaint_new => "/desk/complaints/new";
}

by_code! {
    /// Rating a matter, by the token of message and receipt.
    rate => "/rate/", "";
    /// Changing a rating, once (POST).
    rate_change => "/rate/", "/change";
}

by_id! {
    /// The reply to one's own question or complaint as PDF.
    my_complaint_reply => "/me/complaints/", "/reply.pdf";
    /// The same for the desk.
    desk_complaint_reply => "/desk/complaints/", "/reply.pdf";
    /// One rating and its follow-up.
    desk_rating => "/desk/ratings/", "";
    /// One question or complaint of mine.
    my_complaint => "/me/complaints/", "";
    /// What I say to its reply (POST).
    my_complaint_say => "/me/complaints/", "/say";
    /// One question or complaint.
    desk_complaint => "/desk/complaints/", "";
    /// The draft of its publication.
    desk_complaint_publish => "/desk/complaints/", "/publish";
}

/// One act on a question or complaint (POST), for instance `verb = "accept"`.
pub fn desk_complaint_act<K>(id: Id<K>, verb: &str) -> String {
    format!("/desk/complaints/{id}/{}", segment(verb))
}
