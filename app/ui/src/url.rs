//! Every address of the site, typed. Views and handlers use these; nobody writes a path by hand.

use kernel::Id;
use std::fmt::{Display, Write as _};

/// Addresses without parameters.
macro_rules! fixed {
    ($($(#[$doc:meta])* $name:ident => $path:literal;)*) => {
        $($(#[$doc])* pub fn $name() -> String { $path.to_owned() })*
    };
}

/// Addresses of one thing by its id.
macro_rules! by_id {
    ($($(#[$doc:meta])* $name:ident => $before:literal, $after:literal;)*) => {
        $($(#[$doc])* pub fn $name<K>(id: Id<K>) -> String { format!(concat!($before, "{}", $after), id) })*
    };
}

/// Addresses of one thing by a code that a person may have typed.
macro_rules! by_code {
    ($($(#[$doc:meta])* $name:ident => $before:literal, $after:literal;)*) => {
        $($(#[$doc])* pub fn $name(code: impl Display) -> String {
            format!(concat!($before, "{}", $after), segment(&code.to_string()))
        })*
    };
}

fixed! {
    /// The desk's list of questions and complaints as a file.
    desk_complaints_export => "/desk/complaints/export";
    /// The desk's list of ratings as a file.
    desk_ratings_export => "/desk/ratings/export";
    /// The questions and complaints behind a count.
    statistics_complaints => "/statistics/complaints";
    /// The same as a file.
    statistics_complaints_export => "/statistics/complaints/export";
    /// The reply to a question or complaint as PDF, by number and code (POST).
    complaint_reply => "/complaints/reply";
    /// The home page.
    home => "/";
    /// Every item of a region, by theme.
    items => "/items";
    /// The list of offices.
    offices => "/offices";
    /// Days whose places are released in turn.
    releases => "/releases";
    /// Releases for administrators.
    admin_releases => "/admin/releases";
    /// Announcing a release.
    admin_release_new => "/admin/releases/new";
    /// One's own bookings.
    bookings => "/bookings";
    /// The waiting list: asking for a place and one's own requests.
    waiting => "/waiting";
    /// Takes a place that is kept (POST).
    waiting_accept => "/waiting/accept";
    /// Leaves the waiting list (POST).
    waiting_leave => "/waiting/leave";
    /// Signing in.
    sign_in => "/sign-in";
    /// Opening an account.
    sign_up => "/sign-up";
    /// Signing in as staff (POST).
    sign_in_staff => "/sign-in/staff";
    /// The code that confirms a new account.
    sign_up_code => "/sign-up/code";
    /// The code that allows a new password.
    reset_code => "/reset/code";
    /// A clerk vouches for a citizen's identity.
    desk_identity => "/desk/identity";
    /// Adding a member of staff.
    admin_staff_new => "/admin/staff/new";
    /// Ends the session (POST).
    sign_out => "/sign-out";
    /// A forgotten password.
    reset => "/reset";
    /// The real-name step.
    real_name => "/real-name";
    /// 我的事: one's own matters.
    me => "/me";
    /// Changing one's own password.
    my_password => "/me/password";
    /// One's own number and address.
    my_contacts => "/me/contacts";
    /// The code that confirms a number or address (POST).
    my_contact_code => "/me/contacts/code";
    /// One's own tokens for programs.
    my_tokens => "/me/tokens";
    /// How long the session lasts, and longer by asking.
    my_session => "/me/session";
    /// What one has been told.
    notices => "/notices";
    /// Marks all of it as read (POST).
    notices_read => "/notices/read";
    /// Figures: one question and its answer.
    statistics => "/statistics";
    /// The same on paper.
    statistics_print => "/statistics/print";
    /// The list behind one figure.
    statistics_cases => "/statistics/cases";
    /// The forms of the reports.
    statistics_forms => "/statistics/forms";
    /// Any of these to take along.
    statistics_export => "/statistics/export";
    /// What a member of staff has been told.
    desk_notices => "/desk/notices";
    /// Marks all of it as read (POST).
    desk_notices_read => "/desk/notices/read";
    /// What one wants to be told by which way.
    notice_preferences => "/me/notices/preferences";
    /// One's own data and who looked at them.
    my_data => "/me/data";
    /// One's own certificates.
    my_certificates => "/me/certificates";
    /// Lets somebody read one's own certificates once: question and act.
    my_certificate_consent => "/me/certificates/consent";
    /// The public check of a certificate.
    check => "/check";
    /// Today's list at the counter.
    desk => "/desk";
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
    /// Documents of courts.
    court_notices => "/desk/court";
    /// Cases of every service: lists by holder, body and region.
    work => "/desk/work";
    /// What each member of staff holds.
    work_load => "/desk/load";
    /// Absences, with who stands in.
    absences => "/desk/absences";
    /// Credit records of broken pledges.
    credit => "/desk/credit";
    /// What other bodies told about a person: entering it.
    facts => "/desk/facts";
    /// Registrars, and which outside sources answer.
    admin_registrars => "/admin/registrars";
    /// One window: finding the item that somebody has come for.
    desk_intake => "/desk/intake";
    /// Packets from and to other places.
    desk_packets => "/desk/packets";
    /// Windows and tickets of a hall, for its staff.
    hall_desk => "/desk/hall";
    /// A ticket for somebody at the counter.
    hall_take => "/desk/hall/take";
    /// Figures of a hall's day.
    hall_figures => "/desk/hall/figures";
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
    /// Batches of older licences.
    licence_stock => "/desk/licence-stock";
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
    /// Sets the language (POST).
    set_language => "/settings/language";
    /// Sets large or normal type (POST).
    set_view => "/settings/view";
    /// Sets strong or normal contrast (POST).
    set_contrast => "/settings/contrast";
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
    /// The privacy notice.
    privacy => "/privacy";
    /// What the site does for access, and whom to tell when it fails.
    accessibility => "/accessibility";
    /// One's own documents.
    my_papers => "/me/papers";
    /// The supervision's wall.
    supervision => "/supervision";
    /// Cards, by region and organisation.
    supervision_cards => "/supervision/cards";
    /// Open cases that are warned or overdue.
    supervision_cases => "/supervision/cases";
    /// Cards of a period by rule.
    supervision_rules => "/supervision/rules";
    /// Issuing a card by hand.
    supervision_raise => "/supervision/raise";
    /// Thresholds of lights and cards.
    supervision_thresholds => "/supervision/thresholds";
    /// The cards that one has received.
    my_cards => "/cards";
    /// What is to be archived.
    archive => "/archive";
    /// Archive packages.
    archive_packages => "/archive/packages";
    /// Verifying a package that somebody brings.
    archive_check => "/archive/check";
    /// Signs of authorities in document numbers.
    admin_signs => "/admin/signs";
    /// One's own matters: what is begun and what is under way.
    my_matters => "/me/matters";
    /// Letters of authority: by which one acts, and by which others act for one.
    my_letters => "/me/letters";
    /// Handing in a letter of authority.
    my_letter_new => "/me/letters/new";
    /// How far a matter is, by its number.
    progress => "/progress";
    /// The description of the interface for programs.
    openapi => "/api/openapi.json";
}

by_code! {
    /// Taking an item in at the counter.
    intake_item => "/desk/intake/", "";
    /// The guide of an item.
    item => "/items/", "";
    /// Rating a matter, by the token of message and receipt.
    rate => "/rate/", "";
    /// Changing a rating, once (POST).
    rate_change => "/rate/", "/change";
    /// The guide on paper.
    item_print => "/items/", "/print";
    /// The guide as PDF.
    item_pdf => "/items/", "/guide.pdf";
    /// The guide as plain text, ready for Braille.
    item_text => "/items/", "/guide.txt";
    /// Taking one's own number or address away: question and act.
    my_contact_remove => "/me/contacts/", "/remove";
    /// An office.
    office => "/offices/", "";
    /// Choosing region, office, day and slot for an item; add the choices by [`with`].
    book => "/book/", "";
    /// The answer to a certificate's QR code.
    certificate => "/c/", "";
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
    /// What is left of an office's slots, for the slot picker.
    api_slots => "/api/v1/offices/", "/slots";
    /// One item for the administrator.
    admin_item => "/admin/items/", "";
    /// The form of an item's local elements.
    admin_item_edit => "/admin/items/", "/edit";
}

by_code! {
    /// Applying for an item: for whom, and the questions that decide what else is asked.
    apply => "/apply/", "";
    /// Its papers.
    apply_papers => "/apply/", "/papers";
    /// Checking the answers, and submitting.
    apply_check => "/apply/", "/check";
    /// Throwing a draft away: question and act.
    apply_discard => "/apply/", "/discard";
}

by_code! {
    /// How busy a hall is.
    hall => "/halls/", "";
    /// The start page of a hall's kiosk, by the hall's key.
    kiosk => "/kiosk/", "";
    /// Taking a ticket for a booking at the kiosk.
    kiosk_booked => "/kiosk/", "/booked";
    /// Taking a ticket without booking at the kiosk.
    kiosk_walk_in => "/kiosk/", "/walk-in";
    /// The screen of a hall, by the hall's key.
    screen => "/screen/", "";
    /// A ticket on the phone, by its token.
    ticket => "/t/", "";
    /// Queues a passed ticket again (POST).
    ticket_requeue => "/t/", "/requeue";
    /// A hall for the administrator.
    admin_hall => "/admin/halls/", "";
}

by_id! {
    /// The reply to one's own question or complaint as PDF.
    my_complaint_reply => "/me/complaints/", "/reply.pdf";
    /// The same for the desk.
    desk_complaint_reply => "/desk/complaints/", "/reply.pdf";
    /// One of one's own matters.
    my_matter => "/me/matters/", "";
    /// Sends a paper for it (POST).
    my_matter_papers => "/me/matters/", "/papers";
    /// Sends it back to the office, mended (POST).
    my_matter_act => "/me/matters/", "/act";
    /// Withdrawing it: question and act.
    my_matter_withdraw => "/me/matters/", "/withdraw";
    /// Revoking a letter of authority: question and act.
    my_letter_revoke => "/me/letters/", "/revoke";
}

by_id! {
    /// A numbered document.
    paper => "/papers/", "";
    /// Its PDF.
    paper_file => "/papers/", "/file";
    /// The detached signature beside it.
    paper_signature => "/papers/", "/signature";
    /// Records that it was handed over (POST).
    paper_serve => "/papers/", "/serve";
    /// Records that it was given to the post (POST).
    paper_send => "/papers/", "/send";
    /// Records what the post says (POST).
    paper_arrived => "/papers/", "/arrived";
    /// Voids it (POST).
    paper_void => "/papers/", "/void";
    /// A card.
    card => "/cards/", "";
    /// Answers it (POST).
    card_answer => "/cards/", "/answer";
    /// Cancels it (POST).
    card_cancel => "/cards/", "/cancel";
    /// The archive of a case.
    archive_case => "/archive/", "";
    /// Starts to archive it (POST).
    archive_start => "/archive/", "/start";
    /// Verifies its package (POST).
    archive_verify => "/archive/", "/verify";
    /// Its package.
    archive_package => "/archive/", "/package.tar";
    /// One notice.
    notice => "/notices/", "";
    /// Marks one of them as read (POST).
    notice_read => "/notices/", "/read";
    /// One notice to a member of staff.
    desk_notice => "/desk/notices/", "";
    /// Marks one of them as read (POST).
    desk_notice_read => "/desk/notices/", "/read";
    /// One ticket at the counter.
    hall_ticket => "/desk/hall/tickets/", "";
    /// One batch of older licences.
    licence_batch => "/desk/licence-stock/", "";
    /// What the second person found in it (POST).
    licence_batch_review => "/desk/licence-stock/", "/review";
    /// Revoking one of one's own tokens: question and act.
    my_token_revoke => "/me/tokens/", "/revoke";
    /// The file of one's own certificate.
    my_certificate_file => "/me/certificates/", "/file";
    /// An annotated copy of it for one user and purpose.
    my_certificate_copy => "/me/certificates/", "/copy";
    /// The detached signature beside it.
    my_certificate_signature => "/me/certificates/", "/signature";
    /// A release, and one's place in it.
    release => "/releases/", "";
    /// Joining it (POST).
    release_join => "/releases/", "/join";
    /// Leaving the line.
    release_leave => "/releases/", "/leave";
    /// Choosing a time in one's turn.
    release_choose => "/releases/", "/choose";
    /// The draw in public.
    release_draw => "/releases/", "/draw";
    /// The closed list of a draw.
    release_entrants => "/releases/", "/entrants.txt";
    /// A release for the administrator.
    admin_release => "/admin/releases/", "";
    /// The public value of a draw (POST).
    admin_release_value => "/admin/releases/", "/value";
    /// Calling a release off.
    admin_release_cancel => "/admin/releases/", "/cancel";
    /// A booking and its receipt.
    booking => "/bookings/", "";
    /// The details of the two people.
    booking_details => "/bookings/", "/details";
    /// The check before confirming.
    booking_confirm => "/bookings/", "/confirm";
    /// Cancelling.
    booking_cancel => "/bookings/", "/cancel";
    /// Choosing another time.
    booking_move => "/bookings/", "/move";
    /// The partner's own confirmation.
    booking_partner => "/bookings/", "/partner";
    /// The calendar file.
    booking_calendar => "/bookings/", "/calendar.ics";
    /// One registration as officers see it.
    registration => "/desk/registry/", "";
    /// A certificate of record, as PDF.
    record_paper => "/desk/records/", "/certificate.pdf";
    /// One case of re-issue.
    reissue => "/desk/reissues/", "";
    /// One document of a court.
    court_notice => "/desk/court/", "";
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
    /// A case at the counter.
    case => "/desk/cases/", "";
    /// A divorce at the counter.
    divorce => "/desk/divorces/", "";
    /// One member of staff for the administrator.
    admin_person => "/admin/staff/", "";
}

/// Search, with what is looked for; an empty text is the search page itself.
pub fn search(text: &str) -> String {
    if text.is_empty() { "/search".to_owned() } else { with("/search".to_owned(), &[("q", text)]) }
}

/// One page of the form of an item.
pub fn apply_section(code: impl Display, section: &str) -> String {
    format!("/apply/{}/sections/{}", segment(&code.to_string()), segment(section))
}

/// A paper of one's draft.
pub fn apply_paper<K>(code: impl Display, paper: Id<K>) -> String {
    format!("/apply/{}/papers/{paper}", segment(&code.to_string()))
}

/// A scan of somebody at the counter, by the key of its material.
pub fn desk_sheet_scan<K>(id: Id<K>, key: &str) -> String {
    format!("/desk/sheets/{id}/papers/{}", segment(key))
}

/// What is done with a re-issue, or printed for it.
pub fn reissue_act<K>(id: Id<K>, verb: &str) -> String {
    format!("/desk/reissues/{id}/{verb}")
}

/// What is done with a court's document.
pub fn court_act<K>(id: Id<K>, verb: &str) -> String {
    format!("/desk/court/{id}/{verb}")
}

/// A paper of one's own matter.
pub fn my_matter_paper<K, P>(id: Id<K>, paper: Id<P>) -> String {
    format!("/me/matters/{id}/papers/{paper}")
}

/// A ticket at the kiosk that gave it out.
pub fn kiosk_ticket(key: impl Display, token: impl Display) -> String {
    format!("/kiosk/{}/tickets/{}", segment(&key.to_string()), segment(&token.to_string()))
}

/// One act at a window (POST), for instance `verb = "next"`.
pub fn hall_window_act<K>(id: Id<K>, verb: &str) -> String {
    format!("/desk/hall/windows/{id}/{}", segment(verb))
}

/// One act on a ticket (POST), for instance `verb = "start"`.
pub fn hall_ticket_act<K>(id: Id<K>, verb: &str) -> String {
    format!("/desk/hall/tickets/{id}/{}", segment(verb))
}

/// One part of a hall for the administrator (POST), for instance `part = "groups"`.
pub fn admin_hall_part(code: impl Display, part: &str) -> String {
    format!("/admin/halls/{}/{}", segment(&code.to_string()), segment(part))
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

/// One act on a divorce at the counter (POST), or one of its papers.
pub fn divorce_act<K>(id: Id<K>, verb: &str) -> String {
    format!("/desk/divorces/{id}/{}", segment(verb))
}

/// One act on a case at the counter (POST), for instance `verb = "sign"`.
pub fn case_act<K>(id: Id<K>, verb: &str) -> String {
    format!("/desk/cases/{id}/{}", segment(verb))
}

/// One act on a member of staff, for instance `verb = "suspend"`: where it ends something, the question (GET) and the act (POST).
pub fn admin_person_act<K>(id: Id<K>, verb: &str) -> String {
    format!("/admin/staff/{id}/{}", segment(verb))
}

/// One act on an item of the catalogue (POST), for instance `verb = "publish"`.
pub fn admin_item_act(code: impl Display, verb: &str) -> String {
    format!("/admin/items/{}/{}", segment(&code.to_string()), segment(verb))
}

/// One act on a question or complaint (POST), for instance `verb = "accept"`.
pub fn desk_complaint_act<K>(id: Id<K>, verb: &str) -> String {
    format!("/desk/complaints/{id}/{}", segment(verb))
}

/// Signing in and coming back to `path` afterwards.
pub fn sign_in_for(path: &str) -> String {
    with(sign_in(), &[("back", path)])
}

/// Calls a number.
pub fn telephone(number: &str) -> String {
    format!("tel:{}", number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>())
}

/// Adds query parameters; those with an empty value are left out.
pub fn with(mut path: String, query: &[(&str, &str)]) -> String {
    for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
        path.push(if path.contains('?') { '&' } else { '?' });
        path.push_str(name);
        path.push('=');
        path.push_str(&segment(value));
    }
    path
}

/// A path on this site that a request may send us to: absolute, without a host. Everything else becomes `/`.
pub fn local(path: &str) -> String {
    let safe = path.starts_with('/')
        && !path.starts_with("//")
        && path.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '\\' | '"' | '<' | '>'));
    if safe { path.to_owned() } else { home() }
}

/// Percent-encodes everything but unreserved characters.
pub fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(byte as char);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_cannot_leave_its_segment() {
        assert_eq!(item("a/../b?x=\"1\""), "/items/a%2F..%2Fb%3Fx%3D%221%22");
        assert_eq!(with(book("x"), &[("region", "990101"), ("day", ""), ("q", "李&王")]), "/book/x?region=990101&q=%E6%9D%8E%26%E7%8E%8B");
    }

    #[test]
    fn comes_back_only_to_this_site() {
        assert_eq!(local("/me?x=1"), "/me?x=1");
        for bad in ["//evil.test", "https://evil.test", "/\\evil.test", "", "/a\nb", "javascript:alert(1)"] {
            assert_eq!(local(bad), "/", "{bad}");
        }
    }
}
