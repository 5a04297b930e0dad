//! What an engine makes of a text without running it.

use sqlx::{AssertSqlSafe, Executor, SqlSafeStr, Statement, TypeInfo};

use crate::db::{Db, Pools};
use crate::error::{Error, Result};

/// A column that a text returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type in the engine's words: `INT8`, `TEXT`.
    pub kind: String,
}

/// Prepares a text on the read pool.
///
/// # Errors
/// What the engine finds wrong with it. That PostgreSQL cannot tell the type of a value by itself is no fault: the driver
/// tells it.
pub async fn describe(db: &Db, text: &str) -> Result<Vec<Column>> {
    let text = AssertSqlSafe(text.to_owned()).into_sql_str();
    let columns = match db.pools() {
        Pools::Sqlite { read, .. } => read.prepare(text).await.map(|statement| listed(statement.columns())),
        Pools::Postgres { read, .. } => read.prepare(text).await.map(|statement| listed(statement.columns())),
    };
    match columns {
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42P18") => Ok(Vec::new()),
        columns => columns.map_err(|error| Error::from_driver(error, db.names())),
    }
}

fn listed<C: sqlx::Column>(columns: &[C]) -> Vec<Column> {
    let column = |column: &C| Column { name: column.name().to_owned(), kind: column.type_info().name().to_owned() };
    columns.iter().map(column).collect()
}
