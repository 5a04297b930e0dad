//! The position of a visitor's own last change, in a signed cookie: whoever has just saved something finds it.

use data_encoding::BASE32_NOPAD;
use store::keys::{Keys, Purpose};

/// The cookie.
pub const COOKIE: &str = "tb_wrote";
/// Bytes of the signature that are kept.
const MAC_BYTES: usize = 10;

/// The cookie's value.
pub fn write(keys: &Keys, position: i64) -> String {
    format!("{position}.{}", mac(keys, position))
}

/// The position in a cookie that we wrote; anything else is none. Without the signature a stranger could make every search wait.
pub fn read(keys: &Keys, cookie: &str) -> Option<i64> {
    let (position, signed) = cookie.split_once('.')?;
    let position = position.parse().ok()?;
    (mac(keys, position) == signed).then_some(position)
}

fn mac(keys: &Keys, position: i64) -> String {
    let full = keys.hash(Purpose::Cookie, &format!("search position {position}"));
    BASE32_NOPAD.encode(&full[..MAC_BYTES.min(full.len())]).to_lowercase()
}
