//! Workers: as many as there are nodes, none knows of the others.
//!
//! A worker takes messages with a lease: a random number and a moment until which nobody else takes them. It reports the outcome under
//! that number, so a worker that comes back too late changes nothing.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use kernel::Instant;
use store::q;

use super::{Handler, MessageId};
use crate::ports::PortError;
use crate::{Ctx, Platform, Result, Service};

/// Messages taken at once; they are worked on side by side.
const BATCH: i64 = 16;
/// How long nobody else takes a message. Longer than a handler may run.
const LEASE_SECS: i64 = 120;
/// How long a handler may run.
const LIMIT: Duration = Duration::from_secs(60);
/// Tries before a message is given up.
const TRIES: i64 = 10;
/// The first pause after a failure; every further one is twice as long, up to an hour.
const PAUSE_SECS: i64 = 10;
const LONGEST_PAUSE_SECS: i64 = 3600;

/// Works off the outbox.
pub struct Worker {
    handlers: BTreeMap<&'static str, Arc<dyn Handler>>,
}

/// What one [`Worker::drain`] did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Drained {
    /// Done.
    pub done: u64,
    /// To be tried again.
    pub failed: u64,
    /// Given up, for an administrator to look at.
    pub dead: u64,
}

#[derive(sqlx::FromRow)]
struct Taken {
    #[sqlx(try_from = "Vec<u8>")]
    id: MessageId,
    kind: String,
    dedupe: String,
    payload: Vec<u8>,
    attempts: i64,
}

/// How a try ended.
enum Outcome {
    Done,
    Again { why: String, in_secs: i64 },
    GivenUp(String),
}

impl Worker {
    /// A worker with the handlers of these services.
    pub fn new(services: &[Service]) -> Self {
        Self { handlers: services.iter().flat_map(|service| service.handlers.iter().cloned()).collect() }
    }

    /// Works until no message is due.
    ///
    /// # Errors
    /// Only of the database; failures of handlers are kept with their messages.
    pub async fn drain(&self, platform: &Platform) -> Result<Drained> {
        let mut drained = Drained::default();
        loop {
            let ctx = Ctx::system(platform, "outbox");
            let lease = ctx.random::<16>();
            let taken = take(&ctx, lease).await?;
            if taken.is_empty() {
                return Ok(drained);
            }
            let mut tries = tokio::task::JoinSet::new();
            for message in taken {
                let handler = self.handlers.get(message.kind.as_str()).cloned();
                let platform = platform.clone();
                tries.spawn(async move {
                    let outcome = attempt(&platform, handler, &message).await;
                    (message, outcome)
                });
            }
            while let Some(ended) = tries.join_next().await {
                // A handler that panics keeps its lease, and is tried again when that has run out.
                let Ok((message, outcome)) = ended else {
                    tracing::error!("the handler of an outbox message panicked");
                    continue;
                };
                report(&Ctx::system(platform, "outbox"), lease, message, outcome, &mut drained).await?;
            }
        }
    }
}

/// Takes due messages, and those whose lease has run out.
async fn take(ctx: &Ctx, lease: [u8; 16]) -> Result<Vec<Taken>> {
    let now = ctx.now();
    let until = now.plus_secs(LEASE_SECS);
    let taken = ctx
        .db()
        .write(|tx| async move {
            let due: Vec<Taken> = q("SELECT id, kind, dedupe, payload, attempts + 1 AS attempts FROM outbox \
                WHERE state IN ('waiting', 'taken') AND due_at <= $1 ORDER BY due_at, id LIMIT $2")
                .bind(now)
                .bind(BATCH)
                .sql(tx.dialect().skip_locked())
                .all(&tx)
                .await?;
            if due.is_empty() {
                return Ok::<_, store::Error>(due);
            }
            q("UPDATE outbox SET state = 'taken', attempts = attempts + 1, lease = ")
                .arg(&lease[..])
                .sql(", due_at = ")
                .arg(until)
                .sql(" WHERE id IN (")
                .list(due.iter().map(|message| message.id))
                .sql(")")
                .exec(&tx)
                .await?;
            Ok(due)
        })
        .await?;
    Ok(taken)
}

