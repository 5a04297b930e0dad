//! 不予登记: with the reasons that the rules give, and a notice for the couple.

use casework::CaseId;
use kernel::Issue;
use platform::{Ctx, Result};

use super::{advance, begin, gather::gather};
use crate::ports::Ports;
use crate::rules::{Finding, Stage, blocking, check_result, evaluate};
use crate::states::Action;
use crate::store;

/// Refuses a case. There has to be a reason: a rule that is not kept now, or the registrar's own, in words.
pub async fn refuse(ctx: &Ctx, ports: &Ports, case: CaseId, seen: i64, reason: &str) -> Result<()> {
    let file = begin(ctx, case, Action::Refuse).await?;
    let findings = evaluate(&gather(ctx, ports, &file).await?);
    let codes = codes(&findings);
    let reason = kernel::text::line(reason);
    if codes.is_empty() && reason.is_empty() {
        return Err(Issue::error("E-P205", "不予决定须说明理由并告知救济途径", "Refusal must state reasons and remedies").field("reason").into());
    }
    let told = format!("{codes} {reason}").trim().to_owned();
    let log = store::checks::seal(ctx, "refuse", check_result(&findings).code(), &findings);
    let next = file.state.not_accept()?;
    ctx.db()
        .write(|tx| {
            let (ctx, file, told, log) = (ctx.clone(), file.clone(), told.clone(), log.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Refuse, next.kind(), &told).await?;
                store::checks::insert(&tx, &ctx, case, &log).await?;
                store::cases::set_state(&tx, case, &next).await
            }
        })
        .await
}

fn codes(findings: &[Finding]) -> String {
    let mut codes: Vec<String> = blocking(findings, Stage::Accept).into_iter().map(|issue| issue.code.into_owned()).collect();
    codes.dedup();
    codes.join(" ")
}
