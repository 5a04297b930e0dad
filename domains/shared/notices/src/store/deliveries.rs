//! How notices go out.

use kernel::Instant;
use platform::{Ctx, Error, Result};
use store::{Db, Tx, q};

use super::{FAILED, NOWHERE, SENT, UNWANTED, WAITING};
use crate::model::{Channel, Delivered, DeliveryId, Failure, NoticeId, State};

#[derive(sqlx::FromRow)]
struct Row {
    channel: String,
    address: Option<String>,
    state: String,
    reason: Option<String>,
    due_at: Option<i64>,
    ended_at: Option<i64>,
}

impl Row {
    fn read(self) -> Option<Delivered> {
        let ended = Instant::from_micros(self.ended_at.unwrap_or_default());
        let state = match self.state.as_str() {
            WAITING => State::Waiting(Instant::from_micros(self.due_at.unwrap_or_default())),
            SENT => State::Sent(ended),
            FAILED if self.reason.as_deref() == Some(Failure::Refused.code()) => State::Failed(ended, Failure::Refused),
            FAILED => State::Failed(ended, Failure::Unreachable),
            UNWANTED => State::Unwanted,
            NOWHERE => State::Nowhere,
            _ => return None,
        };
        Some(Delivered { channel: Channel::from_code(&self.channel)?, address: self.address, state })
    }
}

/// Writes one channel of a new notice.
pub(crate) async fn insert(
    tx: &Tx,
    id: DeliveryId,
    notice: NoticeId,
    channel: Channel,
    state: &'static str,
    address: Option<String>,
    due: Option<Instant>,
) -> Result<()> {
    q("INSERT INTO notice_delivery (id, notice_id, channel, address, state, due_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(notice)
        .bind(channel.code())
        .bind(address)
        .bind(state)
        .bind(due)
        .exec(tx)
        .await?;
    Ok(())
}

/// The channels of a notice.
pub(crate) async fn of(db: &Db, notice: NoticeId) -> Result<Vec<Delivered>> {
    let rows: Vec<Row> = q("SELECT channel, address, state, reason, due_at, ended_at FROM notice_delivery WHERE notice_id = $1 ORDER BY channel DESC")
        .bind(notice)
        .all(db)
        .await?;
    rows.into_iter().map(|row| row.read().ok_or_else(|| Error::internal("a delivery of an unknown kind"))).collect()
}

/// Whether it is still to be sent: not when it was sent before, or its notice was taken back.
pub(crate) async fn is_to_send(db: &Db, id: DeliveryId) -> Result<bool> {
    let row: Option<(String,)> = q("SELECT state FROM notice_delivery WHERE id = $1").bind(id).opt(db).await?;
    Ok(row.is_some_and(|(state,)| state == WAITING || state == FAILED))
}

/// It was handed over.
pub(crate) async fn sent(ctx: &Ctx, id: DeliveryId) -> Result<()> {
    end(ctx, id, SENT, None).await
}

/// It was given up. What an earlier try found out stays.
pub(crate) async fn failed(ctx: &Ctx, id: DeliveryId, why: Failure) -> Result<()> {
    end(ctx, id, FAILED, Some(why)).await
}

async fn end(ctx: &Ctx, id: DeliveryId, state: &'static str, why: Option<Failure>) -> Result<()> {
    let now = ctx.platform().clock().now();
    ctx.db()
        .write(|tx| async move {
            // Sent is the last word; a failure gives way to an administrator's new try, and never to another failure.
            q("UPDATE notice_delivery SET state = $2, reason = $3, ended_at = $4 WHERE id = $1 AND (state = 'waiting' OR (state = 'failed' AND $2 = 'sent'))")
                .bind(id)
                .bind(state)
                .bind(why.map(Failure::code))
                .bind(now)
                .exec(&tx)
                .await?;
            Ok(())
        })
        .await
}
