//! The browser part: WebAssembly from `app/client`, its JavaScript by wasm-bindgen as a library, styles and loader, all named by content.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::command::{cargo, output, root, run, say, target_dir};

/// The platform of the browser part.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm-release";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";

fn has_std(rustc: &str) -> bool {
    let folder = output(Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]));
    folder.is_some_and(|folder| {
        Path::new(&folder).read_dir().is_ok_and(|mut files| files.any(|f| f.is_ok_and(|f| f.file_name().to_string_lossy().starts_with("libstd"))))
    })
}

/// Whether the toolchain that builds the rest can build for the browser.
pub(crate) fn rustup_has_target() -> bool {
    has_std("rustc")
}

/// Whether Debian's compiler can build the standard library for the browser from source.
pub(crate) fn debian_has_source() -> bool {
    output(Command::new(DEBIAN_RUSTC).args(["--print", "sysroot"]))
        .is_some_and(|sysroot| Path::new(&sysroot).join("lib/rustlib/src/rust/library/Cargo.lock").exists())
}

/// The cargo call that compiles the browser part; `None` where no compiler for it is to be had.
fn compiler() -> Option<Command> {
    let mut command = if rustup_has_target() {
        cargo()
    } else if debian_has_source() && Path::new(DEBIAN_CARGO).exists() {
        // cargo under rustup sets these; they would send the build back to rustup's toolchain
        let mut command = Command::new(DEBIAN_CARGO);
        for name in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTC_WRAPPER"] {
            command.env_remove(name);
        }
        command.env("RUSTC", DEBIAN_RUSTC);
        if !has_std(DEBIAN_RUSTC) {
            command.env("RUSTC_BOOTSTRAP", "1").arg("-Zbuild-std=std,panic_abort");
        }
        if let Some(linker) = linker() {
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        command
    } else {
        return None;
    };
    for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
        command.env_remove(name);
    }
    command.args(["build", "--locked", "--package", "client", "--profile", PROFILE, "--target", TARGET]);
    // A folder of its own: two compilers in one would build everything again and again.
    command.arg("--target-dir").arg(target_dir().join("web"));
    Some(command)
}

/// Whether there is a linker as new as Debian's compiler needs.
pub(crate) fn has_linker() -> bool {
    linker().is_some()
}

/// Debian names the linker by its version; the newest is the one that fits the compiler. Older ones than 19 do not know its object files.
fn linker() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = Path::new("/usr/bin")
        .read_dir()
        .ok()?
        .flatten()
        .filter_map(|entry| {
            let version: u32 = entry.file_name().to_str()?.strip_prefix("wasm-ld-")?.parse().ok()?;
            (version >= 19).then(|| (version, entry.path()))
        })
        .collect();
    found.sort();
    found.pop().map(|(_, path)| path)
}

/// Compiles, binds, names and compresses into `dist/`. Returns whether there is a browser part.
pub(crate) fn build() -> Result<bool> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let islands = match compiler() {
        Some(mut command) => {
            run(command.current_dir(root()))?;
            bind(&mut files)?;
            true
        }
        None => {
            say("No compiler for the browser part: every page works without it, only less comfortably.");
            false
        }
    };
    let web = root().join("web");
    files.insert("app.css".into(), styles(&web.join("css"))?);
    for entry in web.read_dir()? {
        let path = entry?.path();
        if path.is_file() {
            files.insert(file_name(&path), fs::read(&path)?);
        }
    }
    write(&files)?;
    Ok(islands)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The style sheets in the order of their names, as one.
fn styles(folder: &Path) -> Result<Vec<u8>> {
    let mut paths: Vec<PathBuf> = folder.read_dir().with_context(|| folder.display().to_string())?.flatten().map(|e| e.path()).collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        all.extend(fs::read(path)?);
        all.push(b'\n');
    }
    Ok(all)
}

fn bind(files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    let wasm = target_dir().join("web").join(TARGET).join(PROFILE).join("client.wasm");
    let out = wasm.with_file_name("bindgen");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.input_path(&wasm).web(true)?.typescript(false).demangle(false).remove_name_section(true).remove_producers_section(true);
    bindgen.omit_default_module_path(true).generate(&out)?;
    for name in ["client.js", "client_bg.wasm"] {
        files.insert(name.into(), fs::read(out.join(name)).with_context(|| format!("wasm-bindgen made no {name}"))?);
    }
    Ok(())
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params)?;
    Ok(out)
}

/// Writes `dist/` anew: files named by content, compressed beside, and a manifest. Nothing is written when nothing changed.
fn write(files: &BTreeMap<String, Vec<u8>>) -> Result<()> {
    let dist = root().join("dist");
    let mut manifest = String::from("{\n");
    let mut names = Vec::new();
    for (name, bytes) in files {
        let digest: String = Sha256::digest(bytes)[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        let Some((stem, extension)) = name.rsplit_once('.') else { bail!("{name} has no extension") };
        let hashed = format!("{stem}.{digest}.{extension}");
        let comma = if names.is_empty() { "" } else { ",\n" };
        manifest.push_str(&format!("{comma}  {name:?}: {hashed:?}"));
        names.push((hashed, bytes));
    }
    manifest.push_str("\n}\n");
    if fs::read_to_string(dist.join("manifest.json")).is_ok_and(|old| old == manifest) {
        return Ok(());
    }
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    for (name, bytes) in names {
        let small = brotli(bytes)?;
        say(format_args!("  {name}: {} bytes, {} by brotli", bytes.len(), small.len()));
        fs::write(dist.join(&name), bytes)?;
        fs::write(dist.join(format!("{name}.br")), small)?;
    }
    fs::write(dist.join("manifest.json"), manifest)?;
    Ok(())
}
