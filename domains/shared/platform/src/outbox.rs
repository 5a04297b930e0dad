//! The outbox: what is to be done after a change (mails, messages, documents) is a row in its transaction, and done by workers later.

use std::borrow::Cow;

use kernel::Instant;
use store::{Tx, q};

use crate::ports::{BoxFuture, Mail, PortError, SmsMessage};
use crate::{Ctx, Result};

/// One thing to do.
#[derive(Debug, Clone)]
pub struct Message {
    /// Names the [`Handler`].
    pub kind: Cow<'static, str>,
    /// Two messages of a kind with the same key are one.
    pub dedupe: String,
    /// What the handler needs. Sealed by whoever puts sensitive things in; mails and short messages are sealed here.
    pub payload: serde_json::Value,
    /// Not before this moment; at once if absent.
    pub not_before: Option<Instant>,
}

impl Message {
    /// A mail; its `message_id` is the key.
    pub fn mail(mail: &Mail) -> Self {
        Self::of("mail", mail.message_id.clone(), mail)
    }

    /// A short message; its `message_id` is the key.
    pub fn sms(message: &SmsMessage) -> Self {
        Self::of("sms", message.message_id.clone(), message)
    }

    /// Anything else.
    pub fn of(kind: impl Into<Cow<'static, str>>, dedupe: String, payload: &impl serde::Serialize) -> Self {
        let payload = serde_json::to_value(payload).expect("payloads are plain data");
        Self { kind: kind.into(), dedupe, payload, not_before: None }
    }

    /// The same, not before `at`.
    pub fn not_before(mut self, at: Instant) -> Self {
        self.not_before = Some(at);
        self
    }
}

/// Does what messages of one kind ask for. May be called again for a message that it has done: it must not matter.
pub trait Handler: Send + Sync {
    /// Does it, or says whether trying again may help.
    fn handle<'a>(&'a self, ctx: &'a Ctx, dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, std::result::Result<(), PortError>>;
}

/// Puts the message into the outbox in the transaction of the change that causes it.
pub async fn put(tx: &Tx, ctx: &Ctx, message: Message) -> Result<()> {
    let id: kernel::Id<Message> = ctx.id();
    let payload = ctx.keys().seal("outbox", "payload", &id.to_vec(), message.payload.to_string().as_bytes());
    q("INSERT INTO outbox (id, kind, dedupe, payload, created_at, due_at, attempts, state) VALUES ($1, $2, $3, $4, $5, $6, 0, 'waiting') \
       ON CONFLICT (kind, dedupe) DO NOTHING")
        .bind(id)
        .bind(message.kind.into_owned())
        .bind(message.dedupe)
        .bind(payload)
        .bind(ctx.now())
        .bind(message.not_before.unwrap_or(ctx.now()))
        .exec(tx)
        .await?;
    Ok(())
}
