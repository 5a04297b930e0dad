//! What passwords must be like, and the limits of guessing and of sessions: figures as data, with their source.

use std::sync::LazyLock;

/// The rules in force.
pub(crate) static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../data/accounts/passwords.json")).expect("the rules of passwords are checked by a test")
});

/// The limits in force.
pub(crate) static LIMITS: LazyLock<Limits> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../data/accounts/limits.json")).expect("the limits of accounts are checked by a test")
});

/// Limits of guessing and of sessions.
#[derive(serde::Deserialize)]
pub(crate) struct Limits {
    /// Wrong passwords of one account before it locks.
    pub(crate) lock: Window,
    /// Codes sent to one number or address.
    pub(crate) codes: Window,
    /// Codes asked for from one network address.
    pub(crate) codes_of_network: Window,
    /// Names and numbers that one account has checked.
    pub(crate) checks: Window,
    /// Wrong proofs for one case number.
    pub(crate) progress: Window,
    /// Proofs of case numbers from one network, right or wrong.
    pub(crate) progress_of_network: Window,
    /// Wrong query codes for one receipt number.
    pub(crate) receipts: Window,
    /// Complaints from one network by people who are not signed in.
    pub(crate) complaints_of_network: Window,
    /// Mails to one address that asks to be told of changes in a register.
    pub(crate) follows: Window,
    /// The same asked for from one network.
    pub(crate) follows_of_network: Window,
    /// Signed extracts of a register asked for from one network.
    pub(crate) extracts_of_network: Window,
    /// Names of organisations to be that are checked from one network.
    pub(crate) name_checks_of_network: Window,
    /// Sessions.
    pub(crate) session: SessionRule,
    /// Networks from which an account was used.
    pub(crate) place: Kept,
    /// Under which age a guardian has to consent.
    pub(crate) guardian: Age,
    /// From which age on somebody is an adult.
    pub(crate) adult: Age,
}

/// An age.
#[derive(serde::Deserialize)]
pub(crate) struct Age {
    /// Full years.
    pub(crate) years: u16,
}

/// So many within so long.
#[derive(Clone, Copy, serde::Deserialize)]
pub(crate) struct Window {
    /// Allowed within the window.
    pub(crate) most: i64,
    /// Length of the window in minutes.
    pub(crate) minutes: i64,
}

/// When sessions end.
#[derive(serde::Deserialize)]
pub(crate) struct SessionRule {
    /// Minutes without a request after which a session of staff ends.
    pub(crate) idle_staff_minutes: i64,
    /// The same for citizens.
    pub(crate) idle_citizen_minutes: i64,
    /// Hours after which every session ends.
    pub(crate) longest_hours: i64,
}

/// How long something is kept.
#[derive(serde::Deserialize)]
pub(crate) struct Kept {
    /// Days.
    pub(crate) days: i64,
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_in_force_are_there_and_each_names_its_source() {
        assert_eq!((LIMITS.lock.most, LIMITS.lock.minutes), (5, 15));
        assert_eq!((LIMITS.session.idle_staff_minutes, LIMITS.session.idle_citizen_minutes, LIMITS.session.longest_hours), (15, 30, 12));
        let file: serde_json::Value = serde_json::from_str(include_str!("../../../../data/accounts/limits.json")).expect("valid");
        for (name, limit) in file.as_object().expect("an object") {
            assert!(limit["source"].as_str().is_some_and(|source| !source.is_empty()), "{name}");
        }
    }
}
