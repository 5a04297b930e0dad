//! What the end of an organisation ends: its level and its qualification for public fundraising with their certificates, its entries in the credit
//! lists, and what of these is under way (D.3, D.4, D-R19, D-R23, D-R25).

use kernel::Day;
use platform::calendars::deadlines;
use platform::{Ctx, Error, Result};
use ::store::Tx;

use super::write::{audited, refresh};
use crate::supervision::clocks::DEADLINES;
use crate::supervision::model::{Content, Kind};
use crate::supervision::states::{self, LIFT, MOOT};
use crate::supervision::store::proceedings::Row;
use crate::supervision::store::{due, facts, papers, proceedings};
use crate::{OrganizationId, Status, register};

/// Versions of an organisation in which the status before its end is looked for.
const VERSIONS: i64 = 50;

/// What ends. Entries in the lists end by cancellation (注销) alone, and not for whom supervision has struck off: that is what the serious list is
/// to show (D-R19), and its liquidation does not take it from there.
fn ending(before: Status, after: Status) -> &'static [Kind] {
    match after {
        Status::Deregistered if !before.ended() => &[Kind::Listing, Kind::Evaluation, Kind::Fundraising],
        after if after.ended() => &[Kind::Evaluation, Kind::Fundraising],
        _ => &[],
    }
}

/// An organisation has gone from one status to another by a decision: what ends with it ends in the same transaction, and stays to be read.
///
/// # Errors
/// Those of the database.
pub(crate) async fn ended(tx: &Tx, ctx: &Ctx, organization: OrganizationId, (before, after): (Status, Status), decision: &str, on: Day) -> Result<()> {
    let kinds = ending(before, after);
    if kinds.is_empty() {
        return Ok(());
    }
    let (what, reason) = match after {
        Status::Deregistered => ("社会组织注销登记".to_owned(), "cancellation"),
        after => (format!("社会组织被{}", after.name().zh), Kind::Penalty.code()),
    };
    let why = if decision.is_empty() { what } else { format!("{what}（{decision}）") };
    for row in proceedings::standing(tx, ctx, organization, kinds, on).await? {
        end(tx, ctx, row, &why, on).await?;
    }
    refresh(tx, ctx, organization, reason).await.map(drop)
}

async fn end(tx: &Tx, ctx: &Ctx, mut row: Row, why: &str, on: Day) -> Result<()> {
    let mut ends = [LIFT, MOOT].into_iter().filter_map(|code| states::act(row.kind, code));
    let act = ends.find(|act| act.from.contains(&row.state)).ok_or_else(|| Error::internal("no act for the end"))?;
    row.state = act.to.unwrap_or(row.state);
    row.due = None;
    let fact = match &mut row.content {
        Content::Listing(content) => {
            why.clone_into(&mut content.outcome);
            content.entry
        }
        Content::Evaluation(content) => content.fact,
        Content::Fundraising(content) => {
            why.clone_into(&mut content.opinion);
            content.fact
        }
        _ => None,
    };
    if let Some(fact) = fact {
        facts::end(tx, ctx, fact, on, why, false).await?;
    }
    if let Some(certificate) = act.voids {
        papers::void(tx, ctx, row.id, certificate).await?;
    }
    if !proceedings::update(tx, ctx, &row).await? {
        return Err(Error::stale());
    }
    let event = super::act::event(ctx, act.code, why.to_owned());
    proceedings::add_event(tx, ctx, row.id, row.state, &event).await?;
    platform::audit::record(tx, ctx, audited(&row, act.code)).await?;
    deadlines::stop(tx, DEADLINES, &row.id.to_string()).await
}

/// Ends what still stands of organisations that came to their end before it ended with them: on the day of that end.
///
/// # Errors
/// Those of the database.
pub(in crate::supervision) async fn end_late(ctx: &Ctx) -> Result<()> {
    let mut after = Vec::new();
    loop {
        let page = due::outlived(ctx.db(), &after).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.to_vec();
        for organization in page {
            let head = register::by_id(ctx.db(), organization).await?.head;
            let versions = register::versions(ctx.db(), organization, None, VERSIONS).await?;
            let before = versions.iter().map(|version| version.content.status).find(|status| *status != head.status);
            let (went, on) = ((before.unwrap_or(head.status), head.status), head.status_since);
            ctx.db()
                .write(|tx| {
                    let ctx = ctx.clone();
                    async move { ended(&tx, &ctx, organization, went, "", on).await }
                })
                .await?;
        }
    }
}
