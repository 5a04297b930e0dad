//! The columns of keyed hashes of this crate.

use ::store::{HashColumn, How};

/// All of them.
pub const HASHES: &[HashColumn] = &[HashColumn {
    table: "booking",
    column: "request_hash",
    how: How::Kept("a digest of what was asked under an idempotency key; it is compared with a repeated request, never searched"),
}];
