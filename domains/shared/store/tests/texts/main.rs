//! Every SQL text of the workspace is found in the sources and prepared on both engines: what the compiler cannot check, this
//! does. A text that a program puts together by branches is prepared in the parts that can be read here.

mod scan;

use std::path::{Path, PathBuf};

use scan::Text;
use store::{Db, Dialect, db_test, testing};

/// The types that a portable column may have (PostgreSQL's words). INT4 and NUMERIC would not fit what the program reads.
const PORTABLE: [&str; 8] = ["INT8", "BOOL", "FLOAT8", "TEXT", "BYTEA", "VOID", "UNKNOWN", "NAME"];

/// The sources of every crate but this one, whose tests make their own tables.
fn texts() -> Vec<Text> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let mut files = Vec::new();
    for folder in ["app", "domains", "search-index", "server", "tests"] {
        collect(&root.join(folder), &mut files);
    }
    files.sort();
    let own = |path: &PathBuf| path.components().any(|part| part.as_os_str() == "store") && path.starts_with(root.join("domains/shared/store"));
    files
        .into_iter()
        .filter(|path| !own(path))
        .flat_map(|path| {
            let source = std::fs::read_to_string(&path).expect("a source file is readable");
            let shown = path.strip_prefix(&root).unwrap_or(&path).display().to_string();
            scan::texts(&shown, &source)
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

async fn prepare_all(db: Db) {
    let mut wrong = Vec::new();
    for text in texts().iter().filter(|text| text.whole) {
        match testing::describe(&db, &text.sql).await {
            Err(error) => wrong.push(format!("{}: {error}\n    {}", text.place, text.sql)),
            Ok(columns) if db.dialect() == Dialect::Postgres => {
                for column in columns.iter().filter(|column| !PORTABLE.contains(&column.kind.as_str())) {
                    wrong.push(format!("{}: column {} is {}; CAST it\n    {}", text.place, column.name, column.kind, text.sql));
                }
            }
            Ok(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{} texts are wrong on {:?}:\n{}", wrong.len(), db.dialect(), wrong.join("\n"));
}

db_test!(every_sql_text_is_prepared, prepare_all);

#[test]
fn no_sql_text_is_fragile() {
    let mut wrong = Vec::new();
    for text in texts() {
        if let Some(why) = fragile(&text.sql) {
            wrong.push(format!("{}: {why}\n    {}", text.place, text.sql));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What runs on one engine, or today, and not on the other, or tomorrow.
fn fragile(sql: &str) -> Option<&'static str> {
    let words = sql.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
    let has = |needle: &str| words.contains(needle);
    if has("SELECT *") || has("RETURNING *") || has(".*") || has(", * FROM") {
        return Some("name the columns: a column that is added later breaks prepared statements");
    }
    if has("SUM(") && !has("CAST(") {
        return Some("CAST(SUM(x) AS BIGINT): PostgreSQL makes a sum of BIGINT a NUMERIC");
    }
    if has("AVG(") && !has("CAST(") {
        return Some("CAST(AVG(x) AS DOUBLE PRECISION)");
    }
    if has("GREATEST(") || has("LEAST(") || has("NOW()") || has("CURRENT_TIMESTAMP") || has("DATETIME(") || has(" ILIKE ") || has("STRFTIME(") {
        return Some("one of the engines does not have this");
    }
    if has("INSERT OR ") || has("REPLACE INTO") || has("::") {
        return Some("one of the engines does not parse this");
    }
    if has(" LIKE $") && !has("ESCAPE") {
        return Some("LIKE without ESCAPE takes % and _ from input, and one engine ignores case: LOWER(x) LIKE $1 ESCAPE '!'");
    }
    None
}

#[test]
fn fragile_texts_are_told() {
    for sql in ["SELECT * FROM a", "SELECT a.* FROM a", "DELETE FROM a RETURNING *", "SELECT SUM(n) FROM a", "SELECT n FROM a WHERE t LIKE $1"] {
        assert!(fragile(sql).is_some(), "{sql}");
    }
    for sql in ["SELECT COUNT(*) FROM a", "SELECT CAST(SUM(n) AS BIGINT) FROM a", "SELECT n * 2 FROM a WHERE LOWER(t) LIKE $1 ESCAPE '!'"] {
        assert_eq!(fragile(sql), None, "{sql}");
    }
}

#[test]
fn texts_are_found_in_sources() {
    let source = r##"
        // q("SELECT comment")
        const COLUMNS: &str = "SELECT a, \
            b FROM t";
        fn f() {
            q("SELECT 1").all(&db).await;
            q(COLUMNS).one(&db).await;
            q("SELECT a FROM t WHERE b = $1").bind(f(x, ")")).sql(" AND c IN (").list(cs).sql(")").opt(&tx).await;
            store::q(r#"SELECT "x" FROM t"#).opt(&tx).await;
            q("INSERT INTO t (a, b) VALUES ").rows(rows.map(|row| [row.into(), f(")").into()])).sql(" ON CONFLICT (a) DO NOTHING").exec(&tx).await;
            let mut query = q("SELECT a FROM t WHERE 1 = 1");
            q("SELECT a FROM t").sql(tx.dialect().skip_locked()).all(&tx).await;
            faq("no text");
        }
    "##;
    let found: Vec<(String, bool)> = scan::texts("x.rs", source).into_iter().map(|text| (text.sql, text.whole)).collect();
    let expected = [
        ("SELECT 1", true),
        ("SELECT a, b FROM t", true),
        ("SELECT a FROM t WHERE b = $1 AND c IN ($2)", true),
        ("SELECT \"x\" FROM t", true),
        ("INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT (a) DO NOTHING", true),
        ("SELECT a FROM t WHERE 1 = 1", false),
        ("SELECT a FROM t", true),
    ];
    assert_eq!(found, expected.map(|(sql, whole)| (sql.to_owned(), whole)));
}

#[test]
fn the_scan_sees_the_program() {
    let texts = texts();
    let whole = texts.iter().filter(|text| text.whole).count();
    assert!(whole * 2 > texts.len(), "only {whole} of {} texts can be prepared: does the scan still fit the sources?", texts.len());
}
