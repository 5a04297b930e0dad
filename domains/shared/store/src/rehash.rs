//! A fresh key for the hashes by which sealed values are found: every one of them is computed again.
//!
//! What is hashed stands sealed in the database as well, beside the hash or in a row that belongs to it. Each crate declares its columns
//! as a [`HashColumn`]: where the sealed value is read, and how the input of the hash is made of it. First every row is looked at and
//! nothing is changed unless all of them can be computed again; then they are written, at most 200 in a transaction; then all are looked
//! at once more. A run that was killed is begun again: a row that has its new hash is left alone.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::db::Db;
use crate::error::{Error, Result};
use crate::keys::{KeyError, Keys, Purpose};
use crate::query::{Query, q, q_catalogue};

/// A column of keyed hashes. Every column of bytes whose name ends in `hash` is declared, so that none is forgotten.
#[derive(Clone, Copy)]
pub struct HashColumn {
    /// Its table, whose key is one column of bytes.
    pub table: &'static str,
    /// Its name.
    pub column: &'static str,
    /// What a rehash does with it.
    pub how: How,
}

impl HashColumn {
    /// A column whose hashes are computed again from what `rows` reads: see [`Again`].
    pub const fn again(
        (table, column): (&'static str, &'static str),
        purpose: Purpose,
        rows: fn() -> Query,
        sealed: (&'static str, &'static str),
        input: fn(&str, &str) -> Option<String>,
    ) -> Self {
        Self { table, column, how: How::Again(Again { purpose, rows, sealed, input }) }
    }

    /// A column that keeps its key, and why.
    pub const fn kept((table, column): (&'static str, &'static str), why: &'static str) -> Self {
        Self { table, column, how: How::Kept(why) }
    }
}

/// What a rehash does with a column.
#[derive(Clone, Copy)]
pub enum How {
    /// Every hash is computed again.
    Again(Again),
    /// Nobody has what it was computed from: it keeps its key (that of [`Purpose::Token`]), for the reason given.
    Kept(&'static str),
}

/// How a hash is computed again.
#[derive(Clone, Copy)]
pub struct Again {
    /// What the hash is for.
    pub purpose: Purpose,
    /// Reads at most 200 rows whose id is above `$1`, in the order of their ids: id, hash, id of the row that holds the sealed value, the
    /// sealed value, a plain text. Rows without a hash are left out.
    pub rows: fn() -> Query,
    /// Table and column for which the value was sealed.
    pub sealed: (&'static str, &'static str),
    /// Input of the hash, of the opened value and the plain text; `None` where they do not hold it.
    pub input: fn(&str, &str) -> Option<String>,
}

/// What is being done, for whoever waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Looking whether every hash can be computed again.
    Looking,
    /// Writing.
    Writing,
    /// Looking whether every hash is the new one.
    Checking,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Looking => "looking",
            Self::Writing => "writing",
            Self::Checking => "checking",
        })
    }
}

/// How far a step has come in a column.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// The step.
    pub step: Step,
    /// Table of the column.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// Rows done of it.
    pub rows: u64,
}

/// Rows of a column that cannot be computed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// Table of the column.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// How many.
    pub rows: u64,
}

