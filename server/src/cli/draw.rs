//! `check draw`: by whoever runs the program against its database, and by anybody against what was published.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use booking::release::check::{Finding, check as check_stored};
use booking::release::draw::{Flaw, verify};
use booking::release::{EntryId, ReleaseId};
use platform::{Ctx, Platform};

use super::control::{self, Request};
use crate::config::Config;
use crate::start::{self, DataFolder};

/// Findings that are told one by one.
const TOLD: usize = 20;

/// What is to be checked.
#[derive(Debug, clap::Args)]
pub(super) struct Asked {
    /// The release, as its page is called.
    release: ReleaseId,
    /// What was published of it, instead of the database: the JSON of /api/v1/releases/{id}. Needs neither a data folder nor a server.
    #[arg(long, requires = "list")]
    published: Option<PathBuf>,
    /// The closed list, one receipt a line, as its page gives it; the pages of a long one behind each other.
    #[arg(long, requires = "published")]
    list: Option<PathBuf>,
    /// A receipt of the list, whose place is told.
    #[arg(long, requires = "published")]
    receipt: Option<EntryId>,
}

/// What is public of a draw, as `/api/v1/releases/{id}` gives it.
#[derive(serde::Deserialize)]
struct Published {
    id: ReleaseId,
    draw: Option<Facts>,
}

#[derive(serde::Deserialize)]
struct Facts {
    commitment: String,
    root: Option<String>,
    value: Option<String>,
    seed: Option<String>,
}

/// Checks a draw and says what came of it.
pub(super) async fn check(config: &Config, data: &Path, asked: Asked) -> Result<()> {
    if let (Some(published), Some(list)) = (&asked.published, &asked.list) {
        let read = |path: &Path| std::fs::read_to_string(path).with_context(|| path.display().to_string());
        super::say(by_anybody(&asked, &read(published)?, &read(list)?)?);
        return Ok(());
    }
    if control::running(data).await {
        return control::ask(data, Request::CheckDraw { release: asked.release }).await;
    }
    let data = DataFolder::lock(data)?;
    let platform = start::platform(config, &data).await?;
    super::say(report(&platform, asked.release).await?);
    Ok(())
}

fn by_anybody(asked: &Asked, published: &str, list: &str) -> Result<String> {
    let published: Published = serde_json::from_str(published).context("what was published is not that of a release")?;
    if published.id != asked.release {
        bail!("this is what was published of release {}", published.id);
    }
    let Some(Facts { commitment, root: Some(root), value: Some(value), seed: Some(seed) }) = published.draw else {
        bail!("the order is not drawn yet, or the release has no draw");
    };
    let bytes = |hex: &str, what: &str| data_encoding::HEXLOWER_PERMISSIVE.decode(hex.trim().as_bytes()).with_context(|| format!("the {what} is not hexadecimal"));
    let receipts: Vec<&str> = list.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let order = match verify(&bytes(&commitment, "commitment")?, &bytes(&seed, "seed")?, &value, &bytes(&root, "root")?, &receipts) {
        Ok(order) => order,
        Err(flaw) => bail!("{}", told(&Finding::Flaw(flaw))),
    };
    let mut said = format!("The draw is as it was promised: {} entrants", receipts.len());
    if let Some(receipt) = asked.receipt {
        let receipt = receipt.to_string();
        match order.iter().position(|n| receipts[*n] == receipt) {
            Some(place) => said.push_str(&format!("; {receipt} has place {}", place + 1)),
            None => bail!("{receipt} is not on the list"),
        }
    }
    Ok(said)
}

/// Checks a draw against the database; an error tells what is wrong.
pub(super) async fn report(platform: &Platform, release: ReleaseId) -> Result<String> {
    let report = check_stored(&Ctx::system(platform, "check draw"), release).await?;
    if report.findings.is_empty() {
        return Ok(format!("The draw is as it was promised: {} entrants, every place as drawn", report.entrants));
    }
    let mut lines: Vec<String> = report.findings.iter().take(TOLD).map(told).collect();
    if report.findings.len() > TOLD {
        lines.push(format!("and {} more", report.findings.len() - TOLD));
    }
    bail!(lines.join("\n"))
}

fn told(finding: &Finding) -> String {
    match finding {
        Finding::NotDrawn => "the order is not drawn yet, or the release has no draw".to_owned(),
        Finding::Flaw(Flaw::Seed) => "the seed is not the one that was committed to".to_owned(),
        Finding::Flaw(Flaw::List) => "the list is not the one whose root was published".to_owned(),
        Finding::Place { receipt, written, drawn } => {
            let written = written.map_or_else(|| "none".to_owned(), |place| place.to_string());
            format!("{receipt} has place {written}, drawn was {drawn}")
        }
    }
}
