//! The matters of registration on casework: establishment, change, cancellation. Data say what is asked and how a case goes; the hooks here
//! add the rules between the answers, what the register says, and the rows that a decision writes.

mod acting;
mod cancellation;
mod change;
mod establishment;
mod read;
#[cfg(test)]
mod tests;

use std::sync::{Arc, LazyLock};

use casework::ops::Act;
use casework::{CaseType, Declaration, FieldKind};
use kernel::Issue;

use crate::issues;

/// Key of the procedure by which an organisation is founded.
pub const ESTABLISHMENT: &str = "organizations.establishment";
/// Key of the procedure by which its entry is changed.
pub const CHANGE: &str = "organizations.change";
/// Key of the procedure by which it ends.
pub const CANCELLATION: &str = "organizations.cancellation";

/// Basic code of 社会组织变更登记.
pub const CHANGE_ITEM: &str = "000111001002";
/// Basic code of 社会组织注销登记.
pub const CANCELLATION_ITEM: &str = "000111001003";

fn carried(text: &str) -> CaseType {
    toml::from_str(text).expect("a test reads the file that is carried")
}

static FOUNDING: LazyLock<CaseType> = LazyLock::new(|| carried(include_str!("../../../../data/organizations/establishment.toml")));

/// Characters of a name at most, as the form of the establishment has it.
pub(crate) fn longest_name() -> usize {
    let name = FOUNDING.sections.iter().flat_map(|section| &section.fields).find(|field| field.key == "name");
    match name.map(|field| &field.kind) {
        Some(FieldKind::Text { max }) => usize::try_from(*max).unwrap_or_default(),
        _ => 0,
    }
}

/// All of them, with their hooks.
///
/// # Panics
/// If a carried file cannot be read; a test reads them.
pub fn matters() -> Vec<Declaration> {
    vec![
        Declaration { case_type: FOUNDING.clone(), hooks: Arc::new(establishment::Establishment) },
        Declaration { case_type: carried(include_str!("../../../../data/organizations/change.toml")), hooks: Arc::new(change::Change) },
        Declaration { case_type: carried(include_str!("../../../../data/organizations/cancellation.toml")), hooks: Arc::new(cancellation::Cancellation) },
    ]
}

/// A refusal says why and what may be done about it (D-R11, `E-D12`).
fn refusal_is_whole(act: &Act) -> Option<Issue> {
    let refuses = act.verb == "refuse" && (act.reason.trim().is_empty() || act.remedies.trim().is_empty());
    refuses.then(issues::refusal_without_reason)
}
