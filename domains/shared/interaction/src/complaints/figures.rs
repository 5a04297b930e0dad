//! Figures by kind and source (form CMP-1).

use kernel::{Day, RegionCode};
use platform::{Ctx, Result, Role, Scope};

use super::Kind;
use crate::ratings::Share;
use crate::store::complaint_lists;

/// The figures of one kind and source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindFigures {
    /// What it is.
    pub kind: Kind,
    /// Digit of the channel.
    pub source: String,
    /// Received.
    pub received: i64,
    /// Accepted.
    pub accepted: i64,
    /// Not accepted.
    pub refused: i64,
    /// Answered in time, of those that were answered.
    pub on_time: Share,
    /// Satisfied, of those who said.
    pub satisfied: Share,
    /// Written anew because somebody was not satisfied.
    pub reopened: i64,
    /// Under supervision.
    pub supervised: i64,
}

/// What came in on these days in a region and all below it.
pub async fn figures(ctx: &Ctx, region: RegionCode, from: Day, to: Day) -> Result<Vec<KindFigures>> {
    ctx.require(&[Role::Dispatcher, Role::Head, Role::Supervisor], &Scope::region(region)).await?;
    let rows = complaint_lists::figures(ctx.db(), &region, from, to).await?;
    Ok(rows
        .into_iter()
        .map(|row| KindFigures {
            kind: row.kind,
            source: row.source,
            received: row.received,
            accepted: row.accepted,
            refused: row.refused,
            on_time: Share { part: row.on_time, whole: row.answered },
            satisfied: Share { part: row.satisfied, whole: row.judged },
            reopened: row.reopened,
            supervised: row.supervised,
        })
        .collect())
}
