//! The unified social credit code (统一社会信用代码), GB 32100, and the organisation code inside it, GB 11714.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Issue, Issues, ParseError, Refusal, RegionCode, text};

/// The 31 characters: no I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// 3^i mod 31.
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORG_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Which classes each registering department gives (first and second character of the code).
const CLASSES: [(char, &str); 12] = [
    ('1', "1239"),   // establishment offices: organs, public institutions, mass organisations, other
    ('2', "19"),     // foreign affairs
    ('3', "123459"), // justice: law firms, notaries, legal services, forensic institutions, arbitration, other
    ('4', "19"),     // culture
    ('5', "123459"), // civil affairs: associations, service organisations, foundations, committees, other
    ('6', "19"),     // tourism
    ('7', "129"),    // religion
    ('8', "19"),     // trade unions
    ('9', "123"),    // market regulation: companies, sole traders, farmers' cooperatives
    ('A', "19"),     // military establishment
    ('N', "1239"),   // agriculture: collective economic organisations
    ('Y', "1"),      // other
];

/// A credit code whose characters, class and check character are right.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Uscc(String);

impl Uscc {
    /// Reads what a person typed (E-USCC01 to 04); full-width and small letters and spaces are accepted. The issues
    /// name the field `uscc`. Look at [`Uscc::warning`] afterwards.
    pub fn parse(typed: &str) -> Result<Uscc, Refusal> {
        let code = text::code(typed);
        let length = code.chars().count();
        let mut issues = Issues::default();
        issues.ensure(length == 18, || {
            issue("E-USCC01", "统一社会信用代码应为18位", "USCC must have 18 characters").param("length", length)
        });
        if let Some(illegal) = code.chars().find(|c| value(*c).is_none()) {
            let zh = format!("统一社会信用代码含有非法字符“{illegal}”");
            let en = format!("USCC contains illegal character '{illegal}'");
            issues.add(issue("E-USCC02", zh, en).param("c", illegal));
        }
        issues.finish()?;
        let mut issues = Issues::default();
        issues.ensure(check_character(&code[..17]) == code.chars().last(), || {
            issue("E-USCC03", "统一社会信用代码校验码错误", "USCC check character is wrong")
        });
        issues.ensure(is_known_class(&code), || {
            let class = &code[..2];
            let zh = format!("登记管理部门或机构类别代码“{class}”不存在");
            let en = format!("Department/class code '{class}' does not exist");
            issue("E-USCC04", zh, en).param("xx", class)
        });
        issues.finish()?;
        Ok(Uscc(code))
    }

    /// Makes a code with both check characters: department and class, division of the registering authority, and the
    /// eight characters of the subject. `None` if a part is not of its form.
    pub fn new(department_and_class: &str, region: RegionCode, subject: &str) -> Option<Uscc> {
        let org_check = org_check_character(subject)?;
        let code = format!("{department_and_class}{}{subject}{org_check}", region.county());
        let check = check_character(&code)?;
        Uscc::parse(&format!("{code}{check}")).ok()
    }

    /// W-USCC05 if the check character of the organisation code inside is wrong: some old codes fail it, a person looks.
    pub fn warning(&self) -> Option<Issue> {
        let (subject, check) = self.org_code().split_at(8);
        (org_check_character(subject) != check.chars().next()).then(|| {
            Issue::warn(
                "W-USCC05",
                "主体标识码校验位不符，请人工核对",
                "Org-code check digit differs; check by hand",
            )
            .field("uscc")
            .rule("D.2")
            .law("GB 11714")
        })
    }

    /// Refuses a code that does not start as this kind of organisation must (E-USCC06): `5` and `1` for a 社会团体.
    pub fn check_prefix(&self, kind: &crate::Text, prefix: &str) -> Result<(), Issue> {
        if self.0.starts_with(prefix) {
            return Ok(());
        }
        let zh = format!("统一社会信用代码与组织类型不符：{}应以{prefix}开头", kind.zh);
        let en = format!("USCC does not match organisation type: {} must start with {prefix}", kind.en);
        Err(issue("E-USCC06", zh, en).param("type", &kind.zh).param("prefix", prefix))
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The registering department: `5` for civil affairs.
    pub fn department(&self) -> char {
        self.0.as_bytes()[0] as char
    }

    /// The class within the department.
    pub fn class(&self) -> char {
        self.0.as_bytes()[1] as char
    }

    /// The division of the registering authority; `None` where old codes carry letters there.
    pub fn region(&self) -> Option<RegionCode> {
        self.0[2..8].parse().ok()
    }

    /// The organisation code: eight characters and their check character.
    pub fn org_code(&self) -> &str {
        &self.0[8..17]
    }
}

impl fmt::Display for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Uscc {
    type Err = ParseError;

    fn from_str(code: &str) -> Result<Uscc, ParseError> {
        Uscc::parse(code).map_err(|_| ParseError { what: "credit code" })
    }
}

impl TryFrom<String> for Uscc {
    type Error = ParseError;

