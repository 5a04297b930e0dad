//! A recorded death ends a marriage on its day, whichever register it stands in. Registers do not hear of deaths; whoever needs to know
//! whether a marriage stands asks here, and whoever needs the place that it still takes writes the end down. Nor do they hear that a record was
//! withdrawn: an end that rested on it is taken back when somebody asks next.

use identity::facts::{Answer, Facts, NumberHash, PersonFacts};
use kernel::Day;
use platform::{Ctx, Error, Result, audit};
use ::store::Tx;

use crate::model::{EndKind, MarriageId};
use crate::ops::end_fact::{Ending, end_fact};
use crate::store::{backfacts, register, standing};

/// On what an end that was written down here rests.
const BASIS: &str = "联网核对";

/// What other bodies hold about a person. A base that cannot be reached has not answered.
pub(crate) async fn ask(ctx: &Ctx, facts: &dyn PersonFacts, number: &NumberHash) -> Facts {
    match facts.about(ctx, number).await {
        Ok(facts) => facts,
        Err(error) => {
            tracing::warn!(%error, "facts about a person were not answered");
            Facts::unanswered()
        }
    }
}

/// The day on which a person died, as far as a base says so.
pub(crate) async fn day(ctx: &Ctx, facts: &dyn PersonFacts, number: &NumberHash) -> Option<Day> {
    ask(ctx, facts, number).await.death.found().map(|death| death.on)
}

/// The marriages of a person that are written as standing though one of the two is recorded dead, each with the day of the first death.
pub(crate) async fn over(ctx: &Ctx, facts: &dyn PersonFacts, number: &NumberHash) -> Result<Vec<(MarriageId, Day)>> {
    mend(ctx, facts, number).await?;
    let standing = standing::of_number(ctx.db(), number).await?;
    if standing.is_empty() {
        return Ok(Vec::new());
    }
    let (own, mut over) = (day(ctx, facts, number).await, Vec::new());
    for (marriage, spouse) in standing {
        let his = match &spouse {
            Some(spouse) => day(ctx, facts, spouse).await,
            None => None,
        };
        over.extend(own.into_iter().chain(his).min().map(|on| (marriage, on)));
    }
    Ok(over)
}

/// Writes down what deaths have ended, on the day of the death and not of the record (A17). What somebody else has ended meanwhile stays as it is.
pub(crate) async fn end(tx: &Tx, ctx: &Ctx, over: &[(MarriageId, Day)]) -> Result<()> {
    for (marriage, on) in over {
        let ending = Ending { kind: EndKind::Death, on: *on, basis: BASIS.to_owned() };
        end_fact(tx, ctx, *marriage, &ending).await?;
    }
    Ok(())
}

/// Lets the marriages of a person stand again whose end rests on the record of a death that is there no longer: the base answers that neither of
/// the two is dead. Where one of them has married again meanwhile it stays ended, and a court has to say what becomes of either marriage.
pub(crate) async fn mend(ctx: &Ctx, facts: &dyn PersonFacts, number: &NumberHash) -> Result<()> {
    let ended = standing::ended_by_death(ctx.db(), number, BASIS).await?;
    if ended.is_empty() || ask(ctx, facts, number).await.death != Answer::None {
        return Ok(());
    }
    for (marriage, spouse) in ended {
        if ask(ctx, facts, &spouse).await.death != Answer::None {
            continue;
        }
        ctx.db()
            .write(|tx| {
                let ctx = ctx.clone();
                async move {
                    if register::stands_again(&tx, marriage).await? || backfacts::stands_again(&tx, marriage, BASIS).await? {
                        let event = audit::Event::new("marriage.stands_again", "marriage", marriage);
                        audit::record(&tx, &ctx, event.reason("死亡记录已撤回")).await?;
                    }
                    Ok::<_, Error>(())
                }
            })
            .await?;
    }
    Ok(())
}
