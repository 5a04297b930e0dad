//! The other person confirms: by the code, or at the counter. Nothing is told before.

use platform::{Ctx, Error, PersonId, Result, audit};

use super::{access, seat};
use crate::details::{PartyInput, parse};
use crate::model::{PartyCard, State};
use crate::people;
use crate::store::bookings::Stored;
use crate::{BookingId, issues, numbers, store};

/// Wrong codes after which a code no longer works.
const TRIES: i64 = 5;

/// What the other person enters: the code that he was given, and the number of his document.
#[derive(Debug, Clone, Default)]
pub struct ByCode {
    /// The code.
    pub code: String,
    /// Number of his document, as the booker entered it.
    pub id_no: String,
}

/// Binds the other person by the code. Signed in or not; whoever is signed in must be that person.
///
/// # Errors
/// E-BK03 whatever is wrong with booking, code or number; E-P904 and E-P908 about the person himself.
pub async fn confirm(ctx: &Ctx, id: BookingId, input: &ByCode) -> Result<()> {
    let wrong = || Error::from(issues::wrong_code());
    let Some(stored) = store::bookings::by_id(ctx.db(), id).await? else { return Err(wrong()) };
    let Some(party) = unbound(ctx, &stored).await? else { return Err(wrong()) };
    let typed = PartyInput { id_type: party.details.id_type.clone(), id_no: input.id_no.clone(), name: party.details.name.clone(), phone: String::new() };
    let number_fits = parse(&typed, "", false, ctx.today()).is_ok_and(|typed| typed.id_no == party.details.id_no);
    let code_fits = stored.partner_code.as_deref() == Some(numbers::read_code(&input.code).as_str());
    if !(number_fits && code_fits && stored.code_tries < TRIES) {
        ctx.db()
            .write(|tx| async move {
                store::bookings::count_try(&tx, id).await?;
                Ok::<_, Error>(())
            })
            .await?;
        return Err(wrong());
    }
    let person = people::holder(ctx, &party.details).await?;
    if let Some(citizen) = ctx.actor().citizen()
        && citizen.person != Some(person)
    {
        return Err(wrong());
    }
    bind(ctx, &stored, &party, person).await
}

/// Binds the other person who stands at the counter with his document.
///
/// # Errors
/// E-ST01 if nobody is left to be bound; E-P904 about the person.
pub async fn at_counter(ctx: &Ctx, id: BookingId, person: PersonId) -> Result<()> {
    let stored = access::booking(ctx, id).await?;
    let office = store::offices::by_id(ctx.db(), stored.slot.office).await?.ok_or(Error::NotFound)?;
    access::counter(ctx, &office, Some(&stored.impl_code)).await?;
    match unbound(ctx, &stored).await? {
        Some(party) => bind(ctx, &stored, &party, person).await,
        None => {
            let name = stored.state_at(ctx.now()).name();
            Err(Error::state(&name.zh, &name.en))
        }
    }
}

/// The person of a booking to come who has not confirmed yet.
async fn unbound(ctx: &Ctx, stored: &Stored) -> Result<Option<PartyCard>> {
    if !matches!(stored.state_at(ctx.now()), State::Booked | State::Arrived) {
        return Ok(None);
    }
    Ok(store::parties::of_booking(ctx.db(), ctx, stored.id).await?.into_iter().find(|party| party.person.is_none()))
}

async fn bind(ctx: &Ctx, stored: &Stored, party: &PartyCard, person: PersonId) -> Result<()> {
    let profile = super::read::profile_of_kind(ctx, &stored.slot.item_kind).await?;
    let event = audit::Event::new("booking.bind", "booking", stored.id).person(person);
    let (booking, party, owner, day) = (stored.id, party.id, stored.owner.clone(), stored.slot.day);
    let mut tries = 0;
    loop {
        let bound = ctx
            .db()
            .write(|tx| {
                let (ctx, profile, owner, event) = (ctx.clone(), profile.clone(), owner.clone(), event.clone());
                async move {
                    seat::not_blocked(&tx, &ctx, &profile, person).await?;
                    let wish = seat::Wish { profile: &profile, person, day, owner: &owner, except: None };
                    let seat = seat::find(&tx, &ctx, &wish).await?;
                    if !store::parties::bind(&tx, party, person, seat, ctx.now()).await? {
                        return Err(Error::stale());
                    }
                    store::bookings::clear_code(&tx, booking).await?;
                    audit::record(&tx, &ctx, event).await
                }
            })
            .await;
        match bound {
            // another booking of the person came in between: look again, and tell which
            Err(Error::Store(error)) if error.is_unique() && tries < 3 => tries += 1,
            other => return other,
        }
    }
}
