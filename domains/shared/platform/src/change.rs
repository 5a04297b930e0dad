//! The change log that the search index follows: only keys, in the transaction of the change.

use kernel::{Id, Instant};
use store::{Db, Dialect, Tx, q};

use crate::{Ctx, Result};

/// Marker of an entry of the change log.
#[derive(Debug)]
pub struct Change;

/// One changed thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position in the log.
    pub seq: i64,
    /// Kind of thing (`item`, `office`).
    pub kind: String,
    /// Its key within the kind.
    pub key: String,
}

/// Notes that a thing has changed, appeared or gone. Its content is read again when the index follows.
pub async fn mark(tx: &Tx, ctx: &Ctx, kind: &'static str, key: &str) -> Result<()> {
    let id: Id<Change> = ctx.id();
    q("INSERT INTO search_change (id, kind, object_key, at) VALUES ($1, $2, $3, $4)").bind(id).bind(kind).bind(key).bind(ctx.now()).exec(tx).await?;
    Ok(())
}

/// Entries after `seq` that are surely committed, in order, at most `limit`.
///
/// On PostgreSQL a transaction may commit after one that took a later number: entries at or above the oldest running transaction are left
/// for the next call.
pub async fn read_after(db: &Db, seq: i64, limit: i64) -> Result<Vec<Entry>> {
    let query = q("SELECT seq, kind, object_key FROM search_change WHERE seq > $1").bind(seq);
    let query = match db.dialect() {
        Dialect::Sqlite => query,
        Dialect::Postgres => query.sql(" AND txid < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)"),
    };
    let rows: Vec<(i64, String, String)> = query.sql(" ORDER BY seq LIMIT ").arg(limit).all(db).await?;
    Ok(rows.into_iter().map(|(seq, kind, key)| Entry { seq, kind, key }).collect())
}

/// The newest position that is surely committed; 0 for an empty log. A rebuild takes it before it begins to read.
pub async fn head(db: &Db) -> Result<i64> {
    let query = q("SELECT COALESCE(MAX(seq), 0) FROM search_change");
    let query = match db.dialect() {
        Dialect::Sqlite => query,
        Dialect::Postgres => query.sql(" WHERE txid < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)"),
    };
    let (seq,): (i64,) = query.one(db).await?;
    Ok(seq)
}

/// Forgets entries before `at`; every index must be past them.
pub async fn prune(tx: &Tx, at: Instant) -> Result<u64> {
    Ok(q("DELETE FROM search_change WHERE at < $1").bind(at).exec(tx).await?)
}
