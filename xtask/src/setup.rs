//! Sets up what is missing on the machine: Debian's packages where they may be installed, or a word on what to install.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::command::{output, run, say};
use crate::web;

/// What is to be done, and so what has to be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Build and run the program.
    Run,
    /// Run every test: PostgreSQL, a browser and tools that read PDF too.
    Test,
}

struct Package {
    name: &'static str,
    there: fn() -> bool,
    why: &'static str,
}

const FOR_RUN: &[Package] = &[Package { name: "fonts-noto-cjk", there: has_font, why: "Chinese type for certificates" }];

const FOR_TEST: &[Package] = &[
    Package { name: "postgresql", there: has_postgresql, why: "the tests run on both databases" },
    Package { name: "chromium", there: || on_path("chromium"), why: "browser tests" },
    Package { name: "nodejs", there: || on_path("node"), why: "browser tests" },
    Package { name: "npm", there: || on_path("npm"), why: "browser tests" },
    Package { name: "poppler-utils", there: || on_path("pdftotext"), why: "tests that read PDF" },
    Package { name: "qpdf", there: || on_path("qpdf"), why: "tests that check PDF" },
];

const FOR_WEB: &[Package] = &[
    Package { name: "rustc-web", there: || Path::new("/usr/bin/rustc").exists(), why: "compiles the browser part" },
    Package { name: "cargo-web", there: || Path::new("/usr/bin/cargo").exists(), why: "compiles the browser part" },
    Package { name: "rust-web-src", there: web::debian_has_source, why: "compiles the browser part" },
    Package { name: "lld-22", there: web::has_linker, why: "links the browser part" },
];

fn on_path(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).exists()))
}

fn has_font() -> bool {
    ["/usr/share/fonts", "/usr/local/share/fonts"].iter().any(|folder| find_font(Path::new(folder), 4))
}

fn find_font(folder: &Path, depth: u8) -> bool {
    let Ok(entries) = folder.read_dir() else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        name.contains("notosanscjk") || name.contains("sourcehansans") || (depth > 0 && entry.path().is_dir() && find_font(&entry.path(), depth - 1))
    })
}

fn has_postgresql() -> bool {
    on_path("initdb")
        || Path::new("/usr/lib/postgresql").read_dir().is_ok_and(|mut versions| versions.any(|v| v.is_ok_and(|v| v.path().join("bin/initdb").exists())))
}

/// Installs what is missing, or says what to install and fails; the browser part alone is not worth failing for.
pub(crate) fn setup(need: Need) -> Result<()> {
    let mut wanted: Vec<&Package> = FOR_RUN.iter().collect();
    if need == Need::Test {
        wanted.extend(FOR_TEST);
    }
    install(&wanted)?;
    if !web::rustup_has_target() {
        let rustup = output(Command::new("rustup").args(["target", "add", web::TARGET]));
        if rustup.is_none() || !web::rustup_has_target() {
            let debian: Vec<&Package> = FOR_WEB.iter().collect();
            if let Err(e) = install(&debian) {
                say(format_args!("The browser part cannot be built here ({e:#}); the program works without it."));
            }
        }
    }
    Ok(())
}

fn install(wanted: &[&Package]) -> Result<()> {
    let missing: Vec<&&Package> = wanted.iter().filter(|package| !(package.there)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    let list = names.join(" ");
    if !on_path("apt-get") {
        bail!("please install: {list}");
    }
    for package in &missing {
        say(format_args!("Installing {} ({})", package.name, package.why));
    }
    let root = output(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    let sudo = !root && output(Command::new("sudo").args(["-n", "true"])).is_some();
    if !root && !sudo {
        bail!("not allowed to install packages; please run: sudo apt-get install {list}");
    }
    let apt = |args: &[&str]| {
        let mut command = if root { Command::new("apt-get") } else { Command::new("sudo") };
        if !root {
            command.arg("apt-get");
        }
        command.args(["-q", "-o", "DPkg::Lock::Timeout=300"]).args(args).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    run(&mut apt(&["update"]))?;
    let mut args = vec!["install", "-y", "--no-install-recommends"];
    args.extend(names);
    run(&mut apt(&args))
}
