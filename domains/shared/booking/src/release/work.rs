//! The worker: it numbers what has arrived, closes the list of a draw, draws, ends turns and gives the next. Each step is a small
//! transaction, minds neither a restart nor a second worker, and what it has done stands in the database.

use kernel::Instant;
use platform::{Ctx, Error, Result, audit};

use super::{Figures, Mode, Phase, Release, draw, proof};
use crate::{notices, store};

/// Joins are numbered a second after their receipt, so that one whose commit took a little longer is not overtaken.
const SETTLE_SECS: i64 = 1;
/// The list of a draw is closed some seconds after joining has closed: whoever was in time is not turned away while his join is written.
const CLOSE_SECS: i64 = 3;
/// Entries that are numbered in one transaction.
const NUMBERED: i64 = 2000;
/// Turns that are given or ended in one transaction: others wait behind it.
const GIVEN: i64 = 50;
/// Transactions of one kind in one round, so that every release gets its share.
const ROUNDS: usize = 20;

/// One round over every release that has not ended.
///
/// # Errors
/// Those of the database; the next round goes on where this one stopped.
pub async fn round(ctx: &Ctx) -> Result<()> {
    for release in store::releases::running(ctx.db(), ctx.now()).await? {
        if ctx.now() >= release.times.join_at {
            advance(ctx, release).await?;
        }
    }
    Ok(())
}

async fn advance(ctx: &Ctx, mut release: Release) -> Result<()> {
    match release.mode {
        Mode::Arrival => number(ctx, &release).await?,
        Mode::Draw => {
            if close(ctx, &release).await? || draw(ctx, &release).await? {
                release = store::releases::by_id(ctx.db(), release.id).await?.ok_or(Error::NotFound)?;
            }
        }
    }
    if release.phase(ctx.now()) == Phase::Giving {
        end_turns(ctx, &release).await?;
        give(ctx, &release).await?;
    }
    figures(ctx, &release).await
}

/// Numbers joins in the order of their receipt. A clock that was set back puts nobody before those who are numbered.
async fn number(ctx: &Ctx, release: &Release) -> Result<()> {
    let (id, until) = (release.id, ctx.now().plus_secs(-SETTLE_SECS));
    for _ in 0..ROUNDS {
        let numbered = ctx
            .db()
            .write(|tx| async move {
                let figures = store::releases::lock(&tx, id).await?;
                let n = store::entries::number(&tx, id, figures.placed, until, NUMBERED).await?;
                if n > 0 {
                    store::releases::set_figures(&tx, id, Figures { placed: figures.placed + n, ..figures }).await?;
                }
                Ok::<_, Error>(n)
            })
            .await?;
        if numbered < NUMBERED {
            break;
        }
    }
    Ok(())
}

/// Closes the list of a draw and publishes its root; whether it did.
async fn close(ctx: &Ctx, release: &Release) -> Result<bool> {
    let open = release.draw.as_ref().is_some_and(|draw| draw.closed.is_none());
    if !open || ctx.now() < release.times.join_until.plus_secs(CLOSE_SECS) {
        return Ok(false);
    }
    let (id, now) = (release.id, ctx.now());
    ctx.db().write(|tx| async move { store::releases::seal_list(&tx, id, now).await }).await?;
    loop {
        let listed = ctx
            .db()
            .write(|tx| async move {
                let figures = store::releases::lock(&tx, id).await?;
                let n = store::entries::list_next(&tx, id, figures.listed, NUMBERED).await?;
                store::releases::set_figures(&tx, id, Figures { listed: figures.listed + n, ..figures }).await?;
                Ok::<_, Error>(n)
            })
            .await?;
        if listed < NUMBERED {
            break;
        }
    }
    let receipts = proof::all(ctx, release).await?;
    let root = draw::Tree::new(receipts.iter().map(ToString::to_string)).root();
    let detail = serde_json::json!({ "entrants": receipts.len(), "root": hex(&root) });
    let event = audit::Event::new("release.close_list", "release", id).region(&release.region).detail(detail);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                if store::releases::set_closed(&tx, id, &root, ctx.now()).await? { audit::record(&tx, &ctx, event).await } else { Ok(()) }
            }
        })
        .await?;
    Ok(true)
}

