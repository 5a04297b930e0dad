//! What the figures keep of one case, from its head and its log: pure.

use std::collections::BTreeSet;

use casework::supervision::Workdays;
use casework::{Detail, Phase};
use kernel::calendar::Suspension;
use kernel::{Day, Instant, RegionCode};
use platform::OrgId;
use platform::calendars::deadlines::End;

use crate::model::Side;
use crate::store::facts::HeadRow;

/// One event, as far as the figures look at it.
#[derive(Debug, Clone)]
pub(crate) struct Happened {
    /// The phase that it led to.
    pub(crate) phase: Option<Phase>,
    /// When.
    pub(crate) at: Instant,
    /// What it changed.
    pub(crate) detail: Detail,
}

/// Everything of a case that the facts rest on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Story {
    /// The log from the opening on.
    pub(crate) log: Vec<Happened>,
    /// The first day on which the precheck sent it back.
    pub(crate) returned_on: Option<Day>,
    /// Times that did not count.
    pub(crate) suspensions: Vec<Suspension>,
}

/// A row of `statistic_case`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) case: casework::CaseId,
    pub(crate) side: Side,
    pub(crate) version: i64,
    pub(crate) region: RegionCode,
    pub(crate) org: OrgId,
    pub(crate) item: String,
    pub(crate) channel: i64,
    pub(crate) received_on: Day,
    pub(crate) returned_on: Option<Day>,
    pub(crate) corrected_on: Option<Day>,
    pub(crate) accepted_on: Option<Day>,
    pub(crate) rejected_on: Option<Day>,
    pub(crate) refused_on: Option<Day>,
    pub(crate) finished_on: Option<Day>,
    pub(crate) withdrawn_on: Option<Day>,
    pub(crate) on_time: bool,
    pub(crate) used_days: i64,
    pub(crate) promise_days: Option<i64>,
    pub(crate) legal_days: Option<i64>,
}

impl Facts {
    /// The days on which it is counted.
    pub(crate) fn days(&self) -> BTreeSet<Day> {
        let later = [self.returned_on, self.corrected_on, self.accepted_on, self.rejected_on, self.refused_on, self.finished_on, self.withdrawn_on];
        later.into_iter().flatten().chain([self.received_on]).collect()
    }
}

/// Phases that only an accepted case reaches.
const ACCEPTED: [Phase; 11] = [
    Phase::Accepted,
    Phase::Examination,
    Phase::Suspended,
    Phase::Review,
    Phase::Decision,
    Phase::Making,
    Phase::Delivery,
    Phase::Finished,
    Phase::Archived,
    Phase::Refused,
    Phase::Revoked,
];
/// Phases of an accepted case that has come to its end.
const FINISHED: [Phase; 4] = [Phase::Finished, Phase::Archived, Phase::Refused, Phase::Revoked];
/// Phases of a case that ended without a result.
const WITHDRAWN: [Phase; 2] = [Phase::Withdrawn, Phase::Terminated];

/// The rows of a case: for the body that answers for it, and for the one that took it in elsewhere.
pub(crate) fn facts(head: &HeadRow, story: &Story, workdays: &Workdays) -> Vec<Facts> {
    let owner = owner(head, story, workdays);
    let receiver = head.intake.map(|(region, org)| Facts { side: Side::Receiver, region, org, ..owner.clone() });
    [owner].into_iter().chain(receiver).collect()
}

fn owner(head: &HeadRow, story: &Story, workdays: &Workdays) -> Facts {
    let phase = head.phase;
    let first = |phases: &[Phase]| story.log.iter().find(|event| event.phase.is_some_and(|phase| phases.contains(&phase))).map(|event| event.at);
    let ended = |phases: &[Phase]| phases.contains(&phase).then(|| first(phases).or(head.closed_at)).flatten();
    let accepted = head.accepted_at.or_else(|| first(&ACCEPTED)).or(head.closed_at.filter(|_| FINISHED.contains(&phase)));
    let finished = ended(&FINISHED);
    let decided = head.decided_at.or(finished);
    let clock = Clock::of(head, story, accepted, workdays);
    let stopped = decided.filter(|_| finished.is_some()).map(Instant::day);
    Facts {
        case: head.id,
        side: Side::Owner,
        version: head.version,
        region: head.region,
        org: head.org,
        item: head.item.clone(),
        channel: head.channel,
        received_on: head.opened_at.day(),
        returned_on: story.returned_on,
        corrected_on: head.corrected_on,
        accepted_on: accepted.map(Instant::day),
        rejected_on: ended(&[Phase::NotAccepted]).map(Instant::day),
        refused_on: decided.filter(|_| head.refused || phase == Phase::Refused).map(Instant::day),
        finished_on: finished.map(Instant::day),
        withdrawn_on: ended(&WITHDRAWN).map(Instant::day),
        on_time: stopped.is_some_and(|day| clock.promise.or(clock.legal).is_none_or(|due| day <= due)),
        used_days: stopped.zip(clock.from).map_or(0, |(day, from)| clock.net(from, day)),
        promise_days: clock.days(finished.and(clock.promise)),
        legal_days: clock.days(finished.and(clock.legal)),
    }
}

/// The limits of a case as they were counted for it.
struct Clock<'a> {
    from: Option<Day>,
    promise: Option<Day>,
    legal: Option<Day>,
    suspensions: &'a [Suspension],
    workdays: &'a Workdays,
}

impl<'a> Clock<'a> {
    fn of(head: &HeadRow, story: &'a Story, accepted: Option<Instant>, workdays: &'a Workdays) -> Self {
        let suspensions = story.suspensions.as_slice();
        let accepted = accepted.map(Instant::day);
        let limits = story.log.iter().rev().find_map(|event| event.detail.limits.as_ref());
        let Some(limits) = limits else {
            return Self { from: accepted, promise: head.promise_due, legal: head.legal_due, suspensions, workdays };
        };
        let extension = story.log.iter().rev().find_map(|event| event.detail.extension);
        let end = |period| End::count(workdays.calendar(), limits.from, period, suspensions, extension).day();
        let legal = limits.legal.map(end);
        let promise = limits.promise.map(end).map(|promise| legal.map_or(promise, |legal| promise.min(legal)));
        Self { from: Some(limits.from), promise, legal, suspensions, workdays }
    }

    /// Working days after `from` up to and with `to`, without those on which the clock stood still.
    fn net(&self, from: Day, to: Day) -> i64 {
        let stood: i64 = self
            .suspensions
            .iter()
            .map(|stood| {
                let (begin, end) = (stood.from.max(from.plus_days(1)), stood.resumed.min(to.plus_days(1)));
                if begin < end { self.workdays.between(begin.plus_days(-1), end.plus_days(-1)) } else { 0 }
            })
            .sum();
        (self.workdays.between(from, to) - stood).max(0)
    }

    fn days(&self, due: Option<Day>) -> Option<i64> {
        self.from.zip(due).map(|(from, due)| self.net(from, due))
    }
}
