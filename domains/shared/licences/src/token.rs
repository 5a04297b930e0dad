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
}
