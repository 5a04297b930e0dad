//! What time has done: limits that ran out move a case by themselves. Every operation and page counts it; the job only writes it down.

use kernel::{Day, Period};
use platform::{Actor, Ctx, Error, Result};
use ::store::Tx;

use super::act::{Act, NewEvent, write};
use super::effects;
use super::setting::{Loaded, Setting};
use crate::CaseId;
use crate::clock::{over_at, overdue};
use crate::fold::CaseState;
use crate::model::{Detail, Event};
use crate::store::cases;

/// The most moves that time can make one after the other; a table in which it could go on for ever is refused at start.
const MOST: usize = 8;

/// The event that time makes next, if one is due.
fn next(setting: &Setting, legal: Option<Period>, state: &CaseState, ctx: &Ctx) -> Option<(Event, Day)> {
    let life = &setting.matter.life;
    let (_, verb, due) = overdue(state, life, &setting.ends(state), ctx.today())?;
    let mv = life.find(&state.code, &verb)?;
    let detail = Detail { limits: effects::silent_limits(setting, legal, state, mv), ..Detail::default() };
    let to = mv.to.clone().unwrap_or_else(|| state.code.clone());
    Some((Event { seq: state.seq + 1, verb, from: state.code.clone(), to, at: over_at(due), staff: None, detail }, due))
}

/// The state as of now, nothing written: for pages. `legal`: what the law leaves ([`Loaded::legal`]).
pub(crate) fn as_of_now(setting: &Setting, legal: Option<Period>, state: CaseState, ctx: &Ctx) -> Result<CaseState> {
    let mut state = state;
    for _ in 0..MOST {
        match next(setting, legal, &state, ctx) {
            Some((event, _)) => state = state.apply(&setting.matter.life, &event)?,
            None => break,
        }
    }
    Ok(state)
}

/// Writes down what time has done, as of the moment at which it did.
pub(crate) async fn settle(tx: &Tx, ctx: &Ctx, setting: &Setting, loaded: Loaded) -> Result<Loaded> {
    let mut loaded = loaded;
    for _ in 0..MOST {
        let Some((event, due)) = next(setting, loaded.legal, &loaded.state, ctx) else { break };
        let time = ctx.with_actor(Actor::System { job: "casework.time" });
        let mv = setting.matter.life.find(&event.from, &event.verb).ok_or_else(|| Error::internal("a move of time that is none"))?;
        let act = Act { reason: effects::time_reason(mv, due), ..Act::new(event.verb.clone(), loaded.state.seq) };
        let new = NewEvent { staff: None, at: event.at, detail: event.detail, act: &act };
        loaded = write(tx, &time, setting, loaded, mv, new).await?;
    }
    Ok(loaded)
}

/// Writes down what time has done to one case.
///
/// # Errors
/// Those of the database.
pub(crate) async fn settle_case(ctx: &Ctx, case: CaseId) -> Result<()> {
    let head = cases::by_id(ctx.db(), ctx, case).await?;
    let setting = Setting::of(ctx, &head).await?;
    ctx.db()
        .write(|tx| {
            let (ctx, setting) = (ctx.clone(), setting.clone());
            async move {
                let loaded = setting.load(&tx, &ctx, case).await?;
                settle(&tx, &ctx, &setting, loaded).await.map(drop)
            }
        })
        .await
}

/// Writes down what time has done to all cases: the job. A case that fails is logged and does not hold up the others.
///
/// # Errors
/// Those of the database.
pub(crate) async fn settle_all(ctx: &Ctx) -> Result<()> {
    let mut after: Vec<u8> = Vec::new();
    loop {
        let due = cases::overdue(ctx.db(), ctx.today(), &after, 200).await?;
        let Some(last) = due.last() else { return Ok(()) };
        after = last.to_vec();
        for case in due {
            match settle_case(ctx, case).await {
                Ok(()) | Err(Error::Stale(_) | Error::NotFound) => {}
                Err(error) => tracing::error!(case.id = %case, error = %error, "time could not be written down in a case"),
            }
        }
    }
}

/// A calendar was published and an end has moved: the head follows, as the clock counts it now.
///
/// # Errors
/// Those of the database.
pub(crate) async fn recounted(ctx: &Ctx, case: CaseId) -> Result<()> {
    let head = cases::by_id(ctx.db(), ctx, case).await?;
    let setting = Setting::of(ctx, &head).await?;
    ctx.db()
        .write(|tx| {
            let (ctx, setting) = (ctx.clone(), setting.clone());
            async move {
                let loaded = setting.load(&tx, &ctx, case).await?;
                let (ends, seq) = (setting.ends(&loaded.state), loaded.state.seq);
                cases::project(&tx, case, seq, &loaded.state, loaded.head.phase, &ends).await?;
                effects::ends_moved(&tx, &ctx, &setting, &loaded, &ends).await
            }
        })
        .await
}
