//! The columns of keyed hashes of this crate: how each is computed again when the key of the search hashes changes.

use ::store::keys::Purpose;
use ::store::{HashColumn, Query, q};

/// All of them.
pub const HASHES: &[HashColumn] = &[
    HashColumn::again(("organization_post", "number_hash"), Purpose::PersonNumber, posts, ("organization_post", "number"), |number, _| Some(number.to_owned())),
    HashColumn::again(("organization_right", "number_hash"), Purpose::PersonNumber, rights, ("organization_right", "number"), |number, _| Some(number.to_owned())),
    crate::follow::ADDRESSES,
    crate::follow::TOKENS,
    crate::supervision::TOKENS,
];

fn posts() -> Query {
    q("SELECT id, number_hash, id, number, '' FROM organization_post WHERE id > $1 ORDER BY id LIMIT 200")
}

fn rights() -> Query {
    q("SELECT id, number_hash, id, number, '' FROM organization_right WHERE id > $1 ORDER BY id LIMIT 200")
}
