//! A second number or address: added, replaced or taken away while signed in.

use kernel::{Issue, Text};
use platform::{AccountId, Ctx, Error, Result, audit};

use super::{Sent, own_account};
use crate::codes::{self, For, Send};
use crate::security::{self, Warning};
use crate::store::account::NewContact;
use crate::{Contact, ContactOf, issues, store as tables};

/// Which of the two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactKind {
    /// The mobile number.
    Phone,
    /// The e-mail address.
    Email,
}

impl ContactKind {
    /// As it stands in forms and the trail.
    pub fn code(self) -> &'static str {
        match self {
            ContactKind::Phone => "phone",
            ContactKind::Email => "email",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<ContactKind> {
        [ContactKind::Phone, ContactKind::Email].into_iter().find(|kind| kind.code() == code)
    }

    /// The number or address of this kind, if there is one.
    pub fn of(self, known: &ContactOf) -> Option<Contact> {
        match self {
            ContactKind::Phone => known.phone.clone().map(Contact::Phone),
            ContactKind::Email => known.email.clone().map(Contact::Email),
        }
    }
}

/// The numbers and addresses of the citizen who acts.
pub async fn own_contacts(ctx: &Ctx) -> Result<ContactOf> {
    tables::account::load(ctx.db(), own_account(ctx)?).await?.ok_or(Error::SignIn)?.contact(ctx.keys())
}

/// Sends a code to a number or address that the citizen wants to add, or to have instead of his present one. Whether it belongs to
/// somebody else is not told: its holder gets a word of it instead of a code.
pub async fn request_contact(ctx: &Ctx, typed: &str) -> Result<Sent> {
    let account = own_account(ctx)?;
    let contact = Contact::parse(typed)?;
    if kind(&contact).of(&own_contacts(ctx).await?) == Some(contact.clone()) {
        return Err(Issue::error("E-ID47", "您的账号已在使用它", "Your account uses it already").field("contact").into());
    }
    let known = tables::account::by_contact(ctx.db(), &contact.hash(ctx.keys())).await?.is_some();
    let send = if known {
        Send::Hint {
            zh: "有人想把您的手机号或邮箱加到另一个账号，没有成功。如非本人操作，请忽略。",
            en: "Somebody tried to add your number or address to another account, in vain. If this was not you, ignore it.",
        }
    } else {
        Send::Code
    };
    let fresh = codes::fresh(ctx, For::Contact, &contact, &account.to_string(), &send).await?;
    ctx.db()
        .write(|tx| {
            let (ctx, fresh) = (ctx.clone(), fresh.clone());
            async move { codes::put(&tx, &ctx, &fresh, true).await }
        })
        .await?;
    Ok(Sent { to: contact.masked(), minutes: codes::MINUTES })
}

/// Adds the number or address, or puts it in the place of the one before; what the account had until now is told.
pub async fn confirm_contact(ctx: &Ctx, typed: &str, code: &str) -> Result<()> {
    let id = own_account(ctx)?;
    let contact = Contact::parse(typed)?;
    let right = codes::check(ctx, For::Contact, &contact, code).await?;
    if right.payload != id.to_string() {
        return Err(issues::wrong_code().into());
    }
    let kind = kind(&contact);
    let title = Text::new("联系方式已改变", "Your contacts have changed");
    let body = Text::new(
        format!("您的账号的联系方式已改为包含 {}。如非本人操作，请立即修改密码并拨打服务电话。", contact.masked()),
        format!("{} is now a contact of your account. If this was not you, change your password at once and call us.", contact.masked()),
    );
    let warning = Warning::new(ctx, id, title, body).to(&own_contacts(ctx).await?);
    let new = NewContact::new(ctx, id, &contact);
    let written = ctx
        .db()
        .write(|tx| {
            let (ctx, right, new, warning) = (ctx.clone(), right.clone(), new.clone(), warning.clone());
            async move {
                codes::take(&tx, &right).await?;
                tables::account::set_contact(&tx, id, kind, &new).await?;
                security::warn(&tx, &ctx, &warning).await?;
                audit::record(&tx, &ctx, event("account.contact", id, kind)).await
            }
        })
        .await;
    // Somebody else was quicker: the same answer as for a code that was never sent.
    match written {
        Err(Error::Store(error)) if error.is_unique() => Err(issues::wrong_code().into()),
        other => other,
    }
}

/// Takes a number or address away, and says so there for the last time. The last one stays.
///
/// # Errors
/// `E-ID48` for the only one that the account has.
pub async fn remove_contact(ctx: &Ctx, kind: ContactKind) -> Result<()> {
    let id = own_account(ctx)?;
    let known = own_contacts(ctx).await?;
    let Some(contact) = kind.of(&known) else { return Err(Error::NotFound) };
    let title = Text::new("联系方式已移除", "A contact has been taken off");
    let body = Text::new(
        format!("{} 已从您的账号中移除。如非本人操作，请立即修改密码并拨打服务电话。", contact.masked()),
        format!("{} has been taken off your account. If this was not you, change your password at once and call us.", contact.masked()),
    );
    let warning = Warning::new(ctx, id, title, body).to(&known);
    ctx.db()
        .write(|tx| {
            let (ctx, warning) = (ctx.clone(), warning.clone());
            async move {
                if !tables::account::remove_contact(&tx, id, kind).await? {
                    return Err(issues::last_contact().into());
                }
                security::warn(&tx, &ctx, &warning).await?;
                audit::record(&tx, &ctx, event("account.contact_remove", id, kind)).await
            }
        })
        .await
}

fn kind(contact: &Contact) -> ContactKind {
    match contact {
        Contact::Phone(_) => ContactKind::Phone,
        Contact::Email(_) => ContactKind::Email,
    }
}

fn event(action: &'static str, id: AccountId, kind: ContactKind) -> audit::Event {
    audit::Event::new(action, "account", id).detail(serde_json::json!({ "kind": kind.code() }))
}
