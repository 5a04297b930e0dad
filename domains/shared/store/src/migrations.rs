//! The migrations of the whole program: one folder a crate under `migrations/`, one global order of timestamps.
//!
//! A file is `migrations/<crate>/YYYYMMDDHHMMSS_name.sql`, one text for both engines with the tokens `{i64}`, `{f64}`,
//! `{bool}`, `{bytes}`, `{strict}`, `{true}` and `{false}`; `{serial}` is a growing key that the engine draws, `{txid}` the number of the writing
//! transaction (0 on SQLite, which has one writer). What the engines cannot share (triggers) is written twice, as `…_name.sqlite.sql` and
//! `…_name.postgres.sql`. A landed file is frozen; a change is another file: expand first, contract later.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

use crate::db::{Db, Dialect, Pools};
use crate::error::{Error, Result};

/// (crate, file, text); empty in debug builds, which read the folder.
const EMBEDDED: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// One migration as one engine gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The timestamp: its place in the global order.
    pub version: i64,
    /// `<crate>/<name>`
    pub name: String,
    /// The SQL with every token replaced.
    pub sql: String,
}

/// Every migration for an engine, in order.
///
/// # Errors
/// [`Error::Migration`] for a file name that does not fit, or a timestamp that is used twice.
pub fn scripts(dialect: Dialect) -> Result<Vec<Script>> {
    let mut scripts: BTreeMap<i64, Script> = BTreeMap::new();
    for (folder, file, text) in sources()? {
        let stem = file.strip_suffix(".sql").unwrap_or(&file);
        let (stem, only) = match stem.rsplit_once('.') {
            Some((stem, "sqlite")) => (stem, Some(Dialect::Sqlite)),
            Some((stem, "postgres")) => (stem, Some(Dialect::Postgres)),
            _ => (stem, None),
        };
        let parsed = stem.split_once('_').filter(|(time, name)| time.len() == 14 && !name.contains('.'));
        let Some((version, name)) = parsed.and_then(|(time, name)| Some((time.parse().ok()?, name))) else {
            return Err(Error::Migration(format!("{folder}/{file} is not named YYYYMMDDHHMMSS_name.sql")));
        };
        if only.is_some_and(|only| only != dialect) {
            continue;
        }
        let script = Script { version, name: format!("{folder}/{name}"), sql: translate(&text, dialect) };
        if let Some(token) = token_left(&script.sql) {
            return Err(Error::Migration(format!("{folder}/{file} has the unknown token {token}")));
        }
        if let Some(other) = scripts.insert(version, script) {
            return Err(Error::Migration(format!("{folder}/{file} and {} have the same timestamp", other.name)));
        }
    }
    Ok(scripts.into_values().collect())
}

/// A digest of every migration for an engine; test templates are named after it.
///
/// # Errors
/// As [`scripts`].
pub fn digest(dialect: Dialect) -> Result<String> {
    use sm3::Digest as _;
    let mut hash = sm3::Sm3::new();
    for script in scripts(dialect)? {
        hash.update(script.version.to_be_bytes());
        hash.update(script.sql.as_bytes());
    }
    Ok(data_encoding::HEXLOWER.encode(&hash.finalize()[..8]))
}

impl Db {
    /// Applies every migration that the database does not have yet. Several nodes may call it at once.
    ///
    /// # Errors
    /// [`Error::Migration`] when one fails, or when a landed one has been edited.
    pub async fn migrate(&self) -> Result<()> {
        let list = scripts(self.dialect())?.into_iter().map(|script| {
            let sql = AssertSqlSafe(script.sql).into_sql_str();
            Migration::new(script.version, Cow::Owned(script.name), MigrationType::Simple, sql, false)
        });
        let migrator = Migrator::with_migrations(list.collect());
        match self.pools() {
            Pools::Sqlite { write, .. } => {
                let run = async {
                    let mut quiet = write.quiet().await?;
                    migrator.run(quiet.conn()?).await?;
                    self.names().load(quiet.conn()?).await
                };
                run.await.map_err(|error| Error::Migration(error.to_string()))
            }
            Pools::Postgres { write, .. } => migrator.run(write).await.map_err(|error| Error::Migration(error.to_string())),
        }
    }
}

fn translate(text: &str, dialect: Dialect) -> String {
    let words = match dialect {
        Dialect::Sqlite => [
            ("{i64}", "INTEGER"),
            ("{f64}", "REAL"),
            ("{bool}", "INTEGER"),
            ("{bytes}", "BLOB"),
            ("{strict}", "STRICT"),
            ("{true}", "1"),
            ("{false}", "0"),
            ("{serial}", "INTEGER PRIMARY KEY AUTOINCREMENT"),
            ("{txid}", "INTEGER NOT NULL DEFAULT 0"),
        ],
        Dialect::Postgres => [
            ("{i64}", "BIGINT"),
            ("{f64}", "DOUBLE PRECISION"),
            ("{bool}", "BOOLEAN"),
            ("{bytes}", "BYTEA"),
            ("{strict}", ""),
            ("{true}", "TRUE"),
            ("{false}", "FALSE"),
            ("{serial}", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
            ("{txid}", "BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint)"),
        ],
    };
    words.iter().fold(text.to_owned(), |text, (token, word)| text.replace(token, word))
}

/// The first `{word}` in a translated script.
fn token_left(sql: &str) -> Option<&str> {
    sql.match_indices('{').find_map(|(start, _)| {
        let end = start + sql[start..].find('}')?;
        let word = &sql[start + 1..end];
        (!word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())).then(|| &sql[start..=end])
    })
}

fn sources() -> Result<Vec<(String, String, String)>> {
    if !cfg!(debug_assertions) || !EMBEDDED.is_empty() {
        let owned = |(folder, file, text): &(&str, &str, &str)| ((*folder).to_owned(), (*file).to_owned(), (*text).to_owned());
        return Ok(EMBEDDED.iter().map(owned).collect());
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../migrations");
    let unreadable = |error: std::io::Error| Error::Migration(error.to_string());
    let mut found = Vec::new();
    for folder in listed(&root).map_err(unreadable)? {
        for path in listed(&folder).map_err(unreadable)? {
            if path.extension().is_some_and(|ext| ext == "sql") {
                found.push((file_name(&folder), file_name(&path), std::fs::read_to_string(&path).map_err(unreadable)?));
            }
        }
    }
    Ok(found)
}

fn listed(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
