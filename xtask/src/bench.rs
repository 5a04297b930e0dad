//! `cargo xtask bench`: figures, each a ratio within one run, from a release build.

use std::process::Command;

use anyhow::Result;

use crate::command::{cargo, run, target_dir};

/// The figure of rendering, which needs neither server nor database.
const DESK: &str = "desk";

/// Builds for release (without the development switch of the pages) and lets the program measure itself; `desk` is a bench of its crate.
pub(crate) fn bench(args: &[String]) -> Result<()> {
    crate::web::build()?;
    let release = target_dir().join("release-bench");
    let (desk, rest): (Vec<_>, Vec<_>) = args.iter().partition(|name| *name == DESK);
    if !desk.is_empty() || args.is_empty() {
        run(cargo().args(["bench", "--locked", "--package", "marriage-pages", "--bench", "desk_list", "--target-dir"]).arg(&release).env("RUSTFLAGS", ""))?;
    }
    if rest.is_empty() && !desk.is_empty() {
        return Ok(());
    }
    run(cargo().args(["build", "--locked", "--release", "--package", "server", "--target-dir"]).arg(&release).env("RUSTFLAGS", ""))?;
    run(Command::new(release.join("release/tongban")).arg("bench").args(rest))
}
