//! Codes of administrative divisions: GB/T 2260 (six digits), GB/T 10114 (nine, township), statistical village codes
//! (twelve). The table of names and of past codes is in [`table`] and stays out of the browser.

#[cfg(not(target_arch = "wasm32"))]
pub mod table;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{ParseError, Text};

#[cfg(not(target_arch = "wasm32"))]
pub use table::{Region, RegionTable};

/// How high a division stands, from the whole country down to the village.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 国家: code 000000.
    Nation,
    /// 省级
    Province,
    /// 地级
    City,
    /// 县级
    County,
    /// 乡级: towns, townships, streets.
    Township,
    /// 村级: villages and residents' committees.
    Village,
}

impl Level {
    /// The value of 行使层级 in GB/T 39046, table A.2: 1 for the nation to 6 for the village.
    pub const fn code(self) -> u8 {
        self as u8 + 1
    }

    /// `县级`, `county level`.
    pub fn text(self) -> Text {
        match self {
            Level::Nation => Text::fixed("国家级", "national level"),
            Level::Province => Text::fixed("省级", "provincial level"),
            Level::City => Text::fixed("地市级", "city level"),
            Level::County => Text::fixed("县级", "county level"),
            Level::Township => Text::fixed("乡镇（街道）级", "township level"),
            Level::Village => Text::fixed("村（社区）级", "village level"),
        }
    }
}

/// The code of a division: six digits down to the county, nine for a township, twelve for a village.
///
/// Longer codes that only pad with `000` are shortened, so that one division has one code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct RegionCode {
    /// ASCII digits, NUL behind the end.
    digits: [u8; 12],
}

impl RegionCode {
    /// The whole country, `000000`: the root of all divisions.
    pub const NATION: RegionCode = RegionCode { digits: *b"000000\0\0\0\0\0\0" };

    /// Reads 6, 9 or 12 digits; full-width digits and spaces are accepted. Whether the division exists is not asked
    /// here (see [`table::RegionTable`]).
    pub fn parse(typed: &str) -> Result<RegionCode, ParseError> {
        let code = crate::text::code(typed);
        let all_digits = code.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits || !matches!(code.len(), 6 | 9 | 12) {
            return Err(ParseError { what: "region code" });
        }
        let mut short = code.as_str();
        while short.len() > 6 && short.ends_with("000") {
            short = &short[..short.len() - 3];
        }
        let mut digits = [0; 12];
        digits[..short.len()].copy_from_slice(short.as_bytes());
        Ok(RegionCode { digits })
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        let end = self.digits.iter().position(|digit| *digit == 0).unwrap_or(self.digits.len());
        std::str::from_utf8(&self.digits[..end]).expect("only ASCII digits are put in")
    }

    /// How high the division stands, as the code says.
    pub fn level(&self) -> Level {
        match self.significant().len() {
            0 => Level::Nation,
            2 => Level::Province,
            4 => Level::City,
            6 => Level::County,
            9 => Level::Township,
            _ => Level::Village,
        }
    }

    /// The division above, as the code says; none above the nation.
    pub fn parent(&self) -> Option<RegionCode> {
        let keep = match self.level() {
            Level::Nation => return None,
            Level::Province => 0,
            Level::City => 2,
            Level::County => 4,
            Level::Township => 6,
            Level::Village => 9,
        };
        let mut digits = [0; 12];
        digits[..6].fill(b'0');
        digits[..keep].copy_from_slice(&self.digits[..keep]);
        Some(RegionCode { digits })
    }

    /// This division and all above it, the nation last.
    pub fn ancestors(self) -> impl Iterator<Item = RegionCode> {
        std::iter::successors(Some(self), RegionCode::parent)
    }

    /// Whether the other division is this one or lies in it, as the codes say.
    pub fn contains(&self, other: &RegionCode) -> bool {
        other.as_str().starts_with(self.significant())
    }

    /// The county or higher division as six digits.
    pub fn county(&self) -> RegionCode {
        let mut digits = [0; 12];
        digits[..6].copy_from_slice(&self.digits[..6]);
        RegionCode { digits }
    }

    /// The digits without the zeros that only fill: `37` for a province, `3701` for a city.
    fn significant(&self) -> &str {
        let code = self.as_str();
        match code {
            "000000" => "",
            _ if code.len() > 6 => code,
            _ if code.ends_with("0000") => &code[..2],
            _ if code.ends_with("00") => &code[..4],
            _ => code,
        }
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for RegionCode {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<RegionCode, ParseError> {
        RegionCode::parse(text)
    }
}

impl TryFrom<String> for RegionCode {
    type Error = ParseError;

    fn try_from(text: String) -> Result<RegionCode, ParseError> {
        text.parse()
    }
}

impl From<RegionCode> for String {
    fn from(code: RegionCode) -> String {
        code.as_str().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(text: &str) -> RegionCode {
        text.parse().expect("written here")
    }

    #[test]
    fn c_05_levels_and_parents_follow_from_the_digits() {
        let village = code("990102001001");
        let path: Vec<_> = village.ancestors().map(|above| above.to_string()).collect();
        assert_eq!(path, ["990102001001", "990102001", "990102", "990100", "990000", "000000"]);
        assert_eq!(village.level(), Level::Village);
        assert_eq!(code("990181").level().code(), 4);
        assert_eq!(code("110101001000"), code("110101001"));
        assert_eq!(code("１１０１０１０００"), code("110101"));
        for wrong in ["", "99010", "9901020", "99O102", "9901020010011"] {
            assert!(RegionCode::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn c_05_a_division_contains_what_lies_in_it() {
        assert!(code("990100").contains(&code("990102001")));
        assert!(!code("990100").contains(&code("990202")));
        assert!(RegionCode::NATION.contains(&code("980102")));
        assert!(!code("990102").contains(&code("990100")));
    }

    proptest! {
        #[test]
        fn every_ancestor_contains_its_descendant(digits in "[1-9][0-9]{5}([0-9]{3}([0-9]{3})?)?") {
            let region = code(&digits);
            for above in region.ancestors() {
                prop_assert!(above.contains(&region));
                prop_assert!(above.level() <= region.level());
            }
        }
    }
}
