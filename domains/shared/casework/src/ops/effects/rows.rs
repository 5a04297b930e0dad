//! The rows that belong to a move beside log and head: opinions, lists of corrections, suspensions, promised papers; and its trail.

use platform::{Ctx, Result, audit};
use ::store::Tx;

use super::super::act::Act;
use crate::clock::Ends;
use crate::fold::CaseState;
use crate::model::{
    CaseHead, CorrectionKind, Effect, Event, Material, MaterialSource, MaterialState, Move, Need, Outcome, StoredCorrection, Suspension,
};
use crate::store::materials::Owner;
use crate::store::{materials, notes};

/// Writes them.
pub(crate) async fn rows(tx: &Tx, ctx: &Ctx, head: &CaseHead, mv: &Move, event: &Event, state: &CaseState, act: &Act, ends: &Ends) -> Result<()> {
    opinion(tx, ctx, head, mv, event, state, act).await?;
    if mv.needs(Need::Corrections) {
        let kind = if mv.has(Effect::Tells) { CorrectionKind::Notice } else { CorrectionKind::Precheck };
        let today = event.at.day();
        let due = ends.step.as_ref().map_or(today, |end| end.day());
        let list = StoredCorrection { id: ctx.id(), kind, told_on: today, due, items: act.corrections.clone(), closed_at: None };
        notes::put_correction(tx, ctx, head.id, &list).await?;
    }
    if mv.has(Effect::Accepts) || mv.has(Effect::Receives) || mv.has(Effect::Finishes) {
        notes::close_corrections(tx, head.id, event.at).await?;
    }
    if let (true, Some((special, basis))) = (mv.has(Effect::Suspends), &act.special) {
        let suspension = Suspension {
            id: ctx.id(),
            kind: special.kind.to_string(),
            basis: kernel::text::line(basis),
            estimated_days: i64::from(special.estimated_days),
            from: event.at.day(),
            until: None,
            outcome: String::new(),
        };
        notes::start_suspension(tx, ctx, head.id, &suspension).await?;
    }
    if mv.has(Effect::Resumes) {
        notes::end_suspension(tx, head.id, event.at.day(), &kernel::text::line(&act.reason)).await?;
    }
    if mv.needs(Need::Materials) {
        for (key, due) in &act.promises {
            materials::add(tx, ctx, Owner::Case(head.id), head.applicant.person, &promised(ctx, key, *due), None, None).await?;
        }
    }
    if mv.has(Effect::Finishes) && state.outcome.is_some() {
        crate::cross::ask_rating(tx, ctx, head.id).await?;
    }
    let audited = audit::Event::new("case.move", "case", head.id)
        .person(head.applicant.person)
        .region(&head.region)
        .reason(act.reason.clone())
        .detail(serde_json::json!({ "verb": mv.verb, "from": event.from, "to": event.to, "seq": event.seq, "stood_in_for": event.detail.stood_in_for }));
    audit::record(tx, ctx, audited).await
}

fn promised(ctx: &Ctx, key: &str, due: kernel::Day) -> Material {
    Material {
        id: ctx.id(),
        key: key.to_owned(),
        state: MaterialState::Promised,
        source: MaterialSource::Counter,
        file: None,
        file_name: String::new(),
        bytes: 0,
        sm3: None,
        originals: 0,
        copies: 0,
        promise_due: Some(due),
        received_at: ctx.now(),
        note: String::new(),
    }
}

async fn opinion(tx: &Tx, ctx: &Ctx, head: &CaseHead, mv: &Move, event: &Event, state: &CaseState, act: &Act) -> Result<()> {
    let receiver = act.receiver.as_ref().filter(|_| mv.needs(Need::Receiver));
    let words = match receiver {
        Some(receiver) => format!("{} {} {}", receiver.name, receiver.relation, receiver.way.name().zh),
        None if mv.needs(Need::Opinion) => act.opinion.clone(),
        None if mv.decides() || mv.needs(Need::Remedies) => act.reason.clone(),
        None => return Ok(()),
    };
    let outcome = if mv.decides() { state.outcome.map_or("", Outcome::code) } else { "" };
    notes::add_opinion(
        tx,
        ctx,
        &notes::NewOpinion {
            id: ctx.id(),
            case: head.id,
            seq: event.seq,
            verb: &mv.verb,
            outcome,
            opinion: words.trim(),
            remedies: act.remedies.trim(),
            inspectors: &act.inspectors,
        },
    )
    .await
}
