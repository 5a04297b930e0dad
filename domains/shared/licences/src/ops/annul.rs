//! Ends a licence by a decision (P5-4). Part of the transaction of that decision.

use kernel::Day;
use platform::{Ctx, Error, Result, audit};
use store::Tx;

use crate::model::{Decision, Ending, EntryId, InForce};
use crate::ops::report;
use crate::store::entry;

/// Ends an entry that is in force: from the commit on every check answers 失效.
///
/// The caller has authorised the decision. `on` is the day from which it holds.
///
/// # Errors
/// `Stale` when the entry is not in force any more.
pub async fn annul(tx: &Tx, ctx: &Ctx, id: EntryId, ending: Ending, decision: &Decision, on: Day) -> Result<()> {
    let ended = entry::end(tx, id, ending.state(), on, Some(&decision.number)).await?.ok_or_else(Error::stale)?;
    report::due(tx, ctx, id, ending.state()).await?;
    let detail = serde_json::json!({ "type": ended.type_code, "state": ending.state().code(), "on": on.to_string() });
    audit::record(tx, ctx, audit::Event::new("licence.annul", "licence", id).reason(&decision.number).detail(detail)).await
}

/// Entries in force with this number, in no order that means anything: for whoever ends or supersedes them.
pub async fn in_force(tx: &Tx, type_code: &str, number: &str) -> Result<Vec<InForce>> {
    entry::in_force_by_number(tx, type_code, number).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::MARRIAGE;
    use crate::ops::testing::{marriage, world};

    store::db_test!(p5_4_ends_by_a_decision_and_only_once, |db| async move {
        assert!(Decision::new("  ").is_none(), "no ending without a decision");
        let world = world(db).await;
        let (him, her) = (world.person(), world.person());
        let of = |person, holder_no| {
            let mut new = marriage("J990101-2026-000001", holder_no);
            new.holder.person = Some(person);
            new
        };
        let man = world.issue(of(him, "990101200405200017")).await.expect("issued");
        let woman = world.issue(of(her, "990101200603110020")).await.expect("issued");
        let (ctx, decision) = (world.ctx.clone(), Decision::new("撤销〔2026〕1号").expect("a number"));
        let ended = ctx
            .db()
            .write(|tx| {
                let (ctx, decision) = (ctx.clone(), decision.clone());
                async move {
                    let found = in_force(&tx, MARRIAGE, "J990101-2026-000001").await?;
                    for entry in &found {
                        annul(&tx, &ctx, entry.id, Ending::Revoked, &decision, ctx.today()).await?;
                    }
                    Ok::<_, Error>(found)
                }
            })
            .await
            .expect("revoked");
        assert_eq!(ended.len(), 2);
        for (id, person) in [(man, him), (woman, her)] {
            assert!(ended.contains(&InForce { id, person: Some(person) }));
        }
        assert_eq!((world.row(man).await.state.as_str(), world.row(woman).await.in_force), ("06", false));
        let again = ctx
            .db()
            .write(|tx| {
                let (ctx, decision) = (ctx.clone(), decision.clone());
                async move { annul(&tx, &ctx, man, Ending::Void, &decision, ctx.today()).await }
            })
            .await;
        assert!(matches!(again, Err(Error::Stale(_))));
    });
}
