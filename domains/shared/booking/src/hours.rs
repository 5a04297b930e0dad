//! Opening hours: the week, the single days that differ from it, and whether an office opens on a day.

use std::fmt;
use std::str::FromStr;

use kernel::{Day, Instant, Text, Weekday};

/// A stretch of one day in minutes since midnight; `from < to <= 1440`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    from: u16,
    to: u16,
}

impl Span {
    /// The stretch, if it is not empty and stays within one day.
    pub fn new(from: u16, to: u16) -> Option<Self> {
        (from < to && to <= 1440).then_some(Self { from, to })
    }

    /// First minute.
    pub fn from(self) -> u16 {
        self.from
    }

    /// Minute after the last.
    pub fn to(self) -> u16 {
        self.to
    }

    /// Whether all of `from..to` lies inside.
    pub fn covers(self, from: u16, to: u16) -> bool {
        self.from <= from && to <= self.to
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", clock_text(self.from), clock_text(self.to))
    }
}

/// `540` → `09:00`.
pub fn clock_text(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// `09:00` → `540`; `24:00` is the end of a day.
pub fn clock_minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let total = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && total <= 1440).then_some(total)
}

/// The open stretches of one day, in order and apart from each other. Written `09:00-12:00 13:30-17:00`; empty is closed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hours(Vec<Span>);

/// A text that is no list of opening hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not opening hours: {0}")]
pub struct BadHours(pub String);

impl Hours {
    /// The stretches, in order.
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// Whether the day is closed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one stretch holds all of `from..to`.
    pub fn cover(&self, from: u16, to: u16) -> bool {
        self.0.iter().any(|span| span.covers(from, to))
    }
}

impl FromStr for Hours {
    type Err = BadHours;

    fn from_str(text: &str) -> Result<Self, BadHours> {
        let bad = || BadHours(text.to_owned());
        let mut spans = Vec::new();
        for part in text.split([' ', ',', '，', '、', ';', '；']).filter(|part| !part.trim().is_empty()) {
            let (from, to) = part.split_once(['-', '–', '—', '~']).ok_or_else(bad)?;
            let (from, to) = (clock_minute(from).ok_or_else(bad)?, clock_minute(to).ok_or_else(bad)?);
            spans.push(Span::new(from, to).ok_or_else(bad)?);
        }
        spans.sort_unstable();
        let apart = spans.windows(2).all(|pair| pair[0].to <= pair[1].from);
        if apart { Ok(Self(spans)) } else { Err(bad()) }
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, span) in self.0.iter().enumerate() {
            if n > 0 {
                f.write_str(" ")?;
            }
            span.fmt(f)?;
        }
        Ok(())
    }
}

/// Position of a weekday in stored data: Monday is 1, Sunday is 7.
pub fn weekday_number(weekday: Weekday) -> u8 {
    match weekday {
        Weekday::Mon => 1,
        Weekday::Tue => 2,
        Weekday::Wed => 3,
        Weekday::Thu => 4,
        Weekday::Fri => 5,
        Weekday::Sat => 6,
        Weekday::Sun => 7,
    }
}

/// The hours of an ordinary week, Monday first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Week(pub [Hours; 7]);

impl Week {
    /// The same hours from Monday to Friday, closed at the weekend.
    pub fn five_days(hours: &Hours) -> Self {
        let mut week = Self::default();
        for day in &mut week.0[..5] {
            *day = hours.clone();
        }
        week
    }

    /// The hours of one weekday.
    pub fn of(&self, weekday: Weekday) -> &Hours {
        &self.0[usize::from(weekday_number(weekday)) - 1]
    }
}

/// What is different on one day of one office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayRule {
    /// The day.
    pub day: Day,
    /// Open at these hours; closed if empty.
    pub hours: Hours,
    /// When the difference was published; an opening on a rest day counts only if that was before the day.
    pub published_at: Option<Instant>,
    /// Why, in both languages; shown beside the hours.
    pub note: Text,
}

