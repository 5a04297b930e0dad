//! The second person compares a batch with the papers, and lets it be loaded or not.

use kernel::Issues;
use platform::{Actor, Ctx, Error, Result, audit};

use super::{BatchId, MOST_WRONG_PER_MILLE, Stage, batch};
use crate::issues;
use crate::store::stock as rows;

/// What the second person found.
#[derive(Clone, Copy, Debug)]
pub struct Review {
    /// Lines compared with the papers, field `compared`.
    pub compared: i64,
    /// Of them that differ, field `wrong`.
    pub wrong: i64,
}

/// Records the comparison: a batch with at most one error in a thousand is loaded, any other is not, and has to be entered anew.
///
/// # Errors
/// `Denied`, also E-P512 for whoever entered it; `NotFound`; E-ST01 for a batch that does not wait; E-P511 when too few lines were compared.
pub async fn review(ctx: &Ctx, id: BatchId, found: Review) -> Result<Stage> {
    let waiting = batch(ctx, id).await?;
    let name = match ctx.actor() {
        Actor::Staff(staff) => staff.name.clone(),
        actor => actor.key(),
    };
    if waiting.own {
        return Err(Error::Denied(issues::same_person()));
    }
    if waiting.stage != Stage::Waiting {
        let name = waiting.stage.name();
        return Err(Error::state(&name.zh, &name.en));
    }
    let least = waiting.least_compared();
    let mut wrong = Issues::default();
    wrong.ensure((least..=waiting.lines - waiting.refused).contains(&found.compared), || issues::too_few_compared(least));
    wrong.ensure((0..=found.compared).contains(&found.wrong), || {
        issues::batch_field("wrong", "差错行数应在0和核对行数之间", "From 0 to the number of lines compared")
    });
    wrong.finish()?;
    let stage = if found.wrong * 1000 <= found.compared * MOST_WRONG_PER_MILLE { Stage::Loading } else { Stage::Refused };
    let event = audit::Event::new("licence.stock_review", "licence_stock", id)
        .detail(serde_json::json!({ "compared": found.compared, "wrong": found.wrong, "stage": stage.code() }));
    ctx.db()
        .write(|tx| {
            let (ctx, event, name) = (ctx.clone(), event.clone(), name.clone());
            async move {
                if !rows::reviewed(&tx, id, stage, &ctx.actor().key(), &name, ctx.now(), found).await? {
                    return Err(Error::stale());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Ok(stage)
}
