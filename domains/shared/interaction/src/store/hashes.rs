//! The columns of keyed hashes of this crate: how each is computed again when the key of the search hashes changes.

use ::store::keys::Purpose;
use ::store::{Again, HashColumn, How, Query, q};

use crate::numbers::{party_input, token_input};

/// All of them.
pub const HASHES: &[HashColumn] = &[
    HashColumn {
        table: "rating_subject",
        column: "token_hash",
        how: How::Again(Again { purpose: Purpose::Token, rows: tokens, sealed: ("rating_subject", "token"), input: |token, _| Some(token_input(token)) }),
    },
    HashColumn {
        table: "complaint",
        column: "party_hash",
        how: How::Again(Again { purpose: Purpose::Contact, rows: parties, sealed: ("complaint", "phone"), input: |phone, _| Some(party_input(phone)) }),
    },
];

fn tokens() -> Query {
    q("SELECT id, token_hash, id, token, '' FROM rating_subject WHERE id > $1 ORDER BY id LIMIT 200")
}

fn parties() -> Query {
    q("SELECT id, party_hash, id, phone, '' FROM complaint WHERE party_hash IS NOT NULL AND id > $1 ORDER BY id LIMIT 200")
}
