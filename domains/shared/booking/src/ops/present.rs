//! Somebody comes to the hall and shows that a booking is his (P9-9): by its QR code, by its number and the end of a document's
//! number, or by the document itself, which a clerk or a reader has in hand.

use identity::persons;
use kernel::document::DocumentNumber;
use platform::{Ctx, Error, Result};

use crate::model::{BookingCard, OfficeId};
use crate::{BookingId, issues, store};

/// What is shown.
#[derive(Clone)]
pub enum Proof {
    /// The QR code of the receipt: its address names the booking by an id that nobody guesses.
    Receipt(BookingId),
    /// The number of the booking and the last four characters of the number of one of its people's documents.
    Number {
        /// 22 digits.
        number: String,
        /// Four characters.
        last4: String,
    },
    /// The document. Whoever asks has seen it: counter staff, or a terminal that reads cards.
    Document(DocumentNumber),
}

/// The booking that is shown, with its people. Nobody is authorised here: the proof is what authorises, and whoever calls
/// lets only staff and card readers prove by document.
///
/// # Errors
/// E-BK10 when nothing fits; it never says what does not.
pub async fn present(ctx: &Ctx, office: OfficeId, proof: &Proof) -> Result<BookingCard> {
    let found = match proof {
        Proof::Receipt(id) => store::bookings::by_id(ctx.db(), *id).await?.map(|stored| stored.id),
        Proof::Number { number, .. } => store::bookings::by_number(ctx.db(), &kernel::text::code(number)).await?,
        Proof::Document(document) => of_document(ctx, office, document).await?,
    };
    let stored = match found {
        Some(id) => store::bookings::by_id(ctx.db(), id).await?,
        None => None,
    };
    let Some(stored) = stored.filter(|stored| stored.number.is_some()) else { return Err(issues::not_shown().into()) };
    let card = super::read::card(ctx, stored).await?;
    match proof {
        Proof::Number { last4, .. } if !ends_with(&card, last4) => Err(issues::not_shown().into()),
        _ => Ok(card),
    }
}

fn ends_with(card: &BookingCard, last4: &str) -> bool {
    let last4 = kernel::text::code(last4).to_uppercase();
    last4.chars().count() == 4 && card.parties.iter().any(|party| party.details.id_no.ends_with(&last4))
}

/// The booking of a person for today at an office; else any of his there, so that he hears when it is.
async fn of_document(ctx: &Ctx, office: OfficeId, document: &DocumentNumber) -> Result<Option<BookingId>> {
    match persons::find(ctx.db(), ctx.keys(), document, crate::people::COUNTRY).await? {
        Some(person) => store::bookings::of_person_at(ctx.db(), person, office, ctx.today()).await,
        None => Ok(None),
    }
}

/// Puts somebody who came back among those who are expected, because his office closed before he was served (P9-15): the slot counts as
/// closed, so that [`super::close::reseat`] offers him another and nobody of it is a no-show.
///
/// # Errors
/// Those of the database.
pub async fn put_back_in(tx: &::store::Tx, ctx: &Ctx, id: BookingId) -> Result<()> {
    use crate::model::State;
    let stored = store::bookings::by_id(tx, id).await?.ok_or(Error::NotFound)?;
    store::slots::close_one(tx, stored.slot.id, ctx.now()).await?;
    if store::bookings::set_state(tx, id, State::Arrived, State::Booked, ctx.now()).await? {
        let region = store::bookings::region_of(tx, stored.slot.office).await?;
        platform::audit::record(tx, ctx, platform::audit::Event::new("booking.put_back", "booking", id).region(&region)).await?;
    }
    Ok(())
}
