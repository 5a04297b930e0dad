//! A clerk who opens her desk ten times a second.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tokio::task::JoinHandle;

use crate::bench::Rate;
use crate::bench::client::Client;

const EVERY: Duration = Duration::from_millis(100);

/// The clerk's desk.
#[derive(Clone)]
pub(super) struct Desk {
    address: SocketAddr,
    cookie: String,
}

/// Measuring in the background until told to stop.
pub(super) struct Watch {
    task: JoinHandle<Result<Rate>>,
    paused: Arc<AtomicBool>,
    ended: Arc<AtomicBool>,
}

impl Desk {
    /// The desk at a server, under a session's cookie.
    pub(super) fn new(address: SocketAddr, cookie: String) -> Self {
        Self { address, cookie }
    }

    /// Opens it for a while.
    pub(super) async fn open_for(&self, time: Duration) -> Result<Rate> {
        let watch = self.watch();
        tokio::time::sleep(time).await;
        watch.end().await
    }

    /// Opens it until told to stop.
    pub(super) fn watch(&self) -> Watch {
        let (paused, ended) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let task = tokio::spawn(self.clone().open(paused.clone(), ended.clone()));
        Watch { task, paused, ended }
    }

    async fn open(self, paused: Arc<AtomicBool>, ended: Arc<AtomicBool>) -> Result<Rate> {
        let (begun, mut latencies, mut client) = (Instant::now(), Vec::new(), None::<Client>);
        let mut ticks = tokio::time::interval(EVERY);
        while !ended.load(Ordering::Relaxed) {
            ticks.tick().await;
            if paused.load(Ordering::Relaxed) {
                client = None;
                continue;
            }
            let asked = Instant::now();
            let mut open = match client.take() {
                Some(client) => client,
                None => Client::connect(self.address).await?,
            };
            match open.ask("GET", "/desk", &format!("Cookie: tb_session={}\r\n", self.cookie), "").await {
                Ok(answer) if answer.status == 200 => {
                    latencies.push(asked.elapsed());
                    client = Some(open);
                }
                Ok(answer) => bail!("the desk answers {}: {}", answer.status, String::from_utf8_lossy(&answer.body)),
                // the server was killed while it answered
                Err(_) if paused.load(Ordering::Relaxed) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Rate::new(begun.elapsed(), latencies))
    }
}

impl Watch {
    /// While the server is down nobody asks.
    pub(super) fn pause(&self, paused: bool) {
        self.paused.store(paused, Ordering::Relaxed);
    }

    /// Stops and says how long the pages took.
    pub(super) async fn end(self) -> Result<Rate> {
        self.ended.store(true, Ordering::Relaxed);
        self.task.await?
    }
}
