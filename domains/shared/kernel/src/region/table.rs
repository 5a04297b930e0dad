//! The table of divisions: today's with their names, and the codes of the past with what became of them (C-05).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Level, RegionCode};
use crate::{Day, IdNumber, Issue, rows};

const CURRENT: &str = include_str!("../../data/divisions.csv");
const HISTORY: &str = include_str!("../../data/divisions_history.csv");
/// City rows that only hold counties together and are never shown to a person.
const PLACEHOLDERS: [&str; 4] = ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"];

/// One division for as long as it bore this code and name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its code.
    pub code: RegionCode,
    /// Its own name, without those above it.
    pub name: String,
    /// The division that it belongs to.
    pub parent: Option<RegionCode>,
    /// First day of this code and name, where known. The sources give years: 1 January.
    pub valid_from: Option<Day>,
    /// Last day, or none while in force. The sources give years: 31 December.
    pub valid_to: Option<Day>,
    /// The code that took its place, where known.
    pub successor: Option<RegionCode>,
}

impl Region {
    /// Whether the code was in force on that day.
    pub fn is_valid_on(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// A row that only groups counties (市辖区): left out of names that people see.
    pub fn is_placeholder(&self) -> bool {
        self.code.level() == Level::City && PLACEHOLDERS.contains(&self.name.as_str())
    }
}

/// The divisions of the country, today's and past ones.
#[derive(Clone, Debug, Default)]
pub struct RegionTable {
    current: HashMap<RegionCode, Region>,
    children: HashMap<RegionCode, Vec<RegionCode>>,
    past: HashMap<RegionCode, Vec<Region>>,
}

impl RegionTable {
    /// The table that the program carries: divisions of 2023-06-30 down to the street, county codes back to 1980.
    pub fn builtin() -> &'static RegionTable {
        static TABLE: LazyLock<RegionTable> = LazyLock::new(RegionTable::read);
        &TABLE
    }

    /// The same table with further divisions: unassigned test regions, villages, a local change.
    pub fn with(mut self, regions: impl IntoIterator<Item = Region>) -> RegionTable {
        for region in regions {
            self.add(region);
        }
        self
    }

    /// The division that bears this code today.
    pub fn get(&self, code: RegionCode) -> Option<&Region> {
        self.current.get(&code)
    }

    /// The division that bore this code on that day.
    pub fn on(&self, code: RegionCode, day: Day) -> Option<&Region> {
        let past = self.past.get(&code).into_iter().flatten().find(|region| region.is_valid_on(day));
        past.or_else(|| self.get(code).filter(|region| region.is_valid_on(day)))
    }

    /// Whether the code is or ever was assigned.
    pub fn was_ever_assigned(&self, code: RegionCode) -> bool {
        self.current.contains_key(&code) || self.past.contains_key(&code)
    }

    /// The code in force today for a place that bore this one: the code itself, or its last known successor.
    pub fn today(&self, code: RegionCode) -> Option<RegionCode> {
        let mut at = code;
        // A chain of more than ten changes would be a loop in the data.
        for _ in 0..10 {
            if self.current.contains_key(&at) {
                return Some(at);
            }
            at = self.past.get(&at)?.iter().rev().find_map(|region| region.successor)?;
        }
        None
    }

    /// The divisions directly below, in the order of their codes.
    pub fn children(&self, code: RegionCode) -> impl Iterator<Item = &Region> {
        self.children.get(&code).into_iter().flatten().filter_map(|child| self.current.get(child))
    }

    /// All divisions of today, in no particular order.
    pub fn all(&self) -> impl Iterator<Item = &Region> {
        self.current.values()
    }

    /// The full name from the province down, without rows that only group: `山东省济南市历下区`.
    pub fn full_name(&self, code: RegionCode) -> String {
        let mut names: Vec<&str> = Vec::new();
        let mut at = self.get(code);
        while let Some(region) = at {
            if !region.is_placeholder() {
                names.push(&region.name);
            }
            at = region.parent.and_then(|parent| self.get(parent));
        }
        names.into_iter().rev().collect()
    }

