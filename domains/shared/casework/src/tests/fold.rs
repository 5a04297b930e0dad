//! The fold, with events in any order.

use kernel::{Calendar, Day, Id, Instant, Period};
use platform::StaffId;
use proptest::prelude::*;

use crate::clock::{Ends, General};
use crate::fold::{CaseState, fold};
use crate::life::standard;
use crate::model::{Detail, Effect, Event, Limits};

fn opening() -> Event {
    let at = Instant::at(Day::ymd(2026, 7, 1), 600);
    let detail = Detail { received_on: Some(at.day()), ..Detail::default() };
    Event { seq: 1, verb: "open".into(), from: String::new(), to: "submitted".into(), at, staff: None, detail }
}

fn staff(n: u8) -> StaffId {
    Id::new(1, [n; 10])
}

/// An event of the verb at this place of the table; minutes may run backwards, as a clock that is set back.
fn event(state: &CaseState, at: Instant, verb: &str, who: u8) -> Event {
    let detail = Detail {
        limits: Some(Limits { from: at.day(), promise: Some(Period::Workdays(20)), legal: Some(Period::Workdays(30)) }),
        extension: Some(Period::Workdays(10)),
        ..Detail::default()
    };
    Event { seq: state.seq + 1, verb: verb.to_owned(), from: state.code.clone(), to: String::new(), at, staff: Some(staff(who)), detail }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50))]

    // 50 runs of 200 events: ten thousand.
    #[test]
    fn no_order_of_events_makes_a_forbidden_pair_or_a_negative_clock(steps in prop::collection::vec((0usize..200, 0i64..20_000, 0u8..6), 200)) {
        let (life, calendar) = (standard(), Calendar::builtin());
        let opening = opening();
        let mut log = vec![opening.clone()];
        let mut state = fold(life, [&opening]).expect("an opening");
        let mut now = opening.at;
        for (pick, minutes, who) in steps {
            now = now.plus_minutes(minutes - 2_000).max(opening.at);
            let mv = &life.moves[pick % life.moves.len()];
            let next = event(&state, now, &mv.verb, who);
            let listed = life.find(&state.code, &mv.verb).is_some();
            let extends_twice = mv.has(Effect::Extends) && state.extension.is_some();
            match state.clone().apply(life, &next) {
                Ok(after) => {
                    prop_assert!(listed && !extends_twice, "{} in {}", mv.verb, state.code);
                    prop_assert!(life.state(&after.code).is_some());
                    prop_assert!(after.suspensions.iter().all(|time| time.from <= time.resumed), "a time that did not count is never negative");
                    let ends = Ends::count(&after, life, General::carried(), calendar);
                    for end in [&ends.promise, &ends.legal, &ends.notice, &ends.step].into_iter().flatten() {
                        prop_assert!(end.day() >= end.first.from, "no end before its beginning");
                    }
                    prop_assert!(!(after.suspended_since.is_some() && ends.promise.is_some()), "a clock that stands still has no end");
                    prop_assert!(after.limits.is_none() || after.accepted_at.is_some());
                    log.push(next);
                    state = after;
                }
                Err(issue) => prop_assert!(!listed || extends_twice, "{} in {}: {issue}", mv.verb, state.code),
            }
        }
        prop_assert_eq!(fold(life, &log).expect("the log folds again"), state);
    }
}

#[test]
fn a_log_with_a_gap_or_without_an_opening_has_no_state() {
    assert!(fold(standard(), []).is_err());
    let state = fold(standard(), [&opening()]).expect("an opening");
    let mut late = event(&state, opening().at, "precheck_pass", 1);
    late.seq = 7;
    assert_eq!(state.apply(standard(), &late).expect_err("a gap").code, "E-ST02");
}
