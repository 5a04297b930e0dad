//! The desk's list of divorces: what can be claimed today, whose thirty days run, what is being taken in; names masked.

use booking::{OfficeCard, OfficeId};
use casework::CaseId;
use kernel::{Instant, mask};
use platform::{Ctx, Error, Result, Scope};

use super::super::ITEM;
use super::super::parameters::parameters;
use super::super::periods::Dates;
use super::super::states::StateKind;
use crate::office;
use crate::store::divorce::{self, ListRow};
use crate::store::parties;

/// Lines of a list at most.
const MOST: i64 = 100;

/// A case as the list shows it.
#[derive(Debug, Clone)]
pub struct Line {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub case_no: String,
    /// Where it stands today.
    pub state: StateKind,
    /// When it was opened.
    pub opened_at: Instant,
    /// The dates, once accepted.
    pub dates: Option<Dates>,
    /// Few days are left to claim.
    pub soon: bool,
    /// The man, masked; empty before he is entered.
    pub a: String,
    /// The woman, masked.
    pub b: String,
}

/// The divorces of an office.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The office.
    pub office: OfficeCard,
    /// Can be claimed today; the one that lapses first at the head, 100 at most.
    pub claimable: Vec<Line>,
    /// The thirty days run; the one that ends first at the head, 100 at most.
    pub cooling: Vec<Line>,
    /// Not accepted yet, the newest first, 100 at most.
    pub first: Vec<Line>,
}

/// The divorces of an office today, in a bounded number of queries.
///
/// # Errors
/// `Denied` for whoever may not see them.
pub async fn desk(ctx: &Ctx, office: OfficeId) -> Result<Desk> {
    let card = office::card(ctx, office).await?;
    ctx.require(&crate::ops::READERS, &Scope::region(card.region).org(card.org).item(ITEM)).await?;
    let today = ctx.today();
    let open = |rows: Vec<ListRow>| rows.into_iter().map(|row| line(ctx, row)).collect::<Result<Vec<_>>>();
    Ok(Desk {
        claimable: open(divorce::claimable(ctx.db(), office, today, MOST).await?)?,
        cooling: open(divorce::cooling(ctx.db(), office, today, MOST).await?)?,
        first: open(divorce::first(ctx.db(), office, MOST).await?)?,
        office: card,
    })
}

fn line(ctx: &Ctx, row: ListRow) -> Result<Line> {
    let masked = |id: &Option<Vec<u8>>, sealed: &Option<Vec<u8>>| match (id, sealed) {
        (Some(id), Some(sealed)) => parties::open(ctx.keys(), id, sealed).map(|snapshot| mask::name(&snapshot.name)),
        _ => Ok(String::new()),
    };
    let dates = row.dates()?;
    let written = StateKind::from_code(&row.state).ok_or_else(|| Error::internal("divorce_case: unknown state"))?;
    let state = dates.map_or(written, |dates| written.on(&dates, ctx.today()));
    let claimable = matches!(state, StateKind::Claimable | StateKind::Examined | StateKind::NotRegistered);
    Ok(Line {
        id: row.id,
        state,
        soon: claimable && dates.is_some_and(|dates| ctx.today().days_until(dates.claim_end) <= parameters().soon_days.value),
        opened_at: row.opened_at,
        dates,
        a: masked(&row.a_id, &row.a_snapshot)?,
        b: masked(&row.b_id, &row.b_snapshot)?,
        case_no: row.case_no,
    })
}
