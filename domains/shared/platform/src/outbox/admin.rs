//! The administrator's side of the outbox: what was given up is listed, tried again or dismissed.

use kernel::{Instant, Issue};
use store::q;

use super::MessageId;
use crate::{Ctx, Error, Result, Role, audit};

/// A message that was given up. Its content stays sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// Its id.
    pub id: MessageId,
    /// What it is for.
    pub kind: String,
    /// Its key.
    pub dedupe: String,
    /// When it was put into the outbox.
    pub created_at: Instant,
    /// When it was given up.
    pub given_up_at: Option<Instant>,
    /// Tries.
    pub attempts: i64,
    /// Why the last one failed.
    pub last_error: Option<String>,
}

/// The state of the outbox in figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Overview {
    /// Waiting or being worked on; counted up to 1,001.
    pub waiting: i64,
    /// Since when the oldest of those that are due has been due.
    pub oldest_due: Option<Instant>,
    /// Given up; counted up to 1,001.
    pub dead: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: MessageId,
    kind: String,
    dedupe: String,
    #[sqlx(try_from = "i64")]
    created_at: Instant,
    done_at: Option<i64>,
    attempts: i64,
    last_error: Option<String>,
}

/// How full the outbox is.
///
/// # Errors
/// [`Error::Denied`] for all but system administrators.
pub async fn overview(ctx: &Ctx) -> Result<Overview> {
    ctx.require_role(&[Role::SystemAdmin])?;
    let (waiting, dead): (i64, i64) = q("SELECT \
        (SELECT COUNT(*) FROM (SELECT id FROM outbox WHERE state IN ('waiting', 'taken') LIMIT 1001) AS w), \
        (SELECT COUNT(*) FROM (SELECT id FROM outbox WHERE state = 'dead' LIMIT 1001) AS d)")
        .one(ctx.db())
        .await?;
    let (oldest,): (Option<i64>,) = q("SELECT MIN(due_at) FROM outbox WHERE state = 'waiting' AND due_at <= $1").bind(ctx.now()).one(ctx.db()).await?;
    Ok(Overview { waiting, oldest_due: oldest.map(Instant::from_micros), dead })
}

/// How many messages of a kind were given up; counted up to 1,001. The caller has authorised the reader.
pub async fn count_dead(ctx: &Ctx, kind: &str) -> Result<i64> {
    let (count,): (i64,) = q("SELECT COUNT(*) FROM (SELECT id FROM outbox WHERE kind = $1 AND state = 'dead' LIMIT 1001) AS d")
        .bind(kind)
        .one(ctx.db())
        .await?;
    Ok(count)
}

/// What was given up, newest first, at most 200; `before` is the id of the last one on the page before.
///
/// # Errors
/// [`Error::Denied`] for all but system administrators.
pub async fn dead(ctx: &Ctx, before: Option<MessageId>) -> Result<Vec<Dead>> {
    ctx.require_role(&[Role::SystemAdmin])?;
    let mut query = q("SELECT id, kind, dedupe, created_at, done_at, attempts, last_error FROM outbox WHERE state = 'dead'");
    if let Some(before) = before {
        query = query.sql(" AND id < ").arg(before);
    }
    let rows: Vec<Row> = query.sql(" ORDER BY id DESC LIMIT 200").all(ctx.db()).await?;
    let dead = |row: Row| Dead {
        id: row.id,
        kind: row.kind,
        dedupe: row.dedupe,
        created_at: row.created_at,
        given_up_at: row.done_at.map(Instant::from_micros),
        attempts: row.attempts,
        last_error: row.last_error,
    };
    Ok(rows.into_iter().map(dead).collect())
}

/// Has it tried again, from the first try on.
///
/// # Errors
/// [`Error::Denied`]; [`Error::NotFound`] if it is not one that was given up.
pub async fn retry(ctx: &Ctx, id: MessageId) -> Result<()> {
    change(ctx, id, "outbox.retry", "waiting", None).await
}

/// Lets it be, for a reason.
///
/// # Errors
/// `E-OB01` without a reason; [`Error::Denied`]; [`Error::NotFound`] if it is not one that was given up.
pub async fn dismiss(ctx: &Ctx, id: MessageId, reason: &str) -> Result<()> {
    if reason.trim().is_empty() {
        return Err(Issue::error("E-OB01", "请填写不再发送的原因", "Say why it is not to be sent").field("reason").into());
    }
    change(ctx, id, "outbox.dismiss", "dismissed", Some(reason)).await
}

async fn change(ctx: &Ctx, id: MessageId, action: &'static str, state: &'static str, reason: Option<&str>) -> Result<()> {
    ctx.require_role(&[Role::SystemAdmin])?;
    let event = audit::Event::new(action, "outbox", id);
    let event = reason.into_iter().fold(event, |event, reason| event.reason(reason));
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                let changed = q("UPDATE outbox SET state = $2, attempts = 0, due_at = $3, done_at = NULL WHERE id = $1 AND state = 'dead'")
                    .bind(id)
                    .bind(state)
                    .bind(ctx.now())
                    .exec(&tx)
                    .await?;
                if changed == 0 {
                    return Err(Error::NotFound);
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
