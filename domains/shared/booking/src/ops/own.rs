//! One's own bookings as the copy of one's data has them, and leaving the waiting list.

use kernel::Text;
use platform::own::Section;
use platform::{Ctx, Result};

use super::{read, wait};

/// Bookings and waiting list of the citizen who asks.
///
/// # Errors
/// `SignIn`.
pub async fn own_data(ctx: &Ctx) -> Result<Vec<Section>> {
    let columns = [("number", "预约号", "Number"), ("item", "事项编码", "Item"), ("start", "开始", "Begins"), ("state", "状态", "State"), ("created_at", "预约时间", "Made"), ("needs", "需要的帮助", "Help needed")];
    let mut bookings = Section::new("bookings", Text::fixed("预约", "Bookings"), &columns);
    for booking in read::mine(ctx).await? {
        let state = booking.state_at(ctx.now()).name().zh.to_string();
        let cells = [booking.number.unwrap_or_default(), booking.impl_code, booking.slot.start.to_string(), state, booking.created_at.to_string(), booking.needs];
        bookings.add(booking.slot.day, cells);
    }
    let columns = [("office", "办事处", "Office"), ("item", "事项编码", "Item"), ("from", "最早", "From"), ("to", "最晚", "To")];
    let mut waiting = Section::new("waiting", Text::fixed("候补", "Waiting list"), &columns);
    for one in wait::mine(ctx).await? {
        waiting.add(one.from, [one.office.name.zh.to_string(), one.impl_code, one.from.to_string(), one.to.to_string()]);
    }
    Ok(vec![bookings, waiting])
}

/// Leaves every waiting list: whoever closes his account cannot be told that a place is free.
///
/// # Errors
/// `SignIn`.
pub async fn forget(ctx: &Ctx) -> Result<()> {
    for one in wait::mine(ctx).await? {
        wait::leave(ctx, one.id).await?;
    }
    Ok(())
}
