//! Opening the database.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

use crate::error::{Error, Result};
use crate::group::Group;
use crate::names::Names;

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
    /// Nobody else writes meanwhile (PostgreSQL; a file of SQLite is held by the lock of its folder): opening fails while others are
    /// connected for writing, and they cannot connect until this one is closed.
    pub alone: bool,
}

impl Options {
    /// The usual figures for a URL: 250 ms a body on SQLite (ten times that in a development build, which is as much slower), 10 s on
    /// PostgreSQL.
    pub fn new(url: impl Into<String>) -> Options {
        let url = url.into();
        let on_sqlite = Duration::from_millis(if cfg!(debug_assertions) { 2500 } else { 250 });
        let body_limit = if url.starts_with("sqlite:") { on_sqlite } else { Duration::from_secs(10) };
        Options { url, read_url: None, read_connections: 8, write_connections: 16, body_limit, durable: true, alone: false }
    }
}

/// An open database: a read pool that refuses writes, and the write path. Cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    pools: Pools,
    names: Arc<Names>,
    body_limit: Duration,
    statements: Arc<AtomicU64>,
}

pub(crate) enum Pools {
    Sqlite { read: SqlitePool, write: Group },
    Postgres { read: PgPool, write: PgPool },
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
        Ok(Db(Arc::new(Inner { pools, names, body_limit: options.body_limit, statements: Arc::default() })))
    }

    /// The engine, for the few texts that differ.
    pub fn dialect(&self) -> Dialect {
        match self.0.pools {
            Pools::Sqlite { .. } => Dialect::Sqlite,
            Pools::Postgres { .. } => Dialect::Postgres,
        }
    }

    /// How many statements have been run through this handle and its clones, in and outside of transactions: the figure that must not grow
    /// with the rows of a page.
    pub fn statements(&self) -> u64 {
        self.0.statements.load(Ordering::Relaxed)
    }

    /// Closes every connection; statements after it fail.
    pub async fn close(&self) {
        match &self.0.pools {
            Pools::Sqlite { read, write } => {
                read.close().await;
                let closed = async { write.quiet().await?.close().await };
                if let Err(error) = closed.await {
                    tracing::warn!(%error, "closing the writer of the database failed");
                }
            }
            Pools::Postgres { read, write } => {
                read.close().await;
                write.close().await;
            }
        }
    }

    pub(crate) fn pools(&self) -> &Pools {
        &self.0.pools
    }

    pub(crate) fn names(&self) -> &Arc<Names> {
        &self.0.names
    }

    pub(crate) fn counter(&self) -> &Arc<AtomicU64> {
        &self.0.statements
    }

    pub(crate) fn body_limit(&self) -> Duration {
        self.0.body_limit
    }
}

/// Prepared statements kept on each connection: the program has a few hundred texts.
const STATEMENTS: usize = 512;
/// A connection that has rested longer is tried before it is used: the server may have gone away meanwhile.
const RESTED: Duration = Duration::from_secs(5);

async fn open_sqlite(options: &Options, names: &Names) -> sqlx::Result<Pools> {
    let file = options
        .url
        .parse::<SqliteConnectOptions>()?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(if options.durable { SqliteSynchronous::Full } else { SqliteSynchronous::Off })
        .busy_timeout(Duration::from_secs(5))
        .foreign_keys(true)
        .statement_cache_capacity(STATEMENTS);
    let write = Group::open(file.clone()).await?;
    names.load(write.quiet().await?.conn()?).await?;
    let read = SqlitePoolOptions::new()
        .max_connections(options.read_connections)
        // There is no server that could have gone away.
        .test_before_acquire(false)
        .connect_with(file.read_only(true).pragma("query_only", "ON"))
        .await?;
    Ok(Pools::Sqlite { read, write })
}

async fn open_postgres(options: &Options) -> sqlx::Result<Pools> {
    let primary = options.url.parse::<PgConnectOptions>()?.statement_cache_capacity(STATEMENTS);
    let read = match &options.read_url {
        Some(url) => url.parse::<PgConnectOptions>()?.statement_cache_capacity(STATEMENTS),
        None => primary.clone(),
    };
    let read = read.options([("default_transaction_read_only", "on")]);
    let write = write_pool(options).connect_with(primary).await?;
    let read = postgres_pool(options.read_connections).connect_with(read).await?;
    Ok(Pools::Postgres { read, write })
}

/// Names the lock by which writers tell that they are there.
const WRITERS: i64 = 0x746f_6e67_6261_6e00;

/// Every connection that may write holds a lock that all share, for as long as it lives; whoever wants to be alone takes it for itself, on the
/// one connection that it has and keeps.
fn write_pool(options: &Options) -> PgPoolOptions {
    let (text, connections) = match options.alone {
        false => ("SELECT pg_try_advisory_lock_shared($1)", options.write_connections),
        true => ("SELECT pg_try_advisory_lock($1)", 1),
    };
    let pool = postgres_pool(connections).after_connect(move |conn, _| {
        Box::pin(async move {
            let locked: bool = sqlx::query_scalar(text).bind(WRITERS).fetch_one(conn).await?;
            if locked { Ok(()) } else { Err(sqlx::Error::PoolTimedOut) }
        })
    });
    if options.alone { pool.idle_timeout(None).max_lifetime(None).acquire_timeout(ALONE) } else { pool }
}

/// How long to wait for others to leave.
const ALONE: Duration = Duration::from_secs(3);

/// Without a round trip before every use of a connection that was in use a moment ago.
fn postgres_pool(connections: u32) -> PgPoolOptions {
    PgPoolOptions::new().max_connections(connections).test_before_acquire(false).before_acquire(|conn, rest| {
        Box::pin(async move {
            if rest.idle_for > RESTED {
                conn.ping().await?;
            }
            Ok(true)
        })
    })
}
