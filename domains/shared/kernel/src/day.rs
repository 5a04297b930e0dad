//! A date of the calendar, without time and without zone.

use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Lang, ParseError};

/// A date of the Gregorian calendar.
///
/// Birth dates, dates on papers and legal dates are of this type and never pass through an [`crate::Instant`]: between
/// 1986 and 1991 China had summer time, and a date that is turned into an instant and back may come out a day off.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Day(Date);

/// A day of the week, Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// 周一
    Mon,
    /// 周二
    Tue,
    /// 周三
    Wed,
    /// 周四
    Thu,
    /// 周五
    Fri,
    /// 周六
    Sat,
    /// 周日
    Sun,
}

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Weekday; 7] =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

    /// 1 for Monday to 7 for Sunday, as in ISO 8601.
    pub const fn iso(self) -> u8 {
        self as u8 + 1
    }

    /// The day with this ISO number, 1 for Monday to 7 for Sunday.
    pub fn from_iso(number: u8) -> Option<Weekday> {
        Self::ALL.get(usize::from(number).checked_sub(1)?).copied()
    }

    /// Saturday or Sunday.
    pub const fn is_weekend(self) -> bool {
        matches!(self, Weekday::Sat | Weekday::Sun)
    }

    /// `周三`, `Wed`.
    pub const fn text(self, lang: Lang) -> &'static str {
        const ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
        const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        match lang {
            Lang::Zh => ZH[self as usize],
            Lang::En => EN[self as usize],
        }
    }
}

const MONTHS_EN: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];

impl Day {
    /// The first day that the type holds, 1 January of the year 1.
    pub const MIN: Day = Day::ymd(1, 1, 1);
    /// The last day that the type holds, 31 December 9999: also "without end".
    pub const MAX: Day = Day::ymd(9999, 12, 31);

