//! Divorce at the counter and on the citizen's own page.

pub mod case;
pub mod list;
pub mod mine;
mod agreement;
mod steps;

pub use agreement::CHILD_FIELDS;

use kernel::{Lang, Text};
use marriage::divorce::periods::Dates;
use marriage::divorce::states::StateKind;
use ui::{Fact, Tone, tr};

/// How a state is coloured.
pub(crate) fn tone(state: StateKind) -> Tone {
    match state {
        StateKind::Registered => Tone::Good,
        StateKind::Claimable | StateKind::Examined | StateKind::NotRegistered => Tone::Mind,
        StateKind::NotAccepted | StateKind::EndedByCourt => Tone::Bad,
        StateKind::Precheck | StateKind::Cooling | StateKind::Withdrawn | StateKind::Lapsed | StateKind::Aborted => Tone::Plain,
    }
}

/// The dates in words.
pub(crate) fn dates(lang: Lang, dates: &Dates) -> Vec<Fact> {
    let mark = if dates.provisional { tr(lang, "（暂定）", " (provisional)") } else { "" };
    let claim = Text::new(
        format!("{}至{}{mark}", dates.claim_from().text(Lang::Zh), dates.claim_end.text(Lang::Zh)),
        format!("{} to {}{mark}", dates.claim_from().text(Lang::En), dates.claim_end.text(Lang::En)),
    );
    vec![
        Fact::new(tr(lang, "受理日", "Accepted"), dates.accepted.text(lang)),
        Fact::new(tr(lang, "三十日期间至（任何一方可撤回）", "Thirty days end; either may withdraw until then"), format!("{}{mark}", dates.cool_end.text(lang))),
        Fact::new(tr(lang, "双方可领证的日期", "Both can claim"), claim.get(lang)),
    ]
}
