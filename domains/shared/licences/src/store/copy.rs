//! `lic_copy`: annotated copies.

use kernel::{Day, Id, Instant};
use platform::{Error, Result};
use store::{Db, Tx, q};

use crate::model::EntryId;

/// Marker of an annotated copy.
#[derive(Debug)]
pub(crate) struct Copy;

/// One copy, made.
#[derive(Clone)]
pub(crate) struct NewCopy {
    pub(crate) id: Id<Copy>,
    pub(crate) of: EntryId,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) used_by: String,
    pub(crate) purpose: String,
    pub(crate) made_at: Instant,
    pub(crate) valid_to: Day,
}

pub(crate) async fn insert(tx: &Tx, row: NewCopy) -> Result<()> {
    q("INSERT INTO lic_copy (id, lic_id, token_hash, used_by, purpose, made_at, valid_to) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(row.id)
        .bind(row.of)
        .bind(row.token_hash)
        .bind(row.used_by)
        .bind(row.purpose)
        .bind(row.made_at)
        .bind(row.valid_to)
        .exec(tx)
        .await?;
    Ok(())
}

/// For what and until when the copy with this token was made.
pub(crate) async fn by_token(db: &Db, token_hash: Vec<u8>) -> Result<Option<(EntryId, String, Day)>> {
    let row: Option<(Vec<u8>, String, String)> =
        q("SELECT lic_id, purpose, valid_to FROM lic_copy WHERE token_hash = $1").bind(token_hash).opt(db).await?;
    row.map(|(id, purpose, day)| {
        Ok((EntryId::try_from(id).map_err(Error::internal)?, purpose, day.parse().map_err(Error::internal)?))
    })
    .transpose()
}
