//! 联网核对: asks every register about both and keeps what they said (R-MR-18).

use casework::CaseId;
use kernel::Day;
use platform::{Ctx, Result};

use super::end_fact::{Ending, end_fact};
use super::{advance, begin, gather::gather};
use crate::model::{CheckResult, EndKind, MarriageId};
use crate::ports::Ports;
use crate::rules::{Dossier, NetworkCheck, check_result, evaluate};
use crate::states::Action;
use crate::store;

/// Checks both against every register. A marriage whose other spouse is recorded dead is noted as ended by that death, on its day
/// and not on the day of a later record (A17).
pub async fn network_check(ctx: &Ctx, ports: &Ports, case: CaseId, seen: i64) -> Result<CheckResult> {
    let file = begin(ctx, case, Action::NetworkCheck).await?;
    let dossier = gather(ctx, ports, &file).await?;
    let findings = evaluate(&dossier);
    let result = check_result(&findings);
    let log = store::checks::seal(ctx, "network", result.code(), &findings);
    let over = ended_by_death(&dossier);
    let (check, to) = (NetworkCheck { at: ctx.now(), result }, file.state.kind());
    ctx.db()
        .write(|tx| {
            let (ctx, file, log, over) = (ctx.clone(), file.clone(), log.clone(), over.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::NetworkCheck, to, result.name().zh.as_ref()).await?;
                for (marriage, on) in over {
                    let ending = Ending { kind: EndKind::Death, on, basis: "联网核对".to_owned() };
                    end_fact(&tx, &ctx, marriage, &ending).await?;
                }
                store::checks::insert(&tx, &ctx, case, &log).await?;
                store::cases::set_check(&tx, case, check).await
            }
        })
        .await?;
    Ok(result)
}

fn ended_by_death(dossier: &Dossier) -> Vec<(MarriageId, Day)> {
    dossier
        .parties()
        .filter_map(|party| party.known.as_ref())
        .flat_map(|known| &known.own)
        .filter(|marriage| marriage.valid)
        .filter_map(|marriage| Some((marriage.id, marriage.spouse_died?)))
        .collect()
}
