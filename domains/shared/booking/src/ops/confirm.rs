//! Confirming a hold in place: details, number, messages (P9-3).

use platform::{Ctx, Error, Result, audit};

use super::access;
use crate::details::{PartyInput, parse, refusal};
use crate::model::State;
use crate::people;
use crate::release::turn;
use crate::{BookingId, issues, notices, numbers, store};

/// What the form of the two people says.
#[derive(Debug, Clone, Default)]
pub struct Confirm {
    /// The booker's phone.
    pub phone: String,
    /// The other person, where two come together.
    pub partner: Option<PartyInput>,
    /// What somebody needs at the counter; may be empty.
    pub needs: String,
}

/// Longest text about needs, in characters.
const NEEDS_MAX: usize = 200;

/// Checks the form without changing anything: the page of details asks this before it goes on.
///
/// # Errors
/// All issues of the form together, in the order of its fields.
pub async fn check(ctx: &Ctx, id: BookingId, input: &Confirm) -> Result<()> {
    prepare(ctx, id, input).await.map(|_| ())
}

/// What is known of the booker and need not be asked: to be shown on the form, the number masked by the page.
pub async fn own(ctx: &Ctx, id: BookingId) -> Result<crate::PartyDetails> {
    let stored = access::booking(ctx, id).await?;
    let citizen = access::citizen(ctx)?;
    match citizen.person {
        Some(person) if stored.account == Some(citizen.account) => {
            let known = people::known(ctx, person).await?.input();
            Ok(crate::PartyDetails { name: known.name, id_type: known.id_type, id_no: known.id_no, phone: known.phone })
        }
        _ => Err(Error::NotFound),
    }
}

struct Prepared {
    stored: store::bookings::Stored,
    profile: crate::Profile,
    own: crate::PartyDetails,
    mail: Option<String>,
    partner: Option<crate::PartyDetails>,
    needs: String,
}

async fn prepare(ctx: &Ctx, id: BookingId, input: &Confirm) -> Result<Prepared> {
    let citizen = access::citizen(ctx)?;
    let stored = access::booking(ctx, id).await?;
    if stored.account != Some(citizen.account) {
        return Err(Error::NotFound);
    }
    let profile = super::read::profile_of_kind(ctx, &stored.slot.item_kind).await?;
    let (_, person) = access::real_person(ctx, &profile)?;
    let known = people::known(ctx, person).await?;
    let mut found = kernel::Issues::default();
    let own = PartyInput { phone: input.phone.clone(), ..known.input() };
    let own = found.keep(parse(&own, "a_", true, ctx.today()));
    let partner = match (&input.partner, profile.couple) {
        (Some(partner), true) => found.keep(parse(partner, "b_", false, ctx.today())).map(Some),
        (None, true) => found.keep(parse(&PartyInput::default(), "b_", false, ctx.today())).map(Some),
        (_, false) => Some(None),
    };
    if let (Some(own), Some(Some(partner))) = (&own, &partner) {
        found.ensure((&own.id_type, &own.id_no) != (&partner.id_type, &partner.id_no), issues::same_person);
    }
    if let (Some(own), Some(partner)) = (&own, &partner)
        && let Err(refused) = turn::same_couple(ctx, id, own, partner.as_ref()).await
    {
        match refused {
            Error::Refused(refusal) => drop(found.keep::<()>(Err(refusal))),
            other => return Err(other),
        }
    }
    let needs = kernel::text::line(&input.needs);
    found.ensure(needs.chars().count() <= NEEDS_MAX, || issues::bad_field("needs", "请用200字以内说明", "Use at most 200 characters"));
    match (found.any_error(), own, partner) {
        (false, Some(own), Some(partner)) => Ok(Prepared { stored, profile, own, mail: known.mail, partner, needs }),
        _ => Err(refusal(found).into()),
    }
}

/// Confirms the hold; a form sent twice gives the same booking.
///
/// # Errors
/// E-BK02 when the hold has ended; issues of the form as in [`check`].
pub async fn confirm(ctx: &Ctx, id: BookingId, input: Confirm) -> Result<BookingId> {
    let ready = std::sync::Arc::new(prepare(ctx, id, &input).await?);
    match ready.stored.state_at(ctx.now()) {
        State::Held => {}
        State::Booked => return Ok(id),
        _ => return Err(issues::hold_ended().into()),
    }
    let office = store::offices::by_id(ctx.db(), ready.stored.slot.office).await?.ok_or(Error::NotFound)?;
    let lane = numbers::lane(ctx);
    let code = ready.partner.as_ref().map(|_| numbers::partner_code(ctx));
    let party_b = ctx.id();
    let event = audit::Event::new("booking.book", "booking", id).region(&office.region).person(ctx.actor().citizen().and_then(|c| c.person));
    let confirmed = ctx
        .db()
        .write(|tx| {
            let (ctx, ready, office, code, event) = (ctx.clone(), ready.clone(), office.clone(), code.clone(), event.clone());
            async move {
                let number = numbers::next(&tx, &ctx, office.region, ready.stored.channel, lane).await?;
                let needs = numbers::seal_needs(&ctx, id, &ready.needs);
                if !store::bookings::confirm(&tx, id, number.as_str(), code.clone(), needs, ctx.now()).await? {
                    return Ok(false);
                }
                let parties = store::parties::of_booking(&tx, &ctx, id).await?;
                let first = parties.first().ok_or_else(|| Error::internal("a booking without people"))?;
                store::parties::set_details(&tx, &ctx, first.id, &ready.own).await?;
                if let Some(partner) = &ready.partner {
                    let new = store::parties::New {
                        id: party_b,
                        booking: id,
                        ordinal: 2,
                        bound: None,
                        item_kind: &ready.profile.item_kind,
                        day: ready.stored.slot.day,
                        details: Some(partner),
                    };
                    store::parties::insert(&tx, &ctx, &new).await?;
                }
                let facts = notices::Facts {
                    booking: id,
                    number: number.as_str(),
                    profile: &ready.profile,
                    office: &office,
                    slot: &ready.stored.slot,
                    lang: ready.stored.lang,
                };
                let told = notices::Told { person: first.person, phone: &ready.own.phone, mail: ready.mail.as_deref() };
                notices::confirmed(&tx, &ctx, &facts, &told).await?;
                if let (Some(partner), Some(code)) = (&ready.partner, &code) {
                    notices::partner(&tx, &ctx, &facts, &partner.phone, code).await?;
                }
                audit::record(&tx, &ctx, event).await?;
                Ok::<_, Error>(true)
            }
        })
        .await?;
    if confirmed {
        return Ok(id);
    }
    // the same form was sent twice at once, or the hold ended in between
    let stored = store::bookings::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    if stored.state == State::Booked { Ok(id) } else { Err(issues::hold_ended().into()) }
}
