//! What booking asks of `identity`: who the citizen is, how he is reached, and who holds a document.

use identity::{PersonDraft, persons};
use kernel::document::{DocumentNumber, IdType};
use platform::{Ctx, Error, PersonId, Result};

use crate::details::PartyInput;
use crate::model::PartyDetails;
use crate::store::{self, bookings::Stored};

/// Country of the documents with which people book: those of residents.
pub(crate) const COUNTRY: &str = "CHN";

/// What is known of the citizen and need not be asked.
pub(crate) struct Known {
    name: String,
    id_type: String,
    id_no: String,
    phone: String,
    /// Address for mails.
    pub(crate) mail: Option<String>,
}

impl Known {
    /// As if he had entered it.
    pub(crate) fn input(&self) -> PartyInput {
        PartyInput { name: self.name.clone(), id_type: self.id_type.clone(), id_no: self.id_no.clone(), phone: self.phone.clone() }
    }
}

/// What is known of the citizen who books.
pub(crate) async fn known(ctx: &Ctx, person: PersonId) -> Result<Known> {
    let view = persons::load(ctx, person).await?;
    let contact = contact(ctx, person).await?;
    let (id_type, _, id_no) = view.documents.into_iter().next().ok_or_else(|| Error::internal("a real person without a document"))?;
    Ok(Known { name: view.name, id_type, id_no, phone: contact.phone.unwrap_or_default(), mail: contact.mail })
}

/// How somebody is reached.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct Reach {
    /// Mobile phone.
    pub(crate) phone: Option<String>,
    /// Address for mails.
    pub(crate) mail: Option<String>,
}

/// How a person with an account is reached.
pub(crate) async fn contact(ctx: &Ctx, person: PersonId) -> Result<Reach> {
    let contact = persons::contact_of(ctx, person).await?.unwrap_or_default();
    Ok(Reach { phone: contact.phone.map(|phone| phone.as_str().to_owned()), mail: contact.email.map(|mail| mail.as_str().to_owned()) })
}

/// The address for mails about a booking: the booker's, if he booked with an account.
pub(crate) async fn mail_of(ctx: &Ctx, stored: &Stored) -> Result<Option<String>> {
    if stored.account.is_none() {
        return Ok(None);
    }
    let parties = store::parties::of_booking(ctx.db(), ctx, stored.id).await?;
    match parties.first().and_then(|party| party.person) {
        Some(person) => Ok(contact(ctx, person).await?.mail),
        None => Ok(None),
    }
}

/// The holder of a document, known or new, under the name that goes with it.
///
/// # Errors
/// `identity`'s refusal if the number belongs to somebody of another name.
pub(crate) async fn named(ctx: &Ctx, details: &PartyDetails) -> Result<PersonId> {
    let draft = PersonDraft::new(ctx, &details.name, &document(ctx, details)?, COUNTRY, None)?;
    let mut again = true;
    loop {
        let ensured = ctx
            .db()
            .write(|tx| {
                let (ctx, draft) = (ctx.clone(), draft.clone());
                async move { persons::ensure(&tx, &ctx, &draft).await }
            })
            .await;
        match ensured {
            // somebody else entered the same number at this moment: now he is known
            Err(Error::Stale(_)) if again => again = false,
            other => return other,
        }
    }
}

/// The holder of a document who proved that it is his; a name that somebody else mistyped does not matter.
pub(crate) async fn holder(ctx: &Ctx, details: &PartyDetails) -> Result<PersonId> {
    match persons::find(ctx.db(), ctx.keys(), &document(ctx, details)?, COUNTRY).await? {
        Some(person) => Ok(person),
        None => named(ctx, details).await,
    }
}

fn document(ctx: &Ctx, details: &PartyDetails) -> Result<DocumentNumber> {
    let kind: IdType = details.id_type.parse().map_err(|_| Error::internal("a kind of document that was checked"))?;
    Ok(DocumentNumber::parse(kind, &details.id_no, ctx.today())?)
}
