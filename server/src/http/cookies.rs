//! Cookies: reading them, and the one way in which they are set.

use axum::http::{HeaderMap, HeaderValue, header};

/// The session.
pub(crate) const SESSION: &str = "tb_session";
/// The secret behind the token of forms.
pub(crate) const FORM: &str = "tb_form";
/// The chosen language.
pub(crate) const LANGUAGE: &str = "tb_lang";
/// The chosen size of type.
pub(crate) const VIEW: &str = "tb_view";
/// The chosen contrast.
pub(crate) const CONTRAST: &str = "tb_contrast";
/// Code of the message that the next page shows once.
pub(crate) const FLASH: &str = "tb_flash";

/// A year, in seconds.
pub(crate) const YEAR: u32 = 365 * 24 * 60 * 60;

/// A cookie of the request.
pub(crate) fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
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
pub(crate) enum Life {
    /// Until the browser is closed.
    Browser,
    /// So many seconds.
    Seconds(u32),
    /// Not at all: takes it away.
    Gone,
}

/// A `Set-Cookie` value. All of ours are out of reach of scripts and stay on this site; `secure` where the site is reached by HTTPS.
/// Values must be plain letters, digits, `-`, `_` and `.`.
pub(crate) fn set(name: &str, value: &str, life: Life, secure: bool) -> HeaderValue {
    let age = match life {
        Life::Browser => String::new(),
        Life::Seconds(seconds) => format!("; Max-Age={seconds}"),
        Life::Gone => "; Max-Age=0".to_owned(),
    };
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}"))
        .expect("names and values of our cookies are plain ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_cookie_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; tb_lang=en"));
        headers.append(header::COOKIE, HeaderValue::from_static("tb_view=large"));
        assert_eq!(get(&headers, LANGUAGE), Some("en"));
        assert_eq!(get(&headers, VIEW), Some("large"));
        assert_eq!(get(&headers, "lang"), None);
    }

    #[test]
    fn every_cookie_is_out_of_reach_of_scripts() {
        let value = set(SESSION, "abc", Life::Seconds(60), true);
        assert_eq!(value, "tb_session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
    }
}
