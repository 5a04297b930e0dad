//! "Tell me when it changes": a mail to whoever asked for it, as long as he wants.
//!
//! * Nobody is told before he has followed the link that was sent to his address; the same link stops it, and then nothing of him is left.
//! * Whoever asks gets the same answer whether the address is known here or not: what there is to say is said in the mail.
//! * The mails leave by the outbox: `organization.changed` finds those who follow, a page at a time, and puts one mail each.

mod mails;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use mails::Handler;
pub(crate) use store::{ADDRESSES, TOKENS};

use std::time::Duration;

use data_encoding::BASE32_NOPAD;
use identity::guard;
use kernel::{Email, Id, Lang};
use platform::{Ctx, Error, Job, Result, audit, outbox};
use ::store::keys::Purpose;

use crate::public::{self, parameters};

/// Marker of somebody who wants to be told.
#[derive(Debug)]
pub struct Follow;
/// Id of somebody who wants to be told.
pub type FollowId = Id<Follow>;

/// What the page behind the link shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    /// Name of the organisation.
    pub name: String,
    /// Its credit code.
    pub uscc: String,
    /// The address, masked.
    pub address: String,
    /// The link was followed before: mails are sent.
    pub confirmed: bool,
}

/// Asks to be told of changes. A mail with the link goes to the address; the answer says nothing else.
///
/// # Errors
/// `C-E21` for what is no mail address, `E-USCC…` and `NotFound` for the code, `E-P803` for too many.
pub async fn ask(ctx: &Ctx, code: &str, typed: &str) -> Result<()> {
    let email = Email::parse(typed)?;
    let entry = public::entry(ctx, code).await?;
    guard::follows_of_network().attempt(ctx, &ctx.meta().network()).await?;
    guard::follows().attempt(ctx, email.as_str()).await?;
    let id: FollowId = ctx.id();
    let token = BASE32_NOPAD.encode(&ctx.random::<16>()).to_ascii_lowercase();
    let new = store::NewFollow::seal(ctx, id, entry.head.id, &email, &token);
    let message: FollowId = ctx.id();
    let event = audit::Event::new("organization.follow.ask", crate::NOUN, entry.head.id);
    let (entry, email) = (std::sync::Arc::new(entry), email.as_str().to_owned());
    ctx.db()
        .write(|tx| {
            let (ctx, new, event, entry, email) = (ctx.clone(), new.clone(), event.clone(), entry.clone(), email.clone());
            async move {
                let kept = store::put(&tx, &ctx, &new).await?;
                let mail = mails::asked(&ctx, &entry.head.name, &kept, &email, message);
                outbox::put(&tx, &ctx, outbox::Message::mail(&mail)).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// What a token stands for; strangers learn nothing by guessing one of 128 bits.
///
/// # Errors
/// `NotFound`.
pub async fn show(ctx: &Ctx, token: &str) -> Result<Following> {
    let row = store::by_token(ctx.db(), &token_hash(ctx, token)).await?.ok_or(Error::NotFound)?;
    let address = ctx.keys().open_text("organization_follow", "address", &row.id.to_vec(), &row.address).map_err(Error::internal)?;
    let masked = address.parse::<Email>().map_err(Error::internal)?.masked();
    Ok(Following { name: row.name, uscc: row.uscc, address: masked, confirmed: row.confirmed_at.is_some() })
}

/// Confirms the address; once more changes nothing.
///
/// # Errors
/// `NotFound`.
pub async fn confirm(ctx: &Ctx, token: &str) -> Result<Following> {
    let before = show(ctx, token).await?;
    let hash = token_hash(ctx, token);
    ctx.db()
        .write(|tx| {
            let (ctx, hash) = (ctx.clone(), hash.clone());
            async move {
                if let Some(id) = store::confirm(&tx, &hash, ctx.now()).await? {
                    audit::record(&tx, &ctx, audit::Event::new("organization.follow.confirm", "organization_follow", id)).await?;
                }
                Ok::<_, Error>(())
            }
        })
        .await?;
    Ok(Following { confirmed: true, ..before })
}

/// Stops it. Nothing of whoever followed is kept.
///
/// # Errors
/// `NotFound`, also when it was stopped before.
pub async fn stop(ctx: &Ctx, token: &str) -> Result<Following> {
    let before = show(ctx, token).await?;
    let hash = token_hash(ctx, token);
    ctx.db()
        .write(|tx| {
            let (ctx, hash) = (ctx.clone(), hash.clone());
            async move {
                if let Some(id) = store::delete(&tx, &hash).await? {
                    audit::record(&tx, &ctx, audit::Event::new("organization.follow.stop", "organization_follow", id)).await?;
                }
                Ok::<_, Error>(())
            }
        })
        .await?;
    Ok(before)
}

/// Forgets, once an hour, those who did not confirm in time.
pub(crate) fn job() -> Job {
    Job { name: "organizations.follow", every: Duration::from_secs(3600), run: |ctx| Box::pin(async move { forget(&ctx).await }) }
}

async fn forget(ctx: &Ctx) -> Result<()> {
    let before = ctx.now().plus_days(-parameters().confirm_days.value);
    loop {
        let gone = ctx.db().write(|tx| async move { store::forget(&tx, before).await }).await?;
        if gone == 0 {
            return Ok(());
        }
    }
}

/// What is stored of a token.
fn token_hash(ctx: &Ctx, token: &str) -> Vec<u8> {
    ctx.keys().hash(Purpose::Token, &token_input(token))
}

/// What is hashed of a token.
fn token_input(token: &str) -> String {
    format!("organization follow\n{token}")
}

/// What is hashed of an address.
fn address_input(address: &str) -> String {
    format!("organization follow\n{address}")
}

/// The language stored under a code.
fn lang_of(code: &str) -> Lang {
    if code == "en" { Lang::En } else { Lang::Zh }
}
