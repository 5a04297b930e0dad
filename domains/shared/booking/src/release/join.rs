//! Joining and leaving.

use kernel::document::{DocumentNumber, IdType};
use kernel::{Issues, Refusal};
use platform::{Ctx, Error, PersonId, Result, audit};
use ::store::keys::Purpose;

use super::{Entry, EntryState, Release, ReleaseId, issues};
use crate::ops::{access, read, seat};
use crate::{PartyDetails, details, people, store};

/// What somebody joins with.
#[derive(Debug, Clone, Default)]
pub struct Join {
    /// Number of the other person's document, where two come together.
    pub partner_id_no: String,
}

/// One keyed hash for both people, whichever of the two is named first; with nobody else it is the person's own.
pub(crate) fn couple_hash(ctx: &Ctx, release: ReleaseId, own: &PartyDetails, other: Option<(&str, &str)>) -> Vec<u8> {
    let name = |kind: &str, number: &str| format!("{kind}:{number}");
    let mut both = vec![name(&own.id_type, &own.id_no)];
    both.extend(other.map(|(kind, number)| name(kind, number)));
    both.sort_unstable();
    ctx.keys().hash(Purpose::Token, &format!("release:{release}:{}", both.join("+")))
}

fn partner(ctx: &Ctx, typed: &str) -> Result<DocumentNumber, Refusal> {
    let mut found = Issues::default();
    match found.keep_at("b_id_no", DocumentNumber::parse(IdType::RESIDENT, typed, ctx.today())) {
        Some(number) => Ok(number),
        None => Err(details::refusal(found)),
    }
}

/// Joins. Whoever has joined already keeps his place, on whichever device he asks again. Whoever names somebody who has joined and named
/// him shares that place.
///
/// # Errors
/// E-P903, E-P904 and E-P908 as for every booking (or the service's own codes), E-BK09 and C-E01 … C-E07 about the other person, E-BK21
/// and E-BK22 before and after joining, E-BK23, E-BK27; [`Error::TooMany`] with E-BK26.
pub async fn join(ctx: &Ctx, id: ReleaseId, input: &Join) -> Result<Entry> {
    let release = store::releases::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let profile = read::profile_of_kind(ctx, &release.item_kind).await?;
    let (account, person) = access::real_person(ctx, &profile)?;
    let own = details::parse(&people::known(ctx, person).await?.input(), "a_", false, ctx.today())?;
    let other = if profile.couple { Some(partner(ctx, &input.partner_id_no)?) } else { None };
    let kind = other.as_ref().map(DocumentNumber::kind);
    let named = kind.as_ref().zip(other.as_ref()).map(|(kind, other)| (kind.as_str(), other.as_str()));
    if named == Some((&own.id_type, &own.id_no)) {
        return Err(crate::issues::same_person().into());
    }
    let couple = couple_hash(ctx, id, &own, named);
    if let Some(entry) = mine(ctx, &release, person, &couple).await? {
        return Ok(entry);
    }
    may_join(ctx, &release, &profile, person).await?;
    let network = ctx.keys().hash(Purpose::Token, &format!("release-net:{}", ctx.meta().network()));
    let most = release.limits.network_minute;
    if most > 0 && store::entries::of_network(ctx.db(), id, &network, ctx.now().plus_secs(-60), most).await? >= most {
        return Err(issues::crowded());
    }
    let new = store::entries::New { id: ctx.id(), release: id, account, couple_hash: couple.clone(), network_hash: network, received_at: ctx.now() };
    let event = audit::Event::new("release.join", "release_entry", new.id).person(person).region(&release.region);
    let joined = ctx
        .db()
        .write(|tx| {
            let (ctx, new, event) = (ctx.clone(), new.clone(), event.clone());
            async move {
                if store::entries::insert(&tx, &new).await? {
                    if !store::entries::bind(&tx, new.id, id, person).await? {
                        // the same person joined with somebody else at this moment
                        return Err(issues::other_partner().into());
                    }
                    audit::record(&tx, &ctx, event).await?;
                    return Ok(true);
                }
                // the other one of the two has joined, or the same person on another device; or the list was closed at this moment
                let Some(entry) = store::entries::of_couple(&tx, id, &new.couple_hash).await? else { return Ok(false) };
                if store::entries::bind(&tx, entry.id, id, person).await? {
                    audit::record(&tx, &ctx, event).await?;
                }
                Ok::<_, Error>(true)
            }
        })
        .await?;
    if !joined {
        return Err(issues::closed(release.times.join_until).into());
    }
    // a couple has one open entry, so what is found is the place of both
    store::entries::of_person(ctx.db(), id, person).await?.ok_or_else(Error::stale)
}

/// The open entry of a person; only with the same other person.
async fn mine(ctx: &Ctx, release: &Release, person: PersonId, couple: &[u8]) -> Result<Option<Entry>> {
    match store::entries::of_person(ctx.db(), release.id, person).await? {
        Some(entry) if matches!(entry.state_at(ctx.now()), EntryState::Waiting | EntryState::Turn | EntryState::Taken) => {
            if store::entries::couple_of(ctx.db(), entry.id).await? == couple { Ok(Some(entry)) } else { Err(issues::other_partner().into()) }
        }
        _ => Ok(None),
    }
}

async fn may_join(ctx: &Ctx, release: &Release, profile: &crate::Profile, person: PersonId) -> Result<()> {
    if ctx.now() < release.times.join_at {
        return Err(issues::not_yet(release.times.join_at).into());
    }
    if !release.joinable(ctx.now()) {
        return Err(issues::closed(release.times.join_until).into());
    }
    if store::entries::joins_of(ctx.db(), release.id, person).await? >= release.limits.joins_each {
        return Err(issues::too_often(release.limits.joins_each).into());
    }
    seat::blocked(ctx.db(), ctx, profile, person).await?;
    let booked = store::parties::open_of(ctx.db(), person).await?;
    match booked.iter().find(|open| !open.held && (open.item_kind == profile.item_kind || open.day == release.day)) {
        Some(open) => Err(crate::issues::already_booked(profile, open.number.as_deref(), open.day).into()),
        None => Ok(()),
    }
}

/// Leaves: the place is given up for both. Joining again is at the end.
///
/// # Errors
/// E-BK24 once a time was chosen: a booking is cancelled instead.
pub async fn leave(ctx: &Ctx, id: ReleaseId) -> Result<()> {
    let person = access::citizen(ctx)?.person.ok_or(Error::NotFound)?;
    let entry = store::entries::of_person(ctx.db(), id, person).await?.ok_or(Error::NotFound)?;
    let event = audit::Event::new("release.leave", "release_entry", entry.id).person(person);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                if store::entries::leave(&tx, entry.id).await? {
                    return audit::record(&tx, &ctx, event).await;
                }
                let now = store::entries::of_person(&tx, id, person).await?.ok_or(Error::NotFound)?;
                if now.state == EntryState::Left { Ok(()) } else { Err(issues::not_your_turn().into()) }
            }
        })
        .await
}
