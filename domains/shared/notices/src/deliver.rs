//! What the outbox does for this crate: hands letters over and writes down how it went, and tells what was left to it.

use identity::security::Warning;
use platform::outbox::Handler;
use platform::ports::{BoxFuture, Mail, PortError, SmsMessage};
use platform::{Ctx, Result};
use serde::{Deserialize, Serialize};

use crate::model::{Channel, DeliveryId, Failure, Notice};
use crate::store::deliveries;

/// The kind of message that carries a letter.
pub(crate) const KIND: &str = "notice";
/// The kind of message that has something told: its payload is a [`Notice`].
pub(crate) const KIND_TELL: &str = "notice.tell";

/// A mail or short message, as it lies in the outbox.
#[derive(Serialize, Deserialize)]
pub(crate) struct Letter {
    pub(crate) delivery: DeliveryId,
    pub(crate) channel: Channel,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
}

/// Hands letters to their ports. A second try carries the same message id, and is none once the first is known to have been sent.
pub(crate) struct Deliver;

impl Handler for Deliver {
    fn handle<'a>(&'a self, ctx: &'a Ctx, _dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, std::result::Result<(), PortError>> {
        Box::pin(async move {
            let letter = read(payload)?;
            let id = letter.delivery;
            if !deliveries::is_to_send(ctx.db(), id).await.map_err(temporary)? {
                return Ok(());
            }
            hand_over(ctx, letter).await?;
            deliveries::sent(ctx, id).await.map_err(temporary)
        })
    }

    fn given_up<'a>(&'a self, ctx: &'a Ctx, payload: serde_json::Value) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            match read(payload) {
                Ok(letter) => deliveries::failed(ctx, letter.delivery, Failure::Unreachable).await,
                Err(_) => Ok(()),
            }
        })
    }
}

async fn hand_over(ctx: &Ctx, letter: Letter) -> std::result::Result<(), PortError> {
    let Letter { delivery, channel, to, subject, text } = letter;
    let message_id = delivery.to_string();
    let outcome = match channel {
        Channel::Sms => ctx.platform().sms().send(&SmsMessage { to, text, message_id }).await,
        Channel::Mail => ctx.platform().mail().send(&Mail { to, subject, text, attachment: None, message_id }).await,
    };
    if let Err(PortError::Permanent(_)) = &outcome {
        deliveries::failed(ctx, delivery, Failure::Refused).await.map_err(temporary)?;
    }
    outcome
}

/// Tells what a transaction left for later.
pub(crate) struct Relay;

impl Handler for Relay {
    fn handle<'a>(&'a self, ctx: &'a Ctx, _dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, std::result::Result<(), PortError>> {
        Box::pin(async move {
            write(ctx, serde_json::from_value(payload).map_err(permanent)?).await
        })
    }
}

/// Tells what happened to an account, at night too.
pub(crate) struct Warnings;

impl Handler for Warnings {
    fn handle<'a>(&'a self, ctx: &'a Ctx, _dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, std::result::Result<(), PortError>> {
        Box::pin(async move {
            let warning: Warning = serde_json::from_value(payload).map_err(permanent)?;
            write(ctx, Notice::of_account(warning)).await
        })
    }
}

async fn write(ctx: &Ctx, notice: Notice) -> std::result::Result<(), PortError> {
    ctx.db()
        .write(|tx| {
            let (ctx, notice) = (ctx.clone(), notice.clone());
            async move { crate::tell(&tx, &ctx, notice).await }
        })
        .await
        .map_err(temporary)
}

fn read(payload: serde_json::Value) -> std::result::Result<Letter, PortError> {
    serde_json::from_value(payload).map_err(permanent)
}

fn temporary(error: impl std::fmt::Display) -> PortError {
    PortError::Temporary(error.to_string())
}

fn permanent(error: impl std::fmt::Display) -> PortError {
    PortError::Permanent(error.to_string())
}
