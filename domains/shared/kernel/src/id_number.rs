//! The citizen identity number (公民身份号码), GB 11643.

use std::fmt;

use crate::{Day, Issue, Issues, Refusal, RegionCode, iso7064, mask, text};

/// Sex as registered. The code list GB/T 2261.1 has more values; an identity number knows these two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// 男, code 1.
    Male,
    /// 女, code 2.
    Female,
}

impl Sex {
    /// The value in GB/T 2261.1: `1` or `2`.
    pub const fn code(self) -> &'static str {
        match self {
            Sex::Male => "1",
            Sex::Female => "2",
        }
    }

    /// The sex with this value of GB/T 2261.1, if it is 1 or 2.
    pub fn from_code(code: &str) -> Option<Sex> {
        match code {
            "1" => Some(Sex::Male),
            "2" => Some(Sex::Female),
            _ => None,
        }
    }

    /// `男` or `女`, `male` or `female`.
    pub const fn text(self, lang: crate::Lang) -> &'static str {
        match (self, lang) {
            (Sex::Male, crate::Lang::Zh) => "男",
            (Sex::Male, crate::Lang::En) => "male",
            (Sex::Female, crate::Lang::Zh) => "女",
            (Sex::Female, crate::Lang::En) => "female",
        }
    }
}

/// A number that keeps the rules C-01 and C-02: check character and a possible date of birth.
///
/// Its text is not in `Debug`, so that it does not reach a log.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdNumber {
    /// As on the paper: 18 characters, or 15 digits from a record before 2013.
    written: String,
    /// 18 characters in every case.
    key: String,
    birth: Day,
}

impl IdNumber {
    /// Reads a number of 18 characters (C-01, C-02, C-06, C-E07). Full-width digits, spaces and a small x are
    /// accepted. The issues name the field `id_no`.
    ///
    /// `today` bounds the date of birth.
    pub fn parse(typed: &str, today: Day) -> Result<IdNumber, Refusal> {
        let number = text::code(typed);
        if number.len() == 15 && is_digits(&number) {
            return Err(issue("C-E06", "请使用18位公民身份号码", "use the 18-digit number", "C-06").into());
        }
        Self::of_18(number, today)
    }

    /// Reads the number of a record that is entered later: 15 digits are accepted if the record is older than the day
    /// on which such cards ended (C-06), and stored as they stand beside a derived number of 18.
    pub fn parse_back_entry(
        typed: &str,
        record: Day,
        fifteen_digits_before: Day,
        today: Day,
    ) -> Result<IdNumber, Refusal> {
        let number = text::code(typed);
        if number.len() != 15 || !is_digits(&number) || record >= fifteen_digits_before {
            return Self::parse(&number, today);
        }
        // Cards of 15 digits gave two digits of the year; all of them stand for 19xx.
        let longer = format!("{}19{}", &number[..6], &number[6..]);
        let check = iso7064::mod_11_2(&longer).expect("only digits");
        Ok(IdNumber { written: number, ..Self::of_18(format!("{longer}{check}"), today)? })
    }

    /// The day before which records may carry 15 digits unless a bureau sets another: such cards ended on 2013-01-01.
    pub const FIFTEEN_DIGITS_BEFORE: Day = Day::ymd(2013, 1, 1);

    fn of_18(number: String, today: Day) -> Result<IdNumber, Refusal> {
        if number.chars().count() != 18 {
            let issue = issue("C-E07", "身份证号码应为18位", "an ID number must have 18 characters", "C-07");
            return Err(issue.param("length", number.chars().count()).into());
        }
        let mut issues = Issues::default();
        let check = number.is_ascii().then(|| iso7064::mod_11_2(&number[..17])).flatten();
        issues.ensure(check.is_some() && check == number.chars().last(), || {
            issue("C-E01", "身份证号码校验位不正确", "ID number checksum is wrong", "C-01")
        });
        let birth = number.get(6..14).and_then(Day::from_compact);
        let birth = birth.filter(|birth| (EARLIEST_BIRTH..=today).contains(birth));
        issues.ensure(birth.is_some(), || {
            issue("C-E02", "身份证号码中的出生日期无效", "birth date in the ID number is not valid", "C-02")
        });
        issues.finish()?;
        let birth = birth.expect("otherwise refused above");
        Ok(IdNumber { written: number.clone(), key: number, birth })
    }

    /// The number as written: 18 characters, 15 only from a back-entry.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The number in 18 characters, by which it is searched.
    pub fn search_key(&self) -> &str {
        &self.key
    }

    /// Date of birth (digits 7 to 14).
    pub fn birth(&self) -> Day {
        self.birth
    }

    /// Sex (digit 17: odd is male).
    pub fn sex(&self) -> Sex {
        if self.key.as_bytes()[16] % 2 == 1 { Sex::Male } else { Sex::Female }
    }

    /// The division of first registration (digits 1 to 6); it may long be abolished.
    pub fn region(&self) -> RegionCode {
        RegionCode::parse(&self.key[..6]).expect("six digits")
    }

    /// The first six digits.
    pub fn region6(&self) -> &str {
        &self.key[..6]
    }

    /// First 3 and last 4 characters (C-15).
    pub fn masked(&self) -> String {
        mask::id_number(&self.written)
    }

    /// In groups of 6, 8 and 4, for whoever may see it whole.
    pub fn grouped(&self) -> String {
        let (region, rest) = self.written.split_at(6);
        let (birth, last) = rest.split_at(rest.len() - if self.written.len() == 15 { 3 } else { 4 });
        format!("{region} {birth} {last}")
    }

