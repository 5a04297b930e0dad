//! Mobile numbers and e-mail addresses, as one signs in and is told things by.

use std::fmt;
use std::str::FromStr;

use crate::{Issue, ParseError, mask, text};

/// A mobile number of mainland China: eleven digits, 13 to 19.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

/// An e-mail address, lower case.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

impl Phone {
    /// Reads what a person typed: full-width digits, spaces, dashes and a leading +86 are accepted. The issue names the
    /// field `phone`.
    pub fn parse(typed: &str) -> Result<Phone, Issue> {
        typed.parse().map_err(|_| {
            Issue::error("C-E20", "手机号码应为以1开头的11位数字", "Enter a mobile number of 11 digits that starts with 1")
                .field("phone")
        })
    }

    /// The eleven digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `138****1234` (C-15).
    pub fn masked(&self) -> String {
        mask::phone(&self.0)
    }

    /// `138 1234 5678`
    pub fn grouped(&self) -> String {
        format!("{} {} {}", &self.0[..3], &self.0[3..7], &self.0[7..])
    }
}

impl Email {
    /// The longest address that mail can carry (RFC 5321).
    pub const MAX_LENGTH: usize = 254;

    /// Reads what a person typed. Only a form that no mail system takes is refused; whether it arrives, a code shows.
    /// The issue names the field `email`.
    pub fn parse(typed: &str) -> Result<Email, Issue> {
        typed.parse().map_err(|_| {
            Issue::error(
                "C-E21",
                "电子邮箱格式不正确，应类似 name@example.cn",
                "Enter an e-mail address such as name@example.cn",
            )
            .field("email")
        })
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `w***@example.cn`
    pub fn masked(&self) -> String {
        mask::email(&self.0)
    }
}

impl FromStr for Phone {
    type Err = ParseError;

    fn from_str(typed: &str) -> Result<Phone, ParseError> {
        let number = text::code(typed);
        let number = number.strip_prefix("+86").or_else(|| number.strip_prefix("0086")).unwrap_or(&number);
        let digits = number.as_bytes();
        let right = digits.len() == 11
            && digits.iter().all(u8::is_ascii_digit)
            && digits[0] == b'1'
            && digits[1] >= b'3';
        if right { Ok(Phone(number.to_string())) } else { Err(ParseError { what: "mobile number" }) }
    }
}

impl FromStr for Email {
    type Err = ParseError;

    fn from_str(typed: &str) -> Result<Email, ParseError> {
        let address = text::line(&typed.replace('＠', "@")).to_lowercase();
        let wrong = ParseError { what: "e-mail address" };
        let (user, domain) = address.rsplit_once('@').ok_or(wrong)?;
        let user_ok = !user.is_empty()
            && user.len() <= 64
            && !user.starts_with('.')
            && !user.ends_with('.')
            && !user.contains("..")
            && user.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte));
        let label_ok = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let domain_ok = domain.contains('.') && domain.split('.').all(label_ok);
        let fits = address.len() <= Email::MAX_LENGTH;
        if user_ok && domain_ok && fits { Ok(Email(address)) } else { Err(wrong) }
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Email({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_phones_as_people_write_them() {
        for typed in ["13812345678", "138 1234 5678", "+86 138-1234-5678", "００８６１３８１２３４５６７８"] {
            assert_eq!(Phone::parse(typed).expect(typed).as_str(), "13812345678");
        }
        for wrong in ["", "1381234567", "12812345678", "23812345678", "138123456789", "1381234567a"] {
            assert_eq!(Phone::parse(wrong).expect_err(wrong).field.as_deref(), Some("phone"));
        }
        assert_eq!(format!("{:?}", Phone::parse("13812345678")), "Ok(Phone(138****5678))");
    }

    #[test]
    fn reads_addresses_and_refuses_what_no_mail_system_takes() {
        assert_eq!(Email::parse(" Wang.Li＠Example.CN ").expect("tidied").as_str(), "wang.li@example.cn");
        for wrong in ["", "a@b", "@b.cn", "a b@c.cn", "a@-b.cn", "a..b@c.cn", "a@b.cn\r\nBcc: x@y.cn", "王@例.cn", "a@b@c.cn<"] {
            assert_eq!(Email::parse(wrong).expect_err(wrong).code, "C-E21", "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn an_address_never_carries_a_line_break_or_markup(typed in "\\PC*@[a-z]+\\.cn") {
            if let Ok(address) = Email::parse(&typed) {
                prop_assert!(!address.as_str().contains(['\r', '\n', '<', '>', ' ', '"', ',']));
            }
        }
    }
}
