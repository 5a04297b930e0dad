//! Secrets that are handed out once: the token in a QR symbol, and a holder's consent code. Only keyed hashes are stored.

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE32_NOPAD;
use kernel::ParseError;

/// 128 random bits, written as 26 lower-case letters and digits.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret([u8; 16]);

impl Secret {
    /// Of random bytes from the context.
    pub(crate) fn new(random: [u8; 16]) -> Secret {
        Secret(random)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE32_NOPAD.encode(&self.0).to_ascii_lowercase())
    }
}

/// Never shows the secret: it must not reach a log.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl FromStr for Secret {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Secret, ParseError> {
        let wrong = ParseError { what: "token" };
        if text.len() != 26 || text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(wrong);
        }
        let bytes = BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).map_err(|_| wrong)?;
        bytes.try_into().map(Secret).map_err(|_| wrong)
    }
}

/// Digits of a consent code: few enough to be read out, too many to be guessed within five minutes.
const DIGITS: usize = 12;

/// A holder's consent code: twelve digits, written in groups of four.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Code(String);

impl Code {
    /// Of random bytes from the context.
    pub(crate) fn new(random: [u8; 16]) -> Code {
        Code(format!("{:0DIGITS$}", u128::from_be_bytes(random) % 10_u128.pow(12)))
    }

    /// The digits without gaps.
    pub(crate) fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", &self.0[..4], &self.0[4..8], &self.0[8..])
    }
}

/// Never shows the code: it must not reach a log.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code")
    }
}

impl FromStr for Code {
    type Err = ParseError;

    /// As typed: with gaps, hyphens or full-width digits.
    fn from_str(text: &str) -> Result<Code, ParseError> {
        let digits: String = kernel::text::code(text).chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let right = digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        if right { Ok(Code(digits)) } else { Err(ParseError { what: "consent code" }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_back_and_nothing_else_is_read() {
        let secret = Secret::new([0xA5; 16]);
        assert_eq!(secret.to_string().parse::<Secret>(), Ok(secret.clone()));
        for wrong in ["", "abc", &secret.to_string().to_uppercase(), "1234567890123456789012345!", &"a".repeat(27)] {
            assert!(wrong.parse::<Secret>().is_err(), "{wrong}");
        }
        assert_eq!(format!("{secret:?}"), "Secret");
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = Code::new([0x5A; 16]);
        assert_eq!(code.digits().len(), 12);
        let wide: String = code.digits().chars().map(|c| char::from_u32(c as u32 + 0xFEE0).expect("a full-width digit")).collect();
        for typed in [code.to_string(), code.to_string().replace(' ', "-"), wide] {
            assert_eq!(typed.parse::<Code>(), Ok(code.clone()), "{typed}");
        }
        assert!("12345678901".parse::<Code>().is_err() && "12345678901a".parse::<Code>().is_err());
        assert_eq!((Code::new([0; 16]).to_string().as_str(), format!("{code:?}").as_str()), ("0000 0000 0000", "Code"));
    }
}
