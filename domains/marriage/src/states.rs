//! The states of a case (A.3) and the one table that says who may do what in which of them.

use std::sync::LazyLock;

use casework::life::Who;
use kernel::{Instant, Issue, Text};
use platform::{Error, Role};

use crate::issues;
use crate::model::{CheckResult, MarriageId};

/// Where a case stands, with what belongs to that state. A transition consumes the state and may refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// 10 初审: data are entered, documents shown, declarations signed.
    Precheck,
    /// 20 受理.
    Accepted {
        /// Moment of acceptance; the registration has to follow on the same day.
        at: Instant,
    },
    /// 30 审查: checked and interviewed, nothing stands in the way.
    Examined {
        /// Moment of acceptance.
        accepted: Instant,
    },
    /// 35 待核实.
    PendingVerify {
        /// Moment of acceptance.
        accepted: Instant,
        /// What has to be verified.
        result: CheckResult,
    },
    /// 40 已登记. A correction is a version of the entry and leaves the case here.
    Registered {
        /// The marriage exists from this moment.
        at: Instant,
        /// The entry in the register.
        marriage: MarriageId,
    },
    /// 50 不予登记.
    NotAccepted,
    /// 60 放弃.
    Aborted,
    /// 80 撤销登记.
    Revoked {
        /// The entry, which is void.
        marriage: MarriageId,
    },
    /// 85 无效.
    Annulled {
        /// The entry, which is void.
        marriage: MarriageId,
    },
}

/// A state without its data: what tables and tables of actions know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateKind {
    /// 10 初审.
    Precheck,
    /// 20 受理.
    Accepted,
    /// 30 审查.
    Examined,
    /// 35 待核实.
    PendingVerify,
    /// 40 已登记.
    Registered,
    /// 50 不予登记.
    NotAccepted,
    /// 60 放弃.
    Aborted,
    /// 80 撤销登记.
    Revoked,
    /// 85 无效.
    Annulled,
}

declared_states!(StateKind, life);

impl StateKind {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::Precheck,
        Self::Accepted,
        Self::Examined,
        Self::PendingVerify,
        Self::Registered,
        Self::NotAccepted,
        Self::Aborted,
        Self::Revoked,
        Self::Annulled,
    ];

    /// The code of Z.1.
    pub fn code(self) -> &'static str {
        match self {
            Self::Precheck => "10",
            Self::Accepted => "20",
            Self::Examined => "30",
            Self::PendingVerify => "35",
            Self::Registered => "40",
            Self::NotAccepted => "50",
            Self::Aborted => "60",
            Self::Revoked => "80",
            Self::Annulled => "85",
        }
    }
}

impl State {
    /// The state without its data.
    pub fn kind(&self) -> StateKind {
        match self {
            Self::Precheck => StateKind::Precheck,
            Self::Accepted { .. } => StateKind::Accepted,
            Self::Examined { .. } => StateKind::Examined,
            Self::PendingVerify { .. } => StateKind::PendingVerify,
            Self::Registered { .. } => StateKind::Registered,
            Self::NotAccepted => StateKind::NotAccepted,
            Self::Aborted => StateKind::Aborted,
            Self::Revoked { .. } => StateKind::Revoked,
            Self::Annulled { .. } => StateKind::Annulled,
        }
    }

    /// The moment of the acceptance that still counts.
    pub fn accepted_at(&self) -> Option<Instant> {
        match self {
            Self::Accepted { at } => Some(*at),
            Self::Examined { accepted } | Self::PendingVerify { accepted, .. } => Some(*accepted),
            _ => None,
        }
    }

    /// The entry that the case made in the register, whatever became of it.
    pub fn marriage(&self) -> Option<MarriageId> {
        match self {
            Self::Registered { marriage, .. } | Self::Revoked { marriage } | Self::Annulled { marriage } => Some(*marriage),
            _ => None,
        }
    }

    fn refuse(self) -> Error {
        let name = self.kind().name();
        Error::state(&name.zh, &name.en)
    }

    /// 初审 → 受理.
    pub fn accept(self, now: Instant) -> Result<Self, Error> {
        match self {
            Self::Precheck => Ok(Self::Accepted { at: now }),
            other => Err(other.refuse()),
        }
    }

    /// 受理 → 审查 or 待核实, by what the network check came to. On a later day the case has to be accepted anew.
    pub fn examine(self, result: CheckResult, now: Instant) -> Result<Self, Error> {
        match self {
            Self::Accepted { at } => match (same_day(at, now), result) {
                (Err(issue), _) => Err(issue.into()),
                (Ok(()), CheckResult::Clear) => Ok(Self::Examined { accepted: at }),
                (Ok(()), result) => Ok(Self::PendingVerify { accepted: at, result }),
            },
            other => Err(other.refuse()),
        }
    }

