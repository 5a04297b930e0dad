//! The mails to those who follow an organisation.

use kernel::{Day, Lang};
use platform::ports::{BoxFuture, Mail, PortError};
use platform::{Ctx, Error, Result, outbox};

use super::store::{self, Kept, Reader};
use super::FollowId;
use crate::model::OrganizationId;

/// How many are told in one transaction.
const AT_ONCE: i64 = 100;

/// The page behind the link of a mail.
fn link(ctx: &Ctx, token: &str) -> String {
    format!("{}/organizations/follow/{token}", ctx.settings().public_origin.trim_end_matches('/'))
}

/// After somebody has asked: the link to confirm, or, where he follows already, the one to stop.
pub(super) fn asked(ctx: &Ctx, name: &str, kept: &Kept, to: &str, message: FollowId) -> Mail {
    let (lang, link) = (ctx.lang(), link(ctx, &kept.token));
    let (subject, text) = match (lang, kept.confirmed) {
        (Lang::Zh, false) => (
            format!("请确认：{name}有变更时告诉您"),
            format!("有人用这个邮箱要求在“{name}”的登记信息变更时收到通知。\n\n是您本人，请打开下面的页面确认：\n{link}\n\n不是您，不用理会，不会再收到邮件。\n"),
        ),
        (Lang::Zh, true) => (
            format!("您已在关注{name}"),
            format!("“{name}”的登记信息变更时，您会收到邮件。\n\n不想再收到，请打开：\n{link}\n"),
        ),
        (Lang::En, false) => (
            format!("Please confirm: be told when {name} changes"),
            format!("Somebody asked that this address be told when the register entry of {name} changes.\n\nIf it was you, open this page to confirm:\n{link}\n\nIf not, do nothing: there will be no further mail.\n"),
        ),
        (Lang::En, true) => (
            format!("You already follow {name}"),
            format!("You are told by mail when the register entry of {name} changes.\n\nTo stop it, open:\n{link}\n"),
        ),
    };
    Mail { to: to.to_owned(), subject, text, attachment: None, message_id: message.to_string() }
}

fn changed(ctx: &Ctx, name: &str, uscc: &str, on: Day, dedupe: &str, reader: &Reader) -> Mail {
    let origin = ctx.settings().public_origin.trim_end_matches('/');
    let (page, stop, day) = (format!("{origin}/organizations/{uscc}#history"), link(ctx, &reader.token), on.text(reader.lang));
    let (subject, text) = match reader.lang {
        Lang::Zh => (
            format!("{name}的登记信息有变更"),
            format!("“{name}”（{uscc}）的登记信息于{day}有变更。\n\n变了什么，请看：\n{page}\n\n不想再收到，请打开：\n{stop}\n"),
        ),
        Lang::En => (
            format!("The register entry of {name} has changed"),
            format!("The register entry of {name} ({uscc}) changed on {day}.\n\nWhat has changed:\n{page}\n\nTo stop these mails, open:\n{stop}\n"),
        ),
    };
    Mail { to: reader.address.clone(), subject, text, attachment: None, message_id: format!("{}-{}", reader.id, dedupe.replace('/', "-")) }
}

/// What the message says, as far as mails need it.
#[derive(serde::Deserialize)]
struct Changed {
    organization: OrganizationId,
}

/// Does what `organization.changed` asks for: a mail to everybody who follows. Called again it puts nothing twice.
pub(crate) struct Handler;

impl outbox::Handler for Handler {
    fn handle<'a>(&'a self, ctx: &'a Ctx, dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, std::result::Result<(), PortError>> {
        Box::pin(async move {
            let changed: Changed = serde_json::from_value(payload).map_err(|error| PortError::Permanent(error.to_string()))?;
            tell(ctx, changed.organization, dedupe).await.map_err(|error| PortError::Temporary(error.to_string()))
        })
    }
}

async fn tell(ctx: &Ctx, organization: OrganizationId, dedupe: &str) -> Result<()> {
    let Some((name, uscc)) = store::named(ctx.db(), organization).await? else { return Ok(()) };
    let mut after = None;
    loop {
        let readers = store::readers(ctx, organization, after, AT_ONCE).await?;
        let Some(last) = readers.last() else { return Ok(()) };
        after = Some(last.id);
        let mails: Vec<Mail> = readers.iter().map(|reader| changed(ctx, &name, &uscc, ctx.today(), dedupe, reader)).collect();
        let mails = std::sync::Arc::new(mails);
        ctx.db()
            .write(|tx| {
                let (ctx, mails) = (ctx.clone(), mails.clone());
                async move {
                    for mail in mails.iter() {
                        outbox::put(&tx, &ctx, outbox::Message::mail(mail)).await?;
                    }
                    Ok::<_, Error>(())
                }
            })
            .await?;
    }
}
