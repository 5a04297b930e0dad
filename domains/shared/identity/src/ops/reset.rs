//! A forgotten password: a code to the number or address, then a new password.

use kernel::Issues;
use platform::{Actor, CitizenActor, Ctx, Error, Result, audit};

use super::Sent;
use crate::codes::{self, For, Send};
use crate::password::{self, Holder};
use crate::{Contact, guard, issues, security, store as tables};

/// The second step.
#[derive(Clone)]
pub struct NewPassword {
    /// The number or address of the first step.
    pub contact: String,
    /// The code.
    pub code: String,
    /// The new password.
    pub password: String,
}

/// Sends a code, if there is an account; says the same if there is none.
pub async fn request_reset(ctx: &Ctx, contact: &str) -> Result<Sent> {
    let contact = Contact::parse(contact)?;
    let known = tables::account::by_contact(ctx.db(), &contact.hash(ctx.keys())).await?.is_some();
    let send = if known { Send::Code } else { Send::Nothing };
    let fresh = codes::fresh(ctx, For::Reset, &contact, "", &send).await?;
    ctx.db()
        .write(|tx| {
            let (ctx, fresh) = (ctx.clone(), fresh.clone());
            async move { codes::put(&tx, &ctx, &fresh, known).await }
        })
        .await?;
    Ok(Sent { to: contact.masked(), minutes: codes::MINUTES })
}

/// Sets the new password and ends every session of the account; its holder is told.
pub async fn confirm_reset(ctx: &Ctx, input: NewPassword) -> Result<()> {
    let contact = Contact::parse(&input.contact)?;
    let mut found = Issues::default();
    found.keep(password::check(Holder::Citizen, &input.password, contact.as_str()));
    found.finish()?;
    let right = codes::check(ctx, For::Reset, &contact, &input.code).await?;
    let account = tables::account::by_contact(ctx.db(), &contact.hash(ctx.keys())).await?;
    let account = account.ok_or_else(|| Error::from(issues::wrong_code()))?;
    let hash = password::hash(ctx, &input.password).await?;
    let key = guard::passwords().key(ctx, contact.as_str());
    let level = u8::try_from(account.level).map_err(Error::internal)?;
    let acting = ctx.with_actor(Actor::Citizen(CitizenActor { account: account.id, person: account.person()?, level }));
    let id = account.id;
    let warning = super::password::changed(ctx, id);
    ctx.db()
        .write(|tx| {
            let (ctx, right, hash, key, warning) = (acting.clone(), right.clone(), hash.clone(), key.clone(), warning.clone());
            async move {
                codes::take(&tx, &right).await?;
                tables::account::set_password(&tx, id, &hash).await?;
                tables::session::end_of_account(&tx, id).await?;
                guard::clear(&tx, &key).await?;
                security::warn(&tx, &ctx, &warning).await?;
                audit::record(&tx, &ctx, audit::Event::new("account.reset", "account", id)).await
            }
        })
        .await
}
