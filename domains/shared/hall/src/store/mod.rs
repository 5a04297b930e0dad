//! All SQL of the crate.

use ::store::HashColumn;

/// Columns of keyed hashes, for `tongban keys rehash`.
pub const HASHES: &[HashColumn] = &[HashColumn::kept(("hall", "key_hash"), "of a random key that stands in the addresses of kiosk and screen")];

pub(crate) mod halls;
pub(crate) mod paces;
pub(crate) mod tickets;
pub(crate) mod windows;