async fn attempt(platform: &Platform, handler: Option<Arc<dyn Handler>>, message: &Taken) -> Outcome {
    let Some(handler) = handler else {
        return Outcome::GivenUp(format!("nothing handles messages of kind {}", message.kind));
    };
    let opened = platform.keys().open("outbox", "payload", &message.id.to_vec(), &message.payload);
    let payload: serde_json::Value = match opened.map(|bytes| serde_json::from_slice(&bytes)) {
        Ok(Ok(payload)) => payload,
        Ok(Err(error)) => return Outcome::GivenUp(error.to_string()),
        Err(error) => return Outcome::GivenUp(error.to_string()),
    };
    let ctx = Ctx::system(platform, "outbox");
    match handle(&ctx, &*handler, message, payload.clone()).await {
        Outcome::GivenUp(why) => match handler.given_up(&ctx, payload).await {
            Ok(()) => Outcome::GivenUp(why),
            Err(error) => Outcome::Again { why: format!("{why}; {error}"), in_secs: LONGEST_PAUSE_SECS },
        },
        outcome => outcome,
    }
}

async fn handle(ctx: &Ctx, handler: &dyn Handler, message: &Taken, payload: serde_json::Value) -> Outcome {
    let pause = pause_secs(handler.pauses(), message.attempts);
    let again = |why: String| pause.map_or_else(|| Outcome::GivenUp(why.clone()), |in_secs| Outcome::Again { why: why.clone(), in_secs });
    if pause.is_none() && pause_secs(handler.pauses(), message.attempts - 1).is_none() {
        return Outcome::GivenUp("every worker that took it went away".to_owned());
    }
    match tokio::time::timeout(LIMIT, handler.handle(ctx, &message.dedupe, payload)).await {
        Ok(Ok(())) => Outcome::Done,
        Ok(Err(PortError::Permanent(why))) => Outcome::GivenUp(why),
        Ok(Err(PortError::Temporary(why))) => again(why),
        Err(_elapsed) => again(format!("took longer than {} s", LIMIT.as_secs())),
    }
}

/// Writes down how the try ended, if the message is still ours.
async fn report(ctx: &Ctx, lease: [u8; 16], message: Taken, outcome: Outcome, drained: &mut Drained) -> Result<()> {
    let now = ctx.now();
    let (state, due, error) = match outcome {
        Outcome::Done => ("done", now, None),
        Outcome::Again { why, in_secs } => ("waiting", now.plus_secs(in_secs), Some(why)),
        Outcome::GivenUp(why) => ("dead", now, Some(why)),
    };
    let done_at = (state != "waiting").then_some(now);
    let ours = set(ctx, lease, message.id, state, due, done_at, error.clone()).await?;
    if !ours {
        tracing::warn!(outbox.kind = message.kind, outbox.id = %message.id, "an outbox message was done by a worker whose lease had run out");
        return Ok(());
    }
    match state {
        "done" => drained.done += 1,
        "waiting" => {
            drained.failed += 1;
            tracing::warn!(outbox.kind = message.kind, outbox.id = %message.id, outbox.attempts = message.attempts, error, "an outbox message failed");
        }
        _ => {
            drained.dead += 1;
            tracing::error!(outbox.kind = message.kind, outbox.id = %message.id, outbox.attempts = message.attempts, error, "an outbox message was given up");
        }
    }
    Ok(())
}

async fn set(
    ctx: &Ctx,
    lease: [u8; 16],
    id: MessageId,
    state: &'static str,
    due: Instant,
    done_at: Option<Instant>,
    error: Option<String>,
) -> Result<bool> {
    let changed = ctx
        .db()
        .write(|tx| {
            let error = error.clone();
            async move {
                q("UPDATE outbox SET state = $3, due_at = $4, done_at = $5, last_error = $6, lease = NULL \
                   WHERE id = $1 AND state = 'taken' AND lease = $2")
                    .bind(id)
                    .bind(&lease[..])
                    .bind(state)
                    .bind(due)
                    .bind(done_at)
                    .bind(error)
                    .exec(&tx)
                    .await
            }
        })
        .await?;
    Ok(changed == 1)
}

/// How long to wait after the failure of this try: what the handler says, else 10 s, 20 s, 40 s … one hour. `None` after the last try.
fn pause_secs(pauses: Option<&[i64]>, attempts: i64) -> Option<i64> {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0);
    match pauses {
        Some(pauses) => pauses.get(doublings as usize).copied(),
        None => (attempts < TRIES).then(|| (PAUSE_SECS << doublings.min(20)).min(LONGEST_PAUSE_SECS)),
    }
}
