//! The demo's appointments of the coming weeks, booked by telephone as a clerk would.

use booking::details::PartyInput;
use booking::ops::book::{Book, book};
use booking::ops::read;
use kernel::RegionCode;
use platform::{Ctx, Result};

use super::people::{Invented, couple};

/// Appointments made.
pub(crate) const NUMBER: usize = 300;
/// Offices over which they are spread.
const OFFICES: usize = 25;
/// The first couple that is used; those before it have been registered.
const FIRST: usize = 100;

/// Books for `NUMBER` couples. The same again changes nothing: each has its idempotency key.
pub(crate) async fn book_all(ctx: &Ctx, province: RegionCode) -> Result<()> {
    let offices = read::offices(ctx, &province, Some(marriage::KIND_DOMESTIC), "", 200).await?;
    let (today, last) = (ctx.today(), ctx.today().plus_days(21));
    let mut made = 0;
    for (n, office) in offices.iter().take(OFFICES).enumerate() {
        let item = catalog::ops::nearest(ctx, &office.region, marriage::ITEM).await?;
        let slots = read::slots(ctx, office.id, marriage::KIND_DOMESTIC, today.plus_days(1), last).await?;
        let free: Vec<_> = slots.into_iter().filter(|slot| slot.start >= ctx.now().plus_days(1)).collect();
        let share = NUMBER / OFFICES.min(offices.len()).max(1);
        for k in 0..share {
            let Some(slot) = free.get((k * 7 + n * 3) % free.len().max(1)) else { break };
            let (he, she) = couple(FIRST + made, today);
            let input = Book {
                slot: Some(slot.id),
                impl_code: item.code.clone(),
                booker: details(&he),
                partner: Some(details(&she)),
                needs: String::new(),
                request_key: format!("demo-booking-{made:04}"),
            };
            book(ctx, input).await?;
            made += 1;
        }
    }
    Ok(())
}

fn details(one: &Invented) -> PartyInput {
    PartyInput { name: one.name.clone(), id_type: "111".to_owned(), id_no: one.id_no.clone(), phone: one.phone.clone() }
}
