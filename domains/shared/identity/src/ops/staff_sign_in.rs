//! Sign-in of staff: password and second factor.

use platform::{Actor, Ctx, Error, Result, audit};

use super::sign_in::failed;
use crate::session::{self, Started, Subject};
use crate::{guard, issues, password, store as tables, totp};

/// What a member of staff types.
#[derive(Clone)]
pub struct StaffSignIn {
    /// User name.
    pub username: String,
    /// Password.
    pub password: String,
    /// Code of the authenticator app. Only in a demonstration may it be left out.
    pub totp: String,
}

/// Signs a member of staff in. Without the second factor nobody comes in (E-P801), except in a demonstration; a wrong one counts
/// like a wrong password (E-P803).
pub async fn staff_sign_in(ctx: &Ctx, input: StaffSignIn) -> Result<Started> {
    let username = kernel::text::line(&input.username).to_lowercase();
    let key = guard::passwords().key(ctx, &format!("staff:{username}"));
    guard::ensure_unlocked(ctx, &key).await?;
    let staff = tables::staff::by_username(ctx.db(), &username).await?.filter(|staff| staff.suspended_at.is_none());
    let right = password::verify(&input.password, staff.as_ref().map(|staff| staff.password.clone())).await?;
    let Some(staff) = staff.filter(|_| right) else {
        return Err(failed(ctx, &key, audit::Event::new("session.refuse", "staff", &username)).await?);
    };
    let step = if input.totp.trim().is_empty() {
        if !ctx.settings().demo {
            return Err(issues::second_factor().into());
        }
        None
    } else {
        let secret = ctx.keys().open("staff", "totp", &staff.id.to_vec(), &staff.totp).map_err(Error::internal)?;
        let step = totp::check(&secret, &input.totp, ctx.now(), staff.totp_step)?;
        if step.is_none() {
            return Err(match failed(ctx, &key, audit::Event::new("session.refuse", "staff", staff.id)).await? {
                Error::Refused(_) => issues::second_factor().into(),
                locked => locked,
            });
        }
        step
    };
    let id = staff.id;
    let started = session::draw(ctx, Subject::Staff(id));
    let Some((actor, _)) = session::staff_actor(ctx, id).await? else { return Err(issues::wrong_sign_in().into()) };
    let acting = ctx.with_actor(Actor::Staff(actor));
    ctx.db()
        .write(|tx| {
            let (ctx, key, started) = (acting.clone(), key.clone(), started.clone());
            async move {
                if let Some(step) = step
                    && !tables::staff::use_step(&tx, id, step).await?
                {
                    return Err(issues::second_factor().into());
                }
                guard::clear(&tx, &key).await?;
                session::begin(&tx, &ctx, &started).await
            }
        })
        .await?;
    Ok(started)
}
