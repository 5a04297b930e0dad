//! Handlers for mails and short messages.

use super::Handler;
use crate::Ctx;
use crate::ports::{BoxFuture, Mail, PortError, SmsMessage};

pub(super) const MAIL: &str = "mail";
pub(super) const SMS: &str = "sms";

/// Hands mails and short messages to their ports. Both carry a message id, so a second delivery can be told from a second message.
pub(super) struct Post;

/// One of the two, as it lies in the outbox.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Letter {
    Mail(Mail),
    Sms(SmsMessage),
}

impl Handler for Post {
    fn handle<'a>(&'a self, ctx: &'a Ctx, _dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            match serde_json::from_value(payload).map_err(|error| PortError::Permanent(error.to_string()))? {
                Letter::Mail(mail) => ctx.platform().mail().send(&mail).await,
                Letter::Sms(message) => ctx.platform().sms().send(&message).await,
            }
        })
    }
}
