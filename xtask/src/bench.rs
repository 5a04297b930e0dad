//! `cargo xtask bench`: figures, each a ratio within one run, from a release build.

use std::process::Command;

use anyhow::Result;

use crate::command::{cargo, run, target_dir};

/// Builds for release (without the development switch of the pages) and lets the program measure itself.
pub(crate) fn bench(args: &[String]) -> Result<()> {
    crate::web::build()?;
    let release = target_dir().join("release-bench");
    run(cargo().args(["build", "--locked", "--release", "--package", "server", "--target-dir"]).arg(&release).env("RUSTFLAGS", ""))?;
    run(Command::new(release.join("release/tongban")).arg("bench").args(args))
}
