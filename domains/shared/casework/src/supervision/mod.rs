//! Supervision (电子监察, OVP P2.5): lights and cards from the clock, delivered, answered, cancelled only with a reason.
//!
//! * [`light`] and [`findings`] are pure: pages compute them, so a light is right whether or not the nightly run took place.
//! * The run ([`run`]) writes down what the clock has decided: lights that changed, cards that became due. It is idempotent; nothing
//!   switches it off, and nothing changes or removes a card: triggers refuse it.
//! * A limit that was over when its case moved on is kept (`overrun`): the head forgets it, the next run does not.
//! * Cards of matters that are no cases (ratings, complaints, sharing) come in through [`adopt`] as [`NewCard`]: their crates say what
//!   happened, delivery, answer and cancellation are the same for all.

mod answer;
mod card;
mod deliver;
mod issues;
mod late;
mod lists;
pub(crate) mod overrun;
mod raise;
mod rules;
mod run;
mod store;
mod thresholds;
mod wall;
mod workdays;

pub use answer::{answer, cancel};
pub use card::{Card, CardId, NewCard, Note, NoteKind, Standing};
pub use late::{CaseLine, late_cases};
pub(crate) use lists::stood;
pub use lists::{CardFilter, CardLine, CaseCard, Delivered, cards, mine, of_case, open};
pub use raise::{ByHand, adopt, raise_by_hand};
pub use rules::{Clock, Colour, Finding, Light, Rule, Thresholds, findings, light};
pub use run::{Ran, run};
pub use thresholds::{Set, for_region, set, settings};
pub use wall::{Figures, Office, RuleRow, Wall, by_rule, wall};
pub use workdays::Workdays;

use std::sync::Arc;
use std::time::Duration;

use platform::{Job, Service};

/// The nightly run and the delivery of cards.
pub fn service() -> Service {
    let nightly = Job { name: "supervision.run", every: Duration::from_secs(60), run: |ctx| Box::pin(async move { run::when_due(&ctx).await }) };
    Service { name: "supervision", jobs: vec![nightly], handlers: vec![("card.deliver", Arc::new(deliver::Deliver))] }
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
