//! What pages, phones, screens and programs read.

use booking::OfficeCard;
use booking::ops::read as bookings;
use kernel::{Day, Instant};
use platform::{Ctx, Error, Result};

use super::access;
use crate::board::Board;
use crate::figures::Figures;
use crate::model::{GroupCard, HallCard, State, Ticket, WindowCard};
use crate::{issues, store};

/// A hall as it is now.
pub(crate) async fn board_of(ctx: &Ctx, hall: HallCard) -> Result<Board> {
    let (db, office, today) = (ctx.db(), hall.office, ctx.today());
    let since = today.plus_days(-i64::from(hall.rules.numbers.pace_days.value));
    Ok(Board {
        groups: store::halls::groups(db, office).await?,
        windows: store::windows::of_office(db, office).await?,
        live: store::tickets::live(db, ctx, office, today).await?,
        past: store::tickets::calls(db, office, today).await?,
        paces: store::paces::since(db, office, since).await?,
        now: ctx.now(),
        hall,
    })
}

/// The office and its hall as it is now, for counter staff.
pub async fn desk(ctx: &Ctx, code: &str) -> Result<(OfficeCard, Board)> {
    let office = bookings::office(ctx, code).await?;
    access::counter(ctx, &office).await?;
    let board = board_of(ctx, access::hall(ctx, office.id).await?).await?;
    Ok((office, board))
}

/// The office and its hall as it is now, for its kiosk and its screen.
///
/// # Errors
/// [`Error::NotFound`] for a key that no longer works.
pub async fn by_key(ctx: &Ctx, key: &str) -> Result<(OfficeCard, Board)> {
    let hall = access::by_key(ctx, key).await?;
    let office = bookings::office_by_id(ctx, hall.office).await?;
    let board = board_of(ctx, hall).await?;
    Ok((office, board))
}

/// The office and its hall as it is now, for everybody: show numbers of people and minutes alone.
pub async fn public(ctx: &Ctx, code: &str) -> Result<(OfficeCard, Board)> {
    let office = bookings::office(ctx, code).await?;
    let board = board_of(ctx, access::hall(ctx, office.id).await?).await?;
    Ok((office, board))
}

/// The offices with a hall at which the actor works or which he watches over, a few hundred at most.
pub async fn mine(ctx: &Ctx) -> Result<Vec<OfficeCard>> {
    let mut mine: Vec<OfficeCard> = Vec::new();
    for grant in access::reading(ctx) {
        let found = bookings::offices(ctx, &grant.region, None, "", 200).await?;
        mine.extend(found.into_iter().filter(|office| grant.org.is_none_or(|org| org == office.org)));
    }
    mine.sort_by(|a, b| a.code.cmp(&b.code));
    mine.dedup_by(|a, b| a.code == b.code);
    with_hall(ctx, mine).await
}

/// Offices out of these that have a hall.
pub async fn with_hall(ctx: &Ctx, offices: Vec<OfficeCard>) -> Result<Vec<OfficeCard>> {
    let ids: Vec<_> = offices.iter().map(|office| office.id).collect();
    let halls = store::halls::among(ctx.db(), &ids).await?;
    Ok(offices.into_iter().filter(|office| halls.contains(&office.id)).collect())
}

/// The ticket that a booking has, as far as it was taken.
pub async fn of_booking(ctx: &Ctx, booking: booking::BookingId) -> Result<Option<Ticket>> {
    // only whoever may see the booking hears of its ticket
    bookings::booking(ctx, booking).await?;
    match store::tickets::by_booking(ctx.db(), booking).await? {
        Some(id) => store::tickets::by_id(ctx.db(), ctx, id).await,
        None => Ok(None),
    }
}

/// A ticket as its holder sees it.
#[derive(Debug, Clone)]
pub struct Status {
    /// The office.
    pub office: OfficeCard,
    /// The ticket, without a name.
    pub ticket: Ticket,
    /// Its group.
    pub group: GroupCard,
    /// The state by the clock.
    pub state: State,
    /// How many are before it, and its wait in minutes, while it waits.
    pub wait: Option<(usize, i64)>,
    /// The window to which it is called, where it is served, or to which it was handed over.
    pub window: Option<WindowCard>,
    /// Once it was passed: the number behind which it can be queued again.
    pub behind: Option<String>,
    /// The page refreshes itself after so many seconds.
    pub refresh_secs: u16,
    /// The moment.
    pub now: Instant,
}

/// The ticket that a token opens, for whoever has it: paper or phone.
///
/// # Errors
/// [`Error::NotFound`] for an unknown token.
pub async fn status(ctx: &Ctx, token: &str) -> Result<Status> {
    let id = store::tickets::by_token(ctx.db(), token).await?.ok_or(Error::NotFound)?;
    let ticket = store::tickets::by_id(ctx.db(), ctx, id).await?.ok_or(Error::NotFound)?;
    let office = bookings::office_by_id(ctx, ticket.office).await?;
    let board = board_of(ctx, access::hall(ctx, ticket.office).await?).await?;
    let state = ticket.state_at(ctx.now());
    Ok(Status {
        group: board.group(ticket.group).cloned().ok_or_else(|| Error::internal("a ticket's group"))?,
        wait: (state == State::Waiting).then(|| board.wait_of(&ticket)),
        window: ticket.window.or(ticket.target).and_then(|window| board.window(window)).cloned(),
        behind: if state == State::Passed { board.requeue_after(ticket.group).map(Ticket::label) } else { None },
        refresh_secs: board.hall.rules.numbers.refresh_secs.value,
        now: ctx.now(),
        ticket: Ticket { name: None, ..ticket },
        office,
        state,
    })
}

/// The office of a window, for its counter staff.
pub async fn office_of_window(ctx: &Ctx, id: crate::WindowId) -> Result<OfficeCard> {
    Ok(access::window(ctx, id).await?.1)
}

/// A ticket with its hall as it is now, for counter staff.
pub async fn ticket(ctx: &Ctx, id: crate::TicketId) -> Result<(OfficeCard, Board, Ticket)> {
    let (ticket, office) = access::ticket(ctx, id).await?;
    let board = board_of(ctx, access::hall(ctx, office.id).await?).await?;
    Ok((office, board, ticket))
}

/// The ticket of today with this number (`A023`), for counter staff.
///
/// # Errors
/// E-HL14 when no ticket of today has it.
pub async fn by_label(ctx: &Ctx, code: &str, typed: &str) -> Result<crate::TicketId> {
    let office = bookings::office(ctx, code).await?;
    access::counter(ctx, &office).await?;
    let typed = kernel::text::code(typed).to_uppercase();
    let (letter, digits) = typed.split_at_checked(1).ok_or_else(issues::no_ticket)?;
    let number = digits.parse().map_err(|_| issues::no_ticket())?;
    let found = store::tickets::by_number(ctx.db(), office.id, ctx.today(), letter, number).await?;
    found.ok_or_else(|| issues::no_ticket().into())
}

/// The figures of a hall's day, with its groups and windows, for its staff and their supervisors.
pub async fn figures(ctx: &Ctx, code: &str, day: Day) -> Result<(OfficeCard, Board, Figures)> {
    let office = bookings::office(ctx, code).await?;
    access::reader(ctx, &office).await?;
    let board = board_of(ctx, access::hall(ctx, office.id).await?).await?;
    let figures = Figures::of(&store::tickets::visits(ctx.db(), office.id, day).await?);
    Ok((office, board, figures))
}
