//! One test, two engines: every test gets a migrated, empty database of its own.
//!
//! ```ignore
//! store::db_test!(a_name_that_says_the_rule, |db| async move {
//!     let (n,): (i64,) = store::q("SELECT COUNT(*) FROM booking").one(&db).await.expect("counted");
//!     assert_eq!(n, 0);
//! });
//! ```
//!
//! This makes the tests `a_name_that_says_the_rule::sqlite` and `::postgres`. SQLite works on a copy of a migrated file.
//! PostgreSQL is, in this order: the server that `TONGBAN_TEST_PG` names; a throw-away cluster that the first test starts and
//! all test programs share; nothing, which fails in CI (`CI` or `REQUIRE_PG` set) and skips loudly elsewhere.

mod cluster;
mod describe;
mod settled;

use std::fs::File;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::db::{Db, Dialect, Options};
use crate::error::{Error, Result};
use crate::migrations;

pub use crate::db_test;
pub use cluster::Server;
pub use describe::{Column, describe};
pub use settled::settled;

/// Defines a test that runs on both engines: see [`crate::testing`].
#[macro_export]
macro_rules! db_test {
    ($(#[$attribute:meta])* $name:ident, $body:expr $(,)?) => {
        mod $name {
            #[allow(unused_imports, reason = "not every body names something from around it")]
            use super::*;

            $(#[$attribute])*
            #[test]
            fn sqlite() {
                $crate::testing::on_sqlite($body);
            }

            $(#[$attribute])*
            #[test]
            fn postgres() {
                $crate::testing::on_postgres($body);
            }
        }
    };
}

/// What the body of a test may return: nothing, or a result that must be `Ok`.
pub trait Outcome {
    /// Fails the test on an error.
    fn check(self);
}

impl Outcome for () {
    fn check(self) {}
}

impl<E: std::fmt::Debug> Outcome for std::result::Result<(), E> {
    fn check(self) {
        if let Err(error) = self {
            panic!("the test returned an error: {error:?}");
        }
    }
}

/// Runs a test body on an own copy of the migrated SQLite file.
pub fn on_sqlite<F, Fut>(body: F)
where
    F: FnOnce(Db) -> Fut,
    Fut: Future,
    Fut::Output: Outcome,
{
    runtime().block_on(async {
        let (db, folder) = sqlite().await.expect("a SQLite test database");
        body(db.clone()).await.check();
        db.close().await;
        drop(folder);
    });
}

/// Runs a test body on an own PostgreSQL database, or skips it loudly where there is no server.
pub fn on_postgres<F, Fut>(body: F)
where
    F: FnOnce(Db) -> Fut,
    Fut: Future,
    Fut::Output: Outcome,
{
    let Some(server) = cluster::server() else { return };
    runtime().block_on(async {
        let (db, name) = postgres(server).await.expect("a PostgreSQL test database");
        body(db.clone()).await.check();
        db.close().await;
        // That of a failed test stays, to be looked into.
        server.drop(&name).await.expect("the test database is dropped");
    });
}

/// A migrated, empty SQLite database in a folder that goes away when the guard is dropped.
///
/// # Errors
/// Whatever opening and migrating it say.
pub async fn sqlite() -> Result<(Db, tempfile::TempDir)> {
    let template = sqlite_template().await?;
    let folder = tempfile::tempdir().map_err(unavailable)?;
    let file = folder.path().join("test.db");
    std::fs::copy(&template, &file).map_err(unavailable)?;
    Ok((Db::open(&options(sqlite_url(&file))).await?, folder))
}

/// Options for a test: a body limit for a busy machine, and no waiting for the disk.
pub fn options(url: String) -> Options {
    Options { body_limit: Duration::from_secs(20), durable: false, read_connections: 4, write_connections: 8, ..Options::new(url) }
}

fn sqlite_url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

/// The migrated file that tests copy; made once for each state of the migrations.
async fn sqlite_template() -> Result<PathBuf> {
    let folder = std::env::temp_dir().join("tongban-test-sqlite");
    std::fs::create_dir_all(&folder).map_err(unavailable)?;
    let template = folder.join(format!("{}.db", migrations::digest(Dialect::Sqlite)?));
    let lock = File::create(folder.join("lock")).map_err(unavailable)?;
    lock.lock().map_err(unavailable)?;
    if !template.exists() {
        let unfinished = folder.join(format!("unfinished-{}.db", std::process::id()));
        let db = Db::open(&options(sqlite_url(&unfinished))).await?;
        db.migrate().await?;
        db.close().await;
        std::fs::rename(&unfinished, &template).map_err(unavailable)?;
    }
    Ok(template)
}

/// A database of its own on the server, copied from a migrated template.
async fn postgres(server: &cluster::Server) -> Result<(Db, String)> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let template = server.template().await?;
    let name = format!("test_{}_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed), short_random());
    server.create(&name, template).await?;
    Ok((Db::open(&options(server.url(&name))).await?, name))
}

/// The address of a database of the test server, where there is one: for tests that open it in another way.
pub fn url_of(database: &str) -> Option<String> {
    cluster::server().map(|server| server.url(database))
}

fn short_random() -> u32 {
    use std::hash::{BuildHasher, Hasher};
    (std::collections::hash_map::RandomState::new().build_hasher().finish() & 0xff_ffff) as u32
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}

fn unavailable(error: std::io::Error) -> Error {
    Error::Unavailable(error.to_string())
}
