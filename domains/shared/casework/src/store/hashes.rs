//! The columns of keyed hashes of this crate: how each is computed again when the key of the search hashes changes.

use ::store::keys::Purpose;
use ::store::{HashColumn, Query, q};

const NAME: (&str, &str) = ("case_head", "applicant_name");
const NUMBER: (&str, &str) = ("case_head", "applicant_number");
const PRINCIPAL: (&str, &str) = ("case_letter", "principal_number");

/// All of them.
pub const HASHES: &[HashColumn] = &[
    HashColumn::again(("case_head", "applicant_hash"), Purpose::PersonName, names, NAME, |name, _| Some(kernel::text::name(name))),
    HashColumn::again(("case_head", "number_hash"), Purpose::PersonNumber, numbers, NUMBER, |number, _| Some(number.to_owned())),
    HashColumn::again(("case_letter", "principal"), Purpose::PersonNumber, principals, PRINCIPAL, |number, _| Some(number.to_owned())),
    HashColumn::again(("case_credit", "subject"), Purpose::PersonNumber, subjects, NUMBER, |number, _| Some(number.to_owned())),
    HashColumn::kept(("case_head", "query_code_hash"), "of a code that only the applicant has; the last four of the document open the same"),
    HashColumn::kept(("paper", "token_hash"), "of a random token, which nobody has but the printed symbol"),
];

fn names() -> Query {
    q("SELECT id, applicant_hash, id, applicant_name, '' FROM case_head WHERE applicant_hash IS NOT NULL AND id > $1 ORDER BY id LIMIT 200")
}

fn numbers() -> Query {
    q("SELECT id, number_hash, id, applicant_number, '' FROM case_head WHERE number_hash IS NOT NULL AND id > $1 ORDER BY id LIMIT 200")
}

fn principals() -> Query {
    q("SELECT id, principal, id, principal_number, '' FROM case_letter WHERE id > $1 ORDER BY id LIMIT 200")
}

fn subjects() -> Query {
    q("SELECT c.id, c.subject, h.id, h.applicant_number, '' FROM case_credit c JOIN case_head h ON h.id = c.case_id \
       WHERE c.id > $1 ORDER BY c.id LIMIT 200")
}
