//! The columns of keyed hashes of this crate: how each is computed again when the key of the search hashes changes.

use kernel::{Day, DocumentNumber};
use store::keys::Purpose;
use store::{HashColumn, Query, q};

use crate::facts::Detail;
use crate::persons::number_input;

/// All of them.
pub const HASHES: &[HashColumn] = &[
    HashColumn::again(("person", "name_hash"), Purpose::PersonName, names, ("person", "name"), |name, _| Some(name.to_owned())),
    HashColumn::again(("person_identifier", "hash"), Purpose::PersonNumber, numbers, ("person_identifier", "number"), number),
    HashColumn::again(("account", "phone_hash"), Purpose::Contact, phones, ("account", "phone"), |phone, _| Some(phone.to_owned())),
    HashColumn::again(("account", "email_hash"), Purpose::Contact, emails, ("account", "email"), |email, _| Some(email.to_owned())),
    HashColumn::again(("person_fact", "person_hash"), Purpose::PersonNumber, facts, ("person_fact", "detail"), |json, _| detail(json)?.number),
    HashColumn::again(("person_fact", "other_hash"), Purpose::PersonNumber, others, ("person_fact", "detail"), |json, _| detail(json)?.other_number),
    HashColumn::kept(("one_time_code", "contact_hash"), "a code works for ten minutes; whoever waits for one asks again"),
    HashColumn::kept(("one_time_code", "code_hash"), "a code works for ten minutes"),
    HashColumn::kept(("session", "token_hash"), "of a random token, which nobody has but the browser"),
    HashColumn::kept(("api_token", "token_hash"), "of a random token, which nobody has but the program"),
];

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