    /// The date, if there is such a one in the calendar.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Day> {
        (year >= 1).then(|| Date::new(year, month, day).ok().map(Day)).flatten()
    }

    /// The date, for constants and tests.
    ///
    /// # Panics
    /// If the calendar has no such date.
    pub const fn ymd(year: i16, month: i8, day: i8) -> Day {
        Day(jiff::civil::date(year, month, day))
    }

    /// Year, 1 to 9999.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// Day of the week.
    pub fn weekday(self) -> Weekday {
        Weekday::ALL[self.0.weekday().to_monday_zero_offset() as usize]
    }

    /// Whether the year has a 29 February.
    pub fn in_leap_year(self) -> bool {
        self.0.in_leap_year()
    }

    /// This many days later, or earlier if negative; stays within [`Day::MIN`] and [`Day::MAX`].
    pub fn plus_days(self, days: i64) -> Day {
        Day::from_epoch(self.to_epoch().saturating_add(days))
    }

    /// The same day of the month this many months later, or the last day of that month if it has no such day
    /// (Civil Code, article 202).
    pub fn plus_months(self, months: i32) -> Day {
        // 120,000 months are more than the type holds; beyond that the span itself would overflow.
        let span = Span::new().months(months.clamp(-120_000, 120_000));
        Day(self.0.saturating_add(span)).clamp(Day::MIN, Day::MAX)
    }

    /// The same date this many years later; 29 February becomes 28 February in a common year.
    pub fn plus_years(self, years: i32) -> Day {
        self.plus_months(years.saturating_mul(12))
    }

    /// Days from this one to the other: 0 for the same, negative if the other is earlier.
    pub fn days_until(self, other: Day) -> i64 {
        other.to_epoch() - self.to_epoch()
    }

    /// The first day of this month.
    pub fn first_of_month(self) -> Day {
        Day(self.0.first_of_month())
    }

    /// The last day of this month.
    pub fn last_of_month(self) -> Day {
        Day(self.0.last_of_month())
    }

    /// Eight digits: `20260520`.
    pub fn compact(self) -> String {
        format!("{:04}{:02}{:02}", self.year(), self.month(), self.day())
    }

    /// Reads eight digits, `20260520`, if they are a date.
    pub fn from_compact(digits: &str) -> Option<Day> {
        if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Day::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?)
    }

    /// `2026年5月20日（周三）`.
    pub fn zh(self) -> String {
        format!("{}（{}）", self.zh_plain(), self.weekday().text(Lang::Zh))
    }

    /// `2026年5月20日`, as documents write it.
    pub fn zh_plain(self) -> String {
        format!("{}年{}月{}日", self.year(), self.month(), self.day())
    }

    /// `20 May 2026 (Wed)`.
    pub fn en(self) -> String {
        format!("{} ({})", self.en_plain(), self.weekday().text(Lang::En))
    }

    /// `20 May 2026`, as documents write it.
    pub fn en_plain(self) -> String {
        format!("{} {} {}", self.day(), MONTHS_EN[self.month() as usize - 1], self.year())
    }

    /// The date with its day of the week in this language.
    pub fn text(self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    /// The date without the year: `9 月 18 日`, `18 September`.
    pub fn short(self, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("{} 月 {} 日", self.month(), self.day()),
            Lang::En => format!("{} {}", self.day(), MONTHS_EN[self.month() as usize - 1]),
        }
    }

    /// Days since 1 January 1970, which is 0.
    pub(crate) fn to_epoch(self) -> i64 {
        self.0.duration_since(jiff::civil::date(1970, 1, 1)).as_secs().div_euclid(86_400)
    }

    /// The inverse of [`Day::to_epoch`], kept within the range of the type.
    pub(crate) fn from_epoch(days: i64) -> Day {
        let days = days.clamp(Day::MIN.to_epoch(), Day::MAX.to_epoch());
        Day(jiff::civil::date(1970, 1, 1).saturating_add(Span::new().days(days)))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Day {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Day, ParseError> {
        let bytes = text.as_bytes();
        let well_formed = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
        well_formed.then(|| Day::from_compact(&text.replace('-', ""))).flatten().ok_or(ParseError { what: "day" })
    }
}

impl TryFrom<String> for Day {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Day, ParseError> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_and_writes_dates() {
        let day = Day::ymd(2026, 5, 20);
        assert_eq!(day.to_string(), "2026-05-20");
        assert_eq!("2026-05-20".parse(), Ok(day));
        assert_eq!((day.zh().as_str(), day.en().as_str()), ("2026年5月20日（周三）", "20 May 2026 (Wed)"));
        for wrong in ["2026-02-29", "2026-5-20", "20260520", "2026-05-20T00:00", "2026/05/20", "二〇二六-05-20", ""] {
            assert!(wrong.parse::<Day>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn months_without_that_day_end_on_their_last() {
        assert_eq!(Day::ymd(2026, 1, 31).plus_months(1), Day::ymd(2026, 2, 28));
        assert_eq!(Day::ymd(2004, 2, 29).plus_years(22), Day::ymd(2026, 2, 28));
        assert_eq!(Day::ymd(2004, 2, 29).plus_years(24), Day::ymd(2028, 2, 29));
    }

    #[test]
    fn stays_within_its_range() {
        assert_eq!(Day::MAX.plus_days(i64::MAX), Day::MAX);
        assert_eq!(Day::MIN.plus_days(i64::MIN), Day::MIN);
        assert_eq!(Day::MAX.plus_months(i32::MAX), Day::MAX);
        assert_eq!(Day::MIN.plus_years(i32::MIN), Day::MIN);
    }

    proptest! {
        #[test]
        fn adding_days_is_undone_by_counting_them(start in 0i64..40_000, days in -20_000i64..20_000) {
            let day = Day::from_epoch(start);
            prop_assert_eq!(day.days_until(day.plus_days(days)), days);
            prop_assert_eq!(day.to_string().parse::<Day>(), Ok(day));
            prop_assert_eq!(Day::from_compact(&day.compact()), Some(day));
        }
    }
}
