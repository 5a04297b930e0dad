//! Who may see and change which booking. Somebody else's booking does not exist.

use platform::{AccountId, Actor, CitizenActor, Ctx, Error, PersonId, Result, Role, Scope};

use crate::issues;
use crate::model::OfficeCard;
use crate::profile::{Profile, basic_code};
use crate::store;
use crate::store::bookings::Stored;

/// Roles that book and receive at an office.
pub(crate) const COUNTER: [Role; 2] = [Role::Clerk, Role::Registrar];

/// The name under which an actor's requests are kept apart.
pub(crate) fn owner(ctx: &Ctx) -> Result<String> {
    match ctx.actor() {
        Actor::Anonymous => Err(Error::SignIn),
        actor => Ok(match actor.citizen() {
            Some(citizen) => format!("citizen:{}", citizen.account),
            None => format!("{}:{}", actor.kind(), actor.key()),
        }),
    }
}

/// The citizen who acts.
pub(crate) fn citizen(ctx: &Ctx) -> Result<&CitizenActor> {
    ctx.actor().citizen().ok_or(Error::SignIn)
}

/// The citizen who acts and who he is, at the level that booking needs (P9-3).
pub(crate) fn real_person(ctx: &Ctx, profile: &Profile) -> Result<(AccountId, PersonId)> {
    let citizen = citizen(ctx)?;
    match citizen.person {
        Some(person) if citizen.level >= profile.min_level => Ok((citizen.account, person)),
        _ => Err(issues::real_name(profile).into()),
    }
}

/// Lets counter staff of this office pass.
pub(crate) async fn counter(ctx: &Ctx, office: &OfficeCard, impl_code: Option<&str>) -> Result<()> {
    let scope = Scope::region(office.region).org(office.org);
    let scope = match impl_code.and_then(basic_code) {
        Some(basic) => scope.item(basic),
        None => scope,
    };
    ctx.require(&COUNTER, &scope).await
}

/// Lets administrators of the office's region pass.
pub(crate) async fn admin(ctx: &Ctx, office: &OfficeCard) -> Result<()> {
    ctx.require(&[Role::SystemAdmin], &Scope::region(office.region).org(office.org)).await
}

/// The booking, if the actor is one of its bound people, booked it, or works at its counter.
pub(crate) async fn booking(ctx: &Ctx, id: crate::BookingId) -> Result<Stored> {
    let stored = store::bookings::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    match ctx.actor() {
        Actor::Anonymous => Err(Error::SignIn),
        Actor::System { .. } => Ok(stored),
        actor => match actor.citizen() {
            Some(citizen) => {
                let mine = stored.account == Some(citizen.account);
                if mine || bound(ctx, id, citizen.person).await? { Ok(stored) } else { Err(Error::NotFound) }
            }
            None => {
                let office = store::offices::by_id(ctx.db(), stored.slot.office).await?.ok_or(Error::NotFound)?;
                counter(ctx, &office, Some(&stored.impl_code)).await.map_err(|error| match error {
                    Error::Denied(_) => Error::NotFound,
                    other => other,
                })?;
                Ok(stored)
            }
        },
    }
}

async fn bound(ctx: &Ctx, id: crate::BookingId, person: Option<PersonId>) -> Result<bool> {
    let Some(person) = person else { return Ok(false) };
    Ok(store::parties::of_booking(ctx.db(), ctx, id).await?.iter().any(|party| party.person == Some(person)))
}
