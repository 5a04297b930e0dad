//! The states of a divorce (A.3), what a date has decided, and the one table that says who may do what.

use std::sync::LazyLock;

use casework::life::Who;
use kernel::{Day, Text};
use platform::Role;

use super::periods::Dates;

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateKind {
    /// 00 初审: data, papers, interview and agreement are taken in.
    Precheck,
    /// 10 受理, the thirty days run: either may withdraw.
    Cooling,
    /// 20 可领: both may claim.
    Claimable,
    /// 30 审查: both came to claim.
    Examined,
    /// 40 已登记.
    Registered,
    /// 50 撤回 by one of them.
    Withdrawn,
    /// 60 视为撤回: nobody claimed in time.
    Lapsed,
    /// 70 不予登记 this time; still claimable to the last day.
    NotRegistered,
    /// 80 法院终止.
    EndedByCourt,
    /// 90 不予受理.
    NotAccepted,
    /// 95 放弃 before the acceptance.
    Aborted,
}

declared_states!(StateKind, life);

impl StateKind {
    /// Every state, in the order of the codes.
    pub const ALL: [Self; 11] = [
        Self::Precheck,
        Self::Cooling,
        Self::Claimable,
        Self::Examined,
        Self::Registered,
        Self::Withdrawn,
        Self::Lapsed,
        Self::NotRegistered,
        Self::EndedByCourt,
        Self::NotAccepted,
        Self::Aborted,
    ];

    /// The code of Z.1.
    pub fn code(self) -> &'static str {
        match self {
            Self::Precheck => "00",
            Self::Cooling => "10",
            Self::Claimable => "20",
            Self::Examined => "30",
            Self::Registered => "40",
            Self::Withdrawn => "50",
            Self::Lapsed => "60",
            Self::NotRegistered => "70",
            Self::EndedByCourt => "80",
            Self::NotAccepted => "90",
            Self::Aborted => "95",
        }
    }

    /// The move that a date has made necessary, if one has: the thirty days are over, or nobody claimed in time.
    pub fn due(self, dates: &Dates, today: Day) -> Option<(Action, Self)> {
        match self {
            Self::Cooling if today > dates.cool_end => Some((Action::Mature, Self::Claimable)),
            Self::Claimable | Self::Examined | Self::NotRegistered if today > dates.claim_end => Some((Action::Lapse, Self::Lapsed)),
            _ => None,
        }
    }

    /// The state as of a day, whether or not it was written down.
    pub fn on(self, dates: &Dates, today: Day) -> Self {
        let mut state = self;
        while let Some((_, next)) = state.due(dates, today) {
            state = next;
        }
        state
    }

    /// Whether the couple has an accepted case that is not at an end.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Cooling | Self::Claimable | Self::Examined | Self::NotRegistered)
    }
}

/// What may be done with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Enter or change a person's data.
    EnterParty,
    /// Confirm what another typed (R-MR-20).
    ConfirmParty,
    /// The live identity check of both.
    Identify,
    /// Take in what the marriage certificates say.
    ShowMarriage,
    /// Ask both for will and capacity.
    Talk,
    /// Write down a version of the agreement.
    Agree,
    /// Both sign the application and the agreement.
    Sign,
    /// 受理: the thirty days begin.
    Accept,
    /// 不予受理.
    Refuse,
    /// 放弃.
    Abort,
    /// Count the periods again, because a calendar was published.
    Recount,
    /// The thirty days are over.
    Mature,
    /// 撤回 by one of them.
    Withdraw,
    /// Both came to claim.
    Claim,
    /// 登记.
    Register,
    /// 不予登记 this time.
    NotRegister,
    /// 视为撤回.
    Lapse,
    /// A court divorced them.
    EndByCourt,
    /// Print a booklet.
    Print,
    /// Declare a booklet spoiled and use another.
    Spoil,
}

impl Action {
    /// Every action, in the order of the table.
    pub const ALL: [Self; 20] = [
        Self::EnterParty,
        Self::ConfirmParty,
        Self::Identify,
        Self::ShowMarriage,
        Self::Talk,
        Self::Agree,
        Self::Sign,
        Self::Accept,
        Self::Refuse,
        Self::Abort,
        Self::Recount,
        Self::Mature,
        Self::Withdraw,
        Self::Claim,
        Self::Register,
        Self::NotRegister,
        Self::Lapse,
        Self::EndByCourt,
        Self::Print,
        Self::Spoil,
    ];

