//! What this crate does by itself: hand letters over, and forget notices in time.

use std::sync::Arc;
use std::time::Duration;

use identity::security::KIND_WARNING;
use platform::{Ctx, Job, Result, Service};

use crate::deliver::{Deliver, KIND, KIND_TELL, Relay, Warnings};
use crate::store::notices;
use crate::topics::Topic;

/// Notices removed in one transaction.
const BATCH: i64 = 200;

/// Handlers and jobs.
pub fn service() -> Service {
    let prune = Job { name: "notices.prune", every: Duration::from_secs(24 * 3600), run: |ctx| Box::pin(async move { prune(&ctx).await }) };
    Service { name: "notices", jobs: vec![prune], handlers: vec![(KIND, Arc::new(Deliver)), (KIND_TELL, Arc::new(Relay)), (KIND_WARNING, Arc::new(Warnings))] }
}

/// Removes every notice whose time, by its topic, is over.
pub(crate) async fn prune(ctx: &Ctx) -> Result<()> {
    for topic in Topic::ALL {
        let before = ctx.now().plus_days(-topic.facts().days);
        loop {
            let old = notices::told_before(ctx.db(), topic, before, BATCH).await?;
            if old.is_empty() {
                break;
            }
            let old = Arc::new(old);
            ctx.db()
                .write(|tx| {
                    let old = old.clone();
                    async move { notices::remove(&tx, &old).await }
                })
                .await?;
        }
    }
    Ok(())
}
