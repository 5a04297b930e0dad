//! The columns of keyed hashes of this crate: how each is computed again when the key of the search hashes changes.

use kernel::Day;
use store::keys::Purpose;
use store::{HashColumn, Query, q};

use crate::hashes;
use crate::model::Holder;

/// All of them.
pub const HASHES: &[HashColumn] = &[
    HashColumn::again(("lic", "holder_hash"), Purpose::PersonNumber, holders, ("lic", "holder"), holder),
    HashColumn::again(("lic", "check_hash"), Purpose::PersonNumber, checks, ("lic", "holder"), elements),
    HashColumn::kept(("lic", "token_hash"), "of the random token in a printed QR symbol"),
    HashColumn::kept(("lic_copy", "token_hash"), "of the random token in a printed QR symbol"),
    HashColumn::kept(("lic_consent", "code_hash"), "a code works for five minutes"),
];

fn holders() -> Query {
    q("SELECT id, holder_hash, id, holder, '' FROM lic WHERE id > $1 ORDER BY id LIMIT 200")
}

fn checks() -> Query {
    q("SELECT id, check_hash, id, holder, issued_on || ' ' || number FROM lic WHERE id > $1 ORDER BY id LIMIT 200")
}

fn holder(json: &str, _: &str) -> Option<String> {
    let holder: Holder = serde_json::from_str(json).ok()?;
    Some(hashes::holder_input(holder.kind, &holder.number))
}

fn elements(json: &str, plain: &str) -> Option<String> {
    let holder: Holder = serde_json::from_str(json).ok()?;
    let (issued_on, number) = plain.split_once(' ')?;
    let issued_on: Day = issued_on.parse().ok()?;
    Some(hashes::elements_input(number, &holder.number, issued_on))
}
