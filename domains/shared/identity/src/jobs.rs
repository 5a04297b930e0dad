//! Housekeeping: sessions, codes, counters and networks that are over are dropped. Nothing waits for it: what is over counts as over.

use std::time::Duration;

use platform::{Ctx, Error, Job, Result, Service};

use crate::policy::LIMITS;
use crate::store as tables;

/// What this crate hands to the program.
pub fn service() -> Service {
    let sweep = Job { name: "identity.sweep", every: Duration::from_secs(600), run: |ctx| Box::pin(async move { sweep(&ctx).await }) };
    Service { name: "identity", jobs: vec![sweep], handlers: Vec::new() }
}

async fn sweep(ctx: &Ctx) -> Result<()> {
    let (now, idle_since) = (ctx.now(), ctx.now().plus_minutes(-LIMITS.session.idle_citizen_minutes));
    let places_since = ctx.now().plus_days(-LIMITS.place.days);
    loop {
        let dropped = ctx
            .db()
            .write(|tx| async move {
                let sessions = tables::session::sweep(&tx, now, idle_since).await?;
                let codes = tables::code::sweep(&tx, now).await?;
                let places = tables::place::sweep(&tx, places_since).await?;
                Ok::<_, Error>(sessions + codes + places + tables::guard::sweep(&tx, now).await?)
            })
            .await?;
        if dropped == 0 {
            return Ok(());
        }
    }
}
