//! The columns of keyed hashes of this crate: how each is computed again when the key of the search hashes changes.

use kernel::{Day, DocumentNumber};
use store::keys::Purpose;
use store::{Again, HashColumn, How, Query, q};

use crate::facts::Detail;
use crate::persons::number_input;

/// All of them.
pub const HASHES: &[HashColumn] = &[
    again("person", "name_hash", Purpose::PersonName, names, ("person", "name"), |name, _| Some(name.to_owned())),
    again("person_identifier", "hash", Purpose::PersonNumber, numbers, ("person_identifier", "number"), number),
    again("account", "phone_hash", Purpose::Contact, phones, ("account", "phone"), |phone, _| Some(phone.to_owned())),
    again("account", "email_hash", Purpose::Contact, emails, ("account", "email"), |email, _| Some(email.to_owned())),
    again("person_fact", "person_hash", Purpose::PersonNumber, facts, ("person_fact", "detail"), |json, _| detail(json)?.number),
    again("person_fact", "other_hash", Purpose::PersonNumber, others, ("person_fact", "detail"), |json, _| detail(json)?.other_number),
    kept("one_time_code", "contact_hash", "a code works for ten minutes; whoever waits for one asks again"),
    kept("one_time_code", "code_hash", "a code works for ten minutes"),
    kept("session", "token_hash", "of a random token, which nobody has but the browser"),
    kept("api_token", "token_hash", "of a random token, which nobody has but the program"),
];

const fn again(
    table: &'static str,
    column: &'static str,
    purpose: Purpose,
    rows: fn() -> Query,
    sealed: (&'static str, &'static str),
    input: fn(&str, &str) -> Option<String>,
) -> HashColumn {
    HashColumn { table, column, how: How::Again(Again { purpose, rows, sealed, input }) }
}

const fn kept(table: &'static str, column: &'static str, why: &'static str) -> HashColumn {
    HashColumn { table, column, how: How::Kept(why) }
}

fn names() -> Query {
    q("SELECT id, name_hash, id, name, '' FROM person WHERE id > $1 ORDER BY id LIMIT 200")
}

fn numbers() -> Query {
    q("SELECT id, hash, id, number, kind || '/' || country FROM person_identifier WHERE id > $1 ORDER BY id LIMIT 200")
}

fn phones() -> Query {
    q("SELECT id, phone_hash, id, phone, '' FROM account WHERE phone_hash IS NOT NULL AND id > $1 ORDER BY id LIMIT 200")
}

fn emails() -> Query {
    q("SELECT id, email_hash, id, email, '' FROM account WHERE email_hash IS NOT NULL AND id > $1 ORDER BY id LIMIT 200")
}

fn facts() -> Query {
    q("SELECT id, person_hash, id, detail, '' FROM person_fact WHERE id > $1 ORDER BY id LIMIT 200")
}

fn others() -> Query {
    q("SELECT id, other_hash, id, detail, '' FROM person_fact WHERE other_hash IS NOT NULL AND id > $1 ORDER BY id LIMIT 200")
}

/// `plain` is kind and country. The number was checked when it was entered: no day bounds the birth date in it any more.
fn number(number: &str, plain: &str) -> Option<String> {
    let (kind, country) = plain.split_once('/')?;
    let document = DocumentNumber::parse(kind.parse().ok()?, number, Day::ymd(9999, 12, 31)).ok()?;
    Some(number_input(&document, country))
}

fn detail(json: &str) -> Option<Detail> {
    serde_json::from_str(json).ok()
}
