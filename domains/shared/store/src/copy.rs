//! Copies of the embedded database: made while it serves, and looked through afterwards.

use std::collections::BTreeMap;
use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection};

use crate::db::{Db, Pools};
use crate::error::{Error, Result};
use crate::names::Names;

/// What a sound copy holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// Rows by table.
    pub rows: BTreeMap<String, i64>,
}

impl Db {
    /// Writes a copy as of one moment, while writers go on. `file` must not exist.
    ///
    /// # Errors
    /// [`Error::Unavailable`] on PostgreSQL, which has its own tools for this; whatever the engine says about the file.
    pub async fn copy_to(&self, file: &Path) -> Result<()> {
        let Pools::Sqlite { write, .. } = self.pools() else {
            return Err(Error::Unavailable("PostgreSQL is backed up with its own tools (pg_basebackup)".to_owned()));
        };
        let failed = |error| Error::from_driver(error, self.names());
        // A connection of its own: neither the writer nor a reader waits for it.
        let mut conn = write.another().await.map_err(failed)?;
        let copied = sqlx::query("VACUUM INTO $1").bind(file.display().to_string()).execute(&mut conn).await;
        conn.close().await.map_err(failed)?;
        copied.map_err(failed)?;
        let synced = std::fs::File::open(file).and_then(|copy| copy.sync_all());
        synced.map_err(|error| Error::Unavailable(error.to_string()))
    }
}

/// Looks a copy through: structure, indexes, constraints, foreign keys; counts the rows of every table.
///
/// # Errors
/// [`Error::Engine`] with what is damaged.
pub async fn inspect(file: &Path) -> Result<Inspection> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
    let inspected = async {
        let mut conn = options.connect().await?;
        let damage = damage(&mut conn).await?;
        let rows = rows(&mut conn).await?;
        conn.close().await?;
        Ok((damage, rows))
    };
    let (damage, rows) = inspected.await.map_err(|error| Error::from_driver(error, &Names::default()))?;
    match damage {
        Some(damage) => Err(Error::Engine(damage)),
        None => Ok(Inspection { rows }),
    }
}

async fn damage(conn: &mut SqliteConnection) -> sqlx::Result<Option<String>> {
    let told: Vec<(String,)> = sqlx::query_as("PRAGMA integrity_check").fetch_all(&mut *conn).await?;
    if told != [("ok".to_owned(),)] {
        return Ok(Some(told.into_iter().map(|(line,)| line).collect::<Vec<_>>().join("; ")));
    }
    let orphan: Option<(String, String)> =
        sqlx::query_as("SELECT \"table\", parent FROM pragma_foreign_key_check LIMIT 1").fetch_optional(&mut *conn).await?;
    Ok(orphan.map(|(table, parent)| format!("a row of {table} names a row of {parent} that is not there")))
}

async fn rows(conn: &mut SqliteConnection) -> sqlx::Result<BTreeMap<String, i64>> {
    let tables: Vec<(String,)> = sqlx::query_as("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name")
        .fetch_all(&mut *conn)
        .await?;
    let mut rows = BTreeMap::new();
    for (table,) in tables {
        // The name comes from the schema itself.
        let count = AssertSqlSafe(format!("SELECT COUNT(*) FROM \"{}\"", table.replace('"', "\"\"")));
        let (n,): (i64,) = sqlx::query_as(count).fetch_one(&mut *conn).await?;
        rows.insert(table, n);
    }
    Ok(rows)
}
