//! The columns of keyed hashes of this crate: how each is computed again when the key of the search hashes changes.

use ::store::keys::Purpose;
use ::store::{HashColumn, Query, q};

use crate::numbers::{party_input, token_input};

/// All of them.
pub const HASHES: &[HashColumn] = &[
    HashColumn::again(("rating_subject", "token_hash"), Purpose::Token, tokens, ("rating_subject", "token"), |token, _| Some(token_input(token))),
    HashColumn::again(("complaint", "party_hash"), Purpose::Contact, parties, ("complaint", "phone"), |phone, _| Some(party_input(phone))),
];

fn tokens() -> Query {
    q("SELECT id, token_hash, id, token, '' FROM rating_subject WHERE id > $1 ORDER BY id LIMIT 200")
}

fn parties() -> Query {
    q("SELECT id, party_hash, id, phone, '' FROM complaint WHERE party_hash IS NOT NULL AND id > $1 ORDER BY id LIMIT 200")
}
