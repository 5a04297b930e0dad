//! A marriage that a court ended, or that turned void, takes the divorce in process with it. Part of that transaction.

use platform::{Ctx, Result};
use ::store::Tx;

use super::super::states::{Action, StateKind};
use super::settle::finish;
use super::{advance, tell};
use crate::model::MarriageId;
use crate::store::divorce;

/// Ends the open case of a marriage, if there is one, and tells both that it has ended.
pub(crate) async fn end_by_court(tx: &Tx, ctx: &Ctx, marriage: MarriageId, basis: &str) -> Result<()> {
    let Some(case) = divorce::open_of_marriage(tx, marriage).await? else { return Ok(()) };
    let file = divorce::load(tx.into(), ctx.keys(), case).await?;
    let office = crate::office::card(ctx, file.office).await?.name;
    advance(tx, ctx, &file, file.head.version, Action::EndByCourt, StateKind::EndedByCourt, basis).await?;
    divorce::set_state(tx, case, StateKind::EndedByCourt).await?;
    finish(tx, &file).await?;
    tell::ended(tx, ctx, &file, &office).await
}
