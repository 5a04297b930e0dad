//! The job of this crate: it makes real what dates have long decided.

use std::time::Duration;

use platform::{Ctx, Error, Job, JobFuture, audit};

use crate::model::State;
use crate::ops::report;
use crate::store::entry;

/// Turns entries past their last day into 03 过期. Checks never wait for it.
pub(crate) fn expire() -> Job {
    Job { name: "licence.expire", every: Duration::from_secs(3600), run }
}

fn run(ctx: Ctx) -> JobFuture {
    Box::pin(async move {
        while step(&ctx).await? > 0 {}
        Ok(())
    })
}

async fn step(ctx: &Ctx) -> platform::Result<usize> {
    ctx.db()
        .write(|tx| {
            let ctx = ctx.clone();
            async move {
                let ended = entry::expire_some(&tx, ctx.today()).await?;
                for id in &ended {
                    report::due(&tx, &ctx, *id, State::Expired).await?;
                }
                if !ended.is_empty() {
                    let event = audit::Event::new("licence.expire", "licence", "-").detail(serde_json::json!({ "count": ended.len() }));
                    audit::record(&tx, &ctx, event).await?;
                }
                Ok::<_, Error>(ended.len())
            }
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::testing::{marriage, world};
    use kernel::{Day, Instant};

    store::db_test!(an_entry_past_its_last_day_becomes_expired, |db| async move {
        let world = world(db).await;
        let mut new = marriage("K-1", "990101200405200017");
        new.valid_to = Some(Day::ymd(2026, 7, 1));
        let id = world.issue(new).await.expect("issued");
        run(world.platform.system()).await.expect("nothing to do yet");
        assert_eq!(world.row(id).await.state, "make");
        world.platform.set_now(Instant::at(Day::ymd(2026, 7, 2), 0));
        run(world.platform.system()).await.expect("run");
        run(world.platform.system()).await.expect("run again");
        assert_eq!(world.row(id).await.state, "03");
        assert_eq!(world.audited("licence.expire").await, 1);
    });
}
