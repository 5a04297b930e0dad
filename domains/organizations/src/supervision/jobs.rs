//! Jobs of supervision: they write down what the date has decided long before.

use std::sync::Arc;
use std::time::Duration;

use kernel::Day;
use platform::outbox::Handler;
use platform::{Ctx, Error, Job, Result};

use super::input::Input;
use super::model::{Kind, State};
use super::ops::{MovedEnd, act, by_program, end_late, refresh, register_periods, report_due};
use super::turn::{Effect, proposal};
use super::{numbers, store};

/// The jobs of supervision.
pub(crate) fn jobs() -> Vec<Job> {
    let hour = Duration::from_secs(3600);
    vec![
        Job { name: "organizations.lists", every: hour, run: |ctx| Box::pin(async move { lists(&ctx).await }) },
        Job { name: "organizations.reports", every: hour * 24, run: |ctx| Box::pin(async move { reports(&ctx).await }) },
        Job { name: "organizations.periods", every: hour * 24, run: |ctx| Box::pin(async move { from_before(&ctx).await }) },
        Job { name: "organizations.levels", every: hour, run: |ctx| Box::pin(async move { levels(&ctx).await }) },
    ]
}

/// Its outbox handlers.
pub(crate) fn handlers() -> Vec<(&'static str, Arc<dyn Handler>)> {
    vec![("deadline.organization_proceeding", Arc::new(MovedEnd))]
}

/// Abnormal entries of two years become serious ones.
async fn lists(ctx: &Ctx) -> Result<()> {
    let since = numbers::limits().credit_abnormal.before(ctx.today());
    for id in store::facts::abnormal_since(ctx.db(), since).await? {
        let Some(row) = store::proceedings::by_id(ctx, id).await? else { continue };
        // What was put right waits for its removal, what was asked for waits for its decision.
        if matches!(row.state, State::Listed | State::Disputed) {
            match act(ctx, id, row.version, "escalate", &Input::default()).await {
                Ok(_) | Err(Error::Stale(_)) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

/// Who filed no report of last year by the last day: a listing is proposed, which staff decide on.
async fn reports(ctx: &Ctx) -> Result<()> {
    let calendar = platform::calendars::current(ctx.db()).await?;
    let year = i64::from(ctx.today().year()) - 1;
    let last = Day::new(ctx.today().year() - 1, 12, 31).ok_or_else(|| Error::internal("the last day of a year"))?;
    for kind in crate::Kind::ALL {
        let law = numbers::report(kind);
        // Nobody sets a day before that of the law.
        if law.due(&calendar, year).is_none_or(|due| ctx.today() <= due) {
            continue;
        }
        let mut after = Vec::new();
        loop {
            let page = store::due::unreported(ctx.db(), kind.code(), year, last, &after).await?;
            let Some((id, _)) = page.last() else { break };
            after = id.to_vec();
            for (organization, region) in page {
                let Some(due) = report_due(ctx.db(), &calendar, region, kind, year).await?.filter(|due| ctx.today() > *due) else { continue };
                let facts = format!("{year}年度工作报告未在{}前报送", due.zh_plain());
                if let Effect::Propose(listing, year) = proposal("report", &facts, due.plus_days(1), year) {
                    by_program(ctx, organization, listing, year).await?;
                }
            }
        }
    }
    Ok(())
}

/// What was done before the program did what it does now: what outlived its organisation ends, and periods that run are registered.
async fn from_before(ctx: &Ctx) -> Result<()> {
    end_late(ctx).await?;
    register_periods(ctx).await
}

/// Levels that have run out no longer show in lists.
async fn levels(ctx: &Ctx) -> Result<()> {
    for organization in store::facts::levels_over(ctx.db(), ctx.today()).await? {
        ctx.db()
            .write(|tx| {
                let ctx = ctx.clone();
                async move { refresh(&tx, &ctx, organization, Kind::Evaluation.code()).await }
            })
            .await?;
    }
    Ok(())
}
