//! One's own tickets as the copy of one's data has them.

use booking::BookingId;
use booking::ops::read as bookings;
use kernel::{Instant, Text};
use platform::own::Section;
use platform::{Ctx, Result};

use crate::store;

/// The tickets of the bookings of the citizen who asks; who came without one took a ticket that nobody can tell to be his.
///
/// # Errors
/// `SignIn`.
pub async fn own_data(ctx: &Ctx) -> Result<Vec<Section>> {
    let columns = [("number", "号码", "Number"), ("taken_at", "取号", "Taken"), ("state", "状态", "State"), ("called_at", "叫号", "Called"), ("served_from", "开始办理", "Served from"), ("served_to", "办结", "Served until")];
    let mut tickets = Section::new("tickets", Text::fixed("大厅取号", "Hall tickets"), &columns);
    let booked: Vec<BookingId> = bookings::mine(ctx).await?.into_iter().map(|booking| booking.id).collect();
    let moment = |at: Option<Instant>| at.map(|at| at.to_string()).unwrap_or_default();
    for ticket in store::tickets::of_bookings(ctx.db(), ctx, &booked).await? {
        let state = ticket.state_at(ctx.now()).name().zh.to_string();
        let [called, from, to] = [ticket.first_call, ticket.served_from, ticket.served_to].map(moment);
        tickets.add(ticket.day, [ticket.label(), ticket.taken_at.to_string(), state, called, from, to]);
    }
    Ok(vec![tickets])
}