    fn try_from(code: String) -> Result<Uscc, ParseError> {
        code.parse()
    }
}

impl From<Uscc> for String {
    fn from(code: Uscc) -> String {
        code.0
    }
}

fn value(character: char) -> Option<u32> {
    ALPHABET.iter().position(|known| *known as char == character).map(|place| place as u32)
}

/// The 18th character for the first 17.
fn check_character(seventeen: &str) -> Option<char> {
    let sum = weighted_sum(seventeen, &WEIGHTS, value)?;
    Some(ALPHABET[((31 - sum % 31) % 31) as usize] as char)
}

/// The ninth character of an organisation code for its first eight; letters count A=10 to Z=35.
fn org_check_character(eight: &str) -> Option<char> {
    let sum = weighted_sum(eight, &ORG_WEIGHTS, |c| c.is_ascii_alphanumeric().then(|| c.to_digit(36)).flatten())?;
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        check => char::from_digit(check, 10),
    }
}

fn weighted_sum(text: &str, weights: &[u32], value: impl Fn(char) -> Option<u32>) -> Option<u32> {
    if text.chars().count() != weights.len() {
        return None;
    }
    text.chars().zip(weights).try_fold(0, |sum, (character, weight)| Some(sum + value(character)? * weight))
}

fn is_known_class(code: &str) -> bool {
    let mut characters = code.chars();
    let (department, class) = (characters.next(), characters.next());
    CLASSES.iter().any(|(known, classes)| Some(*known) == department && class.is_some_and(|c| classes.contains(c)))
}

fn issue(
    code: &'static str,
    zh: impl Into<std::borrow::Cow<'static, str>>,
    en: impl Into<std::borrow::Cow<'static, str>>,
) -> Issue {
    Issue::error(code, zh, en).field("uscc").rule("D.2").law("GB 32100")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn codes(text: &str) -> Vec<String> {
        Uscc::parse(text).expect_err(text).0.into_iter().map(|issue| issue.code.into_owned()).collect()
    }

    #[test]
    fn d_2_accepts_public_and_test_codes() {
        for code in [
            "11370181004205425N",
            "11430000006122244L",
            "11330105002500287C",
            "11990000YY9990080W",
            "11990126YY99901280",
            "51990000YY9990013T",
            "52990102YY9990048C",
            "53990102YY99901870",
            "91990102YY9990160A",
        ] {
            assert_eq!(Uscc::parse(code).expect(code).as_str(), code);
        }
        assert_eq!(Uscc::parse("51990000yy9990013t").expect("small letters").as_str(), "51990000YY9990013T");
        assert!(Uscc::parse("５１９９００００ＹＹ９９９００１３Ｔ").is_ok());
    }

    #[test]
    fn d_2_refuses_each_wrong_code_for_its_reason() {
        assert_eq!(codes("5199000YY9990013T"), ["E-USCC01"]);
        assert_eq!(codes("51990000YI9990013T"), ["E-USCC02"]);
        assert_eq!(codes("51990000YY9990013U"), ["E-USCC03"]);
        assert_eq!(codes("99990102YY9990216L"), ["E-USCC04"]);
        assert_eq!(codes(""), ["E-USCC01"]);
        assert_eq!(codes("统一社会信用代码"), ["E-USCC01", "E-USCC02"]);
    }

    #[test]
    fn d_2_a_wrong_organisation_code_inside_is_a_warning() {
        let code = Uscc::parse("51990000YY9990014X").expect("check character is right");
        assert_eq!(code.warning().expect("differs").code, "W-USCC05");
        assert_eq!(Uscc::parse("51990000YY9990013T").expect("valid").warning(), None);
    }

    #[test]
    fn d_2_makes_codes_and_checks_their_kind() {
        let region = "990000".parse().expect("written here");
        let code = Uscc::new("51", region, "YY999001").expect("in form");
        assert_eq!(code.as_str(), "51990000YY9990013T");
        assert_eq!((code.department(), code.class(), code.region()), ('5', '1', Some(region)));
        let foundation = crate::Text::fixed("基金会", "foundation");
        assert_eq!(code.check_prefix(&foundation, "53").expect_err("an association").code, "E-USCC06");
        assert!(code.check_prefix(&foundation, "51").is_ok());
        assert_eq!(Uscc::new("51", region, "YY99900"), None);
    }

    proptest! {
        #[test]
        fn d_2_one_wrong_character_is_found(subject in "[0-9A-HJ-NPQRTUWXY]{8}", at in 0usize..18, other in 0usize..31) {
            let code = Uscc::new("52", "990102".parse().expect("written here"), &subject).expect("in form");
            let mut changed = code.as_str().as_bytes().to_vec();
            prop_assume!(changed[at] != ALPHABET[other]);
            changed[at] = ALPHABET[other];
            prop_assert!(Uscc::parse(std::str::from_utf8(&changed).expect("ASCII")).is_err());
        }

        #[test]
        fn d_2_whatever_is_typed_is_judged_without_panic(typed in "\\PC{0,24}") {
            let _ = Uscc::parse(&typed);
        }
    }
}
