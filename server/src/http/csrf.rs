//! The token of forms: a keyed hash of a secret in a cookie and of the session. Another site can read neither, and a form that was
//! opened before sign-in or sign-out belongs to a stale page.
//!
//! It is the second layer behind the check of the origin.

use axum::http::HeaderMap;
use data_encoding::BASE32_NOPAD;
use platform::Ctx;
use store::keys::Purpose;

use super::cookies;

/// The cookie's secret, as it came or new, and the token that belongs to it.
pub(crate) struct Form {
    /// What the cookie holds.
    pub(crate) secret: String,
    /// What forms carry.
    pub(crate) token: String,
}

/// The secret and the token of a request.
pub(crate) fn of(ctx: &Ctx, headers: &HeaderMap) -> Form {
    let secret = match cookies::get(headers, cookies::FORM) {
        Some(secret) if is_ours(secret) => secret.to_owned(),
        _ => fresh(ctx),
    };
    let session = cookies::get(headers, cookies::SESSION).unwrap_or_default();
    let hash = ctx.keys().hash(Purpose::Cookie, &format!("form {secret} {session}"));
    let token = BASE32_NOPAD.encode(&hash[..16]).to_lowercase();
    Form { secret, token }
}

/// A new secret: for a first visit, and whenever somebody signs in or out.
pub(crate) fn fresh(ctx: &Ctx) -> String {
    BASE32_NOPAD.encode(&ctx.random::<16>()).to_lowercase()
}

/// Whether a cookie looks like one of ours; anything else is replaced.
fn is_ours(secret: &str) -> bool {
    secret.len() == 26 && secret.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

/// Compares without telling by its time how much agreed.
pub fn agrees(token: &str, sent: &str) -> bool {
    token.len() == sent.len() && token.bytes().zip(sent.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}
