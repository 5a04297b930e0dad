//! Addresses of a hall: for its visitors, its machines, its staff and its administrator.

use kernel::Id;
use std::fmt::Display;

use super::segment;

fixed! {
    /// Windows and tickets of a hall, for its staff.
    hall_desk => "/desk/hall";
    /// A ticket for somebody at the counter.
    hall_take => "/desk/hall/take";
    /// Figures of a hall's day.
    hall_figures => "/desk/hall/figures";
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
    /// One ticket at the counter.
    hall_ticket => "/desk/hall/tickets/", "";
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
