//! How subcommands talk to a running server: one line of JSON over a local socket in the data folder.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use platform::Ctx;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};

use crate::App;

/// What a running server can be asked.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub(super) enum Request {
    /// Build the search index anew.
    Reindex,
    /// Write a backup.
    Backup {
        /// A new folder.
        to: PathBuf,
    },
    /// Count the figures now.
    Statistics {
        /// Look at every case, not only at those that have changed.
        all: bool,
    },
    /// Check the audit trail.
    CheckAudit {
        /// A head from the log.
        head: Option<String>,
    },
    /// Check a draw.
    CheckDraw {
        /// The release.
        release: booking::release::ReleaseId,
    },
}

#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Answer {
    ok: bool,
    text: String,
}

fn socket(data: &Path) -> PathBuf {
    data.join("control.sock")
}

/// Whether a server runs on this data folder.
pub(super) async fn running(data: &Path) -> bool {
    UnixStream::connect(socket(data)).await.is_ok()
}

/// Asks the running server and shows its answer.
pub(super) async fn ask(data: &Path, request: Request) -> Result<()> {
    let mut stream = UnixStream::connect(socket(data)).await.context("no server runs on this data folder")?;
    let mut line = serde_json::to_string(&request)?;
    line.push('\n');
    stream.write_all(line.as_bytes()).await?;
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).await?;
    let answer: Answer = serde_json::from_str(&answer).context("the server gave no answer")?;
    if !answer.ok {
        bail!(answer.text);
    }
    super::say(answer.text);
    Ok(())
}

/// Listens for subcommands; only the owner of the data folder reaches the socket.
pub(super) fn listen(data: &Path, app: App) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let path = socket(data);
    if path.exists() {
        std::fs::remove_file(&path)?;
    }
    let listener = UnixListener::bind(&path)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let app = app.clone();
            tokio::spawn(async move {
                if let Err(error) = answer(stream, &app).await {
                    tracing::warn!(%error, "a subcommand was not answered");
                }
            });
        }
    });
    Ok(())
}

async fn answer(stream: UnixStream, app: &App) -> Result<()> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    if stream.read_line(&mut line).await? == 0 {
        // Somebody only looked whether a server runs.
        return Ok(());
    }
    let outcome = match serde_json::from_str(&line)? {
        Request::Reindex => {
            let done = app.search.reindex(&Ctx::system(&app.platform, "reindex")).await;
            done.map(|rebuilt| format!("{} entries indexed", rebuilt.total())).map_err(anyhow::Error::from)
        }
        Request::Backup { to } => crate::backup::backup(&app.platform, &to).await.map(|report| report.to_string()),
        Request::Statistics { all } => super::figures(&app.platform, all).await,
        Request::CheckAudit { head } => super::audit_report(&app.platform, head.as_deref()).await,
        Request::CheckDraw { release } => super::draw::report(&app.platform, release).await,
    };
    let answer = match outcome {
        Ok(text) => Answer { ok: true, text },
        Err(error) => Answer { ok: false, text: format!("{error:#}") },
    };
    let mut line = serde_json::to_string(&answer)?;
    line.push('\n');
    stream.get_mut().write_all(line.as_bytes()).await?;
    Ok(())
}
