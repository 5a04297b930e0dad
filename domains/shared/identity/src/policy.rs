//! What passwords must be like: figures as data, with their source.

use std::sync::LazyLock;

/// The rules in force.
pub(crate) static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../data/accounts/passwords.json")).expect("the rules of passwords are checked by a test")
});

/// Rules of passwords.
#[derive(serde::Deserialize)]
pub(crate) struct Policy {
    /// Passwords of citizens.
    pub(crate) citizen: CitizenRule,
    /// Passwords of staff.
    pub(crate) staff: StaffRule,
    /// Most characters that are hashed.
    pub(crate) longest: usize,
}

/// Rules for citizens.
#[derive(serde::Deserialize)]
pub(crate) struct CitizenRule {
    /// Least number of characters.
    pub(crate) least: usize,
}

/// Rules for staff.
#[derive(serde::Deserialize)]
pub(crate) struct StaffRule {
    /// Least number of characters.
    pub(crate) least: usize,
    /// Least number of classes of characters, of four.
    pub(crate) classes: usize,
    /// Days after which it must be changed.
    pub(crate) days: i64,
    /// So many of the last ones may not be chosen again.
    pub(crate) history: i64,
}
