//! Takes up again what was pending, or left overnight.

use casework::CaseId;
use kernel::Issue;
use platform::{Ctx, Error, Result};

use super::{advance, begin, staff};
use crate::model::CheckResult;
use crate::parameters::statement_on;
use crate::states::{Action, State, StateKind};
use crate::store;

/// What the registrar found.
#[derive(Debug, Clone, Default)]
pub struct Verified {
    /// What was looked into and how, in words without personal data.
    pub note: String,
    /// A possible kinship was looked into and ruled out (MR-W07).
    pub no_kinship: bool,
}

/// On the day of acceptance the case goes back to 受理, to be checked again. On a later day it goes back to 初审: declarations,
/// identity, documents and network check are repeated and it is accepted anew; the old stays in the logs.
pub async fn verify(ctx: &Ctx, case: CaseId, seen: i64, input: &Verified) -> Result<StateKind> {
    let file = begin(ctx, case, Action::Verify).await?;
    let note = kernel::text::line(&input.note);
    if note.is_empty() {
        return Err(Issue::error("C-E10", "请写明核实情况", "say what was verified").field("note").into());
    }
    let next = file.state.verify(ctx.now())?;
    let to = next.kind();
    let by = staff(ctx)?;
    let pending = matches!(file.state, State::PendingVerify { result: CheckResult::ToVerify, .. });
    let clears_kin = input.no_kinship && pending && to == StateKind::Accepted;
    let statement = statement_on(ctx.today()).ok_or_else(|| Error::internal("no declaration is in force"))?;
    ctx.db()
        .write(|tx| {
            let (ctx, file, note) = (ctx.clone(), file.clone(), note.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Verify, to, &note).await?;
                if to == StateKind::Precheck {
                    return store::cases::restart(&tx, case, &statement.version).await;
                }
                if clears_kin {
                    store::cases::clear_kin(&tx, case, by).await?;
                }
                store::cases::set_state(&tx, case, &next).await
            }
        })
        .await?;
    Ok(to)
}