    /// The verb under which the case log keeps the action.
    pub fn verb(self) -> &'static str {
        match self {
            Self::EnterParty => "enter_party",
            Self::ConfirmParty => "confirm_party",
            Self::Identify => "identify",
            Self::ShowMarriage => "show_marriage",
            Self::Talk => "talk",
            Self::Agree => "agree",
            Self::Sign => "sign",
            Self::Accept => "accept",
            Self::Refuse => "refuse",
            Self::Abort => "abort",
            Self::Recount => "recount",
            Self::Mature => "mature",
            Self::Withdraw => "withdraw",
            Self::Claim => "claim",
            Self::Register => "register",
            Self::NotRegister => "not_register",
            Self::Lapse => "lapse",
            Self::EndByCourt => "end_by_court",
            Self::Print => "print",
            Self::Spoil => "spoil",
        }
    }

    /// The action's name in the audit trail.
    pub fn audited(self) -> &'static str {
        match self {
            Self::EnterParty => "marriage.divorce.enter_party",
            Self::ConfirmParty => "marriage.divorce.confirm_party",
            Self::Identify => "marriage.divorce.identify",
            Self::ShowMarriage => "marriage.divorce.show_marriage",
            Self::Talk => "marriage.divorce.talk",
            Self::Agree => "marriage.divorce.agree",
            Self::Sign => "marriage.divorce.sign",
            Self::Accept => "marriage.divorce.accept",
            Self::Refuse => "marriage.divorce.refuse",
            Self::Abort => "marriage.divorce.abort",
            Self::Recount => "marriage.divorce.recount",
            Self::Mature => "marriage.divorce.mature",
            Self::Withdraw => "marriage.divorce.withdraw",
            Self::Claim => "marriage.divorce.claim",
            Self::Register => "marriage.divorce.register",
            Self::NotRegister => "marriage.divorce.not_register",
            Self::Lapse => "marriage.divorce.lapse",
            Self::EndByCourt => "marriage.divorce.end_by_court",
            Self::Print => "marriage.divorce.print",
            Self::Spoil => "marriage.divorce.spoil",
        }
    }

    /// The name in both languages for a stored verb.
    pub fn name_of(verb: &str) -> Text {
        life().moves.iter().find(|mv| mv.verb == verb).map_or_else(|| Text::new("建档", "opened"), |mv| mv.name.clone())
    }
}

/// How the engine knows this service: its states and moves, as data.
pub fn matter() -> &'static casework::CaseType {
    static MATTER: LazyLock<casework::CaseType> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../../data/marriage/divorce.toml")).expect("a test reads the file that is carried")
    });
    &MATTER
}

/// Its states and moves.
pub(crate) fn life() -> &'static casework::LifeCycle {
    static LIFE: LazyLock<casework::LifeCycle> = LazyLock::new(|| matter().life_cycle());
    &LIFE
}

/// What any of several roles may do in a state, by the engine's one table, in its order. Buttons and operations both ask it.
pub fn actions_for(state: StateKind, roles: &[Role]) -> Vec<Action> {
    let moves = life().actions_for(state.code(), Who::Staff(roles));
    Action::ALL.into_iter().filter(|action| moves.iter().any(|mv| mv.verb == action.verb())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates() -> Dates {
        Dates { accepted: Day::ymd(2026, 8, 10), cool_end: Day::ymd(2026, 9, 9), claim_end: Day::ymd(2026, 10, 9), provisional: false }
    }

    #[test]
    fn every_state_and_action_stands_in_the_table() {
        for state in StateKind::ALL {
            assert_eq!(state.declared().code, state.code());
        }
        for action in Action::ALL {
            assert!(life().moves.iter().any(|mv| mv.verb == action.verb()), "{}", action.verb());
        }
        assert_eq!(life().moves.len(), Action::ALL.len());
        assert_eq!(life().first().code, StateKind::Precheck.code());
    }

    #[test]
    fn r_mr_27_and_r_mr_28_the_date_decides_without_any_job() {
        let at = |day: Day| StateKind::Cooling.on(&dates(), day);
        assert_eq!(at(Day::ymd(2026, 9, 9)), StateKind::Cooling);
        assert_eq!(at(Day::ymd(2026, 9, 10)), StateKind::Claimable);
        assert_eq!(at(Day::ymd(2026, 10, 9)), StateKind::Claimable);
        assert_eq!(at(Day::ymd(2026, 10, 10)), StateKind::Lapsed);
        assert_eq!(StateKind::NotRegistered.on(&dates(), Day::ymd(2026, 10, 9)), StateKind::NotRegistered);
        assert_eq!(StateKind::Examined.on(&dates(), Day::ymd(2026, 10, 10)), StateKind::Lapsed);
        assert_eq!(StateKind::Registered.on(&dates(), Day::ymd(2026, 12, 1)), StateKind::Registered);
    }

    #[test]
    fn what_the_dates_do_nobody_does_by_hand() {
        let all: Vec<Action> = StateKind::ALL.into_iter().flat_map(|state| actions_for(state, &Role::ALL)).collect();
        for action in [Action::Mature, Action::Lapse, Action::Recount, Action::EndByCourt] {
            assert!(!all.contains(&action), "{}", action.verb());
        }
    }
}
