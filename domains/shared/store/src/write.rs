//! The write path: a body in a transaction, tried again when it lost against another.

use std::future::Future;
use std::time::Duration;

use crate::db::{Db, Pools};
use crate::error::{Error, Result};
use crate::tx::{Conn, Ending, Failure, Tx};

/// Tries of a write that keeps losing against concurrent ones.
const TRIES: u32 = 12;

tokio::task_local! {
    /// Set while the body of a write runs.
    static IN_WRITE: ();
}

/// How a try ended.
enum Try<T, E> {
    Done(std::result::Result<T, E>),
    /// Lost against a concurrent transaction; the error if there is no further try.
    Lost(E),
    /// Its part was right, the commit that it shared failed.
    BatchLost,
}

impl Db {
    /// Runs `body` in a transaction and commits it; any `Err` rolls it back.
    ///
    /// The body may run more than once (lost against a concurrent transaction, or the commit that it shared failed) and
    /// beside others in one commit, so it draws no ids, time or random numbers and does no I/O. On PostgreSQL it runs under
    /// READ COMMITTED: hold a rule with a conditional UPDATE, a unique key, or a guard row.
    ///
    /// # Errors
    /// Whatever the body returns; [`Error::TooSlow`], [`Error::Nested`], [`Error::Busy`], [`Error::Aborted`] (the body went
    /// on after an SQL error) and failures of the commit, by `E: From<Error>`.
    pub async fn write<T, E, F, Fut>(&self, body: F) -> std::result::Result<T, E>
    where
        F: Fn(Tx) -> Fut,
        Fut: Future<Output = std::result::Result<T, E>> + Send,
        E: From<Error>,
    {
        self.transact("BEGIN", body).await
    }

    /// [`Db::write`] under SERIALIZABLE on PostgreSQL, for a rule over several rows. It protects only against writers of
    /// the same tables that use it too.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_serializable<T, E, F, Fut>(&self, body: F) -> std::result::Result<T, E>
    where
        F: Fn(Tx) -> Fut,
        Fut: Future<Output = std::result::Result<T, E>> + Send,
        E: From<Error>,
    {
        self.transact("BEGIN ISOLATION LEVEL SERIALIZABLE", body).await
    }

    /// [`Db::write`] for a note that may be lost with the last second before a power cut: PostgreSQL answers before it is on
    /// disk. What is committed later never stands without it, for the log is written in order. SQLite makes no difference:
    /// the note shares its commit with others.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_note<T, E, F, Fut>(&self, body: F) -> std::result::Result<T, E>
    where
        F: Fn(Tx) -> Fut,
        Fut: Future<Output = std::result::Result<T, E>> + Send,
        E: From<Error>,
    {
        self.transact("BEGIN; SET LOCAL synchronous_commit TO OFF", body).await
    }

    async fn transact<T, E, F, Fut>(&self, begin: &'static str, body: F) -> std::result::Result<T, E>
    where
        F: Fn(Tx) -> Fut,
        Fut: Future<Output = std::result::Result<T, E>> + Send,
        E: From<Error>,
    {
        if IN_WRITE.try_with(|()| ()).is_ok() {
            return Err(Error::Nested.into());
        }
        let mut alone = false;
        let mut tries = 0;
        loop {
            tries += 1;
            match self.attempt(begin, alone, &body).await {
                Try::Done(outcome) => return outcome,
                Try::BatchLost => alone = true,
                Try::Lost(error) if tries == TRIES => return Err(error),
                Try::Lost(_) => tokio::time::sleep(pause(tries)).await,
            }
        }
    }

    async fn attempt<T, E, F, Fut>(&self, begin: &'static str, alone: bool, body: &F) -> Try<T, E>
    where
        F: Fn(Tx) -> Fut,
        Fut: Future<Output = std::result::Result<T, E>> + Send,
        E: From<Error>,
    {
        let conn = match self.begin(begin, alone).await {
            Ok(conn) => conn,
            Err(error) => return lost_or_failed(error),
        };
        let tx = Tx::new(self, conn);
        let ending = Ending(tx.clone());
        let limit = self.body_limit();
        let outcome = tokio::time::timeout(limit, IN_WRITE.scope((), async { body(tx.clone()).await })).await;
        let conn = match ending.take().await {
            Ok(conn) => conn,
            Err(error) => return Try::Done(Err(error.into())),
        };
        let undone = match (outcome, tx.failure()) {
            (Ok(Ok(value)), Failure::None) => return self.keep(conn, alone, value).await,
            (Ok(Ok(_)), Failure::Final) => Try::Done(Err(Error::Aborted.into())),
            (Ok(Ok(_)), Failure::Retryable) => Try::Lost(Error::Aborted.into()),
            (Ok(Err(error)), Failure::Retryable) => Try::Lost(error),
            (Ok(Err(error)), _) => Try::Done(Err(error)),
            (Err(_elapsed), _) => Try::Done(Err(Error::TooSlow(limit).into())),
        };
        let rolled_back = match conn {
            Conn::Sqlite(seat) => seat.undo().await,
            Conn::Postgres(transaction) => transaction.rollback().await,
        };
        if let Err(error) = rolled_back {
            // The connection is given up with its transaction, so the outcome stays what it is.
            tracing::debug!(%error, "rolling back failed");
        }
        undone
    }

    async fn begin(&self, begin: &'static str, alone: bool) -> Result<Conn> {
        let begun = match self.pools() {
            Pools::Sqlite { write, .. } => write.join(alone).await.map(Conn::Sqlite),
            Pools::Postgres { write, .. } => write.begin_with(begin).await.map(Conn::Postgres),
        };
        begun.map_err(|error| Error::from_driver(error, self.names()))
    }

    /// Makes what the body did last.
    async fn keep<T, E: From<Error>>(&self, conn: Conn, alone: bool, value: T) -> Try<T, E> {
        let kept = match conn {
            Conn::Postgres(transaction) => transaction.commit().await,
            Conn::Sqlite(seat) if alone => seat.keep_alone().await,
            Conn::Sqlite(seat) => match seat.keep().await {
                Ok(committed) => match committed.await {
                    Ok(()) => Ok(()),
                    Err(_lost) => return Try::BatchLost,
                },
                Err(_lost) => return Try::BatchLost,
            },
        };
        match kept {
            Ok(()) => Try::Done(Ok(value)),
            Err(error) => lost_or_failed(Error::from_driver(error, self.names())),
        }
    }
}

fn lost_or_failed<T, E: From<Error>>(error: Error) -> Try<T, E> {
    if error.is_retryable() { Try::Lost(error.into()) } else { Try::Done(Err(error.into())) }
}

/// A random pause that grows with the tries, so that those who collided do not collide again.
fn pause(tries: u32) -> Duration {
    use std::hash::{BuildHasher, Hasher};
    let random = std::collections::hash_map::RandomState::new().build_hasher().finish();
    Duration::from_millis(1 + random % (2 << tries.min(7)))
}
