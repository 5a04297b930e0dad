//! `cargo xtask`: sets up, builds, runs, tests and measures. What CI runs is what you run.

mod bench;
mod command;
mod run;
mod setup;
mod test;
mod tidy;
mod web;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask COMMAND

  run [--fresh]     set up what is missing, build, load the demo province, serve at http://127.0.0.1:3000
  test [FILTER]     set up what is missing and run every test
  web               build the browser part into dist/
  tidy              check the invariants that a machine can hold
  lint              clippy over the whole workspace, warnings are errors
  bench [NAME]      measure, in a release build: desk, search, import, booking, supervision, cases, surge; an address (postgres://…) measures there
  setup             only set up what is missing
";

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rest = args.get(1..).unwrap_or_default();
    std::env::set_current_dir(command::root())?;
    match args.first().map(String::as_str) {
        Some("run") => run::run(rest),
        Some("test") => test::test(rest),
        Some("web") => web::build().map(drop),
        Some("tidy") => tidy::tidy(),
        Some("lint") => test::lint(),
        Some("bench") => bench::bench(rest),
        Some("setup") => setup::setup(setup::Need::Test),
        Some("help" | "--help" | "-h") | None => {
            command::say(HELP);
            Ok(())
        }
        Some(other) => bail!("there is no command {other:?}\n\n{HELP}"),
    }
}
