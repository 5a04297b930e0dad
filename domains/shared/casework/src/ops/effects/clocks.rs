//! The running periods as `platform` keeps them, to be counted again when a calendar is published.

use kernel::Period;
use kernel::calendar::Suspension;
use platform::calendars::deadlines::{Running, start, stop_one};
use platform::{Ctx, Result};
use ::store::Tx;

use super::super::setting::Setting;
use crate::clock::{Ends, General};
use crate::fold::CaseState;
use crate::model::CaseHead;

/// Kind of object under which `platform` keeps the periods of cases; new ends come by `deadline.case`.
pub(crate) const OBJECT: &str = "case";

/// Starts, changes and stops what a move started, changed and stopped.
pub(crate) async fn deadlines(tx: &Tx, ctx: &Ctx, setting: &Setting, head: &CaseHead, state: &CaseState, (old, new): (&Ends, &Ends)) -> Result<()> {
    let limits = state.limits.as_ref();
    let notice = General::carried().notice.limit.period();
    let step = setting.matter.life.state(&state.code).and_then(|at| at.limit.as_ref()).and_then(|limit| limit.limit.period());
    let of_item = |period: Option<Period>| limits.and_then(|limits| Some((limits.from, period?, state.suspensions.clone(), state.extension)));
    let alone = |from: Option<kernel::Day>, period: Option<Period>| Some((from?, period?, Vec::<Suspension>::new(), None));
    let clocks = [
        ("promise", &old.promise, &new.promise, of_item(limits.and_then(|limits| limits.promise.or(limits.legal)))),
        ("legal", &old.legal, &new.legal, of_item(limits.and_then(|limits| limits.legal))),
        ("notice", &old.notice, &new.notice, alone(state.received.map(|(_, day)| day), notice)),
        ("step", &old.step, &new.step, alone(Some(state.since), step)),
    ];
    let object_id = head.id.to_string();
    for (kind, before, after, counted) in clocks {
        if before == after {
            continue;
        }
        match (after, counted) {
            (Some(_), Some((from, period, suspensions, extension))) => {
                let running = Running { object_kind: OBJECT, object_id: object_id.clone(), kind, from, period, suspensions, extension };
                start(tx, ctx, &setting.calendar, &running).await?;
            }
            _ => stop_one(tx, OBJECT, &object_id, kind).await?,
        }
    }
    Ok(())
}
