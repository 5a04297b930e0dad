//! 受理: every rule that binds at acceptance is kept.

use casework::CaseId;
use kernel::Refusal;
use platform::{Ctx, Result};

use super::{advance, begin, gather::gather};
use crate::ports::Ports;
use crate::rules::{Stage, blocking, check_result, evaluate};
use crate::states::Action;
use crate::store;

/// Accepts a case. What stands in the way is told in field order, and what was found is logged either way.
pub async fn accept(ctx: &Ctx, ports: &Ports, case: CaseId, seen: i64) -> Result<()> {
    let file = begin(ctx, case, Action::Accept).await?;
    let findings = evaluate(&gather(ctx, ports, &file).await?);
    let refused = blocking(&findings, Stage::Accept);
    let check = store::checks::seal(ctx, "accept", check_result(&findings).code(), &findings);
    let next = file.state.accept(ctx.now())?;
    let blocked = !refused.is_empty();
    ctx.db()
        .write(|tx| {
            let (ctx, file, check) = (ctx.clone(), file.clone(), check.clone());
            async move {
                store::checks::insert(&tx, &ctx, case, &check).await?;
                if blocked {
                    return Ok(());
                }
                advance(&tx, &ctx, &file, seen, Action::Accept, next.kind(), "").await?;
                store::cases::set_state(&tx, case, &next).await
            }
        })
        .await?;
    if blocked { Err(Refusal(refused).into()) } else { Ok(()) }
}