/// Draws once the public value is known; whether it did.
async fn draw(ctx: &Ctx, release: &Release) -> Result<bool> {
    let Some((_, root)) = release.draw.as_ref().and_then(|draw| draw.closed.as_ref()) else { return Ok(false) };
    let Some((value, _)) = release.draw.as_ref().filter(|draw| draw.drawn.is_none()).and_then(|draw| draw.value.as_ref()) else { return Ok(false) };
    let id = release.id;
    let sealed = store::releases::seed(ctx.db(), id).await?.ok_or_else(|| Error::internal("a draw without a seed"))?;
    let seed = ctx.keys().open("slot_release", "seed", &id.to_vec(), &sealed).map_err(Error::internal)?;
    let receipts = proof::all(ctx, release).await?;
    let texts: Vec<String> = receipts.iter().map(ToString::to_string).collect();
    let promised = release.draw.as_ref().map(|draw| draw.commitment.as_slice()).unwrap_or_default();
    let order = draw::verify(promised, &seed, value, root, &texts).map_err(|flaw| Error::internal(format!("draw {id}: {flaw:?}")))?;
    // The same order comes out after a crash in between, so that what is written is written again or stays.
    let places: Vec<_> = order.iter().zip(1..).map(|(n, place)| (receipts[*n], place)).collect();
    for some in places.chunks(200) {
        ctx.db()
            .write(|tx| async move {
                for (entry, place) in some {
                    store::entries::set_place(&tx, *entry, *place).await?;
                }
                Ok::<_, Error>(())
            })
            .await?;
    }
    let placed = i64::try_from(places.len()).map_err(Error::internal)?;
    let event = audit::Event::new("release.draw", "release", id).region(&release.region).detail(serde_json::json!({ "entrants": placed }));
    ctx.db()
        .write(|tx| {
            let (ctx, event, seed) = (ctx.clone(), event.clone(), seed.clone());
            async move {
                let figures = store::releases::lock(&tx, id).await?;
                store::releases::set_figures(&tx, id, Figures { placed, ..figures }).await?;
                store::releases::set_drawn(&tx, id, &seed, ctx.now()).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Ok(true)
}

/// Writes down which turns have passed; their places go to the next.
async fn end_turns(ctx: &Ctx, release: &Release) -> Result<()> {
    for _ in 0..ROUNDS {
        let ended = store::entries::ended_turns(ctx.db(), release.id, ctx.now(), GIVEN).await?;
        let all = ended.len() < usize::try_from(GIVEN).unwrap_or_default();
        let now = ctx.now();
        ctx.db()
            .write(|tx| {
                let ended = ended.clone();
                async move {
                    for id in ended {
                        store::entries::pass(&tx, id, now).await?;
                    }
                    Ok::<_, Error>(())
                }
            })
            .await?;
        if all {
            break;
        }
    }
    Ok(())
}

/// How many turns can begin: never more are open than places are free.
fn to_give(free: i64, turns: i64, at_once: i64) -> i64 {
    (free - turns).min(at_once - turns).clamp(0, GIVEN)
}

/// Gives the next in order their turn, and tells them.
async fn give(ctx: &Ctx, release: &Release) -> Result<()> {
    let until = turn_until(release, ctx.now());
    let text = notices::turn(ctx, release, until);
    for _ in 0..ROUNDS {
        let given = ctx
            .db()
            .write(|tx| {
                let (ctx, release, text) = (ctx.clone(), release.clone(), text.clone());
                async move {
                    let figures = store::releases::lock(&tx, release.id).await?;
                    let (free, turns) = store::releases::free_and_turns(&tx, &release, ctx.now()).await?;
                    let next = store::entries::next_in_line(&tx, release.id, to_give(free, turns, release.limits.at_once)).await?;
                    for (entry, _) in &next {
                        store::entries::begin_turn(&tx, *entry, until).await?;
                        for person in store::entries::people(&tx, *entry).await? {
                            text.tell(&tx, &ctx, *entry, person).await?;
                        }
                    }
                    if let Some((_, last)) = next.last() {
                        store::releases::set_figures(&tx, release.id, Figures { served: figures.served.max(*last), free, ..figures }).await?;
                    }
                    Ok::<_, Error>(next.len())
                }
            })
            .await?;
        if given < usize::try_from(GIVEN).unwrap_or_default() {
            break;
        }
    }
    Ok(())
}

/// The end of a turn that begins now.
fn turn_until(release: &Release, now: Instant) -> Instant {
    now.plus_minutes(release.limits.turn_minutes).min(release.times.ends_at)
}

/// Leaves the places that are left in the release's row, where every page reads them.
async fn figures(ctx: &Ctx, release: &Release) -> Result<()> {
    let (free, _) = store::releases::free_and_turns(ctx.db(), release, ctx.now()).await?;
    if free == release.figures.free {
        return Ok(());
    }
    let id = release.id;
    ctx.db()
        .write(|tx| async move {
            let figures = store::releases::lock(&tx, id).await?;
            store::releases::set_figures(&tx, id, Figures { free, ..figures }).await
        })
        .await
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn p9_5_never_more_turns_than_places(free in 0i64..10_000, turns in 0i64..10_000, at_once in 1i64..5_000) {
            let more = to_give(free, turns, at_once);
            prop_assert!(more >= 0);
            prop_assert!(more == 0 || turns + more <= free.min(at_once));
        }
    }
}
