//! What the cancellation of an organisation (注销) ends: its entries in the credit lists, and listings under way (D.3, D.4).

use kernel::Day;
use platform::calendars::deadlines;
use platform::{Ctx, Error, Result};
use ::store::Tx;

use super::write::{audited, refresh};
use crate::Head;
use crate::supervision::clocks::DEADLINES;
use crate::supervision::model::{Content, Kind};
use crate::supervision::states::{self, LIFT, MOOT};
use crate::supervision::store::{facts, proceedings};

/// Ends them by the decision on the cancellation, in its transaction; what stood stays to be read. `before` is the organisation as it was. Not
/// for whom supervision has struck off: that is what the serious list is to show (D-R19), and its liquidation does not take it from there.
///
/// # Errors
/// Those of the database.
pub(crate) async fn cancelled(tx: &Tx, ctx: &Ctx, before: &Head, decision: &str, on: Day) -> Result<()> {
    if before.status.ended() {
        return Ok(());
    }
    let organization = before.id;
    let why = format!("社会组织注销登记（{decision}）");
    for mut row in proceedings::open_listings(tx, ctx, organization).await? {
        let code = if states::act(Kind::Listing, LIFT).is_some_and(|act| act.from.contains(&row.state)) { LIFT } else { MOOT };
        let act = states::act(Kind::Listing, code).ok_or_else(|| Error::internal("no act for the end"))?;
        row.state = act.to.unwrap_or(row.state);
        row.due = None;
        if let Content::Listing(content) = &mut row.content {
            content.outcome.clone_from(&why);
            if let Some(entry) = content.entry {
                facts::end(tx, ctx, entry, on, &why, false).await?;
            }
        }
        if !proceedings::update(tx, ctx, &row).await? {
            return Err(Error::stale());
        }
        let event = super::act::event(ctx, act.code, why.clone());
        proceedings::add_event(tx, ctx, row.id, row.state, &event).await?;
        platform::audit::record(tx, ctx, audited(&row, act.code)).await?;
        deadlines::stop(tx, DEADLINES, &row.id.to_string()).await?;
    }
    refresh(tx, ctx, organization, Kind::Listing.code()).await.map(drop)
}
