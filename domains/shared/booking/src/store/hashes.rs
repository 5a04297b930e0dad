//! The columns of keyed hashes of this crate.

use ::store::HashColumn;

/// All of them.
pub const HASHES: &[HashColumn] = &[HashColumn::kept(
    ("booking", "request_hash"),
    "a digest of what was asked under an idempotency key; it is compared with a repeated request, never searched",
)];
