//! `cargo xtask test`: every test, as CI runs them.

use std::num::NonZero;
use std::process::Command;

use anyhow::{Context, Result};

use crate::command::{cargo, output, root, run, say, target_dir};
use crate::{setup, tidy, web};

/// Sets up and runs every test; with words after it, only tests whose names contain them.
pub(crate) fn test(args: &[String]) -> Result<()> {
    setup::setup(setup::Need::Test)?;
    if args.is_empty() {
        say("[1/4] invariants");
        tidy::tidy()?;
    }
    say("[2/4] the browser part");
    web::build()?;
    say("[3/4] rules, stores and journeys on both databases");
    // One selection for both: building the server alone would choose other features of its libraries and compile most of them again.
    let all = ["--locked", "--workspace", "--exclude", "xtask", "--exclude", "client"];
    run(cargo().arg("build").args(all).args(["--tests", "--bins"]))?;
    let mut command = cargo();
    command.arg("test").args(all).arg("--no-fail-fast").env("REQUIRE_PG", "1").env("RUST_TEST_THREADS", threads().to_string());
    run(command.arg("--").args(args))?;
    if args.is_empty() {
        say("[4/4] pages in a browser");
        browser()?;
    }
    Ok(())
}

/// Tests that run at once: they wait for their database about as long as they compute.
fn threads() -> usize {
    2 * std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// Serves the demo province and walks through it in Chromium.
fn browser() -> Result<()> {
    let folder = root().join("tests/browser");
    if !folder.join("package.json").exists() {
        return Ok(());
    }
    run(Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder))?;
    let mut files: Vec<_> = folder.read_dir()?.flatten().map(|e| e.path()).filter(|p| p.to_string_lossy().ends_with(".test.mjs")).collect();
    files.sort();
    run(Command::new("node").arg("--test").args(files).env("TONGBAN", target_dir().join("debug/tongban")).current_dir(&folder))
}

/// Clippy over everything, warnings are errors.
pub(crate) fn lint() -> Result<()> {
    let toolchain = output(Command::new("rustc").arg("--version")).context("no rustc")?;
    say(toolchain);
    run(cargo().args(["clippy", "--locked", "--workspace", "--all-targets", "--exclude", "client", "--", "-D", "warnings"]))
}
