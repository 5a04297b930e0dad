//! Backup and restore of the embedded database and the files, while the program serves.
//!
//! A backup is a folder: the database as of one moment, every file, and a manifest with the SM3 digest of each. Files never change once
//! they are stored, so they are linked where the file system can and copied where not; they are taken after the database, so that each one
//! it names is there. Keys are never in it: they are kept elsewhere, and put in place before the restored instance starts.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use platform::Platform;
use sm3::{Digest as _, Sm3};

use crate::start::DataFolder;

const DATABASE: &str = "tongban.sqlite";
const FILES: &str = "files";
const MANIFEST: &str = "manifest.json";
/// What a data folder may hold before a restore: the keys, which no backup has, and the lock.
const MAY_BE_THERE: [&str; 4] = ["keys.json", "signer.key", "lock", UNFINISHED];
/// Where a restore puts things until all of them are there.
const UNFINISHED: &str = "restoring";

/// What a backup consists of.
#[derive(Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Manifest {
    /// Version of this layout.
    format: u32,
    /// When the backup was begun, RFC 3339.
    made_at: String,
    /// Version of the program that made it.
    program: String,
    /// Rows of the database by table.
    rows: BTreeMap<String, i64>,
    /// SM3 and size of every file in the folder but this one, by path.
    files: BTreeMap<String, Entry>,
}

#[derive(Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Entry {
    bytes: u64,
    sm3: String,
}

/// What was done, for the person who asked for it.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    done: &'static str,
    folder: PathBuf,
    rows: i64,
    files: usize,
    bytes: u64,
    keys_missing: bool,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { done, folder, rows, files, bytes, .. } = self;
        write!(f, "{done} {}: {rows} rows, {files} files, {bytes} bytes, all checked.", folder.display())?;
        if self.keys_missing {
            write!(f, " The keys are kept elsewhere: put keys.json and signer.key there before the first start.")?;
        }
        Ok(())
    }
}

/// Writes a backup into the new folder `to` and checks what was written.
///
/// # Errors
/// When `to` is not empty, the database is on PostgreSQL, anything cannot be written, or the check finds a difference.
pub async fn backup(platform: &Platform, to: &Path) -> Result<Report> {
    ensure!(is_empty(to)?, "{} is not empty: a backup never overwrites", to.display());
    private_folder(to)?;
    let made_at = platform.clock().now().to_string();
    platform.db().copy_to(&to.join(DATABASE)).await.context("copying the database")?;
    let rows = store::inspect(&to.join(DATABASE)).await.context("checking the copy of the database")?.rows;
    let (from, target) = (platform.files().folder().to_owned(), to.to_owned());
    let files = blocking(move || {
        link_or_copy(&from, &target.join(FILES))?;
        digests(&target)
    });
    let manifest = Manifest { format: 1, made_at, program: env!("CARGO_PKG_VERSION").to_owned(), rows, files: files.await? };
    let mut file = File::create_new(to.join(MANIFEST))?;
    file.write_all(&serde_json::to_vec_pretty(&manifest)?)?;
    file.sync_all()?;
    let checked = check(to).await.context("checking the backup that was written")?;
    ensure!(checked == manifest, "the manifest reads back differently");
    Ok(report("Backed up to", to, &manifest, false))
}

/// Restores the backup in `from` into the data folder `data`, which holds nothing but, perhaps, the keys.
///
/// # Errors
/// When the backup is damaged, the data folder is in use or not empty, or anything cannot be written.
pub async fn restore(from: &Path, data: &Path) -> Result<Report> {
    for entry in entries(data)? {
        let name = entry.file_name();
        ensure!(
            MAY_BE_THERE.iter().any(|allowed| name == *allowed),
            "{} is not empty ({}): restore into a new data folder",
            data.display(),
            name.to_string_lossy()
        );
    }
    let manifest = check(from).await.context("checking the backup")?;
    let data = DataFolder::lock(data)?;
    let (source, target) = (from.to_owned(), data.path().to_owned());
    let copied = blocking(move || {
        let unfinished = target.join(UNFINISHED);
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)?;
        }
        copy_all(&source.join(FILES), &unfinished.join(FILES))?;
        copy_synced(&source.join(DATABASE), &unfinished.join(DATABASE))?;
        digests(&unfinished)
    });
    let copied = copied.await?;
    for (path, entry) in &manifest.files {
        ensure!(copied.get(path) == Some(entry), "{path} was not restored as it is in the backup");
    }
    let unfinished = data.path().join(UNFINISHED);
    for name in [FILES, DATABASE] {
        fs::rename(unfinished.join(name), data.path().join(name))?;
    }
    fs::remove_dir(unfinished)?;
    let keys_missing = MAY_BE_THERE[..2].iter().any(|name| !data.path().join(name).exists());
    Ok(report("Restored into", data.path(), &manifest, keys_missing))
}