    /// Whether a birth date that was given beside the number is the one in it (C-03).
    pub fn check_birth(&self, given: Day) -> Result<(), Issue> {
        let issue = || {
            issue("C-E03", "出生日期与身份证号码不一致", "birth date disagrees with the ID number", "C-03").field("birth")
        };
        if given == self.birth { Ok(()) } else { Err(issue()) }
    }

    /// Whether a sex that was given beside the number is the one in it (C-04).
    pub fn check_sex(&self, given: Sex) -> Result<(), Issue> {
        let issue =
            || issue("C-E04", "性别与身份证号码不一致", "sex disagrees with the ID number", "C-04").field("sex");
        if given == self.sex() { Ok(()) } else { Err(issue()) }
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdNumber({})", self.masked())
    }
}

const EARLIEST_BIRTH: Day = Day::ymd(1900, 1, 1);

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn issue(code: &'static str, zh: &'static str, en: &'static str, rule: &'static str) -> Issue {
    Issue::error(code, zh, en).field("id_no").rule(rule).law("GB 11643")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TODAY: Day = Day::ymd(2026, 11, 21);

    fn parse(text: &str) -> Result<IdNumber, Refusal> {
        IdNumber::parse(text, TODAY)
    }

    fn codes(text: &str) -> Vec<String> {
        parse(text).expect_err(text).0.into_iter().map(|issue| issue.code.into_owned()).collect()
    }

    #[test]
    fn c_01_checks_the_last_character() {
        assert!(parse("11010519491231002X").is_ok());
        assert_eq!(parse("99010219900307002x").expect("small x").as_str(), "99010219900307002X");
        assert_eq!(codes("990102199003070012"), ["C-E01"]);
        assert_eq!(codes("99010219900307O011"), ["C-E01"]);
        assert_eq!(codes("九九零一零二一九九零零三零七零零一一"), ["C-E01", "C-E02"]);
    }

    #[test]
    fn c_01_accepts_every_test_person() {
        let people = [
            ("990101200405200017", Sex::Male, Day::ymd(2004, 5, 20)),
            ("990101200603110020", Sex::Female, Day::ymd(2006, 3, 11)),
            ("990101200402290037", Sex::Male, Day::ymd(2004, 2, 29)),
            ("99010120100601203X", Sex::Male, Day::ymd(2010, 6, 1)),
            ("990126195211120039", Sex::Male, Day::ymd(1952, 11, 12)),
            ("990126197602290069", Sex::Female, Day::ymd(1976, 2, 29)),
            ("980102198509150039", Sex::Male, Day::ymd(1985, 9, 15)),
        ];
        for (number, sex, birth) in people {
            let parsed = parse(number).expect(number);
            assert_eq!((parsed.sex(), parsed.birth()), (sex, birth), "{number}");
        }
    }

    #[test]
    fn c_02_the_date_of_birth_is_a_real_day_not_after_today() {
        assert_eq!(codes("990102199002300014"), ["C-E02"]);
        let tomorrow = "990101200405200017";
        assert!(IdNumber::parse(tomorrow, Day::ymd(2004, 5, 20)).is_ok());
        assert!(IdNumber::parse(tomorrow, Day::ymd(2004, 5, 19)).expect_err("not born").has("C-E02"));
    }

    #[test]
    fn c_03_and_c_04_birth_and_sex_agree_with_the_number() {
        let number = parse("990101200405200017").expect("valid");
        assert!(number.check_birth(Day::ymd(2004, 5, 20)).is_ok());
        assert_eq!(number.check_birth(Day::ymd(2004, 5, 21)).expect_err("other day").code, "C-E03");
        assert!(number.check_sex(Sex::Male).is_ok());
        assert_eq!(number.check_sex(Sex::Female).expect_err("male").code, "C-E04");
    }

    #[test]
    fn c_06_fifteen_digits_only_in_back_entry() {
        let old = "110105491231002";
        assert_eq!(codes(old), ["C-E06"]);
        let before = IdNumber::FIFTEEN_DIGITS_BEFORE;
        let entered = IdNumber::parse_back_entry(old, Day::ymd(1995, 6, 1), before, TODAY).expect("old record");
        assert_eq!((entered.as_str(), entered.search_key()), (old, "11010519491231002X"));
        assert_eq!(entered.grouped(), "110105 491231 002");
        let refused = IdNumber::parse_back_entry(old, before, before, TODAY).expect_err("record of 2013");
        assert!(refused.has("C-E06"));
    }

    #[test]
    fn c_07_the_number_has_eighteen_characters() {
        for wrong in ["", "9901021990030700", "9901021990030700111", "99010219900307001"] {
            assert_eq!(codes(wrong), ["C-E07"], "{wrong}");
        }
    }

    #[test]
    fn c_15_shows_first_three_and_last_four() {
        let number = parse("９９０１０１ 20040520 0017").expect("full-width and spaces");
        assert_eq!(number.masked(), "990***********0017");
        assert_eq!(number.grouped(), "990101 20040520 0017");
        assert_eq!(format!("{number:?}"), "IdNumber(990***********0017)");
    }

    proptest! {
        #[test]
        fn c_01_and_c_02_whatever_is_typed_is_judged_without_panic(typed in "\\PC{0,24}") {
            let _ = parse(&typed);
        }

        #[test]
        fn c_01_a_made_number_reads_back(region in "[1-9][0-9]{5}", days in 0i64..40_000, serial in 0u16..1000) {
            let birth = EARLIEST_BIRTH.plus_days(days);
            let seventeen = format!("{region}{}{serial:03}", birth.compact());
            let number = format!("{seventeen}{}", iso7064::mod_11_2(&seventeen).expect("digits"));
            let parsed = IdNumber::parse(&number, Day::MAX).expect("made by the rules");
            prop_assert_eq!(parsed.birth(), birth);
            prop_assert_eq!(parsed.sex() == Sex::Male, serial % 2 == 1);
        }
    }
}
