//! `cargo xtask bench`: figures, each a ratio within one run, from a release build.

use std::process::Command;

use anyhow::Result;

use crate::command::{cargo, run, target_dir};

/// The figure of rendering, which needs neither server nor database.
const DESK: &str = "desk";

/// The figures of the search, which is measured with a register of its own; what follows the name is handed on.
const SEARCH: &str = "search";

/// The figures of cases, which need no server.
const CASES: [&str; 2] = ["supervision", "cases"];

/// The figures of the import of a register of organisations; what follows the name is handed on.
const IMPORT: &str = "import";

/// Builds for release (without the development switch of the pages) and lets the program measure itself; `desk`, `search`, `import`,
/// `supervision` and `cases` are benches of their crates. An address of a server (`postgres://…`) goes to all that measure on one.
pub(crate) fn bench(args: &[String]) -> Result<()> {
    let release = target_dir().join("release-bench");
    let of_crate = |package: &str, bench: &str, handed_on: &[String]| {
        let named = ["bench", "--locked", "--package", package, "--bench", bench, "--target-dir"];
        run(cargo().args(named).arg(&release).arg("--").args(handed_on).env("RUSTFLAGS", ""))
    };
    if args.is_empty() || args[0] == SEARCH {
        of_crate("search-index", "search", args.get(1..).unwrap_or_default())?;
    }
    if args.first().is_some_and(|name| name == SEARCH) {
        return Ok(());
    }
    if args.is_empty() || args[0] == IMPORT {
        of_crate("organizations", "import", args.get(1..).unwrap_or_default())?;
    }
    if args.first().is_some_and(|name| name == IMPORT) {
        return Ok(());
    }
    let is_case = |name: &String| CASES.contains(&name.as_str());
    if args.is_empty() || args.iter().any(is_case) {
        let handed_on: Vec<String> = args.iter().filter(|name| is_case(name) || name.contains("://")).cloned().collect();
        of_crate("casework", "casework", &handed_on)?;
    }
    if args.is_empty() || args.iter().any(|name| name == DESK) {
        of_crate("marriage-pages", "desk_list", &[])?;
    }
    let rest: Vec<&String> = args.iter().filter(|name| *name != DESK && !is_case(name)).collect();
    if !args.is_empty() && rest.iter().all(|name| name.contains("://")) {
        return Ok(());
    }
    crate::web::build()?;
    run(cargo().args(["build", "--locked", "--release", "--package", "server", "--target-dir"]).arg(&release).env("RUSTFLAGS", ""))?;
    run(Command::new(release.join("release/tongban")).arg("bench").args(rest))
}
