//! Jobs and outbox handlers: they write down and tell what the clock and the calendar have long decided.

use std::sync::Arc;
use std::time::Duration;

use platform::calendars::deadlines::Moved;
use platform::outbox::Handler;
use platform::ports::{BoxFuture, PortError};
use platform::{Ctx, Error, Job, Result, Service};

use crate::complaints::{self, ComplaintId};
use crate::ratings::{self, RatingId};
use crate::{cards, store};

/// What interaction hands to the program.
pub fn service() -> Service {
    let minute = Duration::from_secs(60);
    Service {
        name: "interaction",
        jobs: vec![
            Job { name: "interaction.cards", every: minute * 10, run: |ctx| Box::pin(async move { cards::issue(&ctx).await }) },
            Job { name: "interaction.invite", every: minute * 10, run: |ctx| Box::pin(async move { ratings::invite::remind(&ctx).await }) },
            Job { name: "interaction.publish", every: minute * 60, run: |ctx| Box::pin(async move { ratings::publish::publish(&ctx).await }) },
            Job { name: "interaction.lapse", every: minute * 30, run: |ctx| Box::pin(async move { complaints::lapse::lapse(&ctx).await }) },
        ],
        handlers: vec![("deadline.rating", Arc::new(MovedRating)), ("deadline.complaint", Arc::new(MovedComplaint))],
    }
}

/// The calendar has changed: the follow-up of a rating ends on another day.
struct MovedRating;

impl Handler for MovedRating {
    fn handle<'a>(&'a self, ctx: &'a Ctx, _dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            let moved = read(payload)?;
            let id: RatingId = moved.object_id.parse().map_err(|_| PortError::Permanent("the id of a rating".to_owned()))?;
            ctx.db()
                .write(|tx| {
                    let moved = moved.clone();
                    async move { store::follow_ups::move_due(&tx, id, &moved.kind, moved.due).await }
                })
                .await
                .map_err(temporary)
        })
    }
}

/// The calendar has changed: something about a complaint ends on another day; of a moved reply the person is told.
struct MovedComplaint;

impl Handler for MovedComplaint {
    fn handle<'a>(&'a self, ctx: &'a Ctx, dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            let moved = read(payload)?;
            let id: ComplaintId = moved.object_id.parse().map_err(|_| PortError::Permanent("the id of a complaint".to_owned()))?;
            complaints::moved(ctx, id, &moved, dedupe).await.map_err(temporary)
        })
    }
}

fn read(payload: serde_json::Value) -> Result<Moved, PortError> {
    serde_json::from_value(payload).map_err(|error| PortError::Permanent(error.to_string()))
}

fn temporary(error: Error) -> PortError {
    PortError::Temporary(error.to_string())
}
