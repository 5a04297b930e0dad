//! What can go wrong with the database, in terms that a caller can act on.

use crate::names::Names;

/// Shorthand for the results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Which kind of constraint refused a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    /// A unique index or a primary key.
    Unique,
    /// A foreign key.
    ForeignKey,
    /// A `CHECK`.
    Check,
    /// A `NOT NULL`.
    NotNull,
}

/// Everything that this crate returns as an error.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A constraint refused the row. The name is that of the constraint or index, as PostgreSQL would call it.
    #[error("{kind:?} constraint {} refused the row: {message}", name.as_deref().unwrap_or("(unnamed)"))]
    Constraint {
        /// What sort of constraint it is.
        kind: Violation,
        /// Its name, where the engine tells enough to find it.
        name: Option<String>,
        /// The engine's own text, for the log.
        message: String,
    },
    /// `one` found no row.
    #[error("no row where one is expected")]
    NotFound,
    /// The engine gave way to another transaction, and went on doing so after every retry.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// A statement of this transaction failed before; nothing more can be done with it.
    #[error("the transaction has already failed")]
    Aborted,
    /// The handle outlived its transaction.
    #[error("the transaction has ended")]
    Ended,
    /// The body of a write took longer than [`Options::body_limit`](crate::Options::body_limit) and was rolled back.
    #[error("a write took longer than {0:?} and was rolled back")]
    TooSlow(std::time::Duration),
    /// A write was begun inside the body of another.
    #[error("a write inside a write")]
    Nested,
    /// No connection could be had.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// A stored value does not fit the type it is read into.
    #[error("a stored value cannot be read: {0}")]
    Decode(String),
    /// The migrations in the database and those in the program disagree, or one failed.
    #[error("migration: {0}")]
    Migration(String),
    /// Anything else that the engine says.
    #[error("database: {0}")]
    Engine(String),
}

impl Error {
    /// Whether a unique rule refused the row.
    pub fn is_unique(&self) -> bool {
        matches!(self, Error::Constraint { kind: Violation::Unique, .. })
    }

    /// The name of the unique index or key that refused the row.
    pub fn unique_on(&self) -> Option<&str> {
        match self {
            Error::Constraint { kind: Violation::Unique, name, .. } => name.as_deref(),
            _ => None,
        }
    }

    /// The name of the constraint that refused the row, of whatever kind.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Error::Constraint { name, .. } => name.as_deref(),
            _ => None,
        }
    }

    /// Whether another try may succeed: the transaction lost against a concurrent one.
    pub(crate) fn is_retryable(&self) -> bool {
        matches!(self, Error::Busy(_))
    }

    /// Translates a driver's error; `names` gives SQLite's constraints their names.
    pub(crate) fn from_driver(error: sqlx::Error, names: &Names) -> Error {
        use sqlx::error::ErrorKind;
        match error {
            sqlx::Error::RowNotFound => Error::NotFound,
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => {
                Error::Unavailable(error.to_string())
            }
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::ColumnNotFound(_) => {
                Error::Decode(error.to_string())
            }
            sqlx::Error::Database(failure) => {
                let kind = match failure.kind() {
                    ErrorKind::UniqueViolation => Violation::Unique,
                    ErrorKind::ForeignKeyViolation => Violation::ForeignKey,
                    ErrorKind::CheckViolation => Violation::Check,
                    ErrorKind::NotNullViolation => Violation::NotNull,
                    _ if failure.code().is_some_and(|code| gave_way(&code)) => return Error::Busy(failure.to_string()),
                    _ => return Error::Engine(failure.to_string()),
                };
                let name = failure.constraint().map(str::to_owned).or_else(|| names.of_message(failure.message()));
                Error::Constraint { kind, name, message: failure.message().to_owned() }
            }
            other => Error::Engine(other.to_string()),
        }
    }
}

/// Serialization failure and deadlock on PostgreSQL; BUSY, BUSY_RECOVERY, BUSY_SNAPSHOT and LOCKED on SQLite.
fn gave_way(code: &str) -> bool {
    matches!(code, "40001" | "40P01" | "5" | "261" | "517" | "6")
}
