//! `pgbench` with the statements of a booking, prepared.
//!
//! What differs from booking to booking lies in a table, from which each transaction first reads one row into variables. That one more
//! statement is counted to `pgbench`'s account: it is what a client needs to have different values at all.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use store::record::Statement;
use store::testing::Server;
use store::{Db, Val, q};

/// Connections, as many as the program's write pool has.
const CLIENTS: usize = 16;
/// Columns of the table of values.
const MOST_VALUES: usize = 250;

/// Transactions a second.
pub(super) async fn run(server: &Server, database: &str, at: &Path, lists: &[Vec<Statement>]) -> Result<f64> {
    let script = at.join("booking.sql");
    std::fs::write(&script, script_of(&lists[0]))?;
    let db = Db::open_url(&server.url(database)).await?;
    fill(&db, lists).await?;
    db.close().await;
    let each = lists.len() / CLIENTS;
    let told = output(
        Command::new("pgbench")
            .args(["-n", "-M", "prepared", "-j", "2", "-D", "i=0"])
            .args(["-c", &CLIENTS.to_string(), "-t", &each.to_string(), "-D", &format!("each={each}"), "-f"])
            .arg(&script)
            .arg(server.url(database)),
    )?;
    let line = told.lines().find(|line| line.starts_with("tps =")).context("pgbench gave no figure")?;
    line.split_whitespace().nth(2).and_then(|figure| figure.parse().ok()).context("pgbench gave no figure")
}

/// The statements with variables for texts and bytes, which are read from the table, and for whole numbers.
fn script_of(list: &[Statement]) -> String {
    let values: usize = list.iter().map(|statement| statement.values().len()).sum();
    let columns = (0..values).map(|n| format!("v{n}")).collect::<Vec<_>>().join(", ");
    let mut script = format!(
        "\\set i :i + 1\n\\set n :client_id * :each + :i\nSELECT {columns} FROM bench_value WHERE n = :n \\gset\nBEGIN;\n"
    );
    let mut first = 0;
    for statement in list {
        script.push_str(&with_variables(statement, first));
        script.push_str(";\n");
        first += statement.values().len();
    }
    script.push_str("COMMIT;\n");
    script
}

fn with_variables(statement: &Statement, first: usize) -> String {
    let mut text = String::new();
    let mut rest = statement.text();
    while let Some(at) = rest.find('$') {
        text.push_str(&rest[..at]);
        let digits = rest[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let number: usize = rest[at + 1..at + 1 + digits].parse().unwrap_or(1);
        match &statement.values()[number - 1] {
            Val::I64(None) | Val::Bool(None) | Val::F64(None) | Val::Text(None) | Val::Bytes(None) => text.push_str("NULL"),
            Val::Bool(Some(flag)) => text.push_str(if *flag { "TRUE" } else { "FALSE" }),
            Val::I64(Some(_)) => write!(text, "CAST(:v{} AS BIGINT)", first + number - 1).expect("a String takes every write"),
            Val::F64(Some(figure)) => write!(text, "{figure}").expect("a String takes every write"),
            Val::Text(Some(_)) => write!(text, "CAST(:v{} AS TEXT)", first + number - 1).expect("a String takes every write"),
            Val::Bytes(Some(_)) => write!(text, "CAST(:v{} AS BYTEA)", first + number - 1).expect("a String takes every write"),
        }
        rest = &rest[at + 1 + digits..];
    }
    text.push_str(rest);
    text.replace('\n', " ")
}

/// The values of every booking, as text.
async fn fill(db: &Db, lists: &[Vec<Statement>]) -> Result<()> {
    let values: usize = lists[0].iter().map(|statement| statement.values().len()).sum();
    ensure!(values <= MOST_VALUES, "{values} values in a booking are too many for one row of variables");
    let columns: &'static str = String::leak((0..values).fold(String::new(), |text, n| text + &format!(", v{n} TEXT")));
    let names: &'static str = String::leak((0..values).fold(String::from("n"), |text, n| text + &format!(", v{n}")));
    db.write(|tx| async move { q("CREATE TABLE bench_value (n BIGINT PRIMARY KEY").sql(columns).sql(")").exec(&tx).await }).await?;
    for (page, lists) in lists.chunks(100).enumerate() {
        db.write(|tx| async move {
            for (n, list) in lists.iter().enumerate() {
                let number = i64::try_from(page * 100 + n + 1).expect("far fewer bookings");
                let row = std::iter::once(Val::from(number)).chain(list.iter().flat_map(Statement::values).map(as_text));
                q("INSERT INTO bench_value (").sql(names).sql(") VALUES (").list(row).sql(")").exec(&tx).await?;
            }
            Ok::<_, store::Error>(())
        })
        .await?;
    }
    Ok(())
}

fn as_text(value: &Val) -> Val {
    match value {
        Val::I64(number) => Val::Text(number.map(|number| number.to_string())),
        Val::Bool(flag) => Val::Text(flag.map(|flag| flag.to_string())),
        Val::F64(figure) => Val::Text(figure.map(|figure| figure.to_string())),
        Val::Text(text) => Val::Text(text.clone()),
        Val::Bytes(bytes) => Val::Text(bytes.as_ref().map(|bytes| format!("\\x{}", data_encoding::HEXLOWER.encode(bytes)))),
    }
}

fn output(command: &mut Command) -> Result<String> {
    let done = command.output().with_context(|| format!("{:?} could not be run", command.get_program()))?;
    ensure!(done.status.success(), "{:?}: {}", command.get_program(), String::from_utf8_lossy(&done.stderr));
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}
