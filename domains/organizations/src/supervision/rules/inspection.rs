//! Inspections: planned, drawn or caused by a complaint; what is found is put right in time, or a listing or a penalty follows.

use platform::Result;

use crate::supervision::clocks::Clock;
use crate::supervision::issues;
use crate::supervision::model::Inspection;
use crate::supervision::numbers::limits;
use crate::supervision::turn::{Effect, Turn};

pub(in crate::supervision) fn apply(turn: &mut Turn<'_>, content: &mut Inspection) -> Result<()> {
    let today = turn.today();
    match turn.act.code {
        "open" => {
            content.source = turn.words("source");
            content.officers = turn.officers.to_vec();
            let least = turn.limits.inspection_officers.value();
            turn.issues.ensure(turn.officers.len() as i64 >= least, || issues::officers(least, limits().inspection_officers.law()));
        }
        "passed" => {
            content.done_on = Some(turn.past("on"));
            content.found = turn.words("found");
        }
        "order" => {
            let on = turn.past("on");
            content.done_on = Some(on);
            content.found = turn.words("found");
            content.order = turn.words("order");
            let set = turn.input.maybe_day(&mut turn.issues, "rectify_by");
            let until = set.unwrap_or_else(|| turn.starts(Clock::Rectify, on));
            turn.issues.ensure(until >= on, || issues::order("rectify_by"));
            content.rectify_by = Some(until);
            turn.due = Some(until);
        }
        "rectified" => content.outcome = turn.words("outcome"),
        "unmet" => {
            content.outcome = turn.words("outcome");
            if let Some(until) = content.rectify_by {
                turn.issues.ensure(today > until, || issues::not_before(until.plus_days(1), limits().inspection_rectify.law()));
            }
            turn.propose("rectify", &content.order.clone());
        }
        "case" => {
            content.outcome = turn.words("outcome");
            turn.effects.push(Effect::Clue(format!("{}\n{}", content.found, content.outcome)));
        }
        _ => {}
    }
    Ok(())
}
