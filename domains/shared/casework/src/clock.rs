//! The ends of the periods that run in a case, counted from its state and the calendar: pure. What the database keeps of them is a copy
//! for lists; guards count.

use catalog::model::Limit;
use kernel::{Calendar, Day, Instant, Text};
use platform::calendars::deadlines::End;

use crate::Phase;
use crate::fold::CaseState;
use crate::model::{By, LifeCycle, Timer};

/// The limits that hold for every case, as data with their source.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct General {
    /// The one-time notice of what is missing.
    pub notice: crate::model::StepLimit,
    /// How much longer a limit may be made.
    pub extension: crate::model::StepLimit,
    /// The same for matters that are handled together.
    pub joint_extension: crate::model::StepLimit,
    /// The longest absence with delegation, in days.
    pub absence: crate::model::StepLimit,
    /// Minute of the day after which a clerk's act counts for the next working day (K9).
    pub closes_at: u16,
    /// The source of that minute.
    pub closes_at_source: String,
    /// How many inspect on the spot, at least.
    pub inspectors: usize,
    /// The law that says so.
    pub inspectors_source: String,
    /// How many persons may act for one and the same person at a time, at most (亲友代办).
    pub relatives: usize,
    /// The rule that says so.
    pub relatives_source: String,
    /// What one place takes in for another.
    pub cross: crate::cross::Limits,
}

impl General {
    /// The limits of the carried data file.
    pub fn carried() -> &'static General {
        static GENERAL: std::sync::LazyLock<General> = std::sync::LazyLock::new(|| {
            toml::from_str(include_str!("../../../../data/casework/limits.toml")).expect("a test reads the file that is carried")
        });
        &GENERAL
    }
}

/// The ends of the periods that run now; what does not run is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ends {
    /// 承诺, or the law if that is earlier.
    pub promise: Option<End>,
    /// 法定.
    pub legal: Option<End>,
    /// 一次性告知.
    pub notice: Option<End>,
    /// The present step.
    pub step: Option<End>,
    /// Promised papers.
    pub paper: Option<Day>,
}

impl Ends {
    /// Counts what runs in this state. The limit to look at what was submitted runs once the papers are with the office that has to.
    pub fn count(state: &CaseState, life: &LifeCycle, general: &General, calendar: &Calendar) -> Self {
        let limited = state.limits.as_ref().filter(|_| state.clock_runs() && state.suspended_since.is_none());
        let end = |period| limited.and_then(|limits| Some(End::count(calendar, limits.from, period?, &state.suspensions, state.extension)));
        let (promise, legal) = (end(state.limits.as_ref().and_then(|limits| limits.promise)), end(state.limits.as_ref().and_then(|limits| limits.legal)));
        let promise = match (promise, &legal) {
            (Some(promise), Some(legal)) if legal.day() < promise.day() => Some(legal.clone()),
            (Some(promise), _) => Some(promise),
            (None, legal) => legal.clone(),
        };
        let here = |at: &&crate::model::State| at.phase != Phase::Submitted || state.received.is_some();
        let from = |day: Day, limit: &Limit| limit.period().map(|period| End::count(calendar, day, period, &[], None));
        Self {
            promise,
            legal,
            notice: state.received.filter(|_| state.notice_runs).and_then(|(_, day)| from(day, &general.notice.limit)),
            step: life.state(&state.code).filter(here).and_then(|at| at.limit.as_ref()).and_then(|limit| from(state.since, &limit.limit)),
            paper: state.paper_due,
        }
    }

    /// The nearest end: what lists sort by.
    pub fn nearest(&self) -> Option<Day> {
        let ends = [&self.promise, &self.notice, &self.step];
        ends.into_iter().flatten().map(End::day).chain(self.paper).min()
    }

    /// Whether one of them may still move because a year's notice is not known.
    pub fn provisional(&self) -> bool {
        [&self.promise, &self.legal, &self.notice, &self.step].into_iter().flatten().any(End::provisional)
    }

    /// The end of a timer.
    pub fn of(&self, timer: Timer) -> Option<Day> {
        match timer {
            Timer::Notice => self.notice.as_ref().map(End::day),
            Timer::Step => self.step.as_ref().map(End::day),
            Timer::Paper => self.paper,
        }
    }

    /// The running periods in words, with their names.
    pub fn explain(&self) -> Vec<(Text, Text)> {
        let named = [
            (Text::new("承诺办结时限", "Promised limit"), &self.promise),
            (Text::new("法定办结时限", "Legal limit"), &self.legal),
            (Text::new("受理或者告知补正的期限", "Limit to accept or to tell what is missing"), &self.notice),
            (Text::new("本环节期限", "Limit of this step"), &self.step),
        ];
        named.into_iter().filter_map(|(name, end)| Some((name, end.as_ref()?.explain()))).collect()
    }
}

/// The move that time has made by `today`: a limit ran out, and the table says what then. A day is over at 24:00, whether or not a job ran.
pub fn overdue(state: &CaseState, life: &LifeCycle, ends: &Ends, today: Day) -> Option<(Timer, String, Day)> {
    [Timer::Notice, Timer::Paper, Timer::Step].into_iter().find_map(|timer| {
        let due = ends.of(timer).filter(|due| *due < today)?;
        let mv = life.moves.iter().find(|mv| mv.leaves(&state.code) && mv.by.contains(&By::Time(timer)))?;
        Some((timer, mv.verb.clone(), due))
    })
}

/// The moment from which a period that ended on `due` is over.
pub fn over_at(due: Day) -> Instant {
    Instant::at(due.plus_days(1), 0)
}
