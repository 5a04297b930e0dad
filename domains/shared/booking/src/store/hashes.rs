//! The columns of keyed hashes of this crate.

use ::store::HashColumn;

/// All of them.
pub const HASHES: &[HashColumn] = &[
    HashColumn::kept(
        ("booking", "request_hash"),
        "a digest of what was asked under an idempotency key; it is compared with a repeated request, never searched",
    ),
    HashColumn::kept(("release_entry", "couple_hash"), "it keeps a couple to one place until the release has ended; nobody looks for it later"),
    HashColumn::kept(("release_entry", "network_hash"), "it counts the joins of one network within a minute"),
];
