//! States of a complaint, acts, and which act leads where (OVP A1.6).

use platform::Role;

use super::Kind;

kernel::coded! {
    /// Where a complaint stands.
    State {
        /// 登记
        Registered = "REGISTERED", "已登记，待审核", "Registered";
        /// 待补正
        Unclear = "UNCLEAR", "待补正", "To be made clear";
        /// 受理
        Accepted = "ACCEPTED", "已受理，待转办", "Accepted";
        /// 不予受理
        Refused = "REFUSED", "不予受理", "Not accepted";
        /// 合并
        Merged = "MERGED", "已合并办理", "Handled together with another";
        /// 待签收
        ToSign = "TO_SIGN", "待签收", "To be signed for";
        /// 待改派
        Returned = "RETURNED", "待改派", "Returned";
        /// 办理中
        InHand = "IN_HAND", "办理中", "In hand";
        /// 待回访
        Replied = "REPLIED", "已答复，待评价", "Answered";
        /// 办结
        Closed = "CLOSED", "办结", "Closed";
    }
}

impl State {
    /// Whether something is still to be done.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Refused | Self::Merged | Self::Closed)
    }
}

kernel::coded! {
    /// What can be done by staff.
    Act {
        /// 受理
        Accept = "accept", "受理", "Accept";
        /// 不予受理
        Refuse = "refuse", "不予受理", "Do not accept";
        /// 合并
        Merge = "merge", "与重复件合并", "Merge with the same one";
        /// 补正告知
        Clarify = "clarify", "告知补正", "Ask what is meant";
        /// 转办
        Dispatch = "dispatch", "转办", "Send to a unit";
        /// 指定承办
        Designate = "designate", "指定承办", "Designate the unit";
        /// 签收
        Sign = "sign", "签收", "Sign for it";
        /// 退回
        Return = "return", "退回", "Return it";
        /// 延期
        Extend = "extend", "延期", "Extend";
        /// 答复
        Reply = "reply", "答复", "Reply";
        /// 回访满意
        Content = "content", "回访满意，办结", "Called back: satisfied";
        /// 回访不满意
        NotContent = "not-content", "回访不满意，重办", "Called back: not satisfied";
    }
}

impl Act {
    /// Which roles may do it.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::Extend => &[Role::Head],
            Self::Sign | Self::Return => &[Role::ComplaintHandler, Role::Head],
            Self::Reply => &[Role::ComplaintHandler, Role::Dispatcher],
            _ => &[Role::Dispatcher],
        }
    }

    /// Whether it is done by the unit that answers, not by the desk.
    pub fn is_units(self) -> bool {
        matches!(self, Self::Sign | Self::Return | Self::Extend)
    }
}

/// The state after an act, if this state allows it for this kind.
pub fn after(state: State, act: Act, kind: Kind) -> Option<State> {
    use State::{Accepted, Closed, InHand, Merged, Refused, Registered, Replied, Returned, ToSign, Unclear};
    Some(match (state, act) {
        (Registered, Act::Accept) => Accepted,
        (Registered, Act::Refuse) => Refused,
        (Registered, Act::Merge) => Merged,
        (Registered, Act::Clarify) if kind == Kind::Disclosure => Unclear,
        (Accepted, Act::Dispatch) | (Returned, Act::Designate) => ToSign,
        // The desk answers simple questions itself.
        (Accepted, Act::Reply) if kind == Kind::Consult => Replied,
        (ToSign, Act::Sign) => InHand,
        (ToSign, Act::Return) => Returned,
        (InHand, Act::Extend) if kind.extension().is_some() => InHand,
        (InHand, Act::Reply) => Replied,
        (Replied, Act::Content) => Closed,
        (Replied, Act::NotContent) => InHand,
        _ => return None,
    })
}

/// The acts that a state allows, in the order of the buttons.
pub fn acts(state: State, kind: Kind) -> impl Iterator<Item = Act> {
    Act::ALL.iter().copied().filter(move |act| after(state, *act, kind).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p4_1_nothing_ends_without_an_answer_a_reason_or_another_that_answers() {
        for kind in Kind::ALL.iter().copied() {
            for state in State::ALL.iter().copied() {
                // What is unclear waits for the person alone.
                assert_eq!(state.is_open() && state != State::Unclear, acts(state, kind).next().is_some(), "{state:?}");
                for act in acts(state, kind) {
                    let next = after(state, act, kind).expect("allowed");
                    let ends = matches!((act, next), (Act::Refuse, State::Refused) | (Act::Merge, State::Merged) | (Act::Content, State::Closed));
                    assert_eq!(!next.is_open(), ends, "{state:?} {act:?}");
                }
            }
        }
    }

    #[test]
    fn p4_12_only_requests_for_disclosure_are_asked_what_they_mean() {
        for kind in Kind::ALL.iter().copied() {
            assert_eq!(after(State::Registered, Act::Clarify, kind).is_some(), kind == Kind::Disclosure);
        }
    }
}
