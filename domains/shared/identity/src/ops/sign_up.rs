//! Sign-up: number or address and password, then the code that was sent there.

use kernel::Issues;
use platform::{Actor, AccountId, Ctx, Error, Result, audit};

use crate::codes::{self, For, Send};
use crate::password::{self, Holder};
use crate::session::{self, Started, Subject};
use crate::{Contact, issues, store as tables};

/// What a person types to get an account.
#[derive(Clone)]
pub struct SignUp {
    /// Mobile number or e-mail address.
    pub contact: String,
    /// The password that he wants.
    pub password: String,
}

/// Where a code went. The same whether the number is known here or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Number or address, masked.
    pub to: String,
    /// Minutes for which the code is good.
    pub minutes: i64,
}

/// The second step.
#[derive(Clone)]
pub struct ConfirmSignUp {
    /// The number or address of the first step.
    pub contact: String,
    /// The code.
    pub code: String,
}

/// Sends a code to somebody who wants an account. Whoever has one already gets a message that says so instead, and the page
/// shows the same.
pub async fn request_sign_up(ctx: &Ctx, input: SignUp) -> Result<Sent> {
    let mut found = Issues::default();
    let contact = found.keep(Contact::parse(&input.contact));
    let name = contact.as_ref().map_or("", Contact::as_str);
    if !input.password.is_empty() {
        // An empty name is part of every password.
        found.keep(password::check(Holder::Citizen, &input.password, if name.is_empty() { "\0" } else { name }));
    } else {
        found.add(issues::password_too_short(8));
    }
    found.finish()?;
    let contact = contact.ok_or_else(|| Error::internal("kept above"))?;
    let hash = password::hash(ctx, &input.password).await?;
    let known = tables::account::by_contact(ctx.db(), &contact.hash(ctx.keys())).await?.is_some();
    let send = if known {
        Send::Hint {
            zh: "您已有账号，请直接登录；忘记密码可以重置。如非本人操作，请忽略。",
            en: "You have an account already: sign in, or reset your password. If this was not you, ignore it.",
        }
    } else {
        Send::Code
    };
    let fresh = codes::fresh(ctx, For::SignUp, &contact, &hash, &send).await?;
    ctx.db()
        .write(|tx| {
            let (ctx, fresh) = (ctx.clone(), fresh.clone());
            async move { codes::put(&tx, &ctx, &fresh, true).await }
        })
        .await?;
    Ok(Sent { to: contact.masked(), minutes: codes::MINUTES })
}

/// Makes the account and signs its holder in.
pub async fn confirm_sign_up(ctx: &Ctx, input: ConfirmSignUp) -> Result<Started> {
    let contact = Contact::parse(&input.contact)?;
    let right = codes::check(ctx, For::SignUp, &contact, &input.code).await?;
    let account = tables::account::NewAccount::new(ctx, &contact, right.payload.clone());
    let id: AccountId = account.id;
    let started = session::draw(ctx, Subject::Account(id));
    let acting = ctx.with_actor(Actor::Citizen(platform::CitizenActor { account: id, person: None, level: 1 }));
    ctx.db()
        .write(|tx| {
            let (ctx, right, account, started) = (acting.clone(), right.clone(), account.clone(), started.clone());
            async move {
                codes::take(&tx, &right).await?;
                if !tables::account::insert(&tx, &account, ctx.now()).await? {
                    return Err(issues::wrong_code().into());
                }
                audit::record(&tx, &ctx, audit::Event::new("account.sign_up", "account", id)).await?;
                session::begin(&tx, &ctx, &started).await
            }
        })
        .await?;
    Ok(started)
}
