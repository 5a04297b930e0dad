//! 撤回: either of the two alone, in person, at the office that accepted, to the close of business on the last of the thirty days.

use casework::CaseId;
use kernel::{Day, Instant};
use platform::{Ctx, Result};

use super::super::file::File;
use super::super::issues;
use super::super::states::{Action, StateKind};
use super::{advance, begin, settle, staff, tell};
use crate::model::Side;
use crate::store;

/// Who withdraws.
#[derive(Debug, Clone, Copy)]
pub struct Withdrawal {
    /// Which of the two.
    pub side: Side,
    /// The registrar compared him with his document.
    pub compared: bool,
    /// He showed the receipt, or stated that it is lost.
    pub receipt: bool,
}

/// Withdraws the application. Nobody has to give a reason; the other is told that the application has ended, no more. A new application
/// starts a new period.
///
/// # Errors
/// `MR-E30` after the last moment, `MR-E29` at another office, `MR-E03` without the comparison.
pub async fn withdraw(ctx: &Ctx, case: CaseId, seen: i64, input: Withdrawal) -> Result<()> {
    let (file, seen) = begin(ctx, case, seen, Action::Withdraw).await?;
    same_office(ctx, &file).await?;
    if let Some(dates) = file.dates
        && past(ctx, &file, dates.cool_end).await?
    {
        return Err(issues::withdrawal_over().into());
    }
    if !input.compared {
        return Err(issues::not_compared(input.side).into());
    }
    if !input.receipt {
        return Err(issues::missing("receipt", "请核对受理回执单或者遗失声明", "see the receipt, or a statement that it is lost").into());
    }
    let office = crate::office::card(ctx, file.office).await?.name;
    ctx.db()
        .write(|tx| {
            let (ctx, file, office) = (ctx.clone(), file.clone(), office.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Withdraw, StateKind::Withdrawn, input.side.name().zh.as_ref()).await?;
                store::divorce::set_withdrawn(&tx, case, input.side, ctx.now()).await?;
                settle::finish(&tx, &file).await?;
                tell::ended(&tx, &ctx, &file, &office).await
            }
        })
        .await
}

/// R-MR-29: a registrar of another office sends the couple to the one that accepted.
pub(super) async fn same_office(ctx: &Ctx, file: &File) -> Result<()> {
    let registrar = store::registrars::of_staff(ctx.db(), staff(ctx)?).await?;
    if registrar.is_some_and(|registrar| registrar.office != file.office) {
        return Err(issues::other_office(&crate::office::card(ctx, file.office).await?.name).into());
    }
    Ok(())
}

/// Whether a last day is over: at the close of business where the office has hours, else at its end (C-10).
pub(super) async fn past(ctx: &Ctx, file: &File, last: Day) -> Result<bool> {
    if ctx.today() != last {
        return Ok(ctx.today() > last);
    }
    let closes = crate::office::closes(ctx, file.office, last).await?;
    Ok(closes.is_some_and(|minute| ctx.now() > Instant::at(last, minute)))
}