    /// A warning if the first six digits of an identity number were never a division (C-05). Many old codes are
    /// cancelled and some places kept their own lists, hence never a refusal.
    pub fn check(&self, number: &IdNumber) -> Option<Issue> {
        (!self.was_ever_assigned(number.region())).then(|| {
            Issue::warn(
                "C-W05",
                "身份证号码前六位不在行政区划历史代码表中，请核对原件",
                "the first six digits are in no table of divisions, past or present; check the original",
            )
            .field("id_no")
            .rule("C-05")
            .param("region", number.region())
        })
    }

    fn add(&mut self, region: Region) {
        if region.valid_to.is_some() {
            self.past.entry(region.code).or_default().push(region);
            return;
        }
        if let Some(parent) = region.parent {
            let siblings = self.children.entry(parent).or_default();
            if let Err(place) = siblings.binary_search(&region.code) {
                siblings.insert(place, region.code);
            }
        }
        self.current.insert(region.code, region);
    }

    fn read() -> RegionTable {
        let code = |text: &str| RegionCode::parse(text).expect("the carried table holds only codes");
        let day = |text: &str| (!text.is_empty()).then(|| text.parse().expect("the carried table holds only dates"));
        let mut table = RegionTable::default();
        for [region, name, _level, parent] in rows(CURRENT) {
            table.add(Region {
                code: code(region),
                name: name.to_string(),
                parent: Some(if parent.is_empty() { RegionCode::NATION } else { code(parent) }),
                valid_from: None,
                valid_to: None,
                successor: None,
            });
        }
        for [region, name, from, to, successor] in rows(HISTORY) {
            let region = code(region);
            table.add(Region {
                code: region,
                name: name.to_string(),
                parent: region.parent(),
                valid_from: day(from),
                valid_to: day(to),
                successor: (!successor.is_empty()).then(|| code(successor)),
            });
        }
        // 830000 is in no table of divisions: it opens the numbers of residence permits for people from Taiwan (C-07).
        let taiwan = code("830000");
        let name = "台湾居民居住证".to_string();
        let end = Some(Day::MAX);
        table.past.insert(
            taiwan,
            vec![Region { code: taiwan, name, parent: None, valid_from: None, valid_to: end, successor: None }],
        );
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RegionCode {
        text.parse().expect("written here")
    }

    #[test]
    fn c_05_knows_past_codes_and_what_became_of_them() {
        let table = RegionTable::builtin();
        let miyun = code("110228");
        assert_eq!(table.get(miyun), None);
        assert_eq!(table.on(miyun, Day::ymd(2000, 1, 1)).map(|region| region.name.as_str()), Some("密云县"));
        assert_eq!(table.on(miyun, Day::ymd(2020, 1, 1)), None);
        assert_eq!(table.today(miyun), Some(code("110118")));
        assert_eq!(table.today(code("330104")), Some(code("330102")));
        assert_eq!(table.today(code("999999")), None);
    }

    #[test]
    fn c_05_every_successor_is_known_and_leads_to_an_end() {
        let table = RegionTable::builtin();
        for region in table.past.values().flatten() {
            let Some(successor) = region.successor else { continue };
            assert!(table.was_ever_assigned(successor), "{region:?}");
            assert_ne!(successor, region.code);
        }
    }

    #[test]
    fn c_05_an_unknown_region_is_a_warning() {
        let table = RegionTable::builtin();
        let today = Day::ymd(2026, 5, 20);
        let known = IdNumber::parse("11010519491231002X", today).expect("the example of the standard");
        let made_up = IdNumber::parse("990101200405200017", today).expect("a test person");
        assert_eq!(table.check(&known), None);
        let warning = table.check(&made_up).expect("990101 is not assigned");
        assert_eq!((warning.code.as_ref(), warning.is_error()), ("C-W05", false));
    }

    #[test]
    fn names_leave_out_rows_that_only_group() {
        let table = RegionTable::builtin();
        assert_eq!(table.full_name(code("110105")), "北京市朝阳区");
        assert_eq!(table.full_name(code("370102")), "山东省济南市历下区");
        assert_eq!(table.children(RegionCode::NATION).count(), 34);
        assert!(table.children(code("370100")).any(|region| region.name == "历下区"));
    }
}
