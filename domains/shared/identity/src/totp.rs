//! The second factor of staff: time-based one-time passwords (RFC 6238, SHA-1, six digits, 30 seconds).

use kernel::Instant;
use platform::{Error, Result};
use totp_rs::{Builder, Totp};

/// Length of a secret in bytes, as RFC 4226 recommends.
pub(crate) const SECRET: usize = 20;

/// What an authenticator app needs, shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret in base32, to be typed.
    pub secret: String,
    /// The same as an `otpauth:` address, to be shown as a QR code.
    pub url: String,
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Enrolment(…)")
    }
}

impl Enrolment {
    pub(crate) fn new(secret: &[u8; SECRET], username: &str) -> Enrolment {
        let secret = data_encoding::BASE32_NOPAD.encode(secret);
        let url = format!("otpauth://totp/Tongban:{username}?secret={secret}&issuer=Tongban");
        Enrolment { secret, url }
    }
}

fn totp(secret: &[u8]) -> Result<Totp> {
    Builder::new().with_secret(secret.to_vec()).with_skew(1).build().map_err(Error::internal)
}

/// The step to which a code belongs, if it is right now or was half a minute ago, and later than the last one that was used:
/// a code serves once.
pub(crate) fn check(secret: &[u8], typed: &str, now: Instant, last_step: i64) -> Result<Option<i64>> {
    let code = kernel::text::code(typed);
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let step = totp(secret)?.check(&code, seconds(now)).and_then(|step| i64::try_from(step).ok());
    Ok(step.filter(|step| *step > last_step))
}

/// The code of this moment, for tests and the demo.
pub(crate) fn code(secret: &[u8], now: Instant) -> Result<String> {
    Ok(totp(secret)?.generate(seconds(now)).to_string())
}

fn seconds(now: Instant) -> u64 {
    u64::try_from(now.millis() / 1000).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_serves_once_and_for_a_minute_and_a_half() {
        // RFC 6238, appendix B: at 59 s the SHA-1 code of this secret ends in 287082.
        let secret = b"12345678901234567890";
        let at = |seconds: i64| Instant::from_micros(seconds * 1_000_000);
        assert_eq!(code(secret, at(59)).expect("a code"), "287082");
        assert_eq!(check(secret, "２８７ 082", at(59), 0).expect("ran"), Some(1));
        assert_eq!(check(secret, "287082", at(89), 0).expect("ran"), Some(1));
        assert_eq!(check(secret, "287082", at(120), 0).expect("ran"), None, "too late");
        assert_eq!(check(secret, "287082", at(59), 1).expect("ran"), None, "used already");
        for wrong in ["", "287083", "28708", "abcdef", "2870822"] {
            assert_eq!(check(secret, wrong, at(59), 0).expect("ran"), None, "{wrong}");
        }
    }

    #[test]
    fn the_address_for_an_app_names_issuer_and_account() {
        let enrolment = Enrolment::new(b"12345678901234567890", "zhang.san");
        assert_eq!(enrolment.url, "otpauth://totp/Tongban:zhang.san?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Tongban");
        assert_eq!(format!("{enrolment:?}"), "Enrolment(…)");
    }
}
