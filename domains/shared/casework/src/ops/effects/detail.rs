//! What a move changes beyond the state, worked out before it is written.

use kernel::calendar::Receipt;
use kernel::{Calendar, Day, Instant, Period};
use platform::{Actor, Ctx, Error, Result};
use ::store::Tx;

use super::super::act::Act;
use super::super::setting::{Loaded, Setting};
use crate::clock::General;
use crate::fold::CaseState;
use crate::issues;
use crate::model::{Detail, Effect, Limits, MaterialState, Move, Need};
use crate::store::{cases, materials};

/// The day that counts as that of an act (K9): a clerk's after closing time, or on a day of rest, is the next working day's.
pub(crate) fn receipt_day(calendar: &Calendar, at: Instant, actor: &Actor) -> Day {
    let receipt = match actor {
        Actor::Staff(_) => Receipt::ByClerk { closes_at: General::carried().closes_at },
        _ => Receipt::Automatic,
    };
    calendar.receipt_day(at, receipt)
}

/// The limits of a case from a day on: what the item promises, and what the law leaves.
fn limits(setting: &Setting, from: Day, legal: Option<Period>) -> Limits {
    Limits { from, promise: setting.elements().and_then(|elements| elements.promise.period()), legal }
}

/// The limits of a case that is accepted because nobody told in time: they run from the day of receipt.
pub(crate) fn silent_limits(setting: &Setting, legal: Option<Period>, state: &CaseState, mv: &Move) -> Option<Limits> {
    let received = state.received.filter(|_| mv.has(Effect::AcceptsSilently))?;
    Some(limits(setting, received.1, legal))
}

/// What the move changes beyond the state.
pub(crate) async fn detail(tx: &Tx, ctx: &Ctx, setting: &Setting, loaded: &Loaded, mv: &Move, act: &Act) -> Result<Detail> {
    let (state, head) = (&loaded.state, &loaded.head);
    let today = receipt_day(&setting.calendar, ctx.now(), ctx.actor());
    let mut detail = Detail::default();
    if mv.has(Effect::Receives) {
        detail.received_on = Some(today);
    }
    if mv.has(Effect::Accepts) {
        detail.limits = Some(limits(setting, today, loaded.legal));
    }
    if mv.has(Effect::Tells)
        && mv.needs(Need::Corrections)
        && let Some(on) = state.told_on
    {
        return Err(issues::told_already(on).into());
    }
    if mv.has(Effect::Extends) {
        detail.extension = Some(extension(ctx, setting, loaded)?);
    }
    if mv.has(Effect::Suspends) {
        detail.special = act.special.as_ref().map(|(special, _)| special.clone());
    }
    if mv.has(Effect::Hands) {
        detail.holder = act.holder;
    }
    if mv.needs(Need::Materials) {
        detail.paper_due = act.promises.iter().map(|(_, due)| *due).min();
    }
    if state.paper_due.is_some() {
        let outstanding = materials::of_case(tx, ctx, head.id).await?.into_iter().any(|paper| paper.state == MaterialState::Promised);
        detail.papers_complete = !outstanding;
    }
    // What was promised has to be here before anything is granted on it.
    if let Some(due) = state.paper_due.filter(|_| mv.has(Effect::Grants) && !detail.papers_complete) {
        return Err(issues::papers_outstanding(due).into());
    }
    if mv.decides() && cases::children(tx, head.id).await?.iter().any(|(_, phase, _)| !phase.is_closed()) {
        return Err(issues::children_open().into());
    }
    Ok(detail)
}

/// How much longer the limit becomes: once, and while it still runs (P2-3).
fn extension(ctx: &Ctx, setting: &Setting, loaded: &Loaded) -> Result<Period> {
    if loaded.state.extension.is_some() {
        return Err(issues::extended_already().into());
    }
    let due = setting.ends(&loaded.state).promise.map(|end| end.day());
    if due.is_none_or(|due| due < ctx.today()) {
        return Err(issues::nothing_to_extend().into());
    }
    let general = General::carried();
    let limit = if setting.matter.case_type.joint.is_some() { &general.joint_extension } else { &general.extension };
    limit.limit.period().ok_or_else(|| Error::internal("an extension by nothing"))
}
