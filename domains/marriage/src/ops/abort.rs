//! 放弃: one of the two leaves or has second thoughts, at any moment before the registration.

use casework::CaseId;
use platform::{Ctx, Result};

use super::{advance, begin};
use crate::states::Action;
use crate::store;

/// Ends a case without a decision. Nobody has to give a reason.
pub async fn abort(ctx: &Ctx, case: CaseId, seen: i64, reason: &str) -> Result<()> {
    let file = begin(ctx, case, Action::Abort).await?;
    let next = file.state.abort()?;
    let reason = kernel::text::line(reason);
    ctx.db()
        .write(|tx| {
            let (ctx, file, reason) = (ctx.clone(), file.clone(), reason.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Abort, next.kind(), &reason).await?;
                store::cases::set_state(&tx, case, &next).await
            }
        })
        .await
}
