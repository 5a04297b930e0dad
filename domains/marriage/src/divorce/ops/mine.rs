//! A citizen's own divorce: where it stands and its dates. What the other said or did is not shown.

use booking::OfficeCard;
use casework::CaseId;
use kernel::Instant;
use platform::{Ctx, Error, Result};

use super::super::periods::Dates;
use super::super::states::StateKind;
use crate::{office, store};

/// One's own case.
#[derive(Debug, Clone)]
pub struct Mine {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub case_no: String,
    /// Where it stands today.
    pub state: StateKind,
    /// Its dates.
    pub dates: Dates,
    /// The office, for the second visit too.
    pub office: OfficeCard,
    /// When it was accepted.
    pub accepted_at: Instant,
    /// Grows with every change, as the dates in a calendar file do.
    pub version: i64,
}

impl Mine {
    /// The days of the claim as one entry of a calendar: its beginning and its end.
    pub fn claim(&self) -> (Instant, Instant) {
        (Instant::at(self.dates.claim_from(), 0), Instant::at(self.dates.claim_end.plus_days(1), 0))
    }

    /// Whether the claim is still to come.
    pub fn may_be_claimed(&self) -> bool {
        matches!(self.state, StateKind::Cooling | StateKind::Claimable | StateKind::Examined | StateKind::NotRegistered)
    }
}

/// The actor's own cases that were accepted, the newest first, ten at most.
///
/// # Errors
/// `SignIn` for whoever is not known as a person.
pub async fn mine(ctx: &Ctx) -> Result<Vec<Mine>> {
    let person = ctx.actor().citizen().ok_or(Error::SignIn)?.person;
    let Some(person) = person else { return Ok(Vec::new()) };
    let mut mine = Vec::new();
    for case in store::divorce::of_person(ctx.db(), person).await? {
        let file = store::divorce::load(ctx.db().into(), ctx.keys(), case).await?;
        let (Some(dates), Some(accepted_at)) = (file.dates, file.accepted_at) else { continue };
        mine.push(Mine {
            id: case,
            state: file.state_on(ctx.today()),
            dates,
            accepted_at,
            version: file.head.version,
            office: office::card(ctx, file.office).await?,
            case_no: file.head.case_no,
        });
    }
    Ok(mine)
}
