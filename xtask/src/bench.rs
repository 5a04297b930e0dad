//! `cargo xtask bench`: figures, each a ratio within one run, from a release build.

use std::process::Command;

use anyhow::Result;

use crate::command::{cargo, run, target_dir};

/// The figure of rendering, which needs neither server nor database.
const DESK: &str = "desk";

/// The figures of the search, which is measured with a register of its own; what follows the name is handed on.
const SEARCH: &str = "search";

/// Builds for release (without the development switch of the pages) and lets the program measure itself; `desk` and `search` are benches of their crates.
pub(crate) fn bench(args: &[String]) -> Result<()> {
    let release = target_dir().join("release-bench");
    if args.is_empty() || args[0] == SEARCH {
        let handed_on = args.get(1..).unwrap_or_default();
        run(cargo().args(["bench", "--locked", "--package", "search-index", "--bench", "search", "--target-dir"]).arg(&release).arg("--").args(handed_on).env("RUSTFLAGS", ""))?;
    }
    if args.first().is_some_and(|name| name == SEARCH) {
        return Ok(());
    }
    crate::web::build()?;
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
