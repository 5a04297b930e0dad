//! The PostgreSQL server of the tests: a given one, or a throw-away cluster shared by all test programs of a user.
//!
//! The cluster keeps nothing (`fsync=off`). It lives in the temporary folder, is started under a file lock by the first test
//! that wants it, and a small watcher stops and deletes it once no test has asked for it for a quarter of an hour.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tokio::sync::OnceCell;

use super::{options, unavailable};
use crate::db::{Db, Dialect};
use crate::error::{Error, Result};
use crate::migrations;
use crate::names::Names;

/// Stops the cluster in `$1` when `$1/in-use` has not been touched for 15 minutes; `$2` is the folder of PostgreSQL's programs.
const WATCHER: &str = r#"
while sleep 60; do
    flock "$1/lock" sh -c '
        [ -z "$(find "$1/in-use" -mmin -15 2>/dev/null)" ] || exit 1
        "$2/pg_ctl" -D "$1/data" -m immediate stop
        rm -rf "$1/data" "$1/in-use"
    ' sh "$1" "$2" && exit
done
"#;

/// The database from which others are made.
const MAINTENANCE: &str = "postgres";

/// A server on which tests and measurements make databases.
pub struct Server {
    /// Up to and without the database name.
    base: String,
    query: String,
    template: OnceCell<String>,
}

/// The server of this test program, started when it has to be. `None`: there is none, and the test skips.
///
/// # Panics
/// Where there is none although `CI` or `REQUIRE_PG` asks for it.
#[expect(clippy::disallowed_methods, reason = "tests are told by the environment which server to take")]
pub(super) fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let found = SERVER.get_or_init(|| {
        if let Ok(url) = std::env::var("TONGBAN_TEST_PG") {
            return Some(Server::given(&url));
        }
        start().inspect_err(|why| skip_or_fail(why)).ok()
    });
    if found.is_none() {
        skip_or_fail("no server");
    }
    found.as_ref()
}

#[expect(clippy::print_stderr, clippy::disallowed_methods, reason = "a skipped half of the tests must be seen; CI says so by the environment")]
fn skip_or_fail(why: &str) {
    let required = ["CI", "REQUIRE_PG"].iter().any(|name| std::env::var_os(name).is_some());
    assert!(!required, "PostgreSQL is required and there is none: {why}");
    eprintln!("SKIPPED: the PostgreSQL half of this test did not run: {why}");
}

impl Server {
    /// The server at an address (`postgres://…`); a database that the address names is left out.
    pub fn given(url: &str) -> Server {
        let (address, query) = url.split_once('?').map_or((url, String::new()), |(address, query)| (address, format!("?{query}")));
        let base = match address.split_once("://").map(|(_, rest)| rest.contains('/')) {
            Some(true) => address.rsplit_once('/').map_or(address, |(base, _)| base),
            _ => address,
        };
        Server { base: base.to_owned(), query, template: OnceCell::new() }
    }

    /// The URL of a database on it.
    pub fn url(&self, database: &str) -> String {
        format!("{}/{database}{}", self.base, self.query)
    }

    /// Makes a database, as a copy of another that nobody has open; `template0` is empty.
    ///
    /// # Errors
    /// Whatever the server says.
    pub async fn create(&self, database: &str, template: &str) -> Result<()> {
        self.run(MAINTENANCE, format!("CREATE DATABASE {database} TEMPLATE {template}")).await
    }

    pub(super) async fn drop(&self, database: &str) -> Result<()> {
        self.run(MAINTENANCE, format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)")).await
    }

    /// Runs one statement in a database.
    ///
    /// # Errors
    /// Whatever the server says.
    pub async fn run(&self, database: &str, statement: String) -> Result<()> {
        let run = async {
            let mut conn = PgConnection::connect(&self.url(database)).await?;
            conn.execute(AssertSqlSafe(statement)).await?;
            conn.close().await
        };
        run.await.map_err(|error| Error::from_driver(error, &Names::default()))
    }

