//! Jobs: they write down what the clock has long decided. Each minds neither being late nor being run twice.

use std::time::Duration;

use kernel::Instant;
use platform::{Ctx, Job, Result, Service};

use crate::ops::close;
use crate::store;

/// What the hall hands to the program.
pub fn service() -> Service {
    let minute = Duration::from_secs(60);
    Service {
        name: "hall",
        jobs: vec![
            Job { name: "hall.settle", every: minute * 30, run: |ctx| Box::pin(async move { settle(&ctx).await }) },
            Job { name: "hall.closures", every: minute * 5, run: |ctx| Box::pin(async move { close::finish_closures(&ctx).await }) },
        ],
        handlers: Vec::new(),
    }
}

/// Ends what ends with its day: tickets, visits, openings of windows.
pub async fn settle(ctx: &Ctx) -> Result<()> {
    close::settle(ctx).await?;
    let today = Instant::at(ctx.today(), 0);
    ctx.db().write(|tx| async move { store::windows::leave_before(&tx, today).await.map(|_| ()) }).await
}
