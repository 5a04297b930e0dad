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

mod admin;
mod desk;
mod feedback;
mod hall;
mod marriage;
mod mine;
mod organizations_desk;
mod oversight;
mod papers;
mod register;
mod registration;

pub use admin::*;
pub use desk::*;
pub use feedback::*;
pub use hall::*;
pub use marriage::*;
pub use mine::*;
pub use organizations_desk::*;
pub use oversight::*;
pub use papers::*;
pub use register::*;
pub use registration::*;

fixed! {
    /// The home page.
    home => "/";
    /// Every item of a region, by theme.
    items => "/items";
    /// The list of offices.
    offices => "/offices";
    /// Days whose places are released in turn.
    releases => "/releases";
    /// One's own bookings.
    bookings => "/bookings";
    /// The waiting list: asking for a place and one's own requests.
    waiting => "/waiting";
    /// Takes a place that is kept (POST).
    waiting_accept => "/waiting/accept";
    /// Leaves the waiting list (POST).
    waiting_leave => "/waiting/leave";
    /// The public check of a certificate.
    check => "/check";
    /// Questions and answers by topic.
    help => "/help";
    /// What a couple needs, what bars it, and the first day on which it may come.
    self_check => "/self-check";
    /// Today's list at the counter.
    desk => "/desk";
    /// Sets the language (POST).
    set_language => "/settings/language";
    /// Sets large or normal type (POST).
    set_view => "/settings/view";
    /// Sets strong or normal contrast (POST).
    set_contrast => "/settings/contrast";
    /// The privacy notice.
    privacy => "/privacy";
    /// What the site does for access, and whom to tell when it fails.
    accessibility => "/accessibility";
    /// The description of the interface for programs.
    openapi => "/api/openapi.json";
}

by_code! {
    /// The report of a service.
    statistics_report => "/statistics/reports/", "";
    /// The list behind one of its figures.
    statistics_report_cases => "/statistics/reports/", "/cases";
    /// Either of them to take along.
    statistics_report_export => "/statistics/reports/", "/export";
    /// The guide of an item.
    item => "/items/", "";
    /// The guide on paper.
    item_print => "/items/", "/print";
    /// The guide as PDF.
    item_pdf => "/items/", "/guide.pdf";
    /// The guide as plain text, ready for Braille.
    item_text => "/items/", "/guide.txt";
    /// An office.
    office => "/offices/", "";
    /// Choosing region, office, day and slot for an item; add the choices by [`with`].
    book => "/book/", "";
    /// The answer to a certificate's QR code.
    certificate => "/c/", "";
    /// What is left of an office's slots, for the slot picker.
    api_slots => "/api/v1/offices/", "/slots";
}

by_id! {
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
    /// A booking and its receipt.
    booking => "/bookings/", "";
    /// The details of the two people.
    booking_details => "/bookings/", "/details";
    /// The check before confirming.
    booking_confirm => "/bookings/", "/confirm";
    /// Cancelling.
    booking_cancel => "/bookings/", "/cancel";
    /// A clerk takes a no-show back.
    booking_lift => "/bookings/", "/lift";
    /// Choosing another time.
    booking_move => "/bookings/", "/move";
    /// The partner's own confirmation.
    booking_partner => "/bookings/", "/partner";
    /// The calendar file.
    booking_calendar => "/bookings/", "/calendar.ics";
}

/// Search, with what is looked for; an empty text is the search page itself.
pub fn search(text: &str) -> String {
    if text.is_empty() { "/search".to_owned() } else { with("/search".to_owned(), &[("q", text)]) }
}

/// One question of the help, by the basic code of its item and its key there.
pub fn question(basic: impl Display, key: &str) -> String {
    format!("/help/{}/{}", segment(&basic.to_string()), segment(key))
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
