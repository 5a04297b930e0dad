//! Both persons at the counter: entered, confirmed by a second member of staff, identified. The steps are those of every case of this crate.

use casework::CaseId;
use platform::{Ctx, Result};

use super::super::states::Action;
use super::{advance, begin, staff};
use crate::issues;
use crate::model::{Entry, Marital, Side, Snapshot};
use crate::ops::enter_party::{PartyInput, parse, same_as_chip};
use crate::ops::identify::{look, write};
use crate::ports::Ports;
use crate::store;

/// Writes a person into his place, with everything that is wrong told at once (C-17).
///
/// # Errors
/// `C-E01` … for the number, `MR-E51` for what is empty, `MR-E20` where the chip says something else.
pub async fn enter_party(ctx: &Ctx, ports: &Ports, case: CaseId, seen: i64, side: Side, input: &PartyInput) -> Result<()> {
    let (file, seen) = begin(ctx, case, seen, Action::EnterParty).await?;
    let by = staff(ctx)?;
    // Whoever divorces is married: what came before is not asked.
    let input = PartyInput { marital: Marital::Never.code().to_owned(), prior_basis: String::new(), ..input.clone() };
    let snapshot = Snapshot { marital: Marital::Married, prior: None, ..parse(side, &input, ctx.today())? };
    let chip = ports.reader.read(by).await?;
    if let Some(chip) = &chip {
        same_as_chip(side, &snapshot, chip)?;
    }
    let sealed = store::parties::seal(ctx.keys(), ctx.id(), side, &snapshot);
    let by_chip = chip.is_some();
    ctx.db()
        .write(|tx| {
            let (ctx, file, sealed) = (ctx.clone(), file.clone(), sealed.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::EnterParty, file.written, side.name().zh.as_ref()).await?;
                store::parties::put(&tx, case, &sealed, by_chip, by, ctx.now()).await
            }
        })
        .await
}

/// Confirms a party's data as the second person (R-MR-20).
///
/// # Errors
/// `MR-E20` for whoever typed them.
pub async fn confirm_party(ctx: &Ctx, case: CaseId, seen: i64, side: Side) -> Result<()> {
    let (file, seen) = begin(ctx, case, seen, Action::ConfirmParty).await?;
    let by = staff(ctx)?;
    let party = file.party(side).ok_or_else(|| issues::missing(side.field("name")))?;
    if party.entry == (Entry::Typed { by }) {
        return Err(issues::data_unconfirmed(side).into());
    }
    let row = party.id;
    ctx.db()
        .write(|tx| {
            let (ctx, file) = (ctx.clone(), file.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::ConfirmParty, file.written, side.name().zh.as_ref()).await?;
                store::parties::confirm(&tx, row, by, ctx.now()).await
            }
        })
        .await
}

/// Records that both stand at the counter and are who their documents name (R-MR-03).
///
/// # Errors
/// `MR-E03` where neither camera nor registrar compared a person.
pub async fn identify(ctx: &Ctx, ports: &Ports, case: CaseId, seen: i64, compared: bool) -> Result<()> {
    let (file, seen) = begin(ctx, case, seen, Action::Identify).await?;
    let found = look(ctx, ports, [file.a.as_ref(), file.b.as_ref()], staff(ctx)?, compared).await?;
    ctx.db()
        .write(|tx| {
            let (ctx, file, found) = (ctx.clone(), file.clone(), found.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Identify, file.written, "").await?;
                write(&tx, &ctx, &found).await
            }
        })
        .await
}
