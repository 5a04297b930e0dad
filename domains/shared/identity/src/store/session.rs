//! Sessions.

use kernel::Instant;
use platform::{AccountId, Result, StaffId};
use store::{Db, Tx, q};

use crate::SessionId;

/// A session with the account or member of staff behind it.
#[derive(sqlx::FromRow)]
pub(crate) struct SessionRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: SessionId,
    pub(crate) account_id: Option<Vec<u8>>,
    pub(crate) staff_id: Option<Vec<u8>>,
    #[sqlx(try_from = "i64")]
    pub(crate) last_seen: Instant,
    #[sqlx(try_from = "i64")]
    pub(crate) ends_at: Instant,
}

/// A session to be written.
#[derive(Clone)]
pub(crate) struct NewSession {
    pub(crate) id: SessionId,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) account: Option<AccountId>,
    pub(crate) staff: Option<StaffId>,
    pub(crate) ends_at: Instant,
}

/// Writes a session.
pub(crate) async fn insert(tx: &Tx, session: &NewSession, now: Instant) -> Result<()> {
    q("INSERT INTO session (id, token_hash, account_id, staff_id, started_at, last_seen, ends_at) VALUES ($1, $2, $3, $4, $5, $5, $6)")
        .bind(session.id)
        .bind(session.token_hash.clone())
        .bind(session.account)
        .bind(session.staff)
        .bind(now)
        .bind(session.ends_at)
        .exec(tx)
        .await?;
    Ok(())
}

/// The session of a token.
pub(crate) async fn find(db: &Db, token_hash: &[u8]) -> Result<Option<SessionRow>> {
    Ok(q("SELECT id, account_id, staff_id, last_seen, ends_at FROM session WHERE token_hash = $1").bind(token_hash).opt(db).await?)
}

/// Notes that the session was used.
pub(crate) async fn seen(tx: &Tx, id: SessionId, now: Instant) -> Result<()> {
    q("UPDATE session SET last_seen = $1 WHERE id = $2 AND last_seen < $1").bind(now).bind(id).exec(tx).await?;
    Ok(())
}

/// Ends one session. False if it had ended already.
pub(crate) async fn end(tx: &Tx, token_hash: &[u8]) -> Result<bool> {
    Ok(q("DELETE FROM session WHERE token_hash = $1").bind(token_hash).exec(tx).await? == 1)
}

/// Ends every session of an account.
pub(crate) async fn end_of_account(tx: &Tx, id: AccountId) -> Result<()> {
    q("DELETE FROM session WHERE account_id = $1").bind(id).exec(tx).await?;
    Ok(())
}

/// Ends every session of an account but one.
pub(crate) async fn end_others_of_account(tx: &Tx, id: AccountId, keep: &[u8]) -> Result<()> {
    q("DELETE FROM session WHERE account_id = $1 AND token_hash <> $2").bind(id).bind(keep).exec(tx).await?;
    Ok(())
}

/// Ends every session of a member of staff but one.
pub(crate) async fn end_others_of_staff(tx: &Tx, id: StaffId, keep: &[u8]) -> Result<()> {
    q("DELETE FROM session WHERE staff_id = $1 AND token_hash <> $2").bind(id).bind(keep).exec(tx).await?;
    Ok(())
}

/// Ends every session of a member of staff.
pub(crate) async fn end_of_staff(tx: &Tx, id: StaffId) -> Result<()> {
    q("DELETE FROM session WHERE staff_id = $1").bind(id).exec(tx).await?;
    Ok(())
}

/// Drops sessions that are over.
pub(crate) async fn sweep(tx: &Tx, now: Instant, idle_since: Instant) -> Result<u64> {
    Ok(q("DELETE FROM session WHERE id IN (SELECT id FROM session WHERE ends_at <= $1 OR last_seen <= $2 LIMIT 200)")
        .bind(now)
        .bind(idle_since)
        .exec(tx)
        .await?)
}
