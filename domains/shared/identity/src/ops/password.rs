//! Changing one's own password while signed in.

use kernel::{Instant, Issues, Text};
use platform::{AccountId, Actor, Ctx, Error, Result, StaffActor, StaffId, audit};

use crate::model::secret_hash;
use crate::password::{self, Holder};
use crate::policy::POLICY;
use crate::security::{self, Warning};
use crate::store::password::NewPasswordRow;
use crate::{guard, issues, store as tables};

/// What a person types to get another password.
#[derive(Clone)]
pub struct ChangePassword {
    /// The present password.
    pub current: String,
    /// The new one.
    pub password: String,
    /// The cookie of the session that goes on; all others end.
    pub session: String,
}

/// Sets a new password for the person who acts. Every other session ends; a citizen is told by message.
///
/// # Errors
/// `E-ID44` for a wrong present password, which counts towards the lock (`E-P803`); `E-ID13` … `E-ID15` for a weak new one; `E-ID45`
/// for one that was used before: the present one, and of staff the last five.
pub async fn change_password(ctx: &Ctx, input: ChangePassword) -> Result<()> {
    match ctx.actor() {
        Actor::Citizen(citizen) => of_citizen(ctx, citizen.account, input).await,
        Actor::Staff(StaffActor { id, token: None, .. }) => of_staff(ctx, *id, input).await,
        Actor::Anonymous => Err(Error::SignIn),
        Actor::Staff(_) | Actor::Program(_) | Actor::System { .. } => Err(issues::owner_only()),
    }
}

async fn of_citizen(ctx: &Ctx, id: AccountId, input: ChangePassword) -> Result<()> {
    let account = tables::account::load(ctx.db(), id).await?.ok_or(Error::SignIn)?;
    let contact = account.contact(ctx.keys())?;
    let key = guard::passwords().key(ctx, &format!("account:{id}"));
    let checked = ensure_current(ctx, &key, &input.current, account.password, "account", id.to_string()).await?;
    let mut found = Issues::default();
    found.keep(checked);
    found.keep(password::check_words(Holder::Citizen, &input.password));
    for name in [contact.phone.as_ref().map(kernel::Phone::as_str), contact.email.as_ref().map(kernel::Email::as_str)].into_iter().flatten() {
        found.ensure(!password::contains(&input.password, name), issues::password_is_contact);
    }
    found.ensure(input.current != input.password, || issues::password_used(1));
    found.finish()?;
    let hash = password::hash(ctx, &input.password).await?;
    let warning = changed(ctx, id);
    let keep = secret_hash(ctx.keys(), &input.session);
    ctx.db()
        .write(|tx| {
            let (ctx, hash, key, keep, warning) = (ctx.clone(), hash.clone(), key.clone(), keep.clone(), warning.clone());
            async move {
                tables::account::set_password(&tx, id, &hash).await?;
                tables::session::end_others_of_account(&tx, id, &keep).await?;
                guard::clear(&tx, &key).await?;
                security::warn(&tx, &ctx, &warning).await?;
                audit::record(&tx, &ctx, audit::Event::new("account.password", "account", id)).await
            }
        })
        .await
}

async fn of_staff(ctx: &Ctx, id: StaffId, input: ChangePassword) -> Result<()> {
    let staff = tables::staff::load(ctx.db(), id).await?.ok_or(Error::SignIn)?;
    let key = guard::passwords().key(ctx, &format!("staff:{}", staff.username));
    let checked = ensure_current(ctx, &key, &input.current, staff.password, "staff", id.to_string()).await?;
    let mut found = Issues::default();
    let known = checked.is_ok();
    found.keep(checked);
    found.keep(password::check(Holder::Staff, &input.password, &staff.username));
    // Whoever does not know the present password learns nothing of the former ones.
    if known {
        found.ensure(!used_before(ctx, id, &input.password).await?, || issues::password_used(POLICY.staff.history));
    }
    found.finish()?;
    let new = NewPasswordRow { id: ctx.id(), hash: password::hash(ctx, &input.password).await? };
    let keep = secret_hash(ctx.keys(), &input.session);
    ctx.db()
        .write(|tx| {
            let (ctx, new, key, keep) = (ctx.clone(), new.clone(), key.clone(), keep.clone());
            async move {
                tables::password::set(&tx, id, &new, Some(ctx.now()), ctx.now(), POLICY.staff.history).await?;
                tables::session::end_others_of_staff(&tx, id, &keep).await?;
                guard::clear(&tx, &key).await?;
                audit::record(&tx, &ctx, audit::Event::new("staff.own_password", "staff", id)).await
            }
        })
        .await
}

async fn used_before(ctx: &Ctx, id: StaffId, typed: &str) -> Result<bool> {
    for hash in tables::password::last(ctx.db(), id).await? {
        if password::verify(typed, Some(hash)).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Compares the present password: a wrong one is counted and recorded, and comes back as the issue at its field.
pub(super) async fn ensure_current(
    ctx: &Ctx,
    key: &[u8],
    typed: &str,
    hash: String,
    kind: &'static str,
    id: String,
) -> Result<Result<(), kernel::Refusal>> {
    guard::ensure_unlocked(ctx, key).await?;
    if password::verify(typed, Some(hash)).await? {
        return Ok(Ok(()));
    }
    match super::sign_in::failed(ctx, key, audit::Event::new("session.refuse", kind, id)).await? {
        Error::Refused(_) => Ok(Err(issues::wrong_current().into())),
        locked => Err(locked),
    }
}

/// The word to a citizen whose password is another one now.
pub(super) fn changed(ctx: &Ctx, account: AccountId) -> Warning {
    let title = Text::new("密码已修改", "Your password has been changed");
    let body = Text::new(
        "您的账号密码刚刚修改。如非本人操作，请立即重置密码并拨打服务电话。",
        "The password of your account has just been changed. If this was not you, reset it at once and call us.",
    );
    Warning::new(ctx, account, title, body)
}

/// Until when the member of staff who acts may keep his password. `None` if he has to change it now.
pub async fn password_until(ctx: &Ctx) -> Result<Option<Instant>> {
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?;
    let row = tables::staff::load(ctx.db(), staff.id).await?.ok_or(Error::SignIn)?;
    Ok(row.password_until().filter(|until| ctx.now() < *until))
}
