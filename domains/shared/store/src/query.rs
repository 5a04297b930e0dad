//! One SQL text with its values, and the ways to run it.

use std::sync::atomic::Ordering;

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, FromRow, SqlSafeStr, SqlStr};

use crate::db::{Db, Pools};
use crate::error::{Error, Result};
use crate::record;
use crate::tx::{Conn, Tx};
use crate::value::Val;

/// What a row can be read into: `#[derive(sqlx::FromRow)]` or a tuple serves both engines.
pub trait Out: Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> {}
impl<T> Out for T where T: Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> {}

/// Where a reading statement runs: the read pool, or a transaction.
#[derive(Clone, Copy)]
pub enum Target<'a> {
    /// The read pool, which refuses writes.
    Db(&'a Db),
    /// An open transaction.
    Tx(&'a Tx),
}

impl<'a> From<&'a Db> for Target<'a> {
    fn from(db: &'a Db) -> Self {
        Target::Db(db)
    }
}

impl<'a> From<&'a Tx> for Target<'a> {
    fn from(tx: &'a Tx) -> Self {
        Target::Tx(tx)
    }
}

/// A statement under construction: see [`q`].
#[must_use = "a statement does nothing until it is run"]
#[derive(Clone, Debug)]
pub struct Query {
    text: Text,
    values: Vec<Val>,
}

#[derive(Clone, Debug)]
enum Text {
    Fixed(&'static str),
    Built(String),
}

/// Starts a statement. Its text, and every further piece of it, is written in the program, so no input can become SQL.
///
/// Fixed texts name their values `$1`, `$2`… and take them by [`Query::bind`]; texts that are put together take pieces by
/// [`Query::sql`] and values by [`Query::arg`].
pub fn q(text: &'static str) -> Query {
    Query { text: Text::Fixed(text), values: Vec::new() }
}

/// [`q`] for a text that this crate puts together from names in the catalogue of the database.
pub(crate) fn q_catalogue(text: String) -> Query {
    Query { text: Text::Built(text), values: Vec::new() }
}

impl Query {
    /// Gives the next `$n` of the text its value.
    pub fn bind(mut self, value: impl Into<Val>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Appends a piece of SQL.
    pub fn sql(mut self, piece: &'static str) -> Self {
        self.buffer().push_str(piece);
        self
    }

    /// Appends the next `$n` with its value.
    pub fn arg(mut self, value: impl Into<Val>) -> Self {
        self.values.push(value.into());
        let placeholder = format!("${}", self.values.len());
        self.buffer().push_str(&placeholder);
        self
    }

    /// Appends `$n, $n+1, …` for an `IN (…)`. An empty list becomes `NULL`, which `IN` never matches.
    pub fn list<V: Into<Val>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        let before = self.values.len();
        for value in values {
            if self.values.len() > before {
                self.buffer().push_str(", ");
            }
            self = self.arg(value);
        }
        if self.values.len() == before {
            self.buffer().push_str("NULL");
        }
        self
    }

    /// Appends `($n, $n+1, …), (…), …`: the rows of a `VALUES`, one at least. Some hundred values at once are best:
    /// SQLite takes 32,766, but looks for the name of each among those of all.
    pub fn rows<const N: usize>(mut self, rows: impl IntoIterator<Item = [Val; N]>) -> Self {
        let before = self.values.len();
        for row in rows {
            let opening = if self.values.len() > before { ", (" } else { "(" };
            self = self.sql(opening).list(row).sql(")");
        }
        self
    }

