//! Persons of whom what is kept is stored and used for nothing else.

use kernel::Instant;
use platform::{PersonId, Result};
use store::{Target, Tx, q};

/// From now on it is only stored.
pub(crate) async fn begin(tx: &Tx, person: PersonId, now: Instant) -> Result<()> {
    q("INSERT INTO person_only_stored (person_id, since) VALUES ($1, $2) ON CONFLICT (person_id) DO NOTHING").bind(person).bind(now).exec(tx).await?;
    Ok(())
}

/// The person has an account again.
pub(crate) async fn end(tx: &Tx, person: PersonId) -> Result<()> {
    q("DELETE FROM person_only_stored WHERE person_id = $1").bind(person).exec(tx).await?;
    Ok(())
}

/// Whether it is only stored.
pub(crate) async fn is(on: impl Into<Target<'_>> + Send, person: PersonId) -> Result<bool> {
    let row: Option<(i64,)> = q("SELECT since FROM person_only_stored WHERE person_id = $1").bind(person).opt(on).await?;
    Ok(row.is_some())
}
