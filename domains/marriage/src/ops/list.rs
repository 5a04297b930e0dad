//! The desk's list: today's appointments and cases of an office, names masked; a bounded number of queries whatever the length.

use booking::{BookingCard, OfficeCard, OfficeId};
use casework::CaseId;
use kernel::{Instant, mask};
use platform::{Ctx, Result, Role, Scope};

use crate::states::StateKind;
use crate::store::cases::ListRow;
use crate::store::{cases, parties};
use crate::{ITEM, office};

/// Lines of a list at most.
const MOST: i64 = 100;

/// A case as the list shows it.
#[derive(Debug, Clone)]
pub struct CaseLine {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub case_no: String,
    /// Where it stands.
    pub state: StateKind,
    /// When it was opened.
    pub opened_at: Instant,
    /// The appointment it came from.
    pub booking: Option<booking::BookingId>,
    /// The man, masked; empty before he is entered.
    pub a: String,
    /// The woman, masked.
    pub b: String,
}

/// What the desk's first page shows.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The office.
    pub office: OfficeCard,
    /// The day's appointments, in the order of their slots.
    pub bookings: Vec<BookingCard>,
    /// Cases opened today, newest first, 100 at most.
    pub today: Vec<CaseLine>,
    /// Cases of earlier days that are still open, oldest first, 100 at most.
    pub left_over: Vec<CaseLine>,
}

/// Today's cases of an office, newest first, 100 at most: the list beside a case.
pub async fn cases_today(ctx: &Ctx, office: OfficeId) -> Result<Vec<CaseLine>> {
    let card = office::card(ctx, office).await?;
    ctx.require(&super::READERS, &Scope::region(card.region).org(card.org).item(ITEM)).await?;
    let rows = cases::list(ctx.db(), office.to_vec(), Instant::at(ctx.today(), 0), MOST).await?;
    rows.into_iter().map(|row| line(ctx, row)).collect()
}

/// The day of an office.
pub async fn desk(ctx: &Ctx, office: OfficeId) -> Result<Desk> {
    let card = office::card(ctx, office).await?;
    ctx.require(&super::READERS, &Scope::region(card.region).org(card.org).item(ITEM)).await?;
    let midnight = Instant::at(ctx.today(), 0);
    let counter = ctx.require(&[Role::Clerk, Role::Registrar], &Scope::region(card.region).org(card.org)).await.is_ok();
    let bookings = if counter { booking::ops::desk::day(ctx, office, ctx.today()).await? } else { Vec::new() };
    let open = |rows: Vec<ListRow>| rows.into_iter().map(|row| line(ctx, row)).collect::<Result<Vec<_>>>();
    Ok(Desk {
        bookings,
        today: open(cases::list(ctx.db(), office.to_vec(), midnight, MOST).await?)?,
        left_over: open(cases::left_over(ctx.db(), office.to_vec(), midnight, MOST).await?)?,
        office: card,
    })
}

fn line(ctx: &Ctx, row: ListRow) -> Result<CaseLine> {
    let masked = |id: Option<Vec<u8>>, sealed: Option<Vec<u8>>| match (id, sealed) {
        (Some(id), Some(sealed)) => parties::open(ctx.keys(), &id, &sealed).map(|snapshot| mask::name(&snapshot.name)),
        _ => Ok(String::new()),
    };
    Ok(CaseLine {
        id: row.id,
        case_no: row.case_no,
        state: StateKind::from_code(&row.state).ok_or_else(|| platform::Error::internal("marriage_case: unknown state"))?,
        opened_at: row.opened_at,
        booking: row.booking.and_then(|id| id.try_into().ok()),
        a: masked(row.a_id, row.a_snapshot)?,
        b: masked(row.b_id, row.b_snapshot)?,
    })
}
