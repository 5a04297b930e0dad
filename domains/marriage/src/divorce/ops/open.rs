//! Opens a case, from an appointment or for a couple who walked in.

use booking::{BookingId, OfficeId};
use casework::{CaseId, NewCase};
use kernel::case_no::Channel;
use platform::{Ctx, Error, Result, Role, Scope, audit};

use super::super::states::StateKind;
use crate::office::{self, DIVORCES};
use crate::store;

/// What is opened.
#[derive(Debug, Clone, Copy)]
pub struct Open {
    /// The office at whose counter both stand.
    pub office: OfficeId,
    /// The appointment, if there is one.
    pub booking: Option<BookingId>,
    /// For parties of whom one is from abroad (R-MR-13); by the appointment, or what the office does, where it is not said.
    pub for_abroad: Option<bool>,
}

/// Opens a case in 初审. A second opening of the same appointment gives the case that is there already.
///
/// # Errors
/// `Denied` without a right to the item at this office; `NotFound` for an appointment of another office.
pub async fn open(ctx: &Ctx, input: Open) -> Result<CaseId> {
    let card = office::card(ctx, input.office).await?;
    let for_abroad = DIVORCES.for_abroad(ctx, &card, input.booking, input.for_abroad).await?;
    let item = DIVORCES.item(for_abroad);
    ctx.require(&[Role::Clerk, Role::Registrar], &Scope::region(card.region).org(card.org).item(item)).await?;
    if let Some(booking) = input.booking {
        office::arrive(ctx, booking, input.office).await?;
        if let Some(existing) = store::divorce::of_booking(ctx.db(), booking).await? {
            return Ok(existing);
        }
    }
    let case = NewCase {
        id: ctx.id(),
        service: DIVORCES.service(),
        item_code: item.to_owned(),
        item_version: DIVORCES.version(ctx, for_abroad, card.region).await?,
        region: card.region,
        org: card.org,
        office: input.office.to_vec(),
        channel: Channel::Counter,
        state: StateKind::Precheck.code(),
        phase: StateKind::Precheck.phase(),
        due: None,
    };
    let opened: Result<CaseId> = ctx
        .db()
        .write(|tx| {
            let (ctx, case) = (ctx.clone(), case.clone());
            async move {
                casework::open(&tx, &ctx, &case).await?;
                store::divorce::insert(&tx, case.id, input.office, input.booking).await?;
                audit::record(&tx, &ctx, audit::Event::new("marriage.divorce.open", "case", case.id).region(&case.region)).await?;
                Ok(case.id)
            }
        })
        .await;
    match (opened, input.booking) {
        // Two clerks opened the same appointment at once: the other one's case is the case.
        (Err(Error::Store(error)), Some(booking)) if error.is_unique() => {
            store::divorce::of_booking(ctx.db(), booking).await?.ok_or(Error::NotFound)
        }
        (opened, _) => opened,
    }
}
