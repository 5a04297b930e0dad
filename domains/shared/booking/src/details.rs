//! What people enter about themselves and each other, parsed at the door.

use kernel::document::{DocumentNumber, IdType};
use kernel::{Day, Issues, Refusal};
use serde::{Deserialize, Serialize};

use crate::issues;
use crate::model::PartyDetails;

/// One person as entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyInput {
    /// Name as on the document.
    pub name: String,
    /// Kind of document; the resident identity card if empty.
    pub id_type: String,
    /// Number of the document.
    pub id_no: String,
    /// Mobile phone; may be empty for the person who comes with the booker.
    pub phone: String,
}

/// Longest name that is accepted, in characters.
const NAME_MAX: usize = 50;

/// Checks what was entered; issues carry the fields with `prefix` before their names (`a_name`, `b_id_no`).
///
/// # Errors
/// C-E01 … C-E07 for the number, the phone's own code, E-BK08 for the name.
pub fn parse(input: &PartyInput, prefix: &str, phone_needed: bool, today: Day) -> Result<PartyDetails, Refusal> {
    let field = |name: &str| format!("{prefix}{name}");
    let mut found = Issues::default();
    let name = kernel::text::line(&input.name);
    found.ensure((1..=NAME_MAX).contains(&name.chars().count()), || {
        issues::bad_field(&field("name"), "请填写姓名，与证件上一致", "Enter the name as it stands on the document")
    });
    let id_type = match input.id_type.trim() {
        "" => Some(IdType::RESIDENT),
        code => code.parse().ok(),
    };
    found.ensure(id_type.is_some(), || issues::bad_field(&field("id_type"), "请选择证件类型", "Choose the kind of document"));
    let number = id_type.and_then(|kind| found.keep_at(&field("id_no"), DocumentNumber::parse(kind, &input.id_no, today)));
    let phone = match input.phone.trim() {
        "" if !phone_needed => Some(String::new()),
        typed => found.keep_at(&field("phone"), kernel::phone::Phone::parse(typed)).map(|phone| phone.as_str().to_owned()),
    };
    match (found.any_error(), number, phone) {
        (false, Some(number), Some(phone)) => {
            Ok(PartyDetails { name, id_type: number.kind().as_str().to_owned(), id_no: number.as_str().to_owned(), phone })
        }
        _ => Err(refusal(found)),
    }
}

/// What was collected, as one refusal.
pub(crate) fn refusal(found: Issues) -> Refusal {
    found.finish().err().unwrap_or(Refusal(Vec::new()))
}
