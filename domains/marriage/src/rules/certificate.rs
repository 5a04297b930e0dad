//! Rules about certificate numbers, booklets and corrections: R-MR-32 … 34 and 46. Public queries (R-MR-48) are those of `licences`.

use std::fmt;

use kernel::Issue;

use crate::issues;
use crate::model::Snapshot;
use crate::parameters::parameters;

/// Kinds of certificate, by the letters before the number (R-MR-32).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Prefix {
    /// 结婚证.
    J,
    /// 离婚证.
    L,
    /// 补发结婚证.
    BJ,
    /// 补发离婚证.
    BL,
}

impl Prefix {
    const ALL: [Self; 4] = [Self::BJ, Self::BL, Self::J, Self::L];

    /// The letters.
    pub fn letters(self) -> &'static str {
        match self {
            Self::J => "J",
            Self::L => "L",
            Self::BJ => "BJ",
            Self::BL => "BL",
        }
    }
}

/// The number of a certificate (证件字号): prefix, region of the registering authority, year of issue, serial.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CertNo {
    /// Kind of certificate.
    pub prefix: Prefix,
    /// Six digits of the authority's region.
    pub region6: String,
    /// Year of issue.
    pub year: i16,
    /// 1 … 999999, gapless within prefix, region and year.
    pub serial: i64,
}

impl CertNo {
    /// A number; none when the serial is outside its range, which `MR-E34` tells.
    pub fn new(prefix: Prefix, region6: &str, year: i16, serial: i64) -> Result<Self, Issue> {
        let rules = &parameters().certificate;
        if serial < rules.first_serial.value || serial > rules.last_serial.value {
            return Err(issues::numbers_used_up());
        }
        Ok(Self { prefix, region6: region6.to_owned(), year, serial })
    }

    /// Reads a number in its one form, `J110101-2010-000001`. Spaces, dashes of other kinds and full-width letters are accepted.
    pub fn parse(typed: &str) -> Result<Self, Issue> {
        let plain = kernel::text::code(typed);
        let prefix = Prefix::ALL.into_iter().find(|prefix| plain.starts_with(prefix.letters())).ok_or_else(issues::number_malformed)?;
        let digits = &plain[prefix.letters().len()..];
        if digits.len() != 16 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(issues::number_malformed());
        }
        let year = digits[6..10].parse().map_err(|_| issues::number_malformed())?;
        let serial = digits[10..].parse().map_err(|_| issues::number_malformed())?;
        Self::new(prefix, &digits[..6], year, serial).map_err(|_| issues::number_malformed())
    }
}

impl fmt::Display for CertNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}-{:04}-{:06}", self.prefix.letters(), self.region6, self.year, self.serial)
    }
}

/// Characters of a certificate number on an old paper at most.
const LONGEST_OLD: usize = 60;

/// The number of a marriage certificate as it is printed: in the one form of today, or as an old paper has it, in words such as 城婚字第1号.
pub fn printed_number(typed: &str) -> Result<String, Issue> {
    let plain = kernel::text::line(typed);
    let is_old = plain.chars().any(|c| matches!(c, '字' | '第' | '号')) && plain.chars().count() <= LONGEST_OLD;
    if is_old { Ok(plain) } else { CertNo::parse(typed).map(|number| number.to_string()) }
}

/// A print serial as printed in a booklet: 8–12 digits.
pub fn parse_serial(typed: &str, field: &str) -> Result<String, Issue> {
    let plain = kernel::text::code(typed);
    if (8..=12).contains(&plain.len()) && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(plain)
    } else {
        Err(issues::serial_not_in_stock(field, &plain))
    }
}

/// Refuses a correction that is no typing error: name and number may lose a wrong character, but not both change (R-MR-46).
///
/// Returns whether anything changed at all.
pub fn correctable(before: &Snapshot, after: &Snapshot) -> Result<bool, Issue> {
    let name_changed = before.name != after.name;
    let number_changed = before.id_no != after.id_no;
    let identity_changed = (name_changed && number_changed) || before.sex != after.sex || differs_in_more_than_one(&before.name, &after.name);
    if identity_changed { Err(issues::not_a_typing_error()) } else { Ok(before != after) }
}

fn differs_in_more_than_one(before: &str, after: &str) -> bool {
    let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    before.len().abs_diff(after.len()) > 1 || before.iter().zip(&after).filter(|(x, y)| x != y).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample;

    #[test]
    fn r_mr_32_takes_the_one_form_and_no_other() {
        let number = CertNo::parse("J110101-2010-000001").expect("well formed");
        assert_eq!(number.to_string(), "J110101-2010-000001");
        assert_eq!(CertNo::parse("ＢＪ990101–2026–000123").expect("full width").to_string(), "BJ990101-2026-000123");
        for wrong in ["", "X110101-2010-000001", "J11010-2010-000001", "J110101-2010-00001", "J110101-2010-000000", "J110101-2010-0000o1"] {
            assert_eq!(CertNo::parse(wrong).expect_err(wrong).code, "MR-E32", "{wrong}");
        }
    }

    #[test]
    fn r_mr_34_tells_when_the_numbers_of_a_year_are_used_up() {
        assert!(CertNo::new(Prefix::J, "990101", 2026, 999_999).is_ok());
        assert_eq!(CertNo::new(Prefix::J, "990101", 2026, 1_000_000).expect_err("too high").code, "MR-E34");
    }

    #[test]
    fn r_mr_33_a_print_serial_is_eight_to_twelve_digits() {
        assert_eq!(parse_serial(" 1200 0001 ", "serial_a").expect("spaces are nothing"), "12000001");
        assert_eq!(parse_serial("12-A", "serial_a").expect_err("letters").code, "MR-E33b");
    }

    #[test]
    fn r_mr_46_corrects_typing_errors_and_refuses_new_names() {
        let before = sample::man();
        let typo = Snapshot { name: "张测式".to_owned(), ..before.clone() };
        assert!(correctable(&before, &typo).expect("one character"));
        let renamed = Snapshot { name: "王某".to_owned(), ..before.clone() };
        assert_eq!(correctable(&before, &renamed).expect_err("another name").code, "MR-E46");
        let other = Snapshot { name: "张测式".to_owned(), id_no: "990101198506154013".to_owned(), ..before.clone() };
        assert_eq!(correctable(&before, &other).expect_err("another person").code, "MR-E46");
        assert!(!correctable(&before, &before.clone()).expect("nothing changed"));
    }
}
