//! The server as a process that can be killed.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use crate::bench::client::Client;

/// What the server says while it runs, in the folder of the measurement.
const LOG: &str = "server.log";
/// Lines of it that tell why the server does not start.
const LINES: usize = 20;
/// Ticks of the kernel's accounting in a second; fixed on Linux.
const TICKS: u64 = 100;

/// A running server.
pub(super) struct Server(Child);

impl Server {
    /// Starts it and waits until it answers.
    pub(super) async fn start(folder: &Path, url: &str, address: SocketAddr) -> Result<Self> {
        let config = folder.join("tongban.toml");
        std::fs::write(&config, format!("listen = \"{address}\"\ndatabase = \"{url}\"\n[site]\npublic_origin = \"http://{address}\"\n"))?;
        let log = std::fs::File::options().create(true).append(true).open(folder.join(LOG))?;
        let program = std::env::current_exe()?;
        let mut command = Command::new(program);
        command.arg("--config").arg(config).arg("--data").arg(folder.join("data")).arg("serve").stdout(Stdio::from(log.try_clone()?)).stderr(log);
        let mut server = Self(command.spawn()?);
        let begun = Instant::now();
        while !answers(address).await {
            let waits = server.0.try_wait()?.is_none() && begun.elapsed() < Duration::from_secs(60);
            ensure!(waits, "the server does not start; the end of its log:\n{}", end_of(&folder.join(LOG))?);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(server)
    }

    /// Processor time so far.
    pub(super) fn cpu(&self) -> Result<Duration> {
        cpu(self.0.id())
    }

    /// Ends it as a power cut would: SIGKILL.
    pub(super) fn kill(&mut self) -> Result<()> {
        self.0.kill()?;
        self.0.wait()?;
        Ok(())
    }

    /// Ends it at the end.
    pub(super) fn stop(mut self) -> Result<()> {
        self.kill()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // ended already, or the measurement broke off
        let _ = self.0.kill();
    }
}

/// The last lines of a file.
fn end_of(log: &Path) -> Result<String> {
    let text = std::fs::read_to_string(log)?;
    let lines: Vec<&str> = text.lines().collect();
    Ok(lines[lines.len().saturating_sub(LINES)..].join("\n"))
}

async fn answers(address: SocketAddr) -> bool {
    let Ok(mut client) = Client::connect(address).await else { return false };
    client.ask("GET", "/healthz", "", "").await.is_ok_and(|answer| answer.status == 200)
}

/// An address on this machine that nobody listens at.
pub(super) fn free_address() -> Result<SocketAddr> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}

/// Processor time of a process so far, in its own and the kernel's code.
pub(super) fn cpu(process: u32) -> Result<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let fields: Vec<&str> = stat.rsplit_once(')').context("a line of /proc")?.1.split_whitespace().collect();
    let ticks = |n: usize| fields.get(n).and_then(|ticks| ticks.parse::<u64>().ok()).context("a figure of /proc");
    Ok(Duration::from_millis((ticks(11)? + ticks(12)?) * (1000 / TICKS)))
}
