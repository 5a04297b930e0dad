//! 联网核对: asks every register about both and keeps what they said, with the purpose, the case and the person (R-MR-18).

use casework::CaseId;
use platform::{Ctx, Result};

use super::{advance, begin, gather::gather};
use crate::model::CheckResult;
use crate::ports::Ports;
use crate::questions::{self, About};
use crate::rules::{NetworkCheck, check_result, evaluate};
use crate::states::Action;
use crate::{deaths, store};

/// For what the registers are asked about both.
const PURPOSE: &str = "结婚登记联网核对";

/// Checks both against every register. A marriage whose other spouse is recorded dead is noted as ended by that death, on its day
/// and not on the day of a later record (A17).
pub async fn network_check(ctx: &Ctx, ports: &Ports, case: CaseId, seen: i64) -> Result<CheckResult> {
    let file = begin(ctx, case, Action::NetworkCheck).await?;
    let dossier = gather(ctx, ports, &file).await?;
    let findings = evaluate(&dossier);
    let result = check_result(&findings);
    let log = store::checks::seal(ctx, "network", result.code(), &findings);
    let over = dossier.over();
    let mut asked = Vec::with_capacity(2);
    for party in file.parties() {
        let about = About { number: &party.snapshot.id_no, hash: party.number.clone(), person: party.person };
        asked.push(questions::put(ctx, ports, about, [PURPOSE.to_owned(), file.head.case_no.clone()]).await?);
    }
    let (check, to) = (NetworkCheck { at: ctx.now(), result }, file.state.kind());
    ctx.db()
        .write(|tx| {
            let (ctx, file, log, over) = (ctx.clone(), file.clone(), log.clone(), over.clone());
            let asked = asked.clone();
            async move {
                advance(&tx, &ctx, &file, seen, Action::NetworkCheck, to, result.name().zh.as_ref()).await?;
                for asked in &asked {
                    questions::keep(&tx, &ctx, asked).await?;
                }
                deaths::end(&tx, &ctx, &over).await?;
                store::checks::insert(&tx, &ctx, case, &log).await?;
                store::cases::set_check(&tx, case, check).await
            }
        })
        .await?;
    Ok(result)
}
