//! Periods of proceedings that the calendar counts: kept with what they were counted from, so that a new notice of holidays moves their ends.
//!
//! Terms of lists and levels, and days that somebody has set, are none of them: they stay where they are.

use kernel::{Day, Period};

use super::model::{Content, Kind, State};
use super::numbers::{Limit, limits};

/// Under which deadlines of proceedings are registered.
pub(super) const DEADLINES: &str = "organization_proceeding";

kernel::coded! {
    /// A period within which somebody acts.
    Clock {
        /// An item of credit is recorded (D-R20).
        Record = "record", "信用信息记录期限", "Recording of the item";
        /// The organisation answers (D-R18).
        Statement = "statement", "陈述申辩期限", "Time to answer";
        /// An objection is looked into (D-R20).
        Objection = "objection", "异议核实期限", "Looking into the objection";
        /// What is put right is removed (D-R18).
        Remove = "remove", "移出期限", "Removal";
        /// A penalty case is decided (D-R22).
        Decide = "decide", "案件办理期限", "Decision of the case";
        /// A hearing is asked for (D-R22).
        Hearing = "hearing", "要求听证期限", "Time to ask for a hearing";
        /// The decision is served (D-R22).
        Serve = "serve", "送达期限", "Service of the decision";
        /// The fine is paid (D-R22).
        Pay = "pay", "缴纳罚款期限", "Payment of the fine";
        /// A review of an evaluation is decided (D-R23).
        Review = "review", "复核期限", "Review";
        /// A qualification is decided on (D-R25).
        Grant = "grant", "资格决定期限", "Decision on the qualification";
        /// What an inspection found is put right.
        Rectify = "rectify", "整改期限", "Time to put right";
    }
}

/// A period that begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Started {
    pub(super) clock: Clock,
    /// The day of the event, which is not counted.
    pub(super) from: Day,
    pub(super) period: Period,
}

