//! PostgreSQL with indexes of trigrams. Everything is made in a schema of its own, which is dropped at the end of the next run.

use std::collections::HashSet;

use search_index::normalise_name;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, Row as _};

use crate::corpus::Organization;
use crate::known::Spelled;
use crate::load::{FEW, LIMIT, Peer, Shape};
use crate::mix::Question;

type Failure = Box<dyn std::error::Error>;

/// Rows of one statement.
const BATCH: usize = 5_000;

/// The loaded database.
pub(crate) struct Postgres(PgPool);

impl Postgres {
    pub(crate) async fn load(address: &str, organizations: &[Organization], spelled: &[Spelled]) -> Result<Postgres, Failure> {
        let start = std::time::Instant::now();
        let options: PgConnectOptions = address.parse()?;
        let options = options.options([("pg_trgm.similarity_threshold", "0.4"), ("search_path", "search_bench,public")]);
        let pool = PgPoolOptions::new().max_connections(1).connect_with(options).await?;
        for text in [
            "CREATE EXTENSION IF NOT EXISTS pg_trgm",
            "DROP SCHEMA IF EXISTS search_bench CASCADE",
            "CREATE SCHEMA search_bench",
            "CREATE UNLOGGED TABLE org (id BIGINT PRIMARY KEY, name TEXT, strip TEXT, spy TEXT, fpy TEXT, sini TEXT, code TEXT, kind INT, \
             status INT, level INT, province TEXT)",
        ] {
            sqlx::query(text).execute(&pool).await?;
        }
        for (batch, first) in organizations.chunks(BATCH).zip((0..).step_by(BATCH)) {
            let numbers = |of: fn(&Organization) -> u8| batch.iter().map(|one| i32::from(of(one))).collect::<Vec<_>>();
            let others = &spelled[first..first + batch.len()];
            let texts = |of: fn(&Spelled) -> &String| others.iter().map(|one| of(one).clone()).collect::<Vec<_>>();
            sqlx::query(
                "INSERT INTO org SELECT r.* FROM UNNEST($1::BIGINT[], $2::TEXT[], $3::TEXT[], $4::TEXT[], $5::TEXT[], $6::TEXT[], $7::TEXT[], \
                 $8::INT[], $9::INT[], $10::INT[], $11::TEXT[]) AS r",
            )
            .bind((first..first + batch.len()).map(|id| i64::try_from(id).unwrap_or_default()).collect::<Vec<_>>())
            .bind(texts(|one| &one.name))
            .bind(texts(|one| &one.short))
            .bind(texts(|one| &one.pinyin))
            .bind(texts(|one| &one.full_pinyin))
            .bind(texts(|one| &one.initials))
            .bind(batch.iter().map(|one| one.entry.code.clone()).collect::<Vec<_>>())
            .bind(numbers(|one| one.class))
            .bind(numbers(|one| one.status))
            .bind(numbers(|one| one.level))
            .bind(batch.iter().map(|one| one.province().to_owned()).collect::<Vec<_>>())
            .execute(&pool)
            .await?;
        }
        for column in ["name", "spy", "fpy", "sini"] {
            let text = format!("CREATE INDEX org_{column}_parts ON org USING gin ({column} gin_trgm_ops)");
            sqlx::query(AssertSqlSafe(text)).execute(&pool).await?;
        }
        for text in [
            "CREATE INDEX org_name ON org (name)",
            "CREATE INDEX org_initials ON org (sini)",
            "CREATE INDEX org_code ON org (code text_pattern_ops)",
            "ANALYZE org",
        ] {
            sqlx::query(text).execute(&pool).await?;
        }
        let size: i64 = sqlx::query("SELECT pg_total_relation_size('org')").fetch_one(&pool).await?.get(0);
        println!("PostgreSQL pg_trgm: loaded in {:.0} s, {} MB", start.elapsed().as_secs_f64(), size >> 20);
        Ok(Postgres(pool))
    }
}

/// One stage: its condition with its values, the order, and the value that the order needs.
struct Stage {
    condition: String,
    values: Vec<String>,
    order: &'static str,
    wanted: Option<String>,
}

fn stages(text: &str) -> Vec<Stage> {
    let inside = |words: &[String]| words.iter().map(|word| format!("%{word}%")).collect::<Vec<_>>();
    match Shape::of(text) {
        Shape::Code => {
            let values = vec![format!("{}%", text.to_uppercase())];
            vec![Stage { condition: "code LIKE ?".to_owned(), values, order: "code", wanted: None }]
        }
        Shape::Letters => {
            let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
            let joined = words.concat();
            let all = vec!["(spy LIKE ? OR fpy LIKE ? OR sini LIKE ?)"; words.len()].join(" AND ");
            let thrice = inside(&words).into_iter().flat_map(|word| [word.clone(), word.clone(), word]).collect();
            vec![
                Stage { condition: "sini = ?".to_owned(), values: vec![joined], order: "length(name)", wanted: None },
                Stage { condition: all, values: thrice, order: "length(name)", wanted: None },
            ]
        }
        Shape::Chinese => {
            let words: Vec<String> = text.split_whitespace().map(normalise_name).collect();
            let joined = words.concat();
            let all = vec!["name LIKE ?"; words.len()].join(" AND ");
            let mut found = vec![Stage { condition: all, values: inside(&words), order: "(name = ?) DESC, length(name)", wanted: Some(joined.clone()) }];
            if joined.chars().count() >= 4 {
                found.push(Stage { condition: "name % ?".to_owned(), values: vec![joined.clone()], order: "similarity(name, ?) DESC", wanted: Some(joined) });
            }
            found
        }
    }
}

/// Places of values in the order in which they stand: PostgreSQL wants them numbered.
fn numbered(text: &str) -> String {
    let mut number = 0;
    let parts = text.split('?').enumerate().map(|(at, part)| {
        if at == 0 {
            return part.to_owned();
        }
        number += 1;
        format!("${number}{part}")
    });
    parts.collect()
}

impl Peer for Postgres {
    async fn ask(&self, question: &Question) -> Result<usize, Failure> {
        let mut filter = String::new();
        let mut filters = Vec::new();
        if let Some(province) = &question.province {
            filter.push_str(" AND province = ?");
            filters.push(province.clone());
        }
        if let Some(kind) = question.kind {
            filter.push_str(&format!(" AND kind = {kind}"));
        }
        let mut found = HashSet::new();
        for Stage { condition, values, order, wanted } in stages(&question.text) {
            let ask = |what: &str, end: String, last: &Option<String>| {
                let text = numbered(&format!("SELECT {what} FROM org WHERE {condition}{filter}{end}"));
                values.iter().chain(&filters).chain(last).fold(sqlx::query(AssertSqlSafe(text)), |query, value| query.bind(value.clone()))
            };
            let rows = ask("id", format!(" ORDER BY {order} LIMIT {LIMIT}"), &wanted).fetch_all(&self.0).await?;
            found.extend(rows.iter().map(|row| row.get::<i64, _>(0)));
            if !rows.is_empty() {
                drop(ask("kind, status, level, province, COUNT(*)", " GROUP BY 1, 2, 3, 4".to_owned(), &None).fetch_all(&self.0).await?);
            }
            if found.len() >= FEW {
                break;
            }
        }
        Ok(found.len())
    }
}
