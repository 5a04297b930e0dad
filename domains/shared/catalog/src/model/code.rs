//! The codes of items: 基本编码 (12), 实施编码 (31), 业务办理项编码 (33) — OVP P1.2.

use std::fmt;

use kernel::Issue;
use kernel::uscc::Uscc;
use serde::{Deserialize, Serialize};

use super::Level;
use crate::issues;

/// 基本编码: region 2, kind 2, field 2, main item 3, sub-item 3.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BasicCode(String);

impl BasicCode {
    /// Reads a code of 12 digits.
    ///
    /// # Errors
    /// `E-P107` when it is anything else.
    pub fn parse(text: &str) -> Result<Self, Issue> {
        let text = text.trim();
        if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(issues::basic_code())
        }
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The kind of item that the code names, its third and fourth digit.
    pub fn kind_code(&self) -> &str {
        &self.0[2..4]
    }
}

impl fmt::Display for BasicCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for BasicCode {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).map_err(|issue| issue.message.en.into_owned())
    }
}

impl From<BasicCode> for String {
    fn from(code: BasicCode) -> Self {
        code.0
    }
}

/// 实施编码: the body's credit code 18, its level 1, the basic code 12.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ImplCode(String);

impl ImplCode {
    /// Puts a code together.
    pub fn compose(uscc: &Uscc, level: Level, basic: &BasicCode) -> Self {
        Self(format!("{}{}{basic}", uscc.as_str(), level.code()))
    }

    /// Reads a code of 31 characters whose credit code, level and basic code are each valid.
    ///
    /// # Errors
    /// `E-P107`, with what is wrong in `params`.
    pub fn parse(text: &str) -> Result<Self, Issue> {
        let text = text.trim().to_uppercase();
        let chars = text.chars().count();
        if chars != 31 || !text.is_ascii() {
            return Err(issues::impl_code().param("length", chars.to_string()));
        }
        if Uscc::parse(&text[..18]).is_err() {
            return Err(issues::impl_code().param("part", "uscc"));
        }
        if Level::from_code(&text[18..19]).is_none() {
            return Err(issues::impl_code().param("part", "level"));
        }
        BasicCode::parse(&text[19..])?;
        Ok(Self(text))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The body's credit code.
    pub fn uscc(&self) -> &str {
        &self.0[..18]
    }

    /// The level.
    pub fn level_code(&self) -> &str {
        &self.0[18..19]
    }

    /// The basic code.
    pub fn basic(&self) -> BasicCode {
        BasicCode(self.0[19..].to_owned())
    }

    /// 业务办理项编码: this code and a suffix of two digits.
    ///
    /// # Errors
    /// `E-P107` when the suffix is not two digits.
    pub fn situation(&self, suffix: &str) -> Result<String, Issue> {
        if suffix.len() == 2 && suffix.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(format!("{}{suffix}", self.0))
        } else {
            Err(issues::impl_code().param("part", "suffix"))
        }
    }
}

impl fmt::Display for ImplCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ImplCode {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).map_err(|issue| issue.message.en.into_owned())
    }
}

impl From<ImplCode> for String {
    fn from(code: ImplCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c_21_item_codes_are_basic_implementation_and_situation_in_one() {
        let basic = BasicCode::parse("000711001001").expect("国家, 确认, 民政");
        assert_eq!(basic.kind_code(), "07");
        let uscc = Uscc::parse("11990102YY9990101F").expect("fixture");
        let code = ImplCode::compose(&uscc, Level::County, &basic);
        assert_eq!(code.as_str(), format!("{}4{basic}", uscc.as_str()));
        assert_eq!(code.as_str().len(), 31);
        assert_eq!(code.situation("01").expect("two digits").len(), 33);
        for wrong in ["", "00071100100", "0007110010011", "00071100100A", "００0711001001"] {
            assert!(BasicCode::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn p1_7_composes_and_reads_the_fixture() {
        let uscc = Uscc::parse("11990102YY9990101F").expect("fixture");
        let basic = BasicCode::parse("990111001001").expect("fixture");
        let code = ImplCode::compose(&uscc, Level::County, &basic);
        assert_eq!(code.as_str(), "11990102YY9990101F4990111001001");
        assert_eq!(ImplCode::parse(code.as_str()).as_ref(), Ok(&code));
        assert_eq!(code.basic(), basic);
        assert_eq!(code.situation("01").as_deref(), Ok("11990102YY9990101F499011100100101"));
        assert!(code.situation("1x").is_err());
    }

    #[test]
    fn p1_7_refuses_a_wrong_length_a_wrong_check_character_and_markup() {
        for text in ["", "11990102YY9990101F499011100100", "11990102YY9990101G4990111001001", "<script>alert(1)</script>000000", "事项"] {
            let issue = ImplCode::parse(text).expect_err(text);
            assert_eq!(issue.code, "E-P107");
        }
    }
}
