//! One-time codes.

use kernel::Instant;
use platform::Result;
use store::{Db, Tx, q};

/// A code that waits for its confirmation.
#[derive(Clone, sqlx::FromRow)]
pub(crate) struct CodeRow {
    pub(crate) id: Vec<u8>,
    pub(crate) code_hash: Vec<u8>,
    pub(crate) payload: Vec<u8>,
    pub(crate) tries: i64,
}

/// Writes the code of a purpose and address in place of an earlier one.
pub(crate) async fn put(tx: &Tx, purpose: &str, contact: &[u8], code: &CodeRow, until: Instant) -> Result<()> {
    q("DELETE FROM one_time_code WHERE purpose = $1 AND contact_hash = $2").bind(purpose).bind(contact).exec(tx).await?;
    q("INSERT INTO one_time_code (id, purpose, contact_hash, code_hash, payload, expires_at, tries) VALUES ($1, $2, $3, $4, $5, $6, 0)")
        .bind(code.id.clone())
        .bind(purpose)
        .bind(contact)
        .bind(code.code_hash.clone())
        .bind(code.payload.clone())
        .bind(until)
        .exec(tx)
        .await?;
    Ok(())
}

/// The code that waits, if it has not expired.
pub(crate) async fn find(db: &Db, purpose: &str, contact: &[u8], now: Instant) -> Result<Option<CodeRow>> {
    Ok(q("SELECT id, code_hash, payload, tries FROM one_time_code WHERE purpose = $1 AND contact_hash = $2 AND expires_at > $3")
        .bind(purpose)
        .bind(contact)
        .bind(now)
        .opt(db)
        .await?)
}

/// Counts a wrong code, unless there were too many.
pub(crate) async fn count_try(tx: &Tx, id: &[u8], most: i64) -> Result<bool> {
    Ok(q("UPDATE one_time_code SET tries = tries + 1 WHERE id = $1 AND tries < $2").bind(id).bind(most).exec(tx).await? == 1)
}

/// Uses a code up. False if somebody was faster.
pub(crate) async fn take(tx: &Tx, id: &[u8]) -> Result<bool> {
    Ok(q("DELETE FROM one_time_code WHERE id = $1").bind(id).exec(tx).await? == 1)
}

/// Drops expired codes.
pub(crate) async fn sweep(tx: &Tx, now: Instant) -> Result<u64> {
    Ok(q("DELETE FROM one_time_code WHERE id IN (SELECT id FROM one_time_code WHERE expires_at <= $1 LIMIT 200)").bind(now).exec(tx).await?)
}
