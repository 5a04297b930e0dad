//! What pages and programs read: offices, free places, one's own bookings.

use kernel::{Day, Instant, RegionCode};
use platform::{Ctx, Error, Result};

use super::access;
use crate::model::{BookingCard, OfficeCard, OfficeId, PartyCard, SlotCard};
use crate::store::bookings::Stored;
use crate::{BookingId, Profile, numbers, store};

/// The profile under which a catalogue item is booked.
///
/// # Errors
/// [`Error::NotFound`] for an item that is not booked.
pub async fn profile_for(ctx: &Ctx, impl_code: &str) -> Result<Profile> {
    store::profiles::all(ctx.db()).await?.into_iter().find(|profile| profile.serves(impl_code)).ok_or(Error::NotFound)
}

/// The profile of a kind of business.
///
/// # Errors
/// [`Error::NotFound`] for a kind that no service declares.
pub async fn profile_of_kind(ctx: &Ctx, kind: &str) -> Result<Profile> {
    store::profiles::by_kind(ctx.db(), kind).await?.ok_or(Error::NotFound)
}

/// Every profile that services declare.
pub async fn profiles(ctx: &Ctx) -> Result<Vec<Profile>> {
    store::profiles::all(ctx.db()).await
}

/// The office with this code.
pub async fn office(ctx: &Ctx, code: &str) -> Result<OfficeCard> {
    store::offices::by_code(ctx.db(), code).await?.ok_or(Error::NotFound)
}

/// The office with this id.
pub async fn office_by_id(ctx: &Ctx, id: OfficeId) -> Result<OfficeCard> {
    store::offices::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)
}

/// Offices that serve the public within a region and below, after a code, by code; for one kind of business or all.
pub async fn offices(ctx: &Ctx, region: &RegionCode, kind: Option<&str>, after: &str, limit: i64) -> Result<Vec<OfficeCard>> {
    store::offices::within(ctx.db(), region, kind, after, limit.clamp(1, 200)).await
}

/// Offices within a region and below after a code, those that no longer serve the public as well: for administrators.
pub async fn offices_within(ctx: &Ctx, region: &RegionCode, after: &str, limit: i64) -> Result<Vec<OfficeCard>> {
    store::offices::all_within(ctx.db(), region, after, limit.clamp(1, 200)).await
}

/// Every office after a code, closed ones included: for administrators, the search index and demo data.
pub async fn all_offices(ctx: &Ctx, after: &str, limit: i64) -> Result<Vec<OfficeCard>> {
    store::offices::all(ctx.db(), after, limit.clamp(1, 1000)).await
}

/// Offices that serve the public and have exactly this name, a few at most: the search while there is no index.
pub async fn offices_named(ctx: &Ctx, name: &str) -> Result<Vec<OfficeCard>> {
    store::offices::named(ctx.db(), name).await
}

/// For every office of a region that has one: the start of its next free place.
pub async fn next_free_by_office(ctx: &Ctx, region: &RegionCode, kind: &str) -> Result<Vec<(OfficeId, Instant)>> {
    store::slots::next_free_by_office(ctx.db(), region, kind, ctx.now()).await
}

/// The slots of an office within `from..=to` (31 days at most), in order. The public sees only [`SlotCard::left`] of them.
pub async fn slots(ctx: &Ctx, office: OfficeId, kind: &str, from: Day, to: Day) -> Result<Vec<SlotCard>> {
    store::slots::between(ctx.db(), office, kind, from, to.min(from.plus_days(31))).await
}

/// The next slots of an office with a free place that start after a moment.
pub async fn next_free(ctx: &Ctx, office: OfficeId, kind: &str, after: Instant, limit: i64) -> Result<Vec<SlotCard>> {
    store::slots::next_free(ctx.db(), office, kind, after, ctx.now(), limit.clamp(1, 50)).await
}

/// The slot with this id.
pub async fn slot(ctx: &Ctx, id: crate::SlotId) -> Result<SlotCard> {
    store::slots::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)
}

/// One booking, for those whom it concerns; somebody else's does not exist. A citizen sees his own details whole and the other
/// person's masked, unless he entered them himself.
pub async fn booking(ctx: &Ctx, id: BookingId) -> Result<BookingCard> {
    let stored = access::booking(ctx, id).await?;
    card(ctx, stored).await
}

/// The bookings of the signed-in citizen, newest first: those that he made and those that he is the other person of.
pub async fn mine(ctx: &Ctx) -> Result<Vec<BookingCard>> {
    let citizen = access::citizen(ctx)?;
    cards(ctx, store::bookings::of_citizen(ctx.db(), citizen.account, citizen.person).await?).await
}

/// The booking with this number, for counter staff of its office.
pub async fn by_number(ctx: &Ctx, number: &str) -> Result<BookingCard> {
    let id = store::bookings::by_number(ctx.db(), &kernel::text::code(number)).await?.ok_or(Error::NotFound)?;
    booking(ctx, id).await
}

pub(crate) async fn card(ctx: &Ctx, stored: Stored) -> Result<BookingCard> {
    let parties = store::parties::of_booking(ctx.db(), ctx, stored.id).await?;
    shown(ctx, stored, parties)
}

/// Several at once, in their order: two questions to the database, however many there are.
pub(crate) async fn cards(ctx: &Ctx, stored: Vec<Stored>) -> Result<Vec<BookingCard>> {
    let ids: Vec<BookingId> = stored.iter().map(|stored| stored.id).collect();
    let mut parties = store::parties::of_bookings(ctx.db(), ctx, &ids).await?;
    stored
        .into_iter()
        .map(|stored| {
            let parties = parties.remove(&stored.id).unwrap_or_default();
            shown(ctx, stored, parties)
        })
        .collect()
}

/// What the actor may see of a booking.
fn shown(ctx: &Ctx, stored: Stored, mut parties: Vec<PartyCard>) -> Result<BookingCard> {
    if let Some(citizen) = ctx.actor().citizen()
        && stored.account != Some(citizen.account)
    {
        parties.iter_mut().filter(|party| citizen.person.is_none() || party.person != citizen.person).for_each(mask);
    }
    Ok(BookingCard {
        id: stored.id,
        needs: numbers::open_needs(ctx, stored.id, stored.needs.as_deref())?,
        number: stored.number,
        office: stored.slot.office,
        item_kind: stored.slot.item_kind.clone(),
        slot: stored.slot,
        impl_code: stored.impl_code,
        channel: stored.channel,
        state: stored.state,
        account: stored.account,
        hold_until: stored.hold_until,
        moves: stored.moves,
        created_at: stored.created_at,
        changed_at: stored.changed_at,
        partner_code: stored.partner_code,
        lang: stored.lang,
        parties,
    })
}

fn mask(party: &mut PartyCard) {
    party.details.name = kernel::mask::name(&party.details.name);
    party.details.id_no = kernel::mask::id_number(&party.details.id_no);
    party.details.phone = kernel::mask::phone(&party.details.phone);
}
