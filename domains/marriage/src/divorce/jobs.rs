//! The job and the outbox handler of divorces: they write down and tell what dates and calendars have long decided.

use std::sync::Arc;
use std::time::Duration;

use casework::CaseId;
use platform::calendars::deadlines::Moved;
use platform::outbox::Handler;
use platform::ports::{BoxFuture, PortError};
use platform::{Ctx, Error, Job, Result, Service};

use super::ops;

/// What divorces hand to the program.
pub fn service() -> Service {
    Service {
        name: "marriage.divorce",
        jobs: vec![Job {
            name: "marriage.divorce",
            every: Duration::from_secs(60),
            run: |ctx| Box::pin(async move { ops::settle_all(&ctx).await }),
        }],
        handlers: vec![("deadline.divorce", Arc::new(Recount))],
    }
}

/// Follows the end of a period that has moved because a calendar was published.
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
