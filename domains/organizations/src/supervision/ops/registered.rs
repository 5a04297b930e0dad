//! Proceedings that were opened before their periods were registered: they are from now on, so that a new notice of holidays moves their ends too.

use std::collections::BTreeSet;

use kernel::{Calendar, Day};
use platform::calendars::deadlines::Moved;
use platform::{Ctx, Result, outbox};

use super::write::begin;
use crate::supervision::clocks::{Clock, DEADLINES, Started};
use crate::supervision::store::proceedings::{self, Row};

/// Registers what runs and is not: with the day from which it was counted, as far as the proceeding says it.
pub(in crate::supervision) async fn register_periods(ctx: &Ctx) -> Result<()> {
    let calendar = platform::calendars::current(ctx.db()).await?;
    let mut after = Vec::new();
    loop {
        let page = proceedings::with_periods(ctx, &after).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id.to_vec();
        let ids: Vec<String> = page.iter().map(|row| row.id.to_string()).collect();
        let known: BTreeSet<_> = proceedings::registered(ctx.db(), DEADLINES, &ids).await?.into_iter().collect();
        for mut row in page {
            let id = row.id.to_string();
            for clock in Clock::running(row.kind, row.state).iter().filter(|clock| !known.contains(&(id.clone(), clock.code().to_owned()))) {
                if let Some((started, told)) = started(ctx, &mut row, *clock).await? {
                    register(ctx, &calendar, &row, started, told).await?;
                }
            }
        }
    }
}

/// From when a period has been running, and the end that was told.
async fn started(ctx: &Ctx, row: &mut Row, clock: Clock) -> Result<Option<(Started, Day)>> {
    let events = proceedings::events(ctx.db(), row.id).await?;
    let done = |act: &str| events.iter().rfind(|event| event.act == act).map(|event| event.at.day());
    let from = clock.began(row.state, &row.content, done);
    Ok(from.map(|from| clock.starts(from)).zip(clock.told(row.due, &mut row.content)))
}

/// An end that is another by now is told like one that has moved. What an inspector may have set by hand stays where it does not agree.
async fn register(ctx: &Ctx, calendar: &Calendar, row: &Row, started: Started, told: Day) -> Result<()> {
    let due = started.clock.limit().due(calendar, started.from);
    if due != told && started.clock == Clock::Rectify {
        return Ok(());
    }
    let id = row.id;
    let moved = Moved { object_id: id.to_string(), kind: started.clock.code().to_owned(), told, due, provisional: false };
    let dedupe = format!("{id}:{}:{}", started.clock.code(), due);
    ctx.db()
        .write(|tx| {
            let (ctx, calendar, moved, dedupe) = (ctx.clone(), calendar.clone(), moved.clone(), dedupe.clone());
            async move {
                begin(&tx, &ctx, &calendar, id, &started).await?;
                if moved.told != moved.due {
                    outbox::put(&tx, &ctx, outbox::Message::of(format!("deadline.{DEADLINES}"), dedupe, &moved)).await?;
                }
                Ok::<_, platform::Error>(())
            }
        })
        .await
}
