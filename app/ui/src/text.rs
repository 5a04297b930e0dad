//! Words, dates and times as a person reads them.

use kernel::{Day, Instant, Lang};

/// Picks the words of the page's language.
pub fn tr<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// A date with its weekday: `2026年5月20日（周三）`, `20 May 2026 (Wed)`.
pub fn date(lang: Lang, day: Day) -> String {
    day.text(lang)
}

/// A moment at China's time: the date and `09:30`.
pub fn moment(lang: Lang, at: Instant) -> String {
    format!("{} {}", date(lang, at.day()), at.hm())
}

/// A period within one day: `2026年5月20日（周三）09:30–10:00`.
pub fn time_range(lang: Lang, from: Instant, to: Instant) -> String {
    let gap = match lang {
        Lang::Zh => "",
        Lang::En => ", ",
    };
    format!("{}{gap}{}–{}", date(lang, from.day()), from.hm(), to.hm())
}

/// The size of a file on one line, in units of a thousand: `999 B`, `45 kB`, `1.2 MB`.
pub fn size(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes}\u{a0}B"),
        1_000..1_000_000 => format!("{}\u{a0}kB", bytes / 1_000),
        _ => format!("{}.{}\u{a0}MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// Sentences one after the other, each with its full stop; empty parts are left out.
pub fn sentences(lang: Lang, parts: &[String]) -> String {
    let bare: Vec<&str> = parts.iter().map(|part| part.trim_end_matches(['。', '.', ' '])).filter(|part| !part.is_empty()).collect();
    if bare.is_empty() { String::new() } else { bare.join(tr(lang, "。", ". ")) + tr(lang, "。", ".") }
}

/// A number of working days: `1个工作日`, `1 working day`, `3 working days`.
pub fn working_days(lang: Lang, n: i64) -> String {
    match (lang, n) {
        (Lang::Zh, _) => format!("{n}个工作日"),
        (Lang::En, 1) => "1 working day".to_owned(),
        (Lang::En, _) => format!("{n} working days"),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn small_files_are_not_told_as_nothing() {
        assert_eq!([0, 999, 45_310, 1_250_000].map(size), ["0\u{a0}B", "999\u{a0}B", "45\u{a0}kB", "1.2\u{a0}MB"]);
    }
}
