//! Ends without a divorce: 不予受理, 放弃, and 不予登记 for this time.

use casework::CaseId;
use kernel::Issue;
use platform::{Ctx, Error, Result};

use super::super::states::{Action, StateKind};
use super::{advance, begin};
use crate::store;

/// 不予受理, with the reason in words; the rules' own are in the log of the checks.
///
/// # Errors
/// `E-P205` without a reason.
pub async fn refuse(ctx: &Ctx, case: CaseId, seen: i64, reason: &str) -> Result<()> {
    end(ctx, case, seen, Action::Refuse, StateKind::NotAccepted, reason).await
}

/// 放弃 before the acceptance. Nobody has to give a reason.
///
/// # Errors
/// `E-ST01` once it is accepted: then it is withdrawn.
pub async fn abort(ctx: &Ctx, case: CaseId, seen: i64, reason: &str) -> Result<()> {
    end(ctx, case, seen, Action::Abort, StateKind::Aborted, reason).await
}

/// 不予登记 this time, with the reason; both may come again to the last day of the claim.
///
/// # Errors
/// `E-P205` without a reason.
pub async fn not_register(ctx: &Ctx, case: CaseId, seen: i64, reason: &str) -> Result<()> {
    end(ctx, case, seen, Action::NotRegister, StateKind::NotRegistered, reason).await
}

async fn end(ctx: &Ctx, case: CaseId, seen: i64, action: Action, to: StateKind, reason: &str) -> Result<()> {
    let (file, seen) = begin(ctx, case, seen, action).await?;
    let reason = kernel::text::line(reason);
    if reason.is_empty() && action != Action::Abort {
        let field = if action == Action::Refuse { "refuse_reason" } else { "not_register_reason" };
        return Err(Issue::error("E-P205", "不予决定须说明理由并告知救济途径", "Refusal must state reasons and remedies").field(field).into());
    }
    ctx.db()
        .write(|tx| {
            let (ctx, file, reason) = (ctx.clone(), file.clone(), reason.clone());
            async move {
                advance(&tx, &ctx, &file, seen, action, to, &reason).await?;
                store::divorce::set_state(&tx, case, to).await?;
                Ok::<_, Error>(())
            }
        })
        .await
}
