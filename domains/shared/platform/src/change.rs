//! The change log that the search index follows: only keys, in the transaction of the change.

use kernel::{Id, Instant};
use store::{Db, Dialect, Tx, Val, q};

use crate::{Ctx, Result};

/// Marker of an entry of the change log.
#[derive(Debug)]
pub struct Change;

/// One changed thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position in the log; on PostgreSQL the entries of one transaction share theirs.
    pub position: i64,
    /// Kind of thing (`item`, `office`).
    pub kind: String,
    /// Its key within the kind.
    pub key: String,
}

/// Notes that a thing has changed, appeared or gone. Its content is read again when the index follows.
pub async fn mark(tx: &Tx, ctx: &Ctx, kind: &'static str, key: &str) -> Result<()> {
    mark_all(tx, ctx, kind, [key]).await
}

/// The same of several things at once: one statement.
pub async fn mark_all<'k>(tx: &Tx, ctx: &Ctx, kind: &'static str, keys: impl IntoIterator<Item = &'k str>) -> Result<()> {
    let row = |key: &str| -> [Val; 4] {
        let id: Id<Change> = ctx.id();
        [id.into(), kind.into(), key.into(), ctx.now().into()]
    };
    let rows: Vec<_> = keys.into_iter().map(row).collect();
    if !rows.is_empty() {
        q("INSERT INTO search_change (id, kind, object_key, at) VALUES ").rows(rows).exec(tx).await?;
    }
    Ok(())
}

/// Entries after a position that are surely committed, in order, about `limit` of them and never a part of a transaction.
///
/// On PostgreSQL the sequence is not the order of commit: a transaction may take a low number, then a high one is committed and read, and the
/// low one would be skipped for ever. There the position is the number of the transaction, and everything from the oldest running
/// transaction on is left for the next call; what is below it can no longer change.
pub async fn read_after(db: &Db, position: i64, limit: i64) -> Result<Vec<Entry>> {
    let query = match db.dialect() {
        Dialect::Sqlite => {
            q("SELECT seq, kind, object_key FROM search_change WHERE seq > $1 ORDER BY seq LIMIT $2").bind(position).bind(limit)
        }
        Dialect::Postgres => q("SELECT txid, kind, object_key FROM search_change WHERE txid > $1")
            .bind(position)
            .sql(" AND txid < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) ORDER BY txid FETCH FIRST ")
            .arg(limit)
            .sql(" ROWS WITH TIES"),
    };
    let rows: Vec<(i64, String, String)> = query.all(db).await?;
    Ok(rows.into_iter().map(|(position, kind, key)| Entry { position, kind, key }).collect())
}

/// The newest position that is surely committed; 0 for an empty log. A rebuild takes it before it begins to read.
pub async fn head(db: &Db) -> Result<i64> {
    let query = match db.dialect() {
        Dialect::Sqlite => q("SELECT COALESCE(MAX(seq), 0) FROM search_change"),
        Dialect::Postgres => q("SELECT COALESCE(MAX(txid), 0) FROM search_change")
            .sql(" WHERE txid < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)"),
    };
    let (position,): (i64,) = query.one(db).await?;
    Ok(position)
}

/// A position that a change committed just now does not lie behind: who wrote it waits until the index has come so far.
pub async fn newest(db: &Db) -> Result<i64> {
    let query = match db.dialect() {
        Dialect::Sqlite => q("SELECT COALESCE(MAX(seq), 0) FROM search_change"),
        Dialect::Postgres => q("SELECT COALESCE(MAX(txid), 0) FROM search_change"),
    };
    let (position,): (i64,) = query.one(db).await?;
    Ok(position)
}

/// Forgets entries before `at`; every index must be past them. The last one stays, so that the log still tells how far it has come.
pub async fn prune(tx: &Tx, at: Instant) -> Result<u64> {
    Ok(q("DELETE FROM search_change WHERE at < $1 AND seq < (SELECT MAX(seq) FROM search_change)").bind(at).exec(tx).await?)
}
