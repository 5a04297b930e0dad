//! A period of a proceeding ends on another day, because the calendar of a year was published.

use platform::calendars::deadlines::Moved;
use platform::outbox::Handler;
use platform::ports::{BoxFuture, PortError};
use platform::{Ctx, Error, Result, audit};
use serde_json::json;

use crate::supervision::clocks::Clock;
use crate::supervision::model::ProceedingId;
use crate::supervision::store::proceedings;
use crate::register;

/// Takes over ends that have moved with the calendar.
pub(crate) struct MovedEnd;

impl Handler for MovedEnd {
    fn handle<'a>(&'a self, ctx: &'a Ctx, dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            let moved: Moved = serde_json::from_value(payload).map_err(|error| PortError::Permanent(error.to_string()))?;
            take_over(ctx, &moved, dedupe).await.map_err(|error| PortError::Temporary(error.to_string()))
        })
    }
}

/// The proceeding shows the new end, and the organisation is told where it is the one by which it has to act. What has gone on since, or was
/// done by another run, stays as it is.
async fn take_over(ctx: &Ctx, moved: &Moved, key: &str) -> Result<()> {
    let id: ProceedingId = moved.object_id.parse().map_err(Error::internal)?;
    let Some(mut row) = proceedings::by_id(ctx, id).await? else { return Ok(()) };
    let Some(clock) = Clock::from_code(&moved.kind) else { return Ok(()) };
    if !clock.move_end(row.kind, row.state, &mut row.due, &mut row.content, (moved.told, moved.due)) {
        return Ok(());
    }
    let entry = match row.organization {
        Some(organization) => Some(register::by_id(ctx.db(), organization).await?),
        None => None,
    };
    let notice = super::tell::moved(ctx, &row, clock, entry.as_ref(), moved.due, key).await?;
    let event = audit::Event::new("organization.supervise", "organization_proceeding", id)
        .region(&row.region)
        .detail(json!({ "kind": row.kind.code(), "clock": clock.code(), "told": moved.told, "due": moved.due }));
    ctx.db()
        .write(|tx| {
            let (ctx, row, notice, event) = (ctx.clone(), row.clone(), notice.clone(), event.clone());
            async move {
                if !proceedings::update(&tx, &ctx, &row).await? {
                    return Err(Error::stale());
                }
                if let Some(notice) = notice {
                    notices::tell(&tx, &ctx, notice).await?;
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
