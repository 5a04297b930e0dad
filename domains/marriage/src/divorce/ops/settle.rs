//! What the dates have decided is written down and told: by whoever acts, or by the job, whichever comes first.

use casework::CaseId;
use kernel::Calendar;
use platform::calendars::{self, deadlines};
use platform::{Ctx, Result};
use ::store::Tx;

use super::super::file::File;
use super::super::parameters::parameters;
use super::super::periods::{Counting, Dates};
use super::super::states::{Action, StateKind};
use super::{advance, tell};
use crate::store;

/// Kind of the periods of a case; also names the handler that follows a calendar (`deadline.divorce`).
pub(super) const PERIODS: &str = "divorce";
/// Cases of one run of the job that are loaded at once.
const BATCH: i64 = 200;

/// Makes every move that a date has made necessary, as the program. Returns how many there were.
pub(super) async fn settle(ctx: &Ctx, case: CaseId) -> Result<i64> {
    let before = store::divorce::load(ctx.db().into(), ctx.keys(), case).await?;
    if before.state_on(ctx.today()) == before.written {
        return Ok(0);
    }
    let office = crate::office::card(ctx, before.office).await?.name;
    let system = Ctx::system(ctx.platform(), "marriage.divorce");
    ctx.db()
        .write(|tx| {
            let (ctx, office) = (system.clone(), office.clone());
            async move {
                let mut made = 0;
                loop {
                    let file = store::divorce::load((&tx).into(), ctx.keys(), case).await?;
                    let Some(dates) = file.dates else { return Ok(made) };
                    let Some((action, to)) = file.written.due(&dates, ctx.today()) else { return Ok(made) };
                    advance(&tx, &ctx, &file, file.head.version, action, to, "").await?;
                    store::divorce::set_state(&tx, case, to).await?;
                    if action == Action::Lapse {
                        finish(&tx, &file).await?;
                        tell::ended(&tx, &ctx, &file, &office).await?;
                    } else if file.written.on(&dates, ctx.today()) == StateKind::Claimable {
                        tell::claimable(&tx, &ctx, &file, &dates, &office).await?;
                    }
                    made += 1;
                }
            }
        })
        .await
}

/// The periods of a case that is at an end run no more.
pub(super) async fn finish(tx: &Tx, file: &File) -> Result<()> {
    deadlines::stop(tx, PERIODS, &file.id().to_string()).await
}

/// One run of the job, from a few minutes past midnight on.
pub async fn settle_all(ctx: &Ctx) -> Result<()> {
    if ctx.now().minute_of_day() < parameters().timer_minute.value {
        return Ok(());
    }
    loop {
        let due = store::divorce::due(ctx.db(), ctx.today(), BATCH).await?;
        let mut made = 0;
        for case in &due {
            made += settle(ctx, *case).await?;
        }
        if made == 0 {
            return Ok(());
        }
    }
}

/// Starts both periods of a case, in the transaction of its acceptance.
pub(super) async fn start(tx: &Tx, ctx: &Ctx, calendar: &Calendar, case: CaseId, dates: &Dates, counting: Counting) -> Result<()> {
    for (kind, from, period) in [("cooling", dates.accepted, counting.cooling), ("claim", dates.cool_end, counting.claim)] {
        let running =
            deadlines::Running { object_kind: PERIODS, object_id: case.to_string(), kind, from, period, suspensions: Vec::new(), extension: None };
        deadlines::start(tx, ctx, calendar, &running).await?;
    }
    Ok(())
}

/// Counts the periods again because a year's calendar was published (C-12), and tells both what came of it.
pub(in crate::divorce) async fn recounted(ctx: &Ctx, case: CaseId) -> Result<()> {
    let calendar = calendars::current(ctx.db()).await?;
    let counting = Counting::in_force();
    let office = {
        let file = store::divorce::load(ctx.db().into(), ctx.keys(), case).await?;
        crate::office::card(ctx, file.office).await?.name
    };
    ctx.db()
        .write(|tx| {
            let (ctx, calendar, office) = (ctx.clone(), calendar.clone(), office.clone());
            async move {
                let file = store::divorce::load((&tx).into(), ctx.keys(), case).await?;
                let Some(old) = file.dates else { return Ok(()) };
                let new = Dates::count(&calendar, old.accepted, counting);
                if new == old || !matches!(file.written, StateKind::Cooling | StateKind::Claimable) {
                    return Ok(());
                }
                advance(&tx, &ctx, &file, file.head.version, Action::Recount, file.written, "").await?;
                store::divorce::set_dates(&tx, case, &new).await?;
                start(&tx, &ctx, &calendar, case, &new, counting).await?;
                tell::dates(&tx, &ctx, &file, &new, &office, true).await
            }
        })
        .await
}
