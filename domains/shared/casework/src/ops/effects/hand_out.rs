//! The end of a decided case: nothing is finished before its decision has been served (P2-2).

use catalog::model::Delivery;
use kernel::Issue;
use platform::{Ctx, Error, Result};
use ::store::Tx;

use super::super::act::{Act, Receiver};
use super::super::setting::{Loaded, Setting};
use crate::fold::CaseState;
use crate::model::{CaseHead, Effect, LifeCycle, Move, Need, Outcome};
use crate::papers::{self, Kind, Served, Way};

/// The document that the decision leaves behind in this life-cycle.
fn decision(life: &LifeCycle, outcome: Option<Outcome>) -> Option<Kind> {
    let effect = match outcome? {
        Outcome::Granted => Effect::Grants,
        Outcome::Refused => Effect::Refuses,
    };
    life.moves.iter().find(|mv| mv.has(effect)).and_then(|mv| mv.paper)
}

fn kind(setting: &Setting, mv: &Move, state: &CaseState) -> Option<Kind> {
    let delivers = mv.needs(Need::Receiver) && mv.has(Effect::Finishes);
    if delivers { decision(&setting.matter.life, state.outcome) } else { None }
}

/// `E-P203` for a delivery without the document; electronically only what the applicant has opened counts as served.
pub(crate) async fn undelivered(tx: &Tx, setting: &Setting, loaded: &Loaded, mv: &Move, act: &Act) -> Result<Vec<Issue>> {
    let Some(kind) = kind(setting, mv, &loaded.state) else { return Ok(Vec::new()) };
    let by_hand = act.receiver.as_ref().and_then(way).is_some();
    let need = if by_hand { papers::Need::Issued } else { papers::Need::Served };
    match papers::require(tx, loaded.head.id, kind, need).await {
        Err(Error::Refused(refusal)) => Ok(refusal.0),
        other => other.map(|()| Vec::new()),
    }
}

/// Records the service of the decision with the delivery, unless the applicant has opened it before.
pub(crate) async fn hand_out(tx: &Tx, ctx: &Ctx, setting: &Setting, head: &CaseHead, mv: &Move, state: &CaseState, act: &Act) -> Result<()> {
    let Some((kind, receiver)) = kind(setting, mv, state).zip(act.receiver.as_ref()) else { return Ok(()) };
    let Some(way) = way(receiver) else { return Ok(()) };
    let relation = if receiver.relation.trim().is_empty() { "本人" } else { &receiver.relation };
    let served = Served { receiver: receiver.name.clone(), relation: relation.to_owned(), receiver_id: String::new() };
    papers::hand_out(tx, ctx, head.id, kind, way, &served).await
}

/// How it was handed over; nothing for what is served by being opened on the page.
fn way(receiver: &Receiver) -> Option<Way> {
    match receiver.way {
        Delivery::Counter => Some(Way::Counter),
        Delivery::Post => Some(Way::Post),
        Delivery::Home => Some(Way::Brought),
        Delivery::Notice => Some(Way::PublicNotice),
        Delivery::Electronic => None,
    }
}
