//! The columns of keyed hashes of this crate: how each is computed again when the key of the search hashes changes.

use ::store::keys::Purpose;
use ::store::{HashColumn, Query, q};

use super::register::Content;
use crate::backentry::{PartyRecord, Record};
use crate::model::{Side, Snapshot};

const PARTY: (&str, &str) = ("marriage_case_party", "snapshot");
/// What was entered with the register row is the first version of the entry.
const VERSION: (&str, &str) = ("marriage_version", "content");
/// What a published row says is its last version: such a row is never mended.
const ENTERED: (&str, &str) = ("back_version", "content");

/// All of them.
pub const HASHES: &[HashColumn] = &[
    HashColumn::again(("marriage_case_party", "name_hash"), Purpose::PersonName, case_names, PARTY, |json, _| Some(snapshot(json)?.name)),
    HashColumn::again(("marriage_case_party", "number_hash"), Purpose::PersonNumber, case_numbers, PARTY, |json, _| Some(snapshot(json)?.id_no)),
    HashColumn::again(("marriage_party", "name_hash"), Purpose::PersonName, names, VERSION, |json, side| Some(kernel::text::name(&party(json, side)?.name))),
    HashColumn::again(("marriage_party", "number_hash"), Purpose::PersonNumber, numbers, VERSION, |json, side| Some(party(json, side)?.id_no)),
    HashColumn::again(("back_fact_party", "name_hash"), Purpose::PersonName, entered_names, ENTERED, |json, side| entered(json, side)?.name.value),
    HashColumn::again(("back_fact_party", "number_hash"), Purpose::PersonNumber, entered_numbers, ENTERED, |json, side| Some(entered(json, side)?.id_no.value?.key)),
];

fn case_names() -> Query {
    q("SELECT id, name_hash, id, snapshot, '' FROM marriage_case_party WHERE id > $1 ORDER BY id LIMIT 200")
}

fn case_numbers() -> Query {
    q("SELECT id, number_hash, id, snapshot, '' FROM marriage_case_party WHERE id > $1 ORDER BY id LIMIT 200")
}

fn names() -> Query {
    q("SELECT p.id, p.name_hash, v.id, v.content, p.side FROM marriage_party p \
       JOIN marriage_version v ON v.marriage = p.marriage AND v.version = 1 WHERE p.id > $1 ORDER BY p.id LIMIT 200")
}

fn numbers() -> Query {
    q("SELECT p.id, p.number_hash, v.id, v.content, p.side FROM marriage_party p \
       JOIN marriage_version v ON v.marriage = p.marriage AND v.version = 1 WHERE p.id > $1 ORDER BY p.id LIMIT 200")
}

fn entered_names() -> Query {
    q("SELECT p.id, p.name_hash, v.id, v.content, p.side FROM back_fact_party p JOIN back_fact f ON f.id = p.fact \
       JOIN back_row r ON r.id = f.row_id JOIN back_version v ON v.row_id = r.id AND v.version = r.version \
       WHERE p.id > $1 AND p.name_hash IS NOT NULL ORDER BY p.id LIMIT 200")
}

fn entered_numbers() -> Query {
    q("SELECT p.id, p.number_hash, v.id, v.content, p.side FROM back_fact_party p JOIN back_fact f ON f.id = p.fact \
       JOIN back_row r ON r.id = f.row_id JOIN back_version v ON v.row_id = r.id AND v.version = r.version \
       WHERE p.id > $1 AND p.number_hash IS NOT NULL ORDER BY p.id LIMIT 200")
}

fn entered(json: &str, side: &str) -> Option<PartyRecord> {
    let record: Record = serde_json::from_str(json).ok()?;
    Some(record.party(Side::from_code(side)?).clone())
}

fn snapshot(json: &str) -> Option<Snapshot> {
    serde_json::from_str(json).ok()
}

fn party(json: &str, side: &str) -> Option<Snapshot> {
    let content: Content = serde_json::from_str(json).ok()?;
    let side = [Side::A, Side::B].into_iter().find(|known| known.code() == side)?;
    Some(content.party(side).clone())
}
