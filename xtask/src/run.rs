//! `cargo xtask run`: the program with the demo province, for whoever wants to see it.

use std::process::Command;

use anyhow::Result;

use crate::command::{cargo, run as call, say, target_dir};
use crate::{setup, web};

/// Sets up, builds, loads the demo province where it is not there yet, and serves until stopped.
pub(crate) fn run(args: &[String]) -> Result<()> {
    setup::setup(setup::Need::Run)?;
    say("[1/3] the browser part");
    web::build()?;
    say("[2/3] the program");
    call(cargo().args(["build", "--locked", "--package", "server"]))?;
    let tongban = target_dir().join("debug/tongban");
    let data = crate::command::root().join("target/demo");
    if args.iter().any(|arg| arg == "--fresh") && data.exists() {
        std::fs::remove_dir_all(&data)?;
    }
    say("[3/3] the demo province");
    call(Command::new(&tongban).arg("--data").arg(&data).arg("demo"))?;
    call(Command::new(&tongban).arg("--data").arg(&data).args(["serve", "--demo"]))
}
