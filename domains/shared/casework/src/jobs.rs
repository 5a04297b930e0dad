//! Jobs and outbox handlers: they write down and tell what the clock has long decided.

use std::sync::Arc;
use std::time::Duration;

use platform::calendars::deadlines::Moved;
use platform::outbox::Handler;
use platform::ports::{BoxFuture, PortError};
use platform::{Ctx, Error, Job, Service};

use crate::{CaseId, cross, ops};

/// What casework hands to the program.
pub fn service() -> Service {
    Service {
        name: "casework",
        jobs: vec![
            Job { name: "casework.time", every: Duration::from_secs(60), run: |ctx| Box::pin(async move { ops::settle_all(&ctx).await }) },
            Job { name: "casework.counter", every: Duration::from_secs(3600), run: |ctx| Box::pin(async move { ops::forget_sheets(&ctx).await }) },
        ],
        handlers: vec![("deadline.case", Arc::new(Recount)), (cross::RATE, Arc::new(cross::OpenRatings))],
    }
}

/// Follows an end that has moved because a calendar was published.
struct Recount;

impl Handler for Recount {
    fn handle<'a>(&'a self, ctx: &'a Ctx, _dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            let moved: Moved = serde_json::from_value(payload).map_err(|error| PortError::Permanent(error.to_string()))?;
            let case: CaseId = moved.object_id.parse().map_err(|_| PortError::Permanent("no id of a case".to_owned()))?;
            match ops::recounted(ctx, case).await {
                Ok(()) | Err(Error::NotFound) => Ok(()),
                Err(error) => Err(PortError::Temporary(error.to_string())),
            }
        })
    }
}
