//! Opening the database, and the write path.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

use crate::error::{Error, Result};
use crate::names::Names;
use crate::tx::{Conn, Failure, SqliteTx, Tx};

/// The engine behind a [`Db`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// The embedded engine.
    Sqlite,
    /// The server.
    Postgres,
}

impl Dialect {
    /// ` FOR UPDATE SKIP LOCKED` where there is such a thing; SQLite has one writer and needs none.
    pub fn skip_locked(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => " FOR UPDATE SKIP LOCKED",
        }
    }
}

/// How to open a database.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite:///var/lib/tongban/tongban.db` or `postgres://user@host/database`.
    pub url: String,
    /// A replica to read from (PostgreSQL); reads go to `url` when there is none.
    pub read_url: Option<String>,
    /// Connections of the read pool.
    pub read_connections: u32,
    /// Connections of the write pool (PostgreSQL; SQLite has one writer).
    pub write_connections: u32,
    /// The longest that the body of a write may take. On SQLite every other writer waits for it; on PostgreSQL it includes
    /// waiting for row locks.
    pub body_limit: Duration,
    /// Whether a commit waits for the disk (SQLite). `false` is for tests and for files that can be made again.
    pub durable: bool,
}

impl Options {
    /// The usual figures for a URL: 250 ms a body on SQLite, 10 s on PostgreSQL.
    pub fn new(url: impl Into<String>) -> Options {
        let url = url.into();
        let body_limit = if url.starts_with("sqlite:") { Duration::from_millis(250) } else { Duration::from_secs(10) };
        Options { url, read_url: None, read_connections: 8, write_connections: 16, body_limit, durable: true }
    }
}

/// An open database: a read pool that refuses writes, and the write path. Cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    pools: Pools,
    names: Arc<Names>,
    body_limit: Duration,
}

pub(crate) enum Pools {
    Sqlite { read: SqlitePool, write: SqlitePool },
    Postgres { read: PgPool, write: PgPool },
}

/// Tries of a write that keeps losing against concurrent ones.
const TRIES: u32 = 12;

tokio::task_local! {
    /// Set while the body of a write runs.
    static IN_WRITE: ();
}

impl Db {
    /// Opens with the usual options.
    ///
    /// # Errors
    /// [`Error::Unavailable`] or [`Error::Engine`] when the file or the server cannot be opened.
    pub async fn open_url(url: &str) -> Result<Db> {
        Db::open(&Options::new(url)).await
    }

    /// Opens both pools. Does not migrate: see [`Db::migrate`].
    ///
    /// # Errors
    /// [`Error::Unavailable`] or [`Error::Engine`] when the file or the server cannot be opened.
    pub async fn open(options: &Options) -> Result<Db> {
        let names = Arc::new(Names::default());
        let pools = if options.url.starts_with("sqlite:") { open_sqlite(options, &names).await } else { open_postgres(options).await };
        let pools = pools.map_err(|error| Error::from_driver(error, &names))?;
        Ok(Db(Arc::new(Inner { pools, names, body_limit: options.body_limit })))
    }

    /// The engine, for the few texts that differ.
    pub fn dialect(&self) -> Dialect {
        match self.0.pools {
            Pools::Sqlite { .. } => Dialect::Sqlite,
            Pools::Postgres { .. } => Dialect::Postgres,
        }
    }

    /// Closes every connection; statements after it fail.
    pub async fn close(&self) {
        match &self.0.pools {
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres { read, write } => {
                read.close().await;
                write.close().await;
            }
        }
    }

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

