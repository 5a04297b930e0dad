//! Closing one's account: what nobody has to keep goes, what the law keeps is stored and used for nothing else (Personal Information
//! Protection Law, article 47).

use kernel::Issue;
use platform::own::Section;
use platform::{Actor, Ctx, Error, Result, audit};

use super::password::ensure_current;
use crate::store::token::Owner;
use crate::{guard, issues, store as tables};

/// What stays of these sections and until when, in words.
pub fn kept(sections: &[Section]) -> Vec<Issue> {
    sections.iter().filter_map(|section| Some(issues::kept_by_law(&section.title, section.kept.as_ref()?))).collect()
}

/// Whether this is the present password of the citizen who acts; a wrong one counts towards the lock.
///
/// # Errors
/// [`Error::SignIn`]; `E-P805` for a program that acts for him; `E-ID44`, `E-P803`.
pub async fn ensure_password(ctx: &Ctx, password: &str) -> Result<()> {
    let id = match ctx.actor() {
        Actor::Citizen(citizen) => citizen.account,
        Actor::Anonymous => return Err(Error::SignIn),
        Actor::Staff(_) | Actor::Program(_) | Actor::System { .. } => return Err(issues::owner_only()),
    };
    let account = tables::account::load(ctx.db(), id).await?.ok_or(Error::SignIn)?;
    let key = guard::passwords().key(ctx, &format!("account:{id}"));
    ensure_current(ctx, &key, password, account.password, "account", id.to_string()).await?.map_err(Error::from)
}

/// Closes the account of the citizen who acts: number, address, password, sessions, tokens and choices are gone, and the person behind it is
/// bound to no account.
///
/// # Errors
/// As [`ensure_password`].
pub async fn close_account(ctx: &Ctx, password: &str) -> Result<()> {
    ensure_password(ctx, password).await?;
    let citizen = ctx.actor().citizen().cloned().ok_or(Error::SignIn)?;
    let (id, person) = (citizen.account, citizen.person);
    let event = audit::Event::new("account.close", "account", id).person(person);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                tables::account::close(&tx, id, ctx.now()).await?;
                tables::session::end_of_account(&tx, id).await?;
                tables::token::revoke_all(&tx, Owner::Citizen(id), ctx.now()).await?;
                tables::place::forget(&tx, id).await?;
                tables::view::forget(&tx, &id.to_vec()).await?;
                if let Some(person) = person {
                    tables::stored::begin(&tx, person, ctx.now()).await?;
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
