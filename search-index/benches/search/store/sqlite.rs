//! SQLite with its full-text index of trigrams.

use std::collections::HashSet;
use std::path::Path;

use search_index::normalise_name;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, Row as _};

use crate::corpus::Organization;
use crate::known::Spelled;
use crate::load::{FEW, LIMIT, Peer, Shape, trigrams};
use crate::mix::Question;

type Failure = Box<dyn std::error::Error>;

/// The loaded database.
pub(crate) struct Sqlite(SqlitePool);

impl Sqlite {
    pub(crate) async fn load(file: &Path, organizations: &[Organization], spelled: &[Spelled]) -> Result<Sqlite, Failure> {
        let start = std::time::Instant::now();
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(sqlx::sqlite::SqliteJournalMode::Off)
            .synchronous(sqlx::sqlite::SqliteSynchronous::Off)
            .pragma("mmap_size", "2000000000")
            .pragma("cache_size", "-200000");
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        let mut tx = pool.begin().await?;
        sqlx::query(
            "CREATE TABLE org (id INTEGER PRIMARY KEY, name TEXT, strip TEXT, spy TEXT, fpy TEXT, sini TEXT, code TEXT, kind INTEGER, \
             status INTEGER, level INTEGER, province TEXT)",
        )
        .execute(&mut *tx)
        .await?;
        for (id, (one, other)) in organizations.iter().zip(spelled).enumerate() {
            sqlx::query("INSERT INTO org VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
                .bind(i64::try_from(id)?)
                .bind(&other.name)
                .bind(&other.short)
                .bind(&other.pinyin)
                .bind(&other.full_pinyin)
                .bind(&other.initials)
                .bind(&one.entry.code)
                .bind(i64::from(one.class))
                .bind(i64::from(one.status))
                .bind(i64::from(one.level))
                .bind(one.province())
                .execute(&mut *tx)
                .await?;
        }
        for text in [
            "CREATE INDEX org_name ON org (name)",
            "CREATE INDEX org_code ON org (code)",
            "CREATE INDEX org_initials ON org (sini)",
            "CREATE VIRTUAL TABLE fts USING fts5(name, spy, fpy, sini, code, content='org', content_rowid='id', tokenize='trigram')",
            "INSERT INTO fts (fts) VALUES ('rebuild')",
            "ANALYZE",
        ] {
            sqlx::query(text).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        println!("SQLite FTS5: loaded in {:.0} s, {} MB", start.elapsed().as_secs_f64(), std::fs::metadata(file)?.len() >> 20);
        Ok(Sqlite(pool))
    }
}

/// One stage: what is read from, its condition with its values, and the order.
struct Stage {
    from: &'static str,
    condition: String,
    values: Vec<String>,
    order: &'static str,
}

const TABLE: &str = "org o";
const INDEX: &str = "fts JOIN org o ON o.id = fts.rowid";

fn matching(columns: &str, words: &[String], join: &str) -> Stage {
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    Stage { from: INDEX, condition: "fts MATCH ?".to_owned(), values: vec![format!("{{{columns}}} : ({})", words.join(join))], order: "rank" }
}

fn exactly(condition: &str, values: Vec<String>, order: &'static str) -> Stage {
    Stage { from: TABLE, condition: condition.to_owned(), values, order }
}

fn stages(text: &str) -> Vec<Stage> {
    let mut stages = Vec::new();
    match Shape::of(text) {
        Shape::Code => {
            let code = text.to_uppercase();
            stages.push(exactly("o.code >= ? AND o.code < ?", vec![code.clone(), format!("{code}~")], "o.code"));
            if code.len() >= 15 {
                stages.push(matching("code", &trigrams(&code), " OR "));
            }
        }
        Shape::Letters => {
            let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
            let joined = words.concat();
            stages.push(exactly("o.sini = ?", vec![joined.clone()], "length(o.name)"));
            if words.iter().all(|word| word.len() >= 3) {
                stages.push(matching("spy fpy sini", &words, " AND "));
            }
        }
        Shape::Chinese => {
            let words: Vec<String> = text.split_whitespace().map(normalise_name).collect();
            let joined = words.concat();
            stages.push(exactly("o.name = ?", vec![joined.clone()], "o.id"));
            if words.iter().all(|word| word.chars().count() >= 3) {
                stages.push(matching("name", &words, " AND "));
            } else {
                stages.push(exactly("o.name LIKE ?", vec![format!("%{joined}%")], "length(o.name)"));
            }
            if joined.chars().count() >= 4 {
                stages.push(matching("name", &trigrams(&joined), " OR "));
            }
        }
    }
    stages
}

impl Peer for Sqlite {
    async fn ask(&self, question: &Question) -> Result<usize, Failure> {
        let mut filter = String::new();
        let mut filters = Vec::new();
        if let Some(province) = &question.province {
            filter.push_str(" AND o.province = ?");
            filters.push(province.clone());
        }
        if let Some(kind) = question.kind {
            filter.push_str(&format!(" AND o.kind = {kind}"));
        }
        let mut found = HashSet::new();
        for Stage { from, condition, values, order } in stages(&question.text) {
            let ask = |what: &str, end: String| {
                let text = format!("SELECT {what} FROM {from} WHERE {condition}{filter}{end}");
                values.iter().chain(&filters).fold(sqlx::query(AssertSqlSafe(text)), |query, value| query.bind(value.clone()))
            };
            let rows = ask("o.id", format!(" ORDER BY {order} LIMIT {LIMIT}")).fetch_all(&self.0).await?;
            found.extend(rows.iter().map(|row| row.get::<i64, _>(0)));
            if !rows.is_empty() {
                drop(ask("o.kind, o.status, o.level, o.province, COUNT(*)", " GROUP BY 1, 2, 3, 4".to_owned()).fetch_all(&self.0).await?);
            }
            if found.len() >= FEW {
                break;
            }
        }
        Ok(found.len())
    }
}
