//! 审查: checked, interviewed; what is clear goes on to registration, what is not waits to be verified.

use casework::CaseId;
use kernel::Refusal;
use platform::{Ctx, Result};

use super::{advance, begin, gather::gather};
use crate::issues;
use crate::model::CheckResult;
use crate::ports::Ports;
use crate::rules::{Stage, blocking, evaluate};
use crate::states::{Action, StateKind};
use crate::store;

/// Examines an accepted case. An open question of a register is no refusal: the case waits in 待核实, and the page says so.
pub async fn examine(ctx: &Ctx, ports: &Ports, case: CaseId, seen: i64) -> Result<StateKind> {
    let file = begin(ctx, case, Action::Examine).await?;
    let check = file.check.ok_or_else(issues::check_missing)?;
    let next = file.state.examine(check.result, ctx.now())?;
    if check.result == CheckResult::Clear {
        let findings = evaluate(&gather(ctx, ports, &file).await?);
        let refused = blocking(&findings, Stage::Examine);
        if !refused.is_empty() {
            return Err(Refusal(refused).into());
        }
    }
    let to = next.kind();
    ctx.db()
        .write(|tx| {
            let (ctx, file) = (ctx.clone(), file.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Examine, to, check.result.name().zh.as_ref()).await?;
                store::cases::set_state(&tx, case, &next).await
            }
        })
        .await?;
    Ok(to)
}
