//! Cookies: reading them, and the one way in which they are set.

use axum::http::{HeaderMap, HeaderValue, header};

/// The session.
pub const SESSION: &str = "tb_session";
/// The secret behind the token of forms.
pub const FORM: &str = "tb_form";
/// The chosen language.
pub const LANGUAGE: &str = "tb_lang";
/// The chosen size of type.
pub const VIEW: &str = "tb_view";
/// The chosen contrast.
pub const CONTRAST: &str = "tb_contrast";
/// Code of the message that the next page shows once.
pub const FLASH: &str = "tb_flash";

/// A year, in seconds.
pub const YEAR: u32 = 365 * 24 * 60 * 60;

/// A cookie of the request.
pub fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// How long a cookie lives.
#[derive(Clone, Copy, Debug)]
pub enum Life {
    /// Until the browser is closed.
    Browser,
    /// So many seconds.
    Seconds(u32),
    /// Not at all: takes it away.
    Gone,
}

/// A `Set-Cookie` value. All of ours are out of reach of scripts and stay on this site; `secure` where the site is reached by HTTPS.
/// Values must be plain letters, digits, `-`, `_` and `.`.
pub fn set(name: &str, value: &str, life: Life, secure: bool) -> HeaderValue {
    let age = match life {
        Life::Browser => String::new(),
        Life::Seconds(seconds) => format!("; Max-Age={seconds}"),
        Life::Gone => "; Max-Age=0".to_owned(),
    };
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}"))
        .expect("names and values of our cookies are plain ASCII")
}
