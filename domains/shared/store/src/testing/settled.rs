//! Waiting for the transactions of other tests.

use std::time::Duration;

use crate::db::{Db, Dialect};
use crate::query::q;

/// Waits until every transaction that runs now on the server has ended.
///
/// On PostgreSQL what is read "below the oldest running transaction" (the audit trail's seals, the search change log) is held back by
/// transactions of other databases of the cluster too, and tests share one. A test that expects to read what it has just written waits
/// here first. On SQLite there is nothing to wait for.
///
/// # Panics
/// When a transaction runs for longer than half a minute: a test holds one of its own.
pub async fn settled(db: &Db) {
    if db.dialect() == Dialect::Sqlite {
        return;
    }
    let number = |name: &'static str| q("SELECT CAST(CAST(").sql(name).sql(" AS TEXT) AS BIGINT)");
    let (mine,): (i64,) = db
        .write(|tx| async move { number("pg_current_xact_id()").one::<(i64,)>(&tx).await })
        .await
        .expect("the number of a transaction");
    for _ in 0..3000 {
        let (oldest,): (i64,) = number("pg_snapshot_xmin(pg_current_snapshot())").one(db).await.expect("the oldest transaction");
        if oldest > mine {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("a transaction goes on and on");
}
