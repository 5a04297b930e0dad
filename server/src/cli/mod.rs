//! The command line: everything an administrator does, also without a browser.

mod control;
mod draw;
mod import;
mod keys;
mod serve;
mod user;

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use kernel::Lang;
use platform::{Ctx, Error};

use crate::config::Config;
use crate::start::{self, DataFolder};

/// Tongban 通办: civil-affairs services, one program.
#[derive(clap::Parser)]
#[command(version, about)]
pub struct Cli {
    /// Configuration file (TOML).
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    /// Folder for the embedded database, keys and files.
    #[arg(long, global = true, default_value = "data-dir")]
    data: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Serves until stopped.
    Serve {
        /// Show that this is a demonstration, let staff sign in without a second factor, and print how to sign in.
        #[arg(long)]
        demo: bool,
        /// Address and port instead of the configured ones.
        #[arg(long)]
        listen: Option<std::net::SocketAddr>,
    },
    /// Brings the database to the present version.
    Migrate,
    /// Loads the demo province where it is not there yet.
    Demo,
    /// Builds the search index anew, while serving.
    Reindex,
    /// Writes a backup of database and files, while serving, and checks it.
    Backup {
        /// A new folder.
        to: PathBuf,
    },
    /// Restores a backup into an empty data folder.
    Restore {
        /// A folder that `backup` wrote.
        from: PathBuf,
    },
    /// Counts the figures now instead of at night.
    Statistics {
        /// Look at every case, not only at those that have changed: after the calendar of a past year was mended.
        #[arg(long)]
        all: bool,
    },
    /// Checks what can be checked.
    Check {
        #[command(subcommand)]
        what: Check,
    },
    /// Fills a new instance: divisions, bodies, items.
    Import {
        #[command(subcommand)]
        what: import::Import,
    },
    /// The key ring.
    Keys {
        #[command(subcommand)]
        what: keys::Key,
    },
    /// Accounts of staff.
    User {
        #[command(subcommand)]
        what: user::User,
    },
    /// Measures; for `cargo xtask bench`.
    #[command(hide = true)]
    Bench {
        /// Which figure; all without one. An address (`postgres://…`) is that of a server to measure on.
        names: Vec<String>,
    },
}

#[derive(clap::Subcommand)]
enum Check {
    /// The audit trail: gaps, edits and a lost tail.
    Audit {
        /// A head from the log or an earlier check, `number:mac`: without it a cut-off end goes unseen.
        #[arg(long)]
        head: Option<String>,
    },
    /// A draw: that the seed is the one committed to, the list the one whose root was published, and the order the one that follows.
    Draw(draw::Asked),
}

/// Writes a line for the person at the terminal.
#[expect(clippy::print_stdout, reason = "a command line tool speaks on its standard output")]
pub(crate) fn say(text: impl std::fmt::Display) {
    println!("{text}");
}

/// Writes why it went wrong, with all causes.
#[expect(clippy::print_stderr, reason = "a command line tool complains on its standard error")]
pub fn complain(error: &anyhow::Error) {
    eprintln!("tongban: {error:#}");
}

/// A refusal as lines for the terminal.
fn told(error: Error) -> anyhow::Error {
    let lines: Vec<String> = error.issues().iter().map(|issue| format!("{} {}", issue.code, issue.text(Lang::En))).collect();
    if lines.is_empty() { error.into() } else { anyhow::anyhow!(lines.join("\n")) }
}

/// Runs one command.
pub async fn run(cli: Cli) -> Result<()> {
    let mut config = Config::read(cli.config.as_deref())?;
    match cli.command {
        Command::Serve { demo, listen } => {
            config.site.demo |= demo;
            if let Some(listen) = listen {
                config.listen = listen;
                config.site.public_origin = format!("http://{listen}");
            }
            serve::serve(config, &cli.data).await
        }
        Command::Migrate => {
            let data = DataFolder::lock(&cli.data)?;
            start::platform(&config, &data).await.map(drop)
        }
        Command::Demo => {
            config.site = crate::demo::settings(config.site);
            let data = DataFolder::lock(&cli.data)?;
            crate::demo::load(start::parts(&config, &data).await?, data.path()).await
        }
        Command::Reindex => control::ask(&cli.data, control::Request::Reindex).await,
        Command::Backup { to } => {
            let to = std::path::absolute(&to)?;
            if control::running(&cli.data).await {
                return control::ask(&cli.data, control::Request::Backup { to }).await;
            }
            let data = DataFolder::lock(&cli.data)?;
            let platform = start::platform(&config, &data).await?;
            let report = crate::backup::backup(&platform, &to).await?;
            say(report);
            Ok(())
        }
        Command::Restore { from } => {
            let report = crate::backup::restore(&from, &cli.data).await?;
            say(report);
            Ok(())
        }
        Command::Statistics { all } => count_figures(&config, &cli.data, all).await,
        Command::Check { what: Check::Audit { head } } => check_audit(&config, &cli.data, head).await,
        Command::Check { what: Check::Draw(asked) } => draw::check(&config, &cli.data, asked).await,
        Command::Import { what } => {
            let data = DataFolder::lock(&cli.data)?;
            let platform = start::platform(&config, &data).await?;
            import::import(&Ctx::system(&platform, "command line"), what).await
        }
        Command::Keys { what } => keys::keys(&config, &DataFolder::lock(&cli.data).context("stop the server first")?, what).await,
        Command::User { what } => {
            let data = DataFolder::lock(&cli.data).context("stop the server first, or use the page Administration › Staff")?;
            let platform = start::platform(&config, &data).await?;
            user::user(&Ctx::system(&platform, "command line"), what).await
        }
        Command::Bench { names } => crate::bench::bench(&names).await,
    }
}

async fn count_figures(config: &Config, data: &std::path::Path, all: bool) -> Result<()> {
    if control::running(data).await {
        return control::ask(data, control::Request::Statistics { all }).await;
    }
    let data = DataFolder::lock(data)?;
    let platform = start::platform(config, &data).await?;
    say(figures(&platform, all).await?);
    Ok(())
}

/// Counts the figures and says what was done.
async fn figures(platform: &platform::Platform, all: bool) -> Result<String> {
    ::statistics::install(platform, crate::registry::reports());
    let Some(ran) = ::statistics::run(&Ctx::system(platform, "statistics"), all).await? else { bail!("the figures are being counted already") };
    Ok(format!("{} cases looked at, {} days counted, {} figures changed, {} months closed", ran.cases, ran.days, ran.figures, ran.months))
}

async fn check_audit(config: &Config, data: &std::path::Path, head: Option<String>) -> Result<()> {
    if control::running(data).await {
        return control::ask(data, control::Request::CheckAudit { head }).await;
    }
    let data = DataFolder::lock(data)?;
    let platform = start::platform(config, &data).await?;
    say(audit_report(&platform, head.as_deref()).await?);
    Ok(())
}

/// Reads the whole trail; an error tells every finding.
async fn audit_report(platform: &platform::Platform, head: Option<&str>) -> Result<String> {
    let known = head.map(str::parse).transpose().map_err(|_| anyhow::anyhow!("a head looks like number:mac"))?;
    let report = platform::audit::check(&Ctx::system(platform, "check audit"), known.as_ref()).await?;
    let head = report.head.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
    let read = format!("{} seals over {} rows read; head {head}", report.seals, report.rows);
    if report.findings.is_empty() {
        return Ok(format!("The audit trail is whole: {read}"));
    }
    let findings: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    bail!("{read}\n{}", findings.join("\n"))
}