    async fn transact<T, E, F, Fut>(&self, begin: &'static str, body: F) -> std::result::Result<T, E>
    where
        F: Fn(Tx) -> Fut,
        Fut: Future<Output = std::result::Result<T, E>> + Send,
        E: From<Error>,
    {
        if IN_WRITE.try_with(|()| ()).is_ok() {
            return Err(Error::Nested.into());
        }
        let mut tries = 0;
        loop {
            tries += 1;
            let tx = Tx::new(self.dialect(), self.0.names.clone(), self.begin(begin).await?);
            let outcome = IN_WRITE.scope((), tokio::time::timeout(self.0.body_limit, body(tx.clone()))).await;
            let conn = tx.end().await.ok_or(Error::Ended)?;
            let outcome = match (outcome, tx.failure()) {
                (Err(_), _) => Err((E::from(Error::TooSlow(self.0.body_limit)), false)),
                (Ok(Err(error)), failure) => Err((error, failure == Failure::Retryable)),
                (Ok(Ok(_)), Failure::Retryable) => Err((Error::Aborted.into(), true)),
                (Ok(Ok(_)), Failure::Final) => Err((Error::Aborted.into(), false)),
                (Ok(Ok(value)), Failure::None) => match self.commit(conn).await {
                    Ok(()) => return Ok(value),
                    Err(error) => {
                        let retry = error.is_retryable();
                        Err((error.into(), retry))
                    }
                },
            };
            match outcome {
                Err((_, true)) if tries < TRIES => tokio::time::sleep(pause(tries)).await,
                Err((error, _)) => return Err(error),
                Ok(value) => return Ok(value),
            }
        }
    }

    async fn begin(&self, postgres: &'static str) -> Result<Conn> {
        let begun = match &self.0.pools {
            Pools::Sqlite { write, .. } => write.begin_with("BEGIN IMMEDIATE").await.map(|tx| Conn::Sqlite(SqliteTx(tx))),
            Pools::Postgres { write, .. } => write.begin_with(postgres).await.map(Conn::Postgres),
        };
        begun.map_err(|error| Error::from_driver(error, &self.0.names))
    }

    async fn commit(&self, conn: Conn) -> Result<()> {
        let done = match conn {
            Conn::Sqlite(tx) => tx.0.commit().await,
            Conn::Postgres(tx) => tx.commit().await,
        };
        done.map_err(|error| Error::from_driver(error, &self.0.names))
    }

    pub(crate) fn pools(&self) -> &Pools {
        &self.0.pools
    }

    pub(crate) fn names(&self) -> &Names {
        &self.0.names
    }
}

async fn open_sqlite(options: &Options, names: &Names) -> sqlx::Result<Pools> {
    let file = options
        .url
        .parse::<SqliteConnectOptions>()?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(if options.durable { SqliteSynchronous::Full } else { SqliteSynchronous::Off })
        .busy_timeout(Duration::from_secs(5))
        .foreign_keys(true);
    let write = SqlitePoolOptions::new().max_connections(1).connect_with(file.clone()).await?;
    names.load(&mut *write.acquire().await?).await?;
    let read = SqlitePoolOptions::new()
        .max_connections(options.read_connections)
        .connect_with(file.read_only(true).pragma("query_only", "ON"))
        .await?;
    Ok(Pools::Sqlite { read, write })
}

async fn open_postgres(options: &Options) -> sqlx::Result<Pools> {
    let primary = options.url.parse::<PgConnectOptions>()?;
    let read = match &options.read_url {
        Some(url) => url.parse::<PgConnectOptions>()?,
        None => primary.clone(),
    };
    let read = read.options([("default_transaction_read_only", "on")]);
    let write = PgPoolOptions::new().max_connections(options.write_connections).connect_with(primary).await?;
    let read = PgPoolOptions::new().max_connections(options.read_connections).connect_with(read).await?;
    Ok(Pools::Postgres { read, write })
}

/// A random pause that grows with the tries, so that those who collided do not collide again.
fn pause(tries: u32) -> Duration {
    use std::hash::{BuildHasher, Hasher};
    let random = std::collections::hash_map::RandomState::new().build_hasher().finish();
    Duration::from_millis(1 + random % (2 << tries.min(7)))
}
