//! Booking in one step: for programs, and for a clerk whose caller is on the telephone.

use platform::{Ctx, Error, PersonId, Result, audit};
use serde::Serialize;

use super::{access, place, seat};
use crate::details::{PartyInput, parse, refusal};
use crate::model::{Channel, PartyDetails, SlotId, State};
use crate::people;
use crate::store::bookings::New;
use crate::{BookingId, issues, notices, numbers, request, store};

/// What is to be booked, for whom.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Book {
    /// The slot.
    pub slot: Option<SlotId>,
    /// Implementation code of the catalogue item.
    pub impl_code: String,
    /// The booker: only the phone is read when a citizen books for himself; everything when a clerk books for a caller.
    pub booker: PartyInput,
    /// The other person, where two come together.
    pub partner: Option<PartyInput>,
    /// What somebody needs at the counter; may be empty.
    pub needs: String,
    /// The caller's idempotency key, 8 to 128 visible ASCII characters.
    #[serde(skip)]
    pub request_key: String,
}

/// Who books, once it is known.
struct Booker {
    account: Option<platform::AccountId>,
    person: PersonId,
    details: PartyDetails,
    mail: Option<String>,
}

/// Books: one conditional UPDATE and the rows of the booking in one transaction. A repeated request gives the same booking.
///
/// # Errors
/// E-P901 … E-P905 and E-P908 or the service's own codes for them, issues of the people's details, E-BK04 for a key used otherwise.
pub async fn book(ctx: &Ctx, input: Book) -> Result<BookingId> {
    match (attempt(ctx, &input).await, input.slot) {
        (Err(error), Some(slot)) if place::freed(ctx, &error, slot).await? => attempt(ctx, &input).await,
        (outcome, _) => outcome,
    }
}

