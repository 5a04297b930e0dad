//! How people are reached, and what is known of them.

use identity::ContactOf;
use kernel::Lang;
use platform::{Ctx, PersonId, Result};

/// How a person can be told something.
#[derive(Debug, Clone)]
pub(crate) struct Reach {
    pub(crate) phone: Option<String>,
    pub(crate) lang: Lang,
}

/// The number of a person's account, if he has one.
pub(crate) async fn reach(ctx: &Ctx, person: PersonId) -> Result<Option<Reach>> {
    let found: Option<ContactOf> = identity::persons::contact_of(ctx, person).await?;
    Ok(found.map(|contact| Reach { phone: contact.phone.map(|phone| phone.as_str().to_owned()), lang: contact.lang }))
}
