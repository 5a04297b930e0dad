//! A calendar file for one appointment by RFC 5545: CRLF, lines of at most 75 octets, escaped text, the time zone inside.

use std::fmt::Write as _;

use kernel::Instant;

/// One appointment, in the words of one language.
#[derive(Debug, Clone)]
pub struct Event<'a> {
    /// Unique for ever: the booking's id, with the host that made it.
    pub uid: String,
    /// Grows with every change, so that a calendar replaces what it has.
    pub sequence: i64,
    /// When the file was made.
    pub stamp: Instant,
    /// Start.
    pub start: Instant,
    /// End.
    pub end: Instant,
    /// Title.
    pub summary: &'a str,
    /// Where.
    pub location: &'a str,
    /// What to bring and what to know.
    pub description: &'a str,
    /// The appointment no longer holds.
    pub cancelled: bool,
}

/// China has kept one time without summer time since 1991-09-15.
const ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\nDTSTART:19910915T000000\r\n\
TZOFFSETFROM:+0900\r\nTZOFFSETTO:+0800\r\nTZNAME:CST\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

/// The file's text.
pub fn file(event: &Event<'_>) -> String {
    let mut out = String::with_capacity(1024);
    out.push_str("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tongban//Booking//ZH\r\nCALSCALE:GREGORIAN\r\n");
    line(&mut out, "METHOD", if event.cancelled { "CANCEL" } else { "PUBLISH" });
    out.push_str(ZONE);
    out.push_str("BEGIN:VEVENT\r\n");
    line(&mut out, "UID", &text(&event.uid));
    line(&mut out, "SEQUENCE", &event.sequence.to_string());
    line(&mut out, "DTSTAMP", &utc(event.stamp));
    line(&mut out, "DTSTART;TZID=Asia/Shanghai", &local(event.start));
    line(&mut out, "DTEND;TZID=Asia/Shanghai", &local(event.end));
    line(&mut out, "SUMMARY", &text(event.summary));
    line(&mut out, "LOCATION", &text(event.location));
    line(&mut out, "DESCRIPTION", &text(event.description));
    line(&mut out, "STATUS", if event.cancelled { "CANCELLED" } else { "CONFIRMED" });
    if !event.cancelled {
        out.push_str("BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P1D\r\n");
        line(&mut out, "DESCRIPTION", &text(event.summary));
        out.push_str("END:VALARM\r\n");
    }
    out.push_str("END:VEVENT\r\nEND:VCALENDAR\r\n");
    out
}

/// A TEXT value: backslash, semicolon, comma and line ends escaped (RFC 5545 §3.3.11), other control characters dropped.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut characters = value.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(character);
            }
            '\r' => {
                characters.next_if_eq(&'\n');
                out.push_str("\\n");
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            other if other.is_control() && other != '\t' => {}
            other => out.push(other),
        }
    }
    out
}

/// One content line, folded before 75 octets and never inside a character (§3.1).
fn line(out: &mut String, name: &str, value: &str) {
    let mut room = 75;
    for character in name.chars().chain([':']).chain(value.chars()) {
        if character.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        out.push(character);
        room -= character.len_utf8();
    }
    out.push_str("\r\n");
}

/// Local date and time at +08:00, as `DTSTART` with a zone wants it.
fn local(at: Instant) -> String {
    let minute = at.minute_of_day();
    format!("{}T{:02}{:02}00", at.day().compact(), minute / 60, minute % 60)
}

/// The same moment in UTC.
fn utc(at: Instant) -> String {
    let mut out = local(at.plus_hours(-8));
    let _ = write!(out, "Z");
    out
}

#[cfg(test)]
mod tests {
    use kernel::Day;
    use proptest::prelude::*;

    use super::*;

    fn event<'a>(summary: &'a str, location: &'a str, description: &'a str) -> Event<'a> {
        let start = Instant::at(Day::ymd(2026, 5, 20), 9 * 60 + 30);
        Event {
            uid: "01k@tongban".into(),
            sequence: 0,
            stamp: Instant::at(Day::ymd(2026, 5, 1), 7 * 60),
            start,
            end: start.plus_minutes(30),
            summary,
            location,
            description,
            cancelled: false,
        }
    }

    fn unfold(file: &str) -> String {
        file.replace("\r\n ", "")
    }

    #[test]
    fn a_calendar_file_has_what_rfc_5545_asks_for() {
        let file = file(&event("预约", "婚姻登记处", "带身份证"));
        assert!(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:") && file.ends_with("END:VCALENDAR\r\n"));
        for expected in ["UID:01k@tongban", "DTSTAMP:20260430T230000Z", "DTSTART;TZID=Asia/Shanghai:20260520T093000", "DTEND;TZID=Asia/Shanghai:20260520T100000", "BEGIN:VTIMEZONE"] {
            assert!(file.contains(expected), "{expected} in {file}");
        }
    }

    #[test]
    fn hostile_text_cannot_add_a_line() {
        let evil = "a\r\nEND:VEVENT\r\nBEGIN:VALARM\nATTACH:http://x\u{2028};,\\\u{0}\u{7}</textarea><script>";
        let file = unfold(&file(&event(evil, evil, evil)));
        assert_eq!(file.matches("\r\nEND:VEVENT").count(), 1);
        assert!(!file.contains("\r\nATTACH") && !file.contains('\u{0}'));
        assert!(file.contains(r"SUMMARY:a\nEND:VEVENT\nBEGIN:VALARM\nATTACH:http://x\n\;\,\\</textarea><script>"));
    }

    proptest! {
        #[test]
        fn lines_are_short_whole_characters_and_unfold_to_the_text(words in "[\\PC\r\n]{0,200}") {
            let file = file(&event(&words, "", &words));
            for line in file.split("\r\n") {
                prop_assert!(line.len() <= 75);
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let summary = format!("\r\nSUMMARY:{}\r\n", text(&words));
            prop_assert!(unfold(&file).contains(&summary));
        }
    }
}