/// Why a rehash did not end.
#[derive(Debug, thiserror::Error)]
pub enum RehashError {
    /// Some hashes are not of what is sealed beside them. Where this was found by the first look, nothing was changed.
    #[error("{}", told(.0))]
    Stuck(Vec<Stuck>),
    /// The database.
    #[error(transparent)]
    Store(#[from] Error),
    /// The key file.
    #[error(transparent)]
    Keys(#[from] KeyError),
}

fn told(stuck: &[Stuck]) -> String {
    let columns: Vec<String> = stuck.iter().map(|s| format!("{} of {}.{}", s.rows, s.table, s.column)).collect();
    format!("these hashes do not belong to what is sealed beside them: {}", columns.join(", "))
}

/// One row, taken apart.
enum Row {
    Old { id: Vec<u8>, hash: Vec<u8>, next: Vec<u8> },
    New,
    Stuck,
}

/// Gives every search hash a fresh key; returns how many rows were written. `path` is the key file: it names the next key before the first
/// row is written and takes it as the present one after the last look. Nobody else may use the database meanwhile.
///
/// # Errors
/// [`RehashError`]; begun again, the run goes on where it was.
pub async fn rehash(
    db: &Db,
    keys: &mut Keys,
    path: &Path,
    columns: &[HashColumn],
    tell: &(dyn Fn(Progress) + Send + Sync),
) -> std::result::Result<u64, RehashError> {
    keys.begin_rehash();
    let again: Vec<Column> = columns.iter().filter_map(Column::of).collect();
    look(db, keys, &again, Step::Looking, tell).await?;
    keys.save(path)?;
    let mut written = 0;
    for column in &again {
        written += column.write(db, keys, tell).await?;
    }
    look(db, keys, &again, Step::Checking, tell).await?;
    keys.end_rehash();
    // In this order: a run that is killed between the two finds every row done and ends.
    mark(db, keys).await?;
    keys.save(path)?;
    Ok(written)
}

async fn look(db: &Db, keys: &Keys, columns: &[Column], step: Step, tell: &(dyn Fn(Progress) + Send + Sync)) -> std::result::Result<(), RehashError> {
    let mut stuck = Vec::new();
    for column in columns {
        let rows = column.look(db, keys, step, tell).await?;
        if rows > 0 {
            stuck.push(Stuck { table: column.table, column: column.column, rows });
        }
    }
    if stuck.is_empty() { Ok(()) } else { Err(RehashError::Stuck(stuck)) }
}

/// A column to be computed again.
struct Column {
    table: &'static str,
    column: &'static str,
    again: Again,
}

impl Column {
    fn of(declared: &HashColumn) -> Option<Self> {
        match declared.how {
            How::Again(again) => Some(Self { table: declared.table, column: declared.column, again }),
            How::Kept(_) => None,
        }
    }

    /// The rows after `after`, and the last of their ids.
    async fn page(&self, db: &Db, keys: &Keys, after: Vec<u8>) -> Result<Option<(Vec<u8>, Vec<Row>)>> {
        type Read = (Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, String);
        let page: Vec<Read> = (self.again.rows)().bind(after).all(db).await?;
        let Some(last) = page.last().map(|row| row.0.clone()) else { return Ok(None) };
        Ok(Some((last, page.into_iter().map(|row| self.row(keys, row)).collect())))
    }

    fn row(&self, keys: &Keys, (id, hash, place, sealed, plain): (Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, String)) -> Row {
        let (table, column) = self.again.sealed;
        let opened = keys.open_text(table, column, &place, &sealed).ok();
        let Some(input) = opened.and_then(|opened| (self.again.input)(&opened, &plain)) else { return Row::Stuck };
        let next = keys.hash_next(self.again.purpose, &input);
        if hash == next {
            Row::New
        } else if hash == keys.hash(self.again.purpose, &input) {
            Row::Old { id, hash, next }
        } else {
            Row::Stuck
        }
    }

    /// How many rows are not as they should be at this step.
    async fn look(&self, db: &Db, keys: &Keys, step: Step, tell: &(dyn Fn(Progress) + Send + Sync)) -> Result<u64> {
        let (mut after, mut rows, mut stuck) = (Vec::new(), 0, 0);
        while let Some((last, page)) = self.page(db, keys, after).await? {
            after = last;
            rows += page.len() as u64;
            let wrong = |row: &&Row| matches!((row, step), (Row::Stuck, _) | (Row::Old { .. }, Step::Checking));
            stuck += page.iter().filter(wrong).count() as u64;
            tell(Progress { step, table: self.table, column: self.column, rows });
        }
        Ok(stuck)
    }

    async fn write(&self, db: &Db, keys: &Keys, tell: &(dyn Fn(Progress) + Send + Sync)) -> Result<u64> {
        let update = format!("UPDATE {} SET {1} = $3 WHERE id = $1 AND {1} = $2", self.table, self.column);
        let (mut after, mut rows, mut written) = (Vec::new(), 0, 0);
        while let Some((last, page)) = self.page(db, keys, after).await? {
            after = last;
            rows += page.len() as u64;
            let changes = Arc::new(page);
            written += db
                .write(|tx| {
                    let (changes, update) = (changes.clone(), update.clone());
                    async move {
                        let mut changed = 0;
                        for row in changes.iter() {
                            if let Row::Old { id, hash, next } = row {
                                changed += q_catalogue(update.clone()).bind(id).bind(hash).bind(next).exec(&tx).await?;
                            }
                        }
                        Ok::<_, Error>(changed)
                    }
                })
                .await?;
            tell(Progress { step: Step::Writing, table: self.table, column: self.column, rows });
        }
        Ok(written)
    }
}

/// What a database keeps of the key of its search hashes.
const MARK: &str = "search";

async fn mark(db: &Db, keys: &Keys) -> Result<()> {
    let hash = keys.hash(Purpose::PersonNumber, MARK);
    db.write(|tx| {
        let hash = hash.clone();
        async move {
            q("INSERT INTO key_mark (name, mark) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET mark = EXCLUDED.mark")
                .bind(MARK)
                .bind(hash)
                .exec(&tx)
                .await
        }
    })
    .await
    .map(drop)
}

/// Whether the search hashes of this database are of this ring. The first ring that is asked about is taken as the right one. With another,
/// nobody who is known would be found, and everybody would be entered a second time.
///
/// # Errors
/// Of the database.
pub async fn belongs(db: &Db, keys: &Keys) -> Result<bool> {
    let known: Option<(Vec<u8>,)> = q("SELECT mark FROM key_mark WHERE name = $1").bind(MARK).opt(db).await?;
    match known {
        Some((known,)) => Ok(known == keys.hash(Purpose::PersonNumber, MARK)),
        None => mark(db, keys).await.map(|()| true),
    }
}
