//! Illegal organisations (D-R24): three kinds only, the county of the place acts, the public reads decided cases without personal data.

use platform::Result;

use crate::supervision::issues;
use crate::supervision::model::{Disposition, Illegal, IllegalKind};
use crate::supervision::turn::{Effect, Turn};

pub(in crate::supervision) fn apply(turn: &mut Turn<'_>, content: &mut Illegal) -> Result<()> {
    match turn.act.code {
        "open" => {
            content.name = kernel::text::line(&turn.words("name"));
            content.kind = turn.input.one(&mut turn.issues, "kind", IllegalKind::from_code);
            content.clue = turn.words("clue");
            let community = turn.input.yes("community");
            turn.issues.ensure(!community, issues::community);
        }
        "decide" => {
            content.disposition = turn.input.one(&mut turn.issues, "disposition", Disposition::from_code);
            content.facts = turn.public_words("facts");
            content.decided_on = Some(turn.past("on"));
        }
        "publish" => turn.effects.push(Effect::Expose(content.clone())),
        "withdraw" => {
            content.outcome = turn.words("outcome");
            turn.effects.push(Effect::Conceal);
        }
        "drop" => content.outcome = turn.words("outcome"),
        _ => {}
    }
    Ok(())
}
