//! `cargo xtask tidy`: the invariants of `ARCHITECTURE.md` that a machine can hold. Says everything that is wrong at once.

mod scenarios;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use cargo_metadata::{Metadata, MetadataCommand, Package};

use crate::command::{output, root, say};

/// Our crates from the ground up: one may use only those on lines above its own.
const ORDER: &[&[&str]] = &[
    &["kernel"],
    &["store", "documents", "sheets", "search-index"],
    &["platform"],
    &["identity"],
    &["notices"],
    &["catalog"],
    &["licences"],
    &["interaction"],
    &["booking"],
    &["hall"],
    &["casework"],
    &["statistics"],
    &["assistance", "marriage", "organizations"],
    &["islands"],
    &["ui"],
    &["site", "marriage-pages", "organization-pages"],
    &["server"],
    &["journeys"],
];

/// All that may reach the browser.
const IN_BROWSER: &[&str] = &["client", "islands", "kernel"];

/// Most lines of a source file, tests included; think hard above 600.
const MOST_LINES: usize = 700;

const LICENCES: &[&str] = &[
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-1-Clause", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0",
    "CDLA-Permissive-2.0", "ISC", "MIT", "MIT-0", "MPL-2.0", "OFL-1.1", "Unicode-3.0", "Unlicense", "Zlib", "bzip2-1.0.6", "Ubuntu-font-1.0",
    "LicenseRef-UFL-1.0", "EUPL-1.2", "CC-BY-4.0",
];

/// Checks everything and fails with the list of what is wrong.
pub(crate) fn tidy() -> Result<()> {
    let metadata = MetadataCommand::new().other_options(vec!["--locked".into()]).exec().context("cargo metadata")?;
    let mut wrong = Vec::new();
    edges(&metadata, &mut wrong);
    licences(&metadata, &mut wrong);
    let sources = sources()?;
    for file in &sources {
        source(file, &mut wrong)?;
    }
    scenarios::scenarios(&sources, &mut wrong)?;
    if wrong.is_empty() {
        say("tidy: everything as ARCHITECTURE.md says");
        return Ok(());
    }
    wrong.sort();
    bail!("tidy found {}:\n  {}", wrong.len(), wrong.join("\n  "))
}

fn rank(name: &str) -> Option<usize> {
    ORDER.iter().position(|line| line.contains(&name))
}

fn edges(metadata: &Metadata, wrong: &mut Vec<String>) {
    let ours = metadata.workspace_packages();
    let is_ours = |name: &str| ours.iter().any(|package| package.name.as_str() == name);
    for package in &ours {
        let name = package.name.as_str();
        if ["client", "xtask"].contains(&name) {
            continue;
        }
        let Some(own) = rank(name) else {
            wrong.push(format!("{name}: has no place in the order of crates (xtask/src/tidy.rs)"));
            continue;
        };
        for dependency in package.dependencies.iter().filter(|d| is_ours(&d.name) && d.name != name) {
            if rank(&dependency.name).is_none_or(|other| other >= own) {
                wrong.push(format!("{name}: may not use {}", dependency.name));
            }
        }
        inherits_lints(package, wrong);
    }
    for package in ours.iter().filter(|package| IN_BROWSER.contains(&package.name.as_str())) {
        for dependency in package.dependencies.iter().filter(|d| is_ours(&d.name) && !IN_BROWSER.contains(&d.name.as_str())) {
            wrong.push(format!("{}: would bring {} into the browser", package.name, dependency.name));
        }
    }
}

fn inherits_lints(package: &Package, wrong: &mut Vec<String>) {
    let manifest = fs::read_to_string(&package.manifest_path).unwrap_or_default();
    if !manifest.contains("[lints]\nworkspace = true") {
        wrong.push(format!("{}: does not take the workspace's lints", package.name));
    }
}

fn licences(metadata: &Metadata, wrong: &mut Vec<String>) {
    let ours = metadata.workspace_packages();
    for package in metadata.packages.iter().filter(|package| !ours.iter().any(|own| own.id == package.id)) {
        let licence = package.license.clone().unwrap_or_default();
        let fine = licence.replace('/', " OR ").split(" OR ").any(|choice| {
            choice.split(" AND ").all(|part| LICENCES.contains(&part.trim_matches(['(', ')', ' '])))
        });
        let has_file = licence.is_empty() && package.license_file.is_some();
        if !fine && !has_file {
            wrong.push(format!("{} {}: licence {licence:?} is not on the list", package.name, package.version));
        }
    }
}

fn sources() -> Result<Vec<String>> {
    let list = output(Command::new("git").args(["ls-files", "--cached", "--others", "--exclude-standard", "*.rs"])).context("git ls-files")?;
    Ok(list.lines().filter(|file| Path::new(file).exists()).map(str::to_owned).collect())
}

fn in_store(file: &str) -> bool {
    file.starts_with("domains/shared/store/")
        || file.starts_with("domains/shared/platform/")
        || file.starts_with("xtask/")
        || file.contains("/store/")
        || file.ends_with("/store.rs")
        // Tests and measurements may look into the tables.
        || file.starts_with("server/src/bench/")
        || file.contains("/benches/")
        || file.contains("/tests/")
        || ["/tests.rs", "/testing.rs"].iter().any(|end| file.ends_with(end))
}

/// Whether a file may take the clock, the environment or random numbers.
fn at_the_edge(file: &str) -> bool {
    ["domains/shared/platform/src/ports/", "server/src/main.rs", "server/src/config", "server/src/bench", "xtask/", "domains/shared/store/src/testing"]
        .iter()
        .any(|place| file.starts_with(place))
        || file.ends_with("build.rs")
}

fn source(file: &str, wrong: &mut Vec<String>) -> Result<()> {
    let text = fs::read_to_string(root().join(file))?;
    let lines = text.lines().count();
    if lines > MOST_LINES {
        wrong.push(format!("{file}: {lines} lines"));
    }
    if file.starts_with("xtask/") {
        return Ok(());
    }
    let mut say = |what: &str| wrong.push(format!("{file}: {what}"));
    // Tests at the end of a file may look into the tables.
    let shipped = text.split("#[cfg(test)]").next().unwrap_or_default();
    let has_sql = [" q(\"", "\nq(\"", ".sql(\""].iter().any(|start| shipped.contains(start));
    if !in_store(file) && !file.starts_with("tests/") && has_sql {
        say("SQL outside a store module");
    }
    for star in ["SELECT *", "RETURNING *"] {
        if text.contains(star) && !file.starts_with("domains/shared/store/") {
            say(&format!("{star}: name the columns"));
        }
    }
    if text.contains("<textarea") && !file.starts_with("app/ui/") && !file.starts_with("tests/") {
        say("a bare textarea: Leptos does not escape it, use ui::TextArea");
    }
    if !at_the_edge(file) {
        for shortcut in ["SystemTime::now", "Timestamp::now", "Zoned::now", "env::var(", "getrandom::", "thread_rng"] {
            if text.contains(shortcut) {
                say(&format!("{shortcut}: only platform may"));
            }
        }
    }
    Ok(())
}