    /// Runs it and returns every row.
    pub async fn all<'a, T: Out>(self, on: impl Into<Target<'a>> + Send) -> Result<Vec<T>> {
        match on.into() {
            Target::Db(db) => {
                record::note(&self, true);
                db.counter().fetch_add(1, Ordering::Relaxed);
                let rows = match db.pools() {
                    Pools::Sqlite { read, .. } => {
                        let (text, values) = self.sqlite()?;
                        sqlx::query_as_with(text, values).fetch_all(read).await
                    }
                    Pools::Postgres { read, .. } => {
                        let (text, values) = self.postgres()?;
                        sqlx::query_as_with(text, values).fetch_all(read).await
                    }
                };
                rows.map_err(|error| Error::from_driver(error, db.names()))
            }
            Target::Tx(tx) => {
                record::note(&self, true);
                let mut conn = tx.conn().await?;
                let rows = match conn.get()? {
                    Conn::Sqlite(seat) => {
                        let (text, values) = self.sqlite()?;
                        match seat.conn() {
                            Ok(conn) => sqlx::query_as_with(text, values).fetch_all(conn).await,
                            Err(error) => Err(error),
                        }
                    }
                    Conn::Postgres(conn) => {
                        let (text, values) = self.postgres()?;
                        sqlx::query_as_with(text, values).fetch_all(&mut **conn).await
                    }
                };
                tx.note(rows)
            }
        }
    }

    /// Runs it and returns the first row, if there is one.
    pub async fn opt<'a, T: Out>(self, on: impl Into<Target<'a>> + Send) -> Result<Option<T>> {
        Ok(self.all(on).await?.into_iter().next())
    }

    /// Runs it and returns the first row; [`Error::NotFound`] when there is none.
    pub async fn one<'a, T: Out>(self, on: impl Into<Target<'a>> + Send) -> Result<T> {
        self.opt(on).await?.ok_or(Error::NotFound)
    }

    /// Runs it and returns the number of rows it changed.
    pub async fn exec(self, tx: &Tx) -> Result<u64> {
        record::note(&self, false);
        let mut conn = tx.conn().await?;
        let changed = match conn.get()? {
            Conn::Sqlite(seat) => {
                let (text, values) = self.sqlite()?;
                match seat.conn() {
                    Ok(conn) => sqlx::query_with(text, values).execute(conn).await.map(|done| done.rows_affected()),
                    Err(error) => Err(error),
                }
            }
            Conn::Postgres(conn) => {
                let (text, values) = self.postgres()?;
                sqlx::query_with(text, values).execute(&mut **conn).await.map(|done| done.rows_affected())
            }
        };
        tx.note(changed)
    }

    pub(crate) fn text(&self) -> &str {
        match &self.text {
            Text::Fixed(text) => text,
            Text::Built(text) => text,
        }
    }

    pub(crate) fn values(&self) -> &[Val] {
        &self.values
    }

    fn buffer(&mut self) -> &mut String {
        if let Text::Fixed(text) = self.text {
            self.text = Text::Built(text.to_owned());
        }
        match &mut self.text {
            Text::Built(text) => text,
            Text::Fixed(_) => unreachable!("it was turned into a built text above"),
        }
    }

    fn sqlite(self) -> Result<(SqlStr, SqliteArguments)> {
        let mut arguments = SqliteArguments::default();
        for value in self.values {
            let added = match value {
                Val::I64(v) => arguments.add(v),
                Val::Bool(v) => arguments.add(v),
                Val::F64(v) => arguments.add(v),
                Val::Text(v) => arguments.add(v),
                Val::Bytes(v) => arguments.add(v),
            };
            added.map_err(|error| Error::Engine(error.to_string()))?;
        }
        Ok((self.text.finish(), arguments))
    }

    fn postgres(self) -> Result<(SqlStr, PgArguments)> {
        let mut arguments = PgArguments::default();
        for value in self.values {
            let added = match value {
                Val::I64(v) => arguments.add(v),
                Val::Bool(v) => arguments.add(v),
                Val::F64(v) => arguments.add(v),
                Val::Text(v) => arguments.add(v),
                Val::Bytes(v) => arguments.add(v),
            };
            added.map_err(|error| Error::Engine(error.to_string()))?;
        }
        Ok((self.text.finish(), arguments))
    }
}

impl Text {
    fn finish(self) -> SqlStr {
        match self {
            Text::Fixed(text) => text.into_sql_str(),
            // Put together from 'static pieces, placeholders and quoted names of the catalogue only.
            Text::Built(text) => AssertSqlSafe(text).into_sql_str(),
        }
    }
}
