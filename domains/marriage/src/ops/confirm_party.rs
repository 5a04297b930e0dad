//! The second person compares what was typed with the original (R-MR-20).

use casework::CaseId;
use platform::{Ctx, Result};

use super::{advance, begin, staff};
use crate::issues;
use crate::model::{Entry, Side};
use crate::states::Action;
use crate::store;

/// Confirms a party's data. Whoever typed them cannot be his own second person.
pub async fn confirm_party(ctx: &Ctx, case: CaseId, seen: i64, side: Side) -> Result<()> {
    let file = begin(ctx, case, Action::ConfirmParty).await?;
    let by = staff(ctx)?;
    let party = file.party(side).ok_or_else(|| issues::missing(side.field("name")))?;
    if party.entry == (Entry::Typed { by }) {
        return Err(issues::data_unconfirmed(side).into());
    }
    let (row, to) = (party.id, file.state.kind());
    ctx.db()
        .write(|tx| {
            let (ctx, file) = (ctx.clone(), file.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::ConfirmParty, to, side.name().zh.as_ref()).await?;
                store::parties::confirm(&tx, row, by, ctx.now()).await
            }
        })
        .await
}