    /// 待核实, or anything accepted → 受理 again on the same day, 初审 on a later one: then declarations, documents, age and network
    /// check are repeated and the case accepted anew.
    pub fn verify(self, now: Instant) -> Result<Self, Error> {
        match self.accepted_at() {
            Some(at) if same_day(at, now).is_err() => Ok(Self::Precheck),
            Some(at) if matches!(self, Self::PendingVerify { .. }) => Ok(Self::Accepted { at }),
            _ => Err(self.refuse()),
        }
    }

    /// 审查 → 登记, on the day of acceptance.
    pub fn register(self, now: Instant, marriage: MarriageId) -> Result<Self, Error> {
        match self {
            Self::Examined { accepted } => {
                same_day(accepted, now)?;
                Ok(Self::Registered { at: now, marriage })
            }
            other => Err(other.refuse()),
        }
    }

    /// Anything before the registration → 不予登记.
    pub fn not_accept(self) -> Result<Self, Error> {
        match self {
            Self::Precheck | Self::Accepted { .. } | Self::Examined { .. } | Self::PendingVerify { .. } => Ok(Self::NotAccepted),
            other => Err(other.refuse()),
        }
    }

    /// Anything before the registration → 放弃.
    pub fn abort(self) -> Result<Self, Error> {
        match self {
            Self::Precheck | Self::Accepted { .. } | Self::Examined { .. } | Self::PendingVerify { .. } => Ok(Self::Aborted),
            other => Err(other.refuse()),
        }
    }

    /// Refuses unless the table lets `role` do `action` here.
    pub fn allow(&self, role: Role, action: Action) -> Result<(), Error> {
        if actions(self.kind(), role).contains(&action) { Ok(()) } else { Err(self.refuse()) }
    }
}

fn same_day(accepted: Instant, now: Instant) -> Result<(), Issue> {
    if accepted.day() == now.day() { Ok(()) } else { Err(issues::accepted_earlier()) }
}

/// What may be done with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Enter or change a person's data.
    EnterParty,
    /// Confirm what another typed (R-MR-20).
    ConfirmParty,
    /// The live identity check (R-MR-03).
    Identify,
    /// Take in a signed declaration.
    Sign,
    /// 受理.
    Accept,
    /// The network check.
    NetworkCheck,
    /// Record the interview.
    Interview,
    /// Take in or confirm the photo.
    Photo,
    /// 审查.
    Examine,
    /// 登记.
    Register,
    /// 不予登记.
    Refuse,
    /// 放弃.
    Abort,
    /// Take up again what was pending, or left overnight.
    Verify,
    /// Print a booklet, or the notice of a refusal.
    Print,
    /// Declare a booklet spoiled and use another.
    Spoil,
    /// Correct a typing error.
    Correct,
}

impl Action {
    /// The verb under which the case log keeps the action.
    pub fn verb(self) -> &'static str {
        match self {
            Self::EnterParty => "enter_party",
            Self::ConfirmParty => "confirm_party",
            Self::Identify => "identify",
            Self::Sign => "sign",
            Self::Accept => "accept",
            Self::NetworkCheck => "network_check",
            Self::Interview => "interview",
            Self::Photo => "photo",
            Self::Examine => "examine",
            Self::Register => "register",
            Self::Refuse => "refuse",
            Self::Abort => "abort",
            Self::Verify => "verify",
            Self::Print => "print",
            Self::Spoil => "spoil",
            Self::Correct => "correct",
        }
    }

    /// Every action, in the order of the table.
    pub const ALL: [Self; 16] = [
        Self::EnterParty,
        Self::ConfirmParty,
        Self::Identify,
        Self::Sign,
        Self::Accept,
        Self::NetworkCheck,
        Self::Interview,
        Self::Photo,
        Self::Examine,
        Self::Register,
        Self::Refuse,
        Self::Abort,
        Self::Verify,
        Self::Print,
        Self::Spoil,
        Self::Correct,
    ];

    /// The name in both languages for a stored verb.
    pub fn name_of(verb: &str) -> Text {
        life().moves.iter().find(|mv| mv.verb == verb).map_or_else(|| Text::new("建档", "opened"), |mv| mv.name.clone())
    }
}

/// How the engine knows this service: its states and moves, as data.
pub fn matter() -> &'static casework::CaseType {
    static MATTER: LazyLock<casework::CaseType> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../data/marriage/matter.toml")).expect("a test reads the file that is carried")
    });
    &MATTER
}