    /// The name of the migrated database that tests copy; made once for each state of the migrations.
    pub(super) async fn template(&self) -> Result<&str> {
        self.template
            .get_or_try_init(|| async {
                let name = format!("template_{}", migrations::digest(Dialect::Postgres)?);
                let lock = File::create(std::env::temp_dir().join("tongban-test-template.lock")).map_err(unavailable)?;
                lock.lock().map_err(unavailable)?;
                if !self.has(&name).await? {
                    let unfinished = format!("unfinished_{}", std::process::id());
                    self.drop(&unfinished).await?;
                    self.create(&unfinished, "template1").await?;
                    let db = Db::open(&options(self.url(&unfinished))).await?;
                    db.migrate().await?;
                    db.close().await;
                    self.run(MAINTENANCE, format!("ALTER DATABASE {unfinished} RENAME TO {name}")).await?;
                }
                Ok(name)
            })
            .await
            .map(String::as_str)
    }

    async fn has(&self, database: &str) -> Result<bool> {
        let found = async {
            let mut conn = PgConnection::connect(&self.url(MAINTENANCE)).await?;
            let found: Option<(String,)> =
                sqlx::query_as("SELECT datname::text FROM pg_database WHERE datname = $1").bind(database).fetch_optional(&mut conn).await?;
            conn.close().await?;
            Ok(found.is_some())
        };
        found.await.map_err(|error| Error::from_driver(error, &Names::default()))
    }
}

/// Starts the shared cluster, or finds it running.
fn start() -> std::result::Result<Server, String> {
    let programs = programs().ok_or("initdb and pg_ctl were not found")?;
    let root = output(Command::new("id").arg("-u"))?.trim() == "0";
    let user = output(Command::new("id").arg("-un"))?;
    let folder = std::env::temp_dir().join(format!("tongban-test-postgres-{}", user.trim()));
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let lock = File::create(folder.join("lock")).map_err(|error| error.to_string())?;
    lock.lock().map_err(|error| error.to_string())?;
    File::create(folder.join("in-use")).map_err(|error| error.to_string())?;
    let program = |name: &str| as_server_user(root, &programs.join(name));
    let data = folder.join("data");
    let alive = data.join("postmaster.pid").exists() && program("pg_ctl").arg("-D").arg(&data).arg("status").stdout(Stdio::null()).status().is_ok_and(|status| status.success());
    if !alive {
        if root {
            output(Command::new("chown").args(["-R", "postgres"]).arg(&folder))?;
        }
        if data.exists() {
            std::fs::remove_dir_all(&data).map_err(|error| error.to_string())?;
        }
        output(program("initdb").arg("-D").arg(&data).args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]))?;
        let settings = format!(
            "-k {} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=500 \
             -c autovacuum=off -c max_wal_size=4GB -c shared_buffers=64MB",
            folder.display()
        );
        output(program("pg_ctl").arg("-D").arg(&data).arg("-l").arg(data.join("log")).args(["-w", "-o"]).arg(settings).arg("start"))?;
        let mut watcher = as_server_user(root, Path::new("sh"));
        watcher.args(["-c", WATCHER, "sh"]).arg(&folder).arg(&programs);
        watcher.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(|error| error.to_string())?;
    }
    Ok(Server::given(&format!("postgres://postgres@localhost/postgres?host={}", folder.display())))
}

/// PostgreSQL refuses to run as root: as root, its programs run as the user `postgres`.
fn as_server_user(root: bool, program: &Path) -> Command {
    let mut command = if root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    // The working folder of a test need not be readable for that user.
    command.current_dir(std::env::temp_dir());
    command
}

/// The newest PostgreSQL on this machine.
#[expect(clippy::disallowed_methods, reason = "programs are looked for on the path")]
fn programs() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin")).collect();
    found.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    found.retain(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists());
    found.into_iter().max_by_key(|folder| folder.to_string_lossy().bytes().filter(u8::is_ascii_digit).fold(0_u64, |n, d| n.saturating_mul(10) + u64::from(d - b'0')))
}

/// Runs a program to its end; its error text when it fails. Its output goes through a file: a server that it starts would
/// keep a pipe open.
fn output(command: &mut Command) -> std::result::Result<String, String> {
    let file = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
    let handle = || file.reopen().map(Stdio::from).map_err(|error| error.to_string());
    let status = command.stdin(Stdio::null()).stdout(handle()?).stderr(Stdio::null()).status();
    let status = status.map_err(|error| format!("{command:?}: {error}"))?;
    let text = std::fs::read_to_string(file.path()).map_err(|error| error.to_string())?;
    if status.success() { Ok(text) } else { Err(format!("{command:?} ended with {status}: {text}")) }
}
