//! The identifier of an electronic licence, GB/T 36904: root, type 21, issuer 18, serial, version 3, check 1.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Issue, ParseError, Uscc, iso7064};

const ROOT: &str = "1.2.156.3005.2.";

/// An identifier whose check character is right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct LicenceId(String);

impl LicenceId {
    /// Makes an identifier: type code of 21 characters, issuer, serial of at most 32 digits and capitals, version
    /// 1 to 999. `None` if a part is not of its form.
    pub fn new(type_code: &str, issuer: &Uscc, serial: &str, version: u16) -> Option<LicenceId> {
        let version = (1..=999).contains(&version).then(|| format!("{version:03}"))?;
        let parts = [type_code, issuer.as_str(), serial, &version];
        let check = iso7064::mod_37_36(&parts.concat())?;
        format!("{ROOT}{}.{check}", parts.join(".")).parse().ok()
    }

    /// Reads what a person typed or a code held. Refused with E-P501, field `licence_id`.
    pub fn parse(typed: &str) -> Result<LicenceId, Issue> {
        crate::text::code(typed).parse().map_err(|_| {
            Issue::error("E-P501", "电子证照标识校验位错误", "Licence identifier check character is wrong")
                .field("licence_id")
                .rule("P5.2")
                .law("GB/T 36904")
        })
    }

    /// The whole identifier.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code of the licence type, 21 characters.
    pub fn type_code(&self) -> &str {
        self.part(0)
    }

    /// Credit code of the issuer; in old data its division of six digits.
    pub fn issuer(&self) -> &str {
        self.part(1)
    }

    /// The serial within type and issuer.
    pub fn serial(&self) -> &str {
        self.part(2)
    }

    /// The version, from 1.
    pub fn version(&self) -> u16 {
        self.part(3).parse().expect("three digits were checked")
    }

    fn part(&self, place: usize) -> &str {
        self.0[ROOT.len()..].split('.').nth(place).expect("five parts were checked")
    }
}

impl fmt::Display for LicenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for LicenceId {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<LicenceId, ParseError> {
        let wrong = ParseError { what: "licence identifier" };
        let parts: Vec<&str> = text.strip_prefix(ROOT).ok_or(wrong)?.split('.').collect();
        let [type_code, issuer, serial, version, check] = parts[..] else { return Err(wrong) };
        let well_formed = type_code.len() == 21
            && matches!(issuer.len(), 18 | 6)
            && (1..=32).contains(&serial.len())
            && version.len() == 3
            && version.bytes().all(|byte| byte.is_ascii_digit())
            && check.len() == 1;
        let expected = iso7064::mod_37_36(&[type_code, issuer, serial, version].concat());
        let right = well_formed && expected.is_some() && expected == check.chars().next();
        if right { Ok(LicenceId(text.to_string())) } else { Err(wrong) }
    }
}

impl TryFrom<String> for LicenceId {
    type Error = ParseError;

    fn try_from(text: String) -> Result<LicenceId, ParseError> {
        text.parse()
    }
}

impl From<LicenceId> for String {
    fn from(id: LicenceId) -> String {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "1.2.156.3005.2.11990000YY9990080W001.11990102YY9990101F.2026000000000001.001.P";

    #[test]
    fn p5_2_makes_the_agreed_identifiers() {
        let issuer = Uscc::parse("11990102YY9990101F").expect("a test office");
        let make = |version| LicenceId::new("11990000YY9990080W001", &issuer, "2026000000000001", version);
        assert_eq!(make(1).expect("in form").as_str(), FIRST);
        let next = make(2).expect("in form");
        assert!(next.as_str().ends_with(".002.N"));
        assert_eq!((next.issuer(), next.version()), ("11990102YY9990101F", 2));
        assert_eq!(make(0), None);
        assert_eq!(LicenceId::new("short", &issuer, "1", 1), None);
    }

    #[test]
    fn p5_2_reads_identifiers_of_other_issuers() {
        for public in [
            "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
            "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
            "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9",
        ] {
            assert_eq!(LicenceId::parse(public).expect(public).as_str(), public);
        }
    }

    #[test]
    fn p5_2_refuses_a_wrong_check_character() {
        let wrong = FIRST.replace(".P", ".Q");
        assert_eq!(LicenceId::parse(&wrong).expect_err("Q").code, "E-P501");
        assert!(LicenceId::parse("1.2.156.3005.2.").is_err());
    }
}
