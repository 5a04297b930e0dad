//! Embeds the migrations of the workspace into release builds.
//!
//! A debug build reads the folder when it runs (`src/migrations.rs`), so that editing a migration does not rebuild every
//! crate above this one.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[expect(clippy::disallowed_methods, reason = "cargo speaks to build scripts through the environment")]
fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../../migrations");
    let mut list = String::from("&[\n");
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("PROFILE").is_ok_and(|profile| profile != "debug") {
        println!("cargo::rerun-if-changed={}", root.display());
        for (folder, file, path) in files(&root) {
            writeln!(list, "    ({folder:?}, {file:?}, include_str!({path:?})),").expect("a String takes every write");
        }
    }
    list.push_str("]\n");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it")).join("migrations.rs");
    fs::write(out, list).expect("the build folder can be written");
}

/// Every `migrations/<crate>/<file>.sql`, sorted, as (crate, file, full path).
fn files(root: &Path) -> Vec<(String, String, PathBuf)> {
    let mut found = Vec::new();
    for folder in sorted(root) {
        for path in sorted(&folder).into_iter().filter(|path| path.extension().is_some_and(|ext| ext == "sql")) {
            found.push((name(&folder), name(&path), path.canonicalize().expect("a listed file exists")));
        }
    }
    found
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
