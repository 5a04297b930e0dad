//! The log of a case folded to its state: pure, and the only way in which a case changes.

use kernel::calendar::Suspension;
use kernel::{Day, Instant, Issue, Period};
use platform::StaffId;

use crate::issues;
use crate::model::{Effect, Event, LifeCycle, Limits, Outcome, TRANSFER};

/// What the log says of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseState {
    /// The state.
    pub code: String,
    /// The day on which it came there.
    pub since: Day,
    /// Number of the last event.
    pub seq: i64,
    /// When the papers arrived, and the day that counts for it.
    pub received: Option<(Instant, Day)>,
    /// Whether the clock of the one-time notice runs, from the day of receipt.
    pub notice_runs: bool,
    /// The day of the one-time notice.
    pub told_on: Option<Day>,
    /// When it was accepted; the moment of receipt if nobody told in time.
    pub accepted_at: Option<Instant>,
    /// Whether it was accepted because nobody told in time.
    pub auto_accepted: bool,
    /// The limits that run since.
    pub limits: Option<Limits>,
    /// How much longer the limit was made.
    pub extension: Option<Period>,
    /// Times that did not count.
    pub suspensions: Vec<Suspension>,
    /// The day on which the clock stopped, if it stands still now.
    pub suspended_since: Option<Day>,
    /// Last day for promised papers that are not here yet.
    pub paper_due: Option<Day>,
    /// Who accepted.
    pub acceptor: Option<StaffId>,
    /// Who examined last.
    pub examiner: Option<StaffId>,
    /// Who agreed in review.
    pub reviewer: Option<StaffId>,
    /// Who decided.
    pub decider: Option<StaffId>,
    /// Who holds it.
    pub holder: Option<StaffId>,
    /// How it was decided.
    pub outcome: Option<Outcome>,
    /// When.
    pub decided_at: Option<Instant>,
    /// When the matter came to its end.
    pub finished_at: Option<Instant>,
}

/// The state of a case from the whole of its log.
///
/// # Errors
/// `E-ST01` at the first event that its state does not allow; `E-ST02` where the numbers of events have a gap.
pub fn fold<'e>(life: &LifeCycle, log: impl IntoIterator<Item = &'e Event>) -> Result<CaseState, Issue> {
    let mut log = log.into_iter();
    let opening = log.next().ok_or_else(issues::empty_log)?;
    log.try_fold(CaseState::open(life, opening)?, |state, event| state.apply(life, event))
}

impl CaseState {
    fn open(life: &LifeCycle, event: &Event) -> Result<Self, Issue> {
        if event.seq != 1 || life.state(&event.to).is_none() {
            return Err(issues::empty_log());
        }
        let received = event.detail.received_on.map(|day| (event.at, day));
        Ok(Self {
            code: event.to.clone(),
            since: event.at.day(),
            seq: 1,
            received,
            notice_runs: received.is_some(),
            told_on: None,
            accepted_at: None,
            auto_accepted: false,
            limits: None,
            extension: None,
            suspensions: Vec::new(),
            suspended_since: None,
            paper_due: None,
            acceptor: None,
            examiner: None,
            reviewer: None,
            decider: None,
            holder: event.detail.holder,
            outcome: None,
            decided_at: None,
            finished_at: None,
        })
    }

    /// The state after one more event.
    ///
    /// # Errors
    /// `E-ST01` if this state does not allow the move, `E-P204` for a second extension, `E-ST02` if the event is not the next one.
    pub fn apply(mut self, life: &LifeCycle, event: &Event) -> Result<Self, Issue> {
        if event.verb == TRANSFER {
            return self.transferred(event);
        }
        let mv = life.find(&self.code, &event.verb).ok_or_else(|| issues::not_in_this_state(life.state(&self.code)))?;
        if event.seq != self.seq + 1 {
            return Err(issues::gap_in_log());
        }
        if mv.has(Effect::Extends) && self.extension.is_some() {
            return Err(issues::extended_already());
        }
        self.seq = event.seq;
        let to = if mv.or.contains(&event.to) { Some(event.to.as_str()) } else { mv.to.as_deref() };
        if let Some(to) = to.filter(|to| *to != self.code) {
            self.code = to.to_owned();
            self.since = event.at.day();
        }
        for effect in &mv.effects {
            self.effect(*effect, event);
        }
        if event.detail.paper_due.is_some() {
            self.paper_due = event.detail.paper_due;
        }
        if event.detail.papers_complete {
            self.paper_due = None;
        }
        Ok(self)
    }

    /// Another body answers for it from now on; whoever held it holds it no longer.
    fn transferred(mut self, event: &Event) -> Result<Self, Issue> {
        if event.seq != self.seq + 1 {
            return Err(issues::gap_in_log());
        }
        self.seq = event.seq;
        self.holder = None;
        Ok(self)
    }

    fn effect(&mut self, effect: Effect, event: &Event) {
        let (day, staff) = (event.at.day(), event.staff);
        match effect {
            Effect::Receives => {
                if !self.notice_runs {
                    self.received = Some((event.at, event.detail.received_on.unwrap_or(day)));
                    self.notice_runs = true;
                }
            }
            Effect::SendsBack => self.notice_runs = false,
            Effect::Tells => {
                self.notice_runs = false;
                self.told_on = Some(day);
            }
            Effect::Accepts => {
                self.notice_runs = false;
                self.accepted_at = Some(event.at);
                self.acceptor = staff.or(self.acceptor);
                self.limits.clone_from(&event.detail.limits);
            }
            Effect::AcceptsSilently => {
                self.notice_runs = false;
                self.auto_accepted = true;
                self.accepted_at = self.received.map(|(at, _)| at).or(Some(event.at));
                self.limits.clone_from(&event.detail.limits);
            }
            Effect::Takes => {
                self.examiner = staff;
                self.holder = staff;
            }
            Effect::Suspends => self.suspended_since = Some(day),
            Effect::Resumes => {
                if let Some(from) = self.suspended_since.take() {
                    // A clock that was set back must not make the time negative.
                    self.suspensions.push(Suspension { from, resumed: day.max(from) });
                }
            }
            Effect::Extends => self.extension = event.detail.extension,
            Effect::Reviews => self.reviewer = staff,
            Effect::Grants => self.decide(Outcome::Granted, event),
            Effect::Refuses => self.decide(Outcome::Refused, event),
            Effect::Hands => self.holder = event.detail.holder,
            Effect::Finishes => {
                self.finished_at = Some(event.at);
                self.notice_runs = false;
                self.paper_due = None;
                self.holder = None;
            }
        }
    }

    fn decide(&mut self, outcome: Outcome, event: &Event) {
        self.outcome = Some(outcome);
        self.decided_at = Some(event.at);
        self.decider = event.staff;
    }

    /// Whether the limits of the item still run: accepted, neither decided nor at an end.
    pub fn clock_runs(&self) -> bool {
        self.limits.is_some() && self.decided_at.is_none() && self.finished_at.is_none()
    }
}