/// Reads a backup whole: every digest, the structure of the database and its counts.
async fn check(folder: &Path) -> Result<Manifest> {
    let text = fs::read(folder.join(MANIFEST)).with_context(|| format!("{} is no backup", folder.display()))?;
    let manifest: Manifest = serde_json::from_slice(&text).context("the manifest is damaged")?;
    ensure!(manifest.format == 1, "the backup has layout {}, this program reads 1", manifest.format);
    let target = folder.to_owned();
    let found = blocking(move || digests(&target)).await?;
    for (path, entry) in &manifest.files {
        match found.get(path) {
            None => bail!("{path} is missing"),
            Some(found) if found != entry => bail!("{path} was changed"),
            Some(_) => {}
        }
    }
    if let Some(path) = found.keys().find(|path| !manifest.files.contains_key(*path)) {
        bail!("{path} does not belong to the backup");
    }
    let rows = store::inspect(&folder.join(DATABASE)).await?.rows;
    ensure!(rows == manifest.rows, "the database has other counts than the manifest");
    Ok(manifest)
}

fn report(done: &'static str, folder: &Path, manifest: &Manifest, keys_missing: bool) -> Report {
    Report {
        done,
        folder: folder.to_owned(),
        rows: manifest.rows.values().sum(),
        files: manifest.files.len() - 1,
        bytes: manifest.files.values().map(|entry| entry.bytes).sum(),
        keys_missing,
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T> {
    Ok(tokio::task::spawn_blocking(work).await.context("a file operation panicked")??)
}

/// Digests of everything under the folder but the manifest and what is no part of a backup.
fn digests(folder: &Path) -> io::Result<BTreeMap<String, Entry>> {
    let mut found = BTreeMap::new();
    found.insert(DATABASE.to_owned(), digest(&folder.join(DATABASE))?);
    walk(&folder.join(FILES), &mut |path| {
        let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned();
        found.insert(name, digest(path)?);
        Ok(())
    })?;
    Ok(found)
}

fn digest(path: &Path) -> io::Result<Entry> {
    let mut file = File::open(path)?;
    let (mut hash, mut bytes, mut buffer) = (Sm3::new(), 0, vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
        bytes += read as u64;
    }
    Ok(Entry { bytes, sm3: data_encoding::HEXLOWER.encode(&hash.finalize()) })
}

fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    each_file(from, to, |source, target| fs::hard_link(source, target).or_else(|_| copy_synced(source, target)))
}

/// For a restore: what the new instance writes must never be shared with the backup.
fn copy_all(from: &Path, to: &Path) -> io::Result<()> {
    each_file(from, to, copy_synced)
}

fn copy_synced(source: &Path, target: &Path) -> io::Result<()> {
    fs::copy(source, target)?;
    File::open(target)?.sync_all()
}

fn each_file(from: &Path, to: &Path, place: impl Fn(&Path, &Path) -> io::Result<()>) -> io::Result<()> {
    fs::create_dir_all(to)?;
    walk(from, &mut |source| {
        let target = to.join(source.strip_prefix(from).unwrap_or(source));
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        place(source, &target)
    })
}

/// Every file under a folder; names that begin with a dot are of files being written.
fn walk(folder: &Path, found: &mut impl FnMut(&Path) -> io::Result<()>) -> io::Result<()> {
    for entry in entries(folder)? {
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            walk(&path, found)?;
        } else if !entry.file_name().to_string_lossy().starts_with('.') {
            found(&path)?;
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> io::Result<Vec<fs::DirEntry>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn is_empty(folder: &Path) -> io::Result<bool> {
    Ok(entries(folder)?.is_empty())
}

/// A backup holds what the data folder holds, and is as private.
fn private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::create_dir_all(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}
