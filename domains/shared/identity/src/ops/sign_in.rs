//! Sign-in of a citizen.

use platform::{Actor, CitizenActor, Ctx, Error, Result, audit};

use crate::session::{self, Started, Subject};
use crate::{Contact, guard, issues, password, store as tables};

/// What a citizen types.
#[derive(Clone)]
pub struct SignIn {
    /// Mobile number or e-mail address.
    pub contact: String,
    /// Password.
    pub password: String,
}

/// Signs a citizen in. An unknown number, a wrong password and a locked account look the same for both (E-ID16, E-P803) and
/// take as long.
pub async fn sign_in(ctx: &Ctx, input: SignIn) -> Result<Started> {
    let contact = Contact::parse(&input.contact)?;
    let key = guard::passwords().key(ctx, contact.as_str());
    guard::ensure_unlocked(ctx, &key).await?;
    let account = tables::account::by_contact(ctx.db(), &contact.hash(ctx.keys())).await?;
    let right = password::verify(&input.password, account.as_ref().map(|account| account.password.clone())).await?;
    let Some(account) = account.filter(|_| right) else {
        return Err(failed(ctx, &key, audit::Event::new("session.refuse", "account", "")).await?);
    };
    let started = session::draw(ctx, Subject::Account(account.id));
    let level = u8::try_from(account.level).map_err(Error::internal)?;
    let acting = ctx.with_actor(Actor::Citizen(CitizenActor { account: account.id, person: account.person()?, level }));
    ctx.db()
        .write(|tx| {
            let (ctx, key, started) = (acting.clone(), key.clone(), started.clone());
            async move {
                guard::clear(&tx, &key).await?;
                session::begin(&tx, &ctx, &started).await
            }
        })
        .await?;
    Ok(started)
}

/// Counts a failure with its audit row, and says what the person is told: at the fifth, how long it is locked.
pub(super) async fn failed(ctx: &Ctx, key: &[u8], event: audit::Event) -> Result<Error> {
    guard::passwords().count(ctx, key).await?;
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move { audit::record(&tx, &ctx, event).await }
        })
        .await?;
    Ok(match guard::passwords().wait(ctx, key).await? {
        Some(wait) => issues::locked(wait),
        None => password::wrong().into(),
    })
}
