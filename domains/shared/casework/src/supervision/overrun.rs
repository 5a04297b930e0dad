//! What was over when a case moved on. The head forgets a limit that no longer runs; the run that comes after must not.

use kernel::{Day, Instant};
use platform::Result;
use ::store::Tx;

use super::store::{self, Overrun};
use super::Clock;
use crate::Phase;
use crate::model::{CaseHead, Effect, Move};

/// Keeps the limits that were over at an event and do not run on after it. `mv` is the move; none for a case that went to another body,
/// which leaves everything that was over with the old one.
pub(crate) async fn keep(tx: &Tx, before: &CaseHead, after: &CaseHead, seq: i64, at: Instant, mv: Option<&Move>) -> Result<()> {
    let left_on = at.day();
    let runs_on = mv.is_some() && !after.phase.is_closed();
    let gone = |was: Option<Day>, is: Option<Day>| was.filter(|due| *due < left_on && !(runs_on && is == Some(*due)));
    let notice_due = gone(before.notice_due, after.notice_due);
    let overrun = Overrun {
        case: before.id,
        seq,
        left_on,
        region: before.region,
        org: before.org,
        holder: before.holder,
        phase: before.phase.code().to_owned(),
        accepted_on: before.accepted_at.map(Instant::day),
        promise_due: gone(before.promise_due, after.promise_due),
        legal_due: gone(before.legal_due, after.legal_due),
        step_due: gone(before.step_due, after.step_due),
        told_on: notice_due.filter(|_| mv.is_some_and(|mv| mv.has(Effect::Tells))).map(|_| left_on),
        notice_due,
    };
    if overrun.is_empty() { Ok(()) } else { store::keep_overrun(tx, &overrun).await }
}

impl Overrun {
    fn is_empty(&self) -> bool {
        [self.promise_due, self.legal_due, self.step_due, self.notice_due].iter().all(Option::is_none)
    }

    /// The clock as it stood when the case moved on.
    pub(super) fn clock(&self) -> Clock {
        Clock {
            phase: Phase::from_code(&self.phase),
            accepted_on: self.accepted_on,
            told: self.told_on.zip(self.notice_due),
            promise_due: self.promise_due,
            legal_due: self.legal_due,
            step_due: self.step_due,
            notice_due: self.notice_due,
            ..Clock::default()
        }
    }
}