async fn attempt(ctx: &Ctx, input: &Book) -> Result<BookingId> {
    let profile = super::read::profile_for(ctx, &input.impl_code).await?;
    let owner = access::owner(ctx)?;
    let slot = match input.slot {
        Some(id) => store::slots::by_id(ctx.db(), id).await?.filter(|slot| slot.item_kind == profile.item_kind).ok_or(Error::NotFound)?,
        None => return Err(issues::bad_field("slot", "请选择时段", "Choose a time").into()),
    };
    let office = store::offices::by_id(ctx.db(), slot.office).await?.ok_or(Error::NotFound)?;
    if ctx.actor().citizen().is_none() {
        access::counter(ctx, &office, Some(&input.impl_code)).await?;
    }
    let request_key = request::key(&input.request_key)?;
    let request_hash = request::digest(ctx, input);
    if let Some(same) = repeated(ctx, &owner, &request_key, &request_hash).await? {
        return Ok(same);
    }
    let partner = match (&input.partner, profile.couple) {
        (Some(partner), true) => Some(parse(partner, "b_", false, ctx.today())),
        (None, true) => Some(parse(&PartyInput::default(), "b_", false, ctx.today())),
        (_, false) => None,
    };
    let booker = booker(ctx, &profile, input, partner.as_ref().and_then(|parsed| parsed.as_ref().err()).cloned()).await?;
    let partner = partner.transpose()?;
    if partner.as_ref().is_some_and(|other| (&other.id_type, &other.id_no) == (&booker.details.id_type, &booker.details.id_no)) {
        return Err(issues::same_person().into());
    }
    let id: BookingId = ctx.id();
    let (party_a, party_b) = (ctx.id(), ctx.id());
    let lane = numbers::lane(ctx);
    let channel = match ctx.actor().citizen() {
        Some(_) => Channel::from_digit(ctx.meta().channel).unwrap_or(Channel::Web),
        None => Channel::Phone,
    };
    let event = audit::Event::new("booking.book", "booking", id).region(&office.region).person(booker.person);
    let new = New {
        id,
        number: None,
        slot: slot.id,
        office: office.id,
        item_kind: profile.item_kind.clone(),
        impl_code: input.impl_code.clone(),
        channel,
        state: State::Booked,
        owner: owner.clone(),
        account: booker.account,
        request_key: request_key.clone(),
        request_hash: request_hash.clone(),
        hold_until: None,
        partner_code: partner.as_ref().map(|_| numbers::partner_code(ctx)),
        needs: numbers::seal_needs(ctx, id, &kernel::text::line(&input.needs)),
        lang: ctx.lang(),
        now: ctx.now(),
    };
    let ready = std::sync::Arc::new((profile, booker, partner, slot, office, new, event));
    let inserted = ctx
        .db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move {
                let (profile, booker, partner, slot, office, new, event) = &*ready;
                let number = numbers::next(&tx, &ctx, office.region, new.channel, lane).await?;
                let new = New { number: Some(number.as_str().to_owned()), ..new.clone() };
                if !store::bookings::insert(&tx, &new).await? {
                    return Ok(false);
                }
                seat::not_blocked(&tx, &ctx, profile, booker.person).await?;
                let wish = seat::Wish { profile, person: booker.person, day: slot.day, owner: &new.owner, except: None };
                seat::sit(&tx, &ctx, &wish, party_a, id, 1, Some(&booker.details)).await?;
                if let Some(partner) = partner {
                    let row = store::parties::New {
                        id: party_b,
                        booking: id,
                        ordinal: 2,
                        bound: None,
                        item_kind: &profile.item_kind,
                        day: slot.day,
                        details: Some(partner),
                    };
                    store::parties::insert(&tx, &ctx, &row).await?;
                }
                let facts = notices::Facts { booking: id, number: number.as_str(), profile, office, slot, lang: new.lang };
                let told = notices::Told { person: Some(booker.person), phone: &booker.details.phone, mail: booker.mail.as_deref() };
                notices::confirmed(&tx, &ctx, &facts, &told).await?;
                if let (Some(partner), Some(code)) = (partner, &new.partner_code) {
                    notices::partner(&tx, &ctx, &facts, &partner.phone, code).await?;
                }
                audit::record(&tx, &ctx, event.clone()).await?;
                // last, so that a sought-after slot is locked for as short a time as can be
                place::take(&tx, &ctx, profile, slot.id).await?;
                Ok::<_, Error>(true)
            }
        })
        .await?;
    if inserted {
        return Ok(id);
    }
    repeated(ctx, &owner, &request_key, &request_hash).await?.ok_or_else(Error::stale)
}

/// The booking that this owner made under the key before.
async fn repeated(ctx: &Ctx, owner: &str, key: &str, hash: &[u8]) -> Result<Option<BookingId>> {
    match store::bookings::by_request(ctx.db(), owner, key).await? {
        Some((same, before)) if before == hash => Ok(Some(same)),
        Some(_) => Err(issues::key_reused().into()),
        None => Ok(None),
    }
}

/// Who books: the citizen himself, or the caller whom the clerk names. Issues of both people come together.
async fn booker(ctx: &Ctx, profile: &crate::Profile, input: &Book, partner: Option<kernel::Refusal>) -> Result<Booker> {
    let (known, entered) = if ctx.actor().citizen().is_some() {
        let (account, person) = access::real_person(ctx, profile)?;
        let known = people::known(ctx, person).await?;
        let entered = PartyInput { phone: input.booker.phone.clone(), ..known.input() };
        (Some((account, person, known.mail)), entered)
    } else {
        (None, input.booker.clone())
    };
    let mut found = kernel::Issues::default();
    let details = found.keep(parse(&entered, "a_", true, ctx.today()));
    if let Some(partner) = partner {
        found.keep::<()>(Err(partner));
    }
    match (found.any_error(), details) {
        (false, Some(details)) => match known {
            Some((account, person, mail)) => Ok(Booker { account: Some(account), person, details, mail }),
            None => Ok(Booker { account: None, person: people::named(ctx, &details).await?, details, mail: None }),
        },
        _ => Err(refusal(found).into()),
    }
}
