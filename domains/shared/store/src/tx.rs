//! The handle of an open transaction.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use sqlx::{Postgres, Sqlite, SqliteConnection, Transaction};
use tokio::sync::{Mutex, MutexGuard};

use crate::db::Dialect;
use crate::error::{Error, Result};
use crate::names::Names;

/// An open transaction, handed to the body of [`Db::write`](crate::Db::write).
///
/// It is owned and cheap to clone, so that bodies can be `async move` blocks inside spawned tasks. A clone that outlives the
/// body only gets [`Error::Ended`].
#[derive(Clone)]
pub struct Tx(Arc<Shared>);

struct Shared {
    dialect: Dialect,
    names: Arc<Names>,
    failure: AtomicU8,
    conn: Mutex<Option<Conn>>,
}

/// The connection behind a transaction.
pub(crate) enum Conn {
    Sqlite(SqliteTx),
    Postgres(Transaction<'static, Postgres>),
}

pub(crate) struct SqliteTx(pub(crate) Transaction<'static, Sqlite>);

impl SqliteTx {
    pub(crate) fn sqlite(&mut self) -> &mut SqliteConnection {
        &mut self.0
    }
}

/// What is known about the statements of a transaction so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    None = 0,
    Final = 1,
    Retryable = 2,
}

pub(crate) struct Held<'a>(MutexGuard<'a, Option<Conn>>);

impl Held<'_> {
    pub(crate) fn get(&mut self) -> Result<&mut Conn> {
        self.0.as_mut().ok_or(Error::Ended)
    }
}

impl Tx {
    pub(crate) fn new(dialect: Dialect, names: Arc<Names>, conn: Conn) -> Tx {
        Tx(Arc::new(Shared { dialect, names, failure: AtomicU8::new(0), conn: Mutex::new(Some(conn)) }))
    }

    /// The engine, for the few texts that differ.
    pub fn dialect(&self) -> Dialect {
        self.0.dialect
    }

    pub(crate) async fn conn(&self) -> Result<Held<'_>> {
        let held = self.0.conn.lock().await;
        match self.failure() {
            Failure::None => Ok(Held(held)),
            // PostgreSQL refuses by itself; SQLite is held to the same.
            _ => Err(Error::Aborted),
        }
    }

    /// Remembers a failure, so that nothing more runs and the write knows whether another try may help.
    pub(crate) fn note<T>(&self, outcome: sqlx::Result<T>) -> Result<T> {
        outcome.map_err(|error| {
            let error = Error::from_driver(error, &self.0.names);
            let failure = if error.is_retryable() { Failure::Retryable } else { Failure::Final };
            self.0.failure.store(failure as u8, Ordering::Relaxed);
            error
        })
    }

    pub(crate) fn failure(&self) -> Failure {
        match self.0.failure.load(Ordering::Relaxed) {
            0 => Failure::None,
            1 => Failure::Final,
            _ => Failure::Retryable,
        }
    }

    /// Takes the connection back when the body is done.
    pub(crate) async fn end(&self) -> Option<Conn> {
        self.0.conn.lock().await.take()
    }
}
