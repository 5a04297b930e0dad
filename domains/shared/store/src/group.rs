//! Group commit: many writes of the embedded engine share one wait for the disk.
//!
//! SQLite has one writer and makes each commit wait for the disk, which is a few hundred a second. So the bodies of writes
//! queue for the writer, each runs in a savepoint of one shared transaction, and a committer that queues for the same lock
//! commits for everybody who came before it. A write is answered only after the commit that holds it.
//!
//! A body that fails, is cancelled or panics is rolled back to its savepoint alone. When the shared transaction itself is
//! lost (the disk is full, say), everybody in it is told to run again, alone, so that only the culprit fails.

use std::sync::Arc;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor, SqliteConnection};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

/// A batch is committed at the latest when so many wait for it.
const LARGEST_BATCH: usize = 256;

/// The one writer of a SQLite database. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Group(Arc<Mutex<Writer>>);

struct Writer {
    options: SqliteConnectOptions,
    /// Empty only after a failure to open it, or at the end.
    conn: Option<SqliteConnection>,
    phase: Phase,
    waiting: Vec<oneshot::Sender<()>>,
}

/// What the connection is in the middle of. Whoever is cancelled while a control statement runs leaves `Unsure` behind, and
/// whoever takes the lock next repairs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// No transaction.
    Idle,
    /// A transaction with finished bodies only.
    Batch,
    /// A transaction and in it the savepoint of a body.
    Body,
    /// Not known.
    Unsure,
}

/// The place of one body in the shared transaction. Dropped without [`Seat::keep`], it is rolled back by the next to come.
pub(crate) struct Seat(OwnedMutexGuard<Writer>);

/// The writer with no transaction open.
pub(crate) struct Quiet(OwnedMutexGuard<Writer>);

/// Resolves when the shared transaction is committed; an error means that it was lost.
pub(crate) type Committed = oneshot::Receiver<()>;

impl Group {
    pub(crate) async fn open(options: SqliteConnectOptions) -> sqlx::Result<Group> {
        let conn = Some(options.connect().await?);
        Ok(Group(Arc::new(Mutex::new(Writer { options, conn, phase: Phase::Idle, waiting: Vec::new() }))))
    }

    /// Waits for its turn and opens a savepoint; `alone`, in a transaction of its own.
    pub(crate) async fn join(&self, alone: bool) -> sqlx::Result<Seat> {
        let mut writer = self.lock(|writer| alone || writer.waiting.len() >= LARGEST_BATCH).await?;
        if writer.phase == Phase::Idle {
            writer.control("BEGIN IMMEDIATE", Phase::Batch).await?;
            let group = self.0.clone();
            tokio::spawn(async move { commit(group.lock_owned().await).await });
        }
        writer.control("SAVEPOINT body", Phase::Body).await?;
        Ok(Seat(writer))
    }

    /// Waits for its turn and for the open batch.
    pub(crate) async fn quiet(&self) -> sqlx::Result<Quiet> {
        self.lock(|_| true).await.map(Quiet)
    }

    /// A second connection to the same file.
    pub(crate) async fn another(&self) -> sqlx::Result<SqliteConnection> {
        let options = self.0.lock().await.options.clone();
        options.connect().await
    }

    /// Takes the lock, with a connection in a known state, and first commits an open batch that is `in_the_way`.
    async fn lock(&self, in_the_way: impl Fn(&Writer) -> bool) -> sqlx::Result<OwnedMutexGuard<Writer>> {
        loop {
            let mut writer = self.0.clone().lock_owned().await;
            writer.repair().await?;
            if writer.phase == Phase::Idle || !in_the_way(&writer) {
                return Ok(writer);
            }
            // Those who wait for the batch hear of a failure themselves.
            if let Err(error) = commit_whole(writer).await {
                tracing::debug!(%error, "a batch was lost; its bodies run again");
            }
        }
    }
}

impl Seat {
    pub(crate) fn conn(&mut self) -> sqlx::Result<&mut SqliteConnection> {
        self.0.conn()
    }

    /// Keeps what the body did, and lets the next one in.
    pub(crate) async fn keep(mut self) -> sqlx::Result<Committed> {
        self.0.control("RELEASE body", Phase::Batch).await?;
        let (sender, committed) = oneshot::channel();
        self.0.waiting.push(sender);
        Ok(committed)
    }

    /// Keeps what the body did and commits at once, before anybody else comes in.
    pub(crate) async fn keep_alone(mut self) -> sqlx::Result<()> {
        self.0.control("RELEASE body", Phase::Batch).await?;
        commit_whole(self.0).await
    }

    /// Undoes what the body did, and lets the next one in.
    pub(crate) async fn undo(mut self) -> sqlx::Result<()> {
        self.0.repair().await
    }
}

impl Quiet {
    pub(crate) fn conn(&mut self) -> sqlx::Result<&mut SqliteConnection> {
        self.0.conn()
    }

    pub(crate) async fn close(mut self) -> sqlx::Result<()> {
        self.0.phase = Phase::Unsure;
        match self.0.conn.take() {
            Some(conn) => conn.close().await,
            None => Ok(()),
        }
    }
}

impl Writer {
    fn conn(&mut self) -> sqlx::Result<&mut SqliteConnection> {
        self.conn.as_mut().ok_or(sqlx::Error::WorkerCrashed)
    }

    /// Runs a statement that moves the transaction on.
    async fn control(&mut self, statement: &'static str, then: Phase) -> sqlx::Result<()> {
        self.phase = Phase::Unsure;
        self.conn()?.execute(statement).await?;
        self.phase = then;
        Ok(())
    }

    /// Brings the connection to `Idle` or `Batch` after a body that did not end by itself.
    async fn repair(&mut self) -> sqlx::Result<()> {
        match self.phase {
            Phase::Idle | Phase::Batch => Ok(()),
            Phase::Body => match self.control("ROLLBACK TO body; RELEASE body", Phase::Batch).await {
                Ok(()) => Ok(()),
                // The engine has rolled back more than the savepoint.
                Err(_) => self.reset().await,
            },
            Phase::Unsure => self.reset().await,
        }
    }

    /// Gives up the transaction, whatever it is, with its connection; those in it run again.
    async fn reset(&mut self) -> sqlx::Result<()> {
        self.phase = Phase::Unsure;
        self.waiting.clear();
        if let Some(conn) = self.conn.take() {
            // Closing rolls back; an error of it does not matter to a connection that is given up.
            drop(conn.close().await);
        }
        self.conn = Some(self.options.connect().await?);
        self.phase = Phase::Idle;
        Ok(())
    }
}

/// Commits in a task of its own: a commit whose caller goes away must still be told to everybody in it.
async fn commit_whole(writer: OwnedMutexGuard<Writer>) -> sqlx::Result<()> {
    tokio::spawn(commit(writer)).await.unwrap_or(Err(sqlx::Error::WorkerCrashed))
}

/// Commits the open batch, if there still is one, and tells those in it.
async fn commit(mut writer: OwnedMutexGuard<Writer>) -> sqlx::Result<()> {
    writer.repair().await?;
    if writer.phase == Phase::Idle {
        return Ok(());
    }
    match writer.control("COMMIT", Phase::Idle).await {
        Ok(()) => {
            for waiting in writer.waiting.drain(..) {
                // Whoever was cancelled meanwhile does not listen.
                let _gone = waiting.send(());
            }
            Ok(())
        }
        Err(error) => {
            writer.reset().await?;
            Err(error)
        }
    }
}
