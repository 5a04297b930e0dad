//! 联网核对: asks every register about both and keeps what they said, with the purpose, the case and the person (R-MR-18). What another
//! instance says counts like a register here: a marriage bars, and no answer leaves the case open.

use casework::CaseId;
use platform::{Ctx, Result};

use super::{advance, begin, gather::gather};
use crate::model::CheckResult;
use crate::ports::Ports;
use crate::questions;
use crate::registers::Inquiry;
use crate::rules::{NetworkCheck, check_result, evaluate, relations};
use crate::states::Action;
use crate::{deaths, store};

/// For what the registers are asked about both.
const PURPOSE: &str = "结婚登记联网核对";

/// Checks both against every register. A marriage whose other spouse is recorded dead is noted as ended by that death, on its day
/// and not on the day of a later record (A17).
pub async fn network_check(ctx: &Ctx, ports: &Ports, case: CaseId, seen: i64) -> Result<CheckResult> {
    let file = begin(ctx, case, Action::NetworkCheck).await?;
    let mut dossier = gather(ctx, ports, &file).await?;
    dossier.elsewhere.clear();
    let mut asked = Vec::with_capacity(2);
    for party in file.parties() {
        let inquiry = Inquiry {
            id_type: party.snapshot.id_type.clone(),
            number: party.snapshot.id_no.clone(),
            hash: party.number.clone(),
            country: party.snapshot.nationality.clone(),
            purpose: PURPOSE.to_owned(),
            case_no: file.head.case_no.clone(),
        };
        let one = questions::put(ctx, ports, inquiry, party.person).await?;
        dossier.elsewhere.extend(one.elsewhere.iter().map(|said| relations::elsewhere(party.side, &party.snapshot.name, said)));
        asked.push(one);
    }
    let (findings, over) = (evaluate(&dossier), dossier.over());
    let result = check_result(&findings);
    let log = store::checks::seal(ctx, "network", result.code(), &findings);
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
