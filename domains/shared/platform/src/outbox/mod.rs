//! The outbox: what is to be done after a change (mails, messages, documents) is a row in its transaction, and done by workers later.
//!
//! A message is done at least once: a worker that dies leaves its lease to run out, and another one begins again. Two messages of a kind
//! with the same key are one. What fails is tried again ever more slowly, and in the end waits for an administrator ([`admin`]).

pub mod admin;
mod post;
mod worker;

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use kernel::Instant;
use store::{Tx, q};

pub use worker::{Drained, Worker};

use crate::ports::{BoxFuture, Mail, PortError, SmsMessage};
use crate::{Ctx, Job, Result, Service};

/// One thing to do.
#[derive(Debug, Clone)]
pub struct Message {
    /// Names the [`Handler`].
    pub kind: Cow<'static, str>,
    /// Two messages of a kind with the same key are one.
    pub dedupe: String,
    /// What the handler needs; sealed in the database.
    pub payload: serde_json::Value,
    /// Not before this moment; at once if absent.
    pub not_before: Option<Instant>,
}

/// Id of a message.
pub type MessageId = kernel::Id<Message>;

impl Message {
    /// A mail; its `message_id` is the key.
    pub fn mail(mail: &Mail) -> Self {
        Self::of(post::MAIL, mail.message_id.clone(), mail)
    }

    /// A short message; its `message_id` is the key.
    pub fn sms(message: &SmsMessage) -> Self {
        Self::of(post::SMS, message.message_id.clone(), message)
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

    /// Seconds to wait after each failed try, where a rule says so; after the try that follows the last of them the message is given up.
    fn pauses(&self) -> Option<&'static [i64]> {
        None
    }

    /// Told once more when a message is given up, for a handler that shows people how it went. May be called again, too.
    fn given_up<'a>(&'a self, _ctx: &'a Ctx, _payload: serde_json::Value) -> BoxFuture<'a, Result<()>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

/// Puts the message into the outbox in the transaction of the change that causes it.
pub async fn put(tx: &Tx, ctx: &Ctx, message: Message) -> Result<()> {
    let id: MessageId = ctx.id();
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

/// How long a message that is done is kept; as long, its key keeps a second one out.
const KEPT_DAYS: i64 = 30;

/// Mail, short messages and the tidying of the table.
pub fn service() -> Service {
    let post = Arc::new(post::Post);
    Service {
        name: "outbox",
        jobs: vec![Job { name: "outbox.prune", every: Duration::from_secs(3600), run: |ctx| Box::pin(async move { prune(&ctx).await }) }],
        handlers: vec![(post::MAIL, post.clone()), (post::SMS, post)],
    }
}

/// Forgets what has long been done, a few rows a transaction.
async fn prune(ctx: &Ctx) -> Result<()> {
    let before = ctx.now().plus_days(-KEPT_DAYS);
    loop {
        let gone = ctx
            .db()
            .write(|tx| async move {
                q("DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state IN ('done', 'dismissed') AND due_at < $1 ORDER BY due_at LIMIT 200)")
                    .bind(before)
                    .exec(&tx)
                    .await
            })
            .await?;
        if gone == 0 {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests;
