//! `tongban keys`: what is done with the key ring, while no server runs.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use platform::ports::{Files, OsRandom, Random as _};
use store::keys::Keys;
use store::rehash::{Progress, rehash};
use store::{Db, Options};

use crate::config::Config;
use crate::registry;
use crate::start::{self, DataFolder};

/// What can be done with keys.
#[derive(clap::Subcommand)]
pub(super) enum Key {
    /// Adds a fresh sealing key, and seals every value of the database and every file again with it. Old keys stay in the ring: earlier
    /// backups remain readable.
    Rotate,
    /// Seals again what is still sealed with an old key: the rest of a `rotate` that was broken off, or an old backup.
    Reseal,
    /// Gives the hashes by which persons, names and contacts are found a fresh key, and computes all of them again. A run that is broken off
    /// is continued by the same command; until then nothing else starts.
    Rehash,
}

/// Runs it. Whatever is broken off can be continued: every value stays readable throughout.
pub(super) async fn keys(config: &Config, data: &DataFolder, what: Key) -> Result<()> {
    let path = data.path().join(start::KEYS);
    let mut keys = Keys::open_or_create(&path, |bytes| OsRandom.fill(bytes)).context("the key ring")?;
    let options = Options { alone: true, ..Options::new(start::database_url(config, data.path())) };
    let db = Db::open(&options).await.context("the database; every server that uses it has to be stopped")?;
    db.migrate().await.context("the migrations")?;
    match what {
        Key::Rotate => {
            let number = keys.rotate()?;
            keys.save(&path).context("the key ring could not be saved")?;
            super::say(format_args!("Key {number} seals from now on. Keep a copy of keys.json apart from the backups."));
            reseal(&db, keys, data.path()).await
        }
        Key::Reseal => reseal(&db, keys, data.path()).await,
        Key::Rehash => {
            let written = rehash(&db, &mut keys, &path, &registry::hashes(), &show).await.context("the hashes")?;
            super::say(format_args!(
                "{written} hashes have the new key, all are checked. Copy keys.json to every node, and keep the old one with the backups made so far."
            ));
            Ok(())
        }
    }
}

async fn reseal(db: &Db, keys: Keys, data: &Path) -> Result<()> {
    let values = db.reseal(&keys).await.context("some values keep their old key; run `tongban keys reseal`")?;
    super::say(format_args!("{values} values of the database were sealed again."));
    let files = Files::open(data.join(start::FILES), Arc::new(keys)).context("the folder for files")?;
    let sealing = tokio::task::spawn_blocking(move || files.reseal(&|done| super::say(format_args!("{done} files"))));
    let sealed = sealing.await?.context("some files keep their old key; mend this one and run `tongban keys reseal`")?;
    super::say(format_args!("{sealed} files were sealed again."));
    Ok(())
}

/// A line for every ten thousand rows, and for the end of a small table.
fn show(progress: Progress) {
    let Progress { step, table, column, rows } = progress;
    if rows % 10_000 == 0 || rows % 200 != 0 {
        super::say(format_args!("{step}: {table}.{column}, {rows} rows"));
    }
}
