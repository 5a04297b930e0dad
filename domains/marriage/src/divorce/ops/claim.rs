//! Both come to claim the certificate: same office, within the thirty days after the first thirty.

use casework::CaseId;
use platform::{Ctx, Result};

use super::super::issues;
use super::super::states::{Action, StateKind};
use super::withdraw::{past, same_office};
use super::{advance, begin, staff};
use crate::ops::identify::{look, write};
use crate::ports::Ports;
use crate::store;

/// Identifies both for the claim; from here the registration, or a refusal for this time, follows on the same day.
///
/// # Errors
/// `MR-E27` before the first day, `MR-E28` after the last, `MR-E29` at another office, `MR-E03` where one was not compared.
pub async fn claim(ctx: &Ctx, ports: &Ports, case: CaseId, seen: i64, compared: bool) -> Result<()> {
    let (file, seen) = begin(ctx, case, seen, Action::Claim).await?;
    same_office(ctx, &file).await?;
    if let Some(dates) = file.dates
        && past(ctx, &file, dates.claim_end).await?
    {
        return Err(issues::too_late().into());
    }
    let found = look(ctx, ports, [file.a.as_ref(), file.b.as_ref()], staff(ctx)?, compared).await?;
    ctx.db()
        .write(|tx| {
            let (ctx, file, found) = (ctx.clone(), file.clone(), found.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Claim, StateKind::Examined, "").await?;
                write(&tx, &ctx, &found).await?;
                store::divorce::set_claimed(&tx, case, ctx.now()).await
            }
        })
        .await
}
