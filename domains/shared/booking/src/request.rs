//! Idempotency keys: the same key with the same content is the same request.

use kernel::Issue;
use platform::{Ctx, Result};
use serde::Serialize;

/// A usable key: 8 to 128 visible ASCII characters.
///
/// # Errors
/// E-BK08 on the header's name.
pub(crate) fn key(text: &str) -> Result<String> {
    let text = text.trim();
    let usable = (8..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    if usable { Ok(text.to_owned()) } else { Err(unusable().into()) }
}

fn unusable() -> Issue {
    crate::issues::bad_field("Idempotency-Key", "幂等键应为8至128个可见ASCII字符", "The idempotency key must have 8 to 128 visible ASCII characters")
}

/// A keyed digest of what was asked: keyed, because names and numbers are in it.
pub(crate) fn digest(ctx: &Ctx, content: &impl Serialize) -> Vec<u8> {
    let text = serde_json::to_string(content).expect("requests are plain data");
    ctx.keys().hash(::store::keys::Purpose::Token, &text)
}