/// Its states and moves.
pub(crate) fn life() -> &'static casework::LifeCycle {
    static LIFE: LazyLock<casework::LifeCycle> = LazyLock::new(|| matter().life_cycle());
    &LIFE
}

/// What a role may do in a state, by the engine's one table. Buttons and operations both ask it.
pub fn actions(state: StateKind, role: Role) -> Vec<Action> {
    let moves = life().actions_for(state.code(), Who::Staff(&[role]));
    moves.into_iter().filter_map(|mv| Action::ALL.into_iter().find(|action| action.verb() == mv.verb)).collect()
}

/// What any of several roles may do in a state, in the order of the table.
pub fn actions_for(state: StateKind, roles: &[Role]) -> Vec<Action> {
    let mut all: Vec<Action> = roles.iter().flat_map(|role| actions(state, *role)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use kernel::Day;

    use super::*;

    fn at(day: Day, minute: u16) -> Instant {
        Instant::at(day, minute)
    }

    #[test]
    fn the_table_of_actions_is_this() {
        let mut lines = Vec::new();
        for state in StateKind::ALL {
            for role in Role::ALL {
                let verbs: Vec<&str> = actions(state, role).iter().map(|action| action.verb()).collect();
                if !verbs.is_empty() {
                    lines.push(format!("{} {}: {}", state.code(), role.code(), verbs.join(" ")));
                }
            }
        }
        assert_eq!(
            lines.join("\n"),
            "10 clerk: enter_party confirm_party photo abort\n\
             10 registrar: enter_party confirm_party identify sign accept photo refuse abort\n\
             20 clerk: photo abort\n\
             20 registrar: network_check interview photo examine refuse abort verify\n\
             30 clerk: photo abort\n\
             30 registrar: network_check photo register refuse abort verify\n\
             35 clerk: abort\n\
             35 registrar: refuse abort verify\n\
             40 clerk: print\n\
             40 registrar: print spoil\n\
             40 reviewer: correct\n\
             50 clerk: print\n\
             50 registrar: print"
        );
    }

    #[test]
    fn what_no_transition_lists_is_refused_with_its_state() {
        let refused = State::Precheck.examine(CheckResult::Clear, at(Day::ymd(2026, 5, 20), 600)).expect_err("not accepted yet");
        assert!(refused.has_code("E-ST01"));
        assert!(State::Aborted.abort().expect_err("closed").has_code("E-ST01"));
        assert!(State::NotAccepted.accept(at(Day::ymd(2026, 5, 20), 600)).expect_err("closed").has_code("E-ST01"));
    }

    #[test]
    fn the_registration_follows_on_the_day_of_acceptance() {
        let day = Day::ymd(2026, 5, 20);
        let marriage = MarriageId::new(1, [0; 10]);
        let examined = State::Precheck.accept(at(day, 600)).and_then(|s| s.examine(CheckResult::Clear, at(day, 610))).expect("same day");
        let last = Instant::from_micros(at(day.plus_days(1), 0).micros() - 1);
        assert!(examined.register(last, marriage).is_ok(), "23:59:59 is the same day");
        let refused = examined.register(at(day.plus_days(1), 0), marriage).expect_err("00:00 is not");
        assert!(refused.has_code("MR-E49"));
    }

    #[test]
    fn what_is_pending_overnight_starts_again() {
        let day = Day::ymd(2026, 5, 20);
        let pending =
            State::Precheck.accept(at(day, 600)).and_then(|s| s.examine(CheckResult::NoAnswer, at(day, 610))).expect("accepted, then pending");
        assert_eq!(pending.kind(), StateKind::PendingVerify);
        assert_eq!(pending.verify(at(day, 1439)).expect("same day").kind(), StateKind::Accepted);
        assert_eq!(pending.verify(at(day.plus_days(1), 0)).expect("next day").kind(), StateKind::Precheck);
    }

    #[test]
    fn states_and_actions_are_those_of_the_table() {
        assert_eq!(matter().validate(), []);
        assert_eq!(life().states.iter().map(|state| state.code.as_str()).collect::<Vec<_>>(), StateKind::ALL.map(StateKind::code));
        let outside = ["revoke", "annul"];
        let verbs: Vec<_> = life().moves.iter().map(|mv| mv.verb.as_str()).filter(|verb| !outside.contains(verb)).collect();
        assert_eq!(verbs, Action::ALL.map(Action::verb));
    }

    #[test]
    fn every_state_declares_a_phase() {
        assert!(StateKind::ALL.iter().filter(|state| state.phase().is_closed()).count() == 5);
        for state in StateKind::ALL {
            assert_eq!(StateKind::from_code(state.code()), Some(state));
        }
    }
}
