//! Keyed hashes by which licences are found without their numbers standing in the database.

use kernel::{Day, text};
use store::keys::{Keys, Purpose};

use crate::model::HolderKind;
use crate::token::{Code, Secret};

/// By the holder's number.
pub(crate) fn holder(keys: &Keys, kind: HolderKind, number: &str) -> Vec<u8> {
    keys.hash(Purpose::PersonNumber, &holder_input(kind, number))
}

/// What is hashed of a holder.
pub(crate) fn holder_input(kind: HolderKind, number: &str) -> String {
    format!("licence holder\n{}\n{}", kind.code(), text::code(number))
}

/// By the three elements of the public check: one look-up, whatever is right or wrong among them.
pub(crate) fn elements(keys: &Keys, number: &str, holder: &str, issued_on: Day) -> Vec<u8> {
    keys.hash(Purpose::PersonNumber, &elements_input(number, holder, issued_on))
}

/// What is hashed of the three elements.
pub(crate) fn elements_input(number: &str, holder: &str, issued_on: Day) -> String {
    format!("licence check\n{}\n{}\n{issued_on}", text::code(number), text::code(holder))
}

/// By a holder's consent code.
pub(crate) fn code(keys: &Keys, code: &Code) -> Vec<u8> {
    keys.hash(Purpose::Token, &format!("licence consent\n{}", code.digits()))
}

/// By a QR token.
pub(crate) fn secret(keys: &Keys, what: &str, secret: &Secret) -> Vec<u8> {
    keys.hash(Purpose::Token, &format!("{what}\n{secret}"))
}

/// Names the bucket of a certificate asked about, so that its number does not stand in memory either.
pub(crate) fn subject(keys: &Keys, typed: &str) -> Vec<u8> {
    keys.hash(Purpose::Token, &format!("licence subject\n{}", text::code(typed)))
}
