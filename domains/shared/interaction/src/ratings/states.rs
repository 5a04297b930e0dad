//! The follow-up of a bad rating: states, acts, and which act leads where (OVP A1.6).

use platform::Role;

kernel::coded! {
    /// Where the follow-up stands.
    State {
        /// 待核实
        ToVerify = "TO_VERIFY", "待核实", "To be verified";
        /// 已联系
        Contacted = "CONTACTED", "已联系", "Contacted";
        /// 无法联系
        Unreachable = "UNREACHABLE", "无法联系", "Not reached";
        /// 整改中
        Fixing = "FIXING", "整改中", "Being put right";
        /// 已反馈
        FedBack = "FED_BACK", "已反馈", "Told";
        /// 申诉
        Appealed = "APPEALED", "申诉复核中", "Under appeal";
        /// 剔除
        Removed = "REMOVED", "已剔除", "Taken out";
        /// 办结
        Closed = "CLOSED", "办结", "Closed";
    }
}

impl State {
    /// Whether something is still to be done.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Removed | Self::Closed)
    }
}

kernel::coded! {
    /// What can be done.
    Act {
        /// Takes the follow-up on; only then is the rater's name seen.
        Take = "take", "领办", "Take it on";
        /// The rater was reached.
        Contact = "contact", "已联系到评价人", "The rater was reached";
        /// Nobody answered.
        Unreachable = "unreachable", "未能联系到", "Nobody answered";
        /// The rating is right, and simple to put right.
        Simple = "simple", "属实，立即整改", "It is true: put right at once";
        /// The rating is right, and takes longer: into the ledger.
        Complex = "complex", "属实，情况复杂，列入台账", "It is true and takes longer: into the ledger";
        /// What was asked has no basis in law: explained.
        Explain = "explain", "诉求无依据，已解释", "No basis in law: explained";
        /// 误评 or 恶意: the unit appeals.
        Appeal = "appeal", "申诉（误评或恶意）", "Appeal (mistaken or malicious)";
        /// 维持
        Uphold = "uphold", "维持差评", "Uphold the rating";
        /// 剔除
        Remove = "remove", "剔除差评", "Take the rating out";
        /// Put right, and the rater told.
        Fix = "fix", "整改完成并反馈", "Put right and told";
        /// The rater was called back and agrees.
        CallBack = "call-back", "回访认可，办结", "Called back: content";
        /// The rater was called back and does not agree.
        Again = "again", "回访不认可，继续整改", "Called back: not content";
    }
}

impl Act {
    /// Which roles may do it.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::Appeal => &[Role::Head],
            Self::Uphold | Self::Remove => &[Role::RatingHandler, Role::Supervisor],
            _ => &[Role::RatingHandler],
        }
    }

    /// Whether only whoever took it on may do it.
    pub fn is_handlers(self) -> bool {
        !matches!(self, Self::Take | Self::Appeal | Self::Uphold | Self::Remove)
    }
}

/// The state after an act, if this state allows it.
pub fn after(state: State, act: Act) -> Option<State> {
    use State::{Appealed, Closed, Contacted, FedBack, Fixing, Removed, ToVerify, Unreachable};
    Some(match (state, act) {
        (open, Act::Take) if open.is_open() && open != Appealed => open,
        (ToVerify | Unreachable, Act::Contact) => Contacted,
        (ToVerify, Act::Unreachable) => Unreachable,
        (Contacted | Unreachable, Act::Simple | Act::Complex) => Fixing,
        (Contacted, Act::Explain) => FedBack,
        (Contacted, Act::Appeal) => Appealed,
        (Appealed, Act::Uphold) => Fixing,
        (Appealed, Act::Remove) => Removed,
        (Fixing, Act::Fix) => FedBack,
        (FedBack, Act::CallBack) => Closed,
        (FedBack, Act::Again) => Fixing,
        _ => return None,
    })
}

/// The acts that a state allows, in the order of the buttons.
pub fn acts(state: State) -> impl Iterator<Item = Act> {
    Act::ALL.iter().copied().filter(move |act| after(state, *act).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p3_4_every_bad_rating_comes_to_an_end_and_none_comes_back() {
        for state in State::ALL.iter().copied() {
            assert_eq!(state.is_open(), acts(state).next().is_some(), "{state:?}");
            let mut reached = vec![state];
            for at in 0.. {
                let Some(from) = reached.get(at).copied() else { break };
                for next in acts(from).filter_map(|act| after(from, act)) {
                    if !reached.contains(&next) {
                        reached.push(next);
                    }
                }
            }
            assert!(reached.iter().any(|state| !state.is_open()), "{state:?} has no way out");
        }
    }

    #[test]
    fn p3_7_only_another_office_reviews_and_only_what_was_appealed() {
        for state in State::ALL.iter().copied().filter(|state| *state != State::Appealed) {
            assert!(after(state, Act::Remove).is_none() && after(state, Act::Uphold).is_none());
        }
        assert_eq!(acts(State::Appealed).collect::<Vec<_>>(), [Act::Uphold, Act::Remove]);
    }
}
