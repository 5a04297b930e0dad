//! `tongban bench`: figures, each a ratio within one run, so that they mean the same on every machine.
//!
//! `booking` asks what a confirmed booking through HTTP costs beyond its own SQL: the same bookings are made once through HTTP, and once
//! as the bare list of their statements through `store::write`. On a PostgreSQL server the bare list is run by `pgbench`.
//!
//! `surge` asks what fifty thousand couples do to the server and to a clerk's desk on the day when everybody comes.

mod booking;
mod client;
mod pgbench;
mod surge;
mod world;

use std::fmt;
use std::time::Duration;

use anyhow::{Result, bail};
use store::testing::Server;

/// Takes the figures that are named; all without a name. On the embedded database, or on the servers whose addresses (`postgres://…`) are
/// among the names.
///
/// # Errors
/// For an unknown name, and when a measurement finds something wrong, one booking too many above all.
pub(crate) async fn bench(names: &[String]) -> Result<()> {
    if let [part, folder] = names
        && let Some(part) = surge::Part::of(part)
    {
        return part.run(std::path::Path::new(folder)).await;
    }
    let (servers, names): (Vec<_>, Vec<_>) = names.iter().partition(|name| name.contains("://"));
    const FIGURES: [&str; 2] = ["booking", "surge"];
    if let Some(unknown) = names.iter().find(|name| !FIGURES.contains(&name.as_str())) {
        bail!("there is no figure {unknown}; there are: {}", FIGURES.join(", "));
    }
    for figure in FIGURES.into_iter().filter(|figure| names.is_empty() || names.iter().any(|name| name.as_str() == *figure)) {
        let servers = servers.iter().map(|address| Server::given(address));
        match figure {
            "booking" if servers.len() == 0 => booking::sqlite().await?,
            _ if servers.len() == 0 => surge::sqlite().await?,
            "booking" => for server in servers { booking::postgres(&server).await? },
            _ => for server in servers { surge::postgres(server).await? },
        }
    }
    Ok(())
}

/// How fast something went.
#[derive(Clone, Debug)]
struct Rate {
    a_second: f64,
    /// Sorted.
    latencies: Vec<Duration>,
}

impl Rate {
    fn new(took: Duration, mut latencies: Vec<Duration>) -> Self {
        latencies.sort_unstable();
        Self { a_second: latencies.len() as f64 / took.as_secs_f64(), latencies }
    }

    /// The latency that so many of a thousand do not exceed.
    fn permille(&self, permille: usize) -> Duration {
        let last = self.latencies.len().saturating_sub(1);
        self.latencies.get(last * permille / 1000).copied().unwrap_or_default()
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |permille| self.permille(permille).as_secs_f64() * 1000.0;
        write!(f, "{:.0}/s, half within {:.1} ms, 99 % within {:.1} ms", self.a_second, ms(500), ms(990))
    }
}

/// Spearman's coefficient of places in the order of receipt, both without ties: 1 − 6 Σd² ÷ n(n² − 1). It is 1 where first come is first
/// served, −1 where the last is.
pub fn spearman(places: impl Iterator<Item = i64>) -> f64 {
    let (mut n, mut squares) = (0.0_f64, 0.0_f64);
    for (place, rank) in places.zip(1_i64..) {
        n += 1.0;
        squares += ((place - rank) as f64).powi(2);
    }
    if n < 2.0 { 1.0 } else { 1.0 - 6.0 * squares / (n * (n * n - 1.0)) }
}
