//! What the number of cases costs: the nightly run of supervision over 200,000 open ones, and the work of the desk with a million.
//!
//! `cargo bench -p casework --bench casework -- [supervision] [cases] [postgres://…]`: both without a name; on the embedded database, or
//! on the server whose address is given.
#![expect(clippy::print_stdout, reason = "a measurement that prints its figures")]

mod cases;
mod supervision;

use std::time::Duration;

use store::testing::Server;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    // Cargo says that this is a bench.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let (servers, names): (Vec<&String>, Vec<&String>) = words.iter().partition(|word| word.contains("://"));
    let wanted = |figure: &str| names.is_empty() || names.iter().any(|name| *name == figure);
    let server = servers.first().map(|address| Server::given(address));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        if wanted("supervision") {
            supervision::run(server.as_ref()).await?;
        }
        if wanted("cases") {
            cases::run(server.as_ref()).await?;
        }
        Ok(())
    })
}

/// The time that nineteen of twenty did not exceed, in milliseconds.
fn at_95(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    let last = times.len().saturating_sub(1);
    times.get(last * 95 / 100).copied().unwrap_or_default().as_secs_f64() * 1_000.0
}
