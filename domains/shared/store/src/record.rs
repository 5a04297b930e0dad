//! The statements of an operation, written down to be run again: by measurements that ask what the operation costs beyond them.

use std::sync::{Arc, Mutex, PoisonError};

use sqlx::FromRow;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use crate::error::Result;
use crate::query::Query;
use crate::tx::Tx;
use crate::value::Val;

tokio::task_local! {
    static STATEMENTS: Arc<Mutex<Vec<Statement>>>;
}

/// One statement, with its values.
#[derive(Clone, Debug)]
pub struct Statement {
    query: Query,
    reads: bool,
}

/// Runs `operation` and returns every statement that it ran, within transactions and without, beside its outcome.
pub async fn record<F: Future>(operation: F) -> (F::Output, Vec<Statement>) {
    let statements = Arc::new(Mutex::new(Vec::new()));
    let outcome = STATEMENTS.scope(Arc::clone(&statements), operation).await;
    let recorded = std::mem::take(&mut *statements.lock().unwrap_or_else(PoisonError::into_inner));
    (outcome, recorded)
}

/// Notes a statement if somebody records.
pub(crate) fn note(query: &Query, reads: bool) {
    // Nobody records outside measurements.
    let _nobody = STATEMENTS.try_with(|statements| {
        let statement = Statement { query: query.clone(), reads };
        statements.lock().unwrap_or_else(PoisonError::into_inner).push(statement);
    });
}

impl Statement {
    /// Its text.
    pub fn text(&self) -> &str {
        self.query.text()
    }

    /// Its values, in the order of their numbers.
    pub fn values(&self) -> &[Val] {
        self.query.values()
    }

    /// Runs it again, with the same values.
    ///
    /// # Errors
    /// As the statement the first time.
    pub async fn run(&self, tx: &Tx) -> Result<()> {
        if self.reads {
            self.query.clone().all::<Unread>(tx).await.map(drop)
        } else {
            self.query.clone().exec(tx).await.map(drop)
        }
    }
}

/// A row that is fetched and not looked at.
struct Unread;

impl FromRow<'_, SqliteRow> for Unread {
    fn from_row(_row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Unread)
    }
}

impl FromRow<'_, PgRow> for Unread {
    fn from_row(_row: &PgRow) -> sqlx::Result<Self> {
        Ok(Unread)
    }
}