/// Whether an office opens on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// Open at these hours.
    Open(Hours),
    /// A rest day, or a weekday on which this office never opens.
    Rest,
    /// Closed by a rule of its own for this day.
    Closed(Text),
}

impl Opening {
    /// The hours, none when closed.
    pub fn hours(&self) -> Option<&Hours> {
        match self {
            Self::Open(hours) => Some(hours),
            Self::Rest | Self::Closed(_) => None,
        }
    }

    /// Whether the office opens at all.
    pub fn is_open(&self) -> bool {
        self.hours().is_some()
    }
}

/// Whether an office opens on `day` (R-MR-47).
///
/// `workday` is what the national calendar says. On a rest day an office opens only by a rule for that day which was
/// published before the day began. On a weekend that is worked in exchange, the hours of Monday hold unless the week
/// names others.
pub fn opening(week: &Week, rule: Option<&DayRule>, day: Day, workday: bool, now: Instant) -> Opening {
    if let Some(rule) = rule {
        if rule.hours.is_empty() {
            return Opening::Closed(rule.note.clone());
        }
        let published = rule.published_at.is_some_and(|at| at <= now && at.day() < day);
        if workday || published {
            return Opening::Open(rule.hours.clone());
        }
    }
    if !workday {
        return Opening::Rest;
    }
    let own = week.of(day.weekday());
    let hours = if own.is_empty() && weekday_number(day.weekday()) > 5 { week.of(Weekday::Mon) } else { own };
    if hours.is_empty() { Opening::Rest } else { Opening::Open(hours.clone()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week() -> Week {
        Week::five_days(&"09:00-12:00 13:30-17:00".parse().expect("valid hours"))
    }

    fn rule(day: Day, hours: &str, published: Option<Instant>) -> DayRule {
        DayRule { day, hours: hours.parse().expect("valid hours"), published_at: published, note: Text::new("特别开放", "special") }
    }

    #[test]
    fn hours_are_read_in_any_order_and_never_overlap() {
        let hours: Hours = "13:30-17:00，9:00-12:00".parse().expect("two stretches");
        assert_eq!(hours.to_string(), "09:00-12:00 13:30-17:00");
        assert!(hours.cover(540, 570) && !hours.cover(700, 730));
        for bad in ["9-12", "12:00-09:00", "09:00-12:00 11:00-13:00", "09:60-10:00", "23:00-24:01", "<script>"] {
            assert!(bad.parse::<Hours>().is_err(), "{bad}");
        }
        assert!("".parse::<Hours>().expect("closed").is_empty());
    }

    #[test]
    fn r_mr_47_opens_on_a_rest_day_only_when_published_before() {
        let day = Day::ymd(2026, 2, 14).plus_days(1);
        let eve = Instant::at(day, 0).plus_secs(-1);
        let midnight = Instant::at(day, 0);
        let open = |published, now| opening(&week(), Some(&rule(day, "09:00-12:00", published)), day, false, now).is_open();
        assert!(!open(None, midnight), "not published");
        assert!(open(Some(eve), eve), "published at 23:59:59 of the day before");
        assert!(!open(Some(midnight), midnight.plus_hours(9)), "published on the day itself");
        assert!(!open(Some(eve), eve.plus_secs(-1)), "not yet published");
        assert_eq!(opening(&week(), None, day, false, midnight), Opening::Rest);
    }

    #[test]
    fn a_worked_weekend_has_mondays_hours_and_a_closure_wins() {
        let saturday = Day::ymd(2026, 2, 14);
        let now = Instant::at(saturday, 0);
        assert_eq!(opening(&week(), None, saturday, true, now).hours().map(ToString::to_string).as_deref(), Some("09:00-12:00 13:30-17:00"));
        assert!(matches!(opening(&week(), Some(&rule(saturday, "", None)), saturday, true, now), Opening::Closed(_)));
    }
}