impl Clock {
    /// Its length.
    pub(super) fn limit(self) -> &'static Limit {
        let limits = limits();
        match self {
            Self::Record => &limits.credit_record,
            Self::Statement => &limits.credit_statement,
            Self::Objection => &limits.credit_objection,
            Self::Remove => &limits.credit_remove,
            Self::Decide => &limits.penalty_decide,
            Self::Hearing => &limits.penalty_hearing,
            Self::Serve => &limits.penalty_serve,
            Self::Pay => &limits.penalty_pay,
            Self::Review => &limits.evaluation_review,
            Self::Grant => &limits.fundraising_decide,
            Self::Rectify => &limits.inspection_rectify,
        }
    }

    /// It begins on a day.
    pub(super) fn starts(self, from: Day) -> Started {
        Started { clock: self, from, period: self.limit().period() }
    }

    /// From when it has been running, by what is known and when an act was done last; nothing where its end was set by hand.
    pub(super) fn began(self, state: State, content: &Content, done: impl Fn(&str) -> Option<Day>) -> Option<Day> {
        match (self, content) {
            (Self::Record, Content::Listing(content)) => content.arose_on,
            (Self::Statement, Content::Listing(content)) => content.noticed_on,
            (Self::Objection, _) => done("object"),
            (Self::Remove, Content::Listing(content)) => if state == State::Leaving { done("leave") } else { content.rectified_on },
            (Self::Decide, Content::Penalty(content)) => content.filed_on.filter(|_| done("extend").is_none()),
            (Self::Hearing, Content::Penalty(content)) => content.informed_on,
            (Self::Serve, Content::Penalty(content)) => content.decided_on,
            (Self::Pay, Content::Penalty(content)) => content.served_on.filter(|_| content.pay_by.is_some()),
            (Self::Review, _) => done("review"),
            (Self::Grant, Content::Fundraising(content)) => content.applied_on,
            (Self::Rectify, Content::Inspection(content)) => content.done_on,
            _ => None,
        }
    }

    /// The end that people were told.
    pub(super) fn told(self, due: Option<Day>, content: &mut Content) -> Option<Day> {
        self.end(content).map_or(due, |end| *end)
    }

    /// Those that run in a state; the day by which somebody has to act next is the end of the first.
    pub(super) fn running(kind: Kind, state: State) -> &'static [Self] {
        match (kind, state) {
            (Kind::Listing, State::Proposed) => &[Self::Record],
            (Kind::Listing, State::Noticed | State::Heard) => &[Self::Statement],
            (Kind::Listing, State::Disputed) => &[Self::Objection],
            (Kind::Listing, State::Rectified | State::Leaving) => &[Self::Remove],
            (Kind::Penalty, State::Informed) => &[Self::Hearing, Self::Decide],
            (Kind::Penalty, State::Filed | State::LegalReview | State::Hearing | State::Heard) => &[Self::Decide],
            (Kind::Penalty, State::Decided) => &[Self::Serve],
            (Kind::Penalty, State::Served) => &[Self::Pay],
            (Kind::Evaluation, State::UnderReview) => &[Self::Review],
            (Kind::Fundraising, State::Applied) => &[Self::Grant],
            (Kind::Inspection, State::Rectifying) => &[Self::Rectify],
            _ => &[],
        }
    }

    /// Those that a kind of proceeding may have.
    pub(super) fn all_of(kind: Kind) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |clock| State::ALL.iter().any(|state| Self::running(kind, *state).contains(clock)))
    }

    /// Where its end stands beside the day by which somebody has to act.
    fn end(self, content: &mut Content) -> Option<&mut Option<Day>> {
        match (self, content) {
            (Self::Statement, Content::Listing(content)) => Some(&mut content.statement_until),
            (Self::Decide, Content::Penalty(content)) => Some(&mut content.decide_by),
            (Self::Hearing, Content::Penalty(content)) => Some(&mut content.hearing_until),
            (Self::Pay, Content::Penalty(content)) => Some(&mut content.pay_by),
            (Self::Rectify, Content::Inspection(content)) => Some(&mut content.rectify_by),
            _ => None,
        }
    }

    /// Moves its end from `told` to `end`; false where it has changed since, or does not run.
    pub(super) fn move_end(self, kind: Kind, state: State, due: &mut Option<Day>, content: &mut Content, (told, end): (Day, Day)) -> bool {
        let running = Self::running(kind, state);
        if !running.contains(&self) || told == end {
            return false;
        }
        // The day of a hearing has been set by hand, and stands in the place of the end.
        let set = matches!(content, Content::Penalty(content) if state == State::Hearing && content.hearing_on.is_some());
        let leads = running.first() == Some(&self) && !set && *due == Some(told);
        if leads {
            *due = Some(end);
        }
        match self.end(content).filter(|kept| **kept == Some(told)) {
            Some(kept) => {
                *kept = Some(end);
                true
            }
            None => leads,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::supervision::model::Penalty;

    #[test]
    fn k1_an_end_moves_where_it_is_told_and_what_was_set_by_hand_stays() {
        let (told, end) = (Day::ymd(2027, 1, 6), Day::ymd(2027, 1, 8));
        let penalty = |hearing_on| Content::Penalty(Penalty { decide_by: Some(told), hearing_on, ..Penalty::default() });
        let (mut due, mut content) = (Some(told), penalty(None));
        assert!(Clock::Decide.move_end(Kind::Penalty, State::Filed, &mut due, &mut content, (told, end)));
        assert!(due == Some(end) && matches!(&content, Content::Penalty(penalty) if penalty.decide_by == Some(end)));
        assert!(!Clock::Decide.move_end(Kind::Penalty, State::Filed, &mut due, &mut content, (told, end)), "once");
        let (mut due, mut content) = (Some(told), penalty(Some(told)));
        assert!(Clock::Decide.move_end(Kind::Penalty, State::Hearing, &mut due, &mut content, (told, end)));
        assert_eq!(due, Some(told), "the hearing is held on its day");
        assert!(!Clock::Serve.move_end(Kind::Penalty, State::Filed, &mut due, &mut content, (told, end)), "it does not run");
        assert_eq!(Clock::all_of(Kind::Penalty).count(), 4);
    }
}
