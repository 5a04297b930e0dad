//! The calendar of working days and the counting of periods (C-08 … C-12, K1 … K9).
//!
//! A day rests if it is a weekend day that is not worked for another one, or lies in a holiday block of the yearly
//! notice. Years without a notice are computed from the statutory holidays; what was counted in them is *provisional*.

mod count;
mod explain;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use count::{Due, Period, Receipt, Roll, Skipped, Suspension};

use crate::{Day, Issue, Refusal};

/// What a day is (K7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DayKind {
    /// 工作日
    Workday,
    /// 休息日: Saturday or Sunday outside a holiday block.
    Weekend,
    /// 法定节假日: a day of a holiday block, days taken in lieu included.
    Holiday,
    /// 调休上班: a Saturday or Sunday that is worked.
    Makeup,
}

impl DayKind {
    /// Whether offices work on it.
    pub const fn is_work(self) -> bool {
        matches!(self, DayKind::Workday | DayKind::Makeup)
    }
}

/// A day on which a year differs from plain weeks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialDay {
    /// [`DayKind::Holiday`] or [`DayKind::Makeup`].
    pub kind: DayKind,
    /// The holiday that it belongs to: `国庆`.
    pub name: String,
}

/// The notice of one year: its special days and the paper that ordered them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarYear {
    /// The year.
    pub year: i16,
    /// Number or address of the notice.
    pub source: String,
    /// Holidays and worked weekend days.
    pub special: BTreeMap<Day, SpecialDay>,
}

impl CalendarYear {
    /// Reads a notice as lines `date,kind,name` with kind `holiday` or `makeup`; a first line `date,kind,name` may
    /// stand above. All wrong lines are told together (field `calendar`).
    pub fn parse(year: i16, source: &str, table: &str) -> Result<CalendarYear, Refusal> {
        let mut issues = crate::Issues::default();
        let mut special = BTreeMap::new();
        for (line, text) in (1..).zip(table.trim_start_matches('\u{feff}').lines().map(str::trim)) {
            if text.is_empty() || (line == 1 && text.starts_with("date")) {
                continue;
            }
            match special_day(year, text) {
                Some((day, entry)) if !special.contains_key(&day) => {
                    special.insert(day, entry);
                }
                _ => issues.add(wrong_line(line, text)),
            }
        }
        issues.finish()?;
        Ok(CalendarYear { year, source: source.to_string(), special })
    }
}

/// The years of which the notice is known, and the statutory holidays for those of which it is not.
///
/// The program's own calendar is [`Calendar::builtin`]; tests make theirs from it. A clone shares the years.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i16, Arc<CalendarYear>>,
    statutory: Arc<BTreeMap<Day, String>>,
}

