//! The handle of an open transaction.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

use sqlx::{Postgres, Transaction};
use tokio::sync::{Mutex, MutexGuard};

use crate::db::{Db, Dialect};
use crate::error::{Error, Result};
use crate::group::Seat;
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
    statements: Arc<AtomicU64>,
    failure: AtomicU8,
    ended: AtomicBool,
    conn: Mutex<Option<Conn>>,
}

/// The connection behind a transaction.
pub(crate) enum Conn {
    Sqlite(Seat),
    Postgres(Transaction<'static, Postgres>),
}

/// What is known about the statements of a transaction so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    None,
    Final,
    Retryable,
}

/// The connection while one statement runs.
pub(crate) struct Held<'a> {
    conn: MutexGuard<'a, Option<Conn>>,
    ended: &'a AtomicBool,
}

impl Held<'_> {
    pub(crate) fn get(&mut self) -> Result<&mut Conn> {
        self.conn.as_mut().ok_or(Error::Ended)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        // The write went away while a leaked clone was running a statement.
        if self.ended.load(Ordering::Acquire) {
            self.conn.take();
        }
    }
}

impl Tx {
    pub(crate) fn new(db: &Db, conn: Conn) -> Tx {
        let conn = Mutex::new(Some(conn));
        let (dialect, names, statements) = (db.dialect(), Arc::clone(db.names()), Arc::clone(db.counter()));
        Tx(Arc::new(Shared { dialect, names, statements, failure: AtomicU8::new(0), ended: AtomicBool::new(false), conn }))
    }

    /// The engine, for the few texts that differ.
    pub fn dialect(&self) -> Dialect {
        self.0.dialect
    }

    pub(crate) async fn conn(&self) -> Result<Held<'_>> {
        let conn = self.0.conn.lock().await;
        self.0.statements.fetch_add(1, Ordering::Relaxed);
        match self.failure() {
            Failure::None => Ok(Held { conn, ended: &self.0.ended }),
            // PostgreSQL refuses by itself; SQLite is held to the same.
            Failure::Final | Failure::Retryable => Err(Error::Aborted),
        }
    }

    /// Remembers a failure, so that nothing more runs and the write knows whether another try may help.
    pub(crate) fn note<T>(&self, outcome: sqlx::Result<T>) -> Result<T> {
        outcome.map_err(|error| {
            let error = Error::from_driver(error, &self.0.names);
            self.0.failure.store(if error.is_retryable() { 2 } else { 1 }, Ordering::Release);
            error
        })
    }

    pub(crate) fn failure(&self) -> Failure {
        match self.0.failure.load(Ordering::Acquire) {
            0 => Failure::None,
            1 => Failure::Final,
            _ => Failure::Retryable,
        }
    }
}

/// Ends a transaction however its body ends: done, cancelled or panicking. Clones of the handle may live on; the connection
/// does not stay with them.
pub(crate) struct Ending(pub(crate) Tx);

impl Ending {
    /// Takes the connection back when the body is done.
    pub(crate) async fn take(self) -> Result<Conn> {
        self.0.0.conn.lock().await.take().ok_or(Error::Ended)
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        let shared = &self.0.0;
        shared.ended.store(true, Ordering::Release);
        if let Ok(mut conn) = shared.conn.try_lock() {
            conn.take();
        }
    }
}