impl Calendar {
    /// The calendar that the program carries: notices of 2004 to 2026, statutory holidays of 2027 to 2040.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn builtin() -> &'static Calendar {
        static CALENDAR: std::sync::LazyLock<Calendar> = std::sync::LazyLock::new(Calendar::read);
        &CALENDAR
    }

    /// The same calendar with the notice of another year, or with a new one in its place.
    pub fn with(mut self, year: CalendarYear) -> Calendar {
        self.years.insert(year.year, Arc::new(year));
        self
    }

    /// The same calendar as if the notice of that year were not known.
    pub fn without(mut self, year: i16) -> Calendar {
        self.years.remove(&year);
        self
    }

    /// Compares a notice with the statutory holidays of its year: a notice that works on one of them has a slip in it
    /// (E-CAL03, field `calendar`).
    pub fn check(&self, notice: &CalendarYear) -> Result<(), Refusal> {
        let rests = |day: &Day| notice.special.get(day).is_some_and(|entry| entry.kind == DayKind::Holiday);
        let (first, last) = (Day::new(notice.year, 1, 1), Day::new(notice.year, 12, 31));
        let of_year = self.statutory.iter().filter(|(day, _)| Some(**day) >= first && Some(**day) <= last);
        let missing: Vec<Issue> =
            of_year.filter(|(day, _)| !rests(day)).map(|(day, name)| missing_holiday(*day, name)).collect();
        if missing.is_empty() { Ok(()) } else { Err(Refusal(missing)) }
    }

    /// The years whose notice is known.
    pub fn years(&self) -> impl Iterator<Item = &CalendarYear> {
        self.years.values().map(Arc::as_ref)
    }

    /// Whether the notice of that year is known.
    pub fn is_loaded(&self, year: i16) -> bool {
        self.years.contains_key(&year)
    }

    /// What that day is.
    pub fn kind(&self, day: Day) -> DayKind {
        let special = match self.years.get(&day.year()) {
            Some(year) => year.special.get(&day).map(|entry| entry.kind),
            None => self.statutory.contains_key(&day).then_some(DayKind::Holiday),
        };
        special.unwrap_or(if day.weekday().is_weekend() { DayKind::Weekend } else { DayKind::Workday })
    }

    /// The holiday that the day belongs to, rest day or worked for it.
    pub fn name(&self, day: Day) -> Option<&str> {
        match self.years.get(&day.year()) {
            Some(year) => year.special.get(&day).map(|entry| entry.name.as_str()),
            None => self.statutory.get(&day).map(String::as_str),
        }
    }

    /// Whether offices work on that day.
    pub fn is_workday(&self, day: Day) -> bool {
        self.kind(day).is_work()
    }

    /// That day or the first working day after it.
    pub fn workday_on_or_after(&self, day: Day) -> Day {
        let mut day = day;
        while !self.is_workday(day) && day < Day::MAX {
            day = day.plus_days(1);
        }
        day
    }

    /// Working days after `from` up to and with `to`; negative if `to` is earlier.
    pub fn workdays_between(&self, from: Day, to: Day) -> i64 {
        if to < from {
            return -self.workdays_between(to, from);
        }
        (1..=from.days_until(to)).filter(|days| self.is_workday(from.plus_days(*days))).count() as i64
    }

    /// Years of which a counted day was not known for certain.
    fn unknown_years(&self, days: impl IntoIterator<Item = Day>) -> BTreeSet<i16> {
        days.into_iter().map(Day::year).filter(|year| !self.is_loaded(*year)).collect()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn read() -> Calendar {
        const NOTICES: &str = include_str!("../data/workdays_2004_2026.csv");
        const STATUTORY: &str = include_str!("../data/statutory_holidays_2027_2040.csv");
        let mut years: BTreeMap<i16, CalendarYear> = BTreeMap::new();
        for [date, kind, name] in crate::rows(NOTICES) {
            let day: Day = date.parse().expect("the carried table holds only dates");
            let kind = if kind == "makeup" { DayKind::Makeup } else { DayKind::Holiday };
            let year = years.entry(day.year()).or_insert_with(|| CalendarYear {
                year: day.year(),
                source: format!("国务院办公厅关于{}年部分节假日安排的通知", day.year()),
                special: BTreeMap::new(),
            });
            year.special.insert(day, SpecialDay { kind, name: name.to_string() });
        }
        let statutory = crate::rows(STATUTORY)
            .map(|[date, name]| (date.parse().expect("the carried table holds only dates"), name.to_string()))
            .collect();
        Calendar { years: years.into_iter().map(|(year, notice)| (year, Arc::new(notice))).collect(), statutory: Arc::new(statutory) }
    }
}

fn special_day(year: i16, line: &str) -> Option<(Day, SpecialDay)> {
    let mut cells = line.split(',').map(str::trim);
    let day: Day = cells.next()?.parse().ok().filter(|day: &Day| day.year() == year)?;
    let kind = match cells.next()? {
        "holiday" => DayKind::Holiday,
        // Only a day that would rest can be worked in place of another.
        "makeup" if day.weekday().is_weekend() => DayKind::Makeup,
        _ => return None,
    };
    let name = crate::text::line(cells.next()?);
    (!name.is_empty() && cells.next().is_none()).then_some((day, SpecialDay { kind, name }))
}

fn wrong_line(line: usize, text: &str) -> Issue {
    let zh = format!("第{line}行“{text}”应为“日期,holiday或makeup,节日名称”，日期须属于该年且不重复");
    let en = format!("Line {line}, \"{text}\", must be \"date,holiday or makeup,name\", each date of that year once");
    Issue::error("E-CAL02", zh, en).field("calendar").rule("K7").param("line", line)
}

fn missing_holiday(day: Day, name: &str) -> Issue {
    let zh = format!("{}（{name}）是法定节假日，表中却不是放假日，请核对通知原文", day.zh_plain());
    let en = format!("{} ({name}) is a statutory holiday but not a day off in the table; compare the notice", day.en_plain());
    Issue::error("E-CAL03", zh, en).field("calendar").rule("C-09").param("day", day).law("全国年节及纪念日放假办法第2条")
}

#[cfg(test)]
mod tests;
