//! `tongban keys`: what is done with the key ring, while no server runs.

use anyhow::{Context as _, Result};
use platform::ports::{OsRandom, Random as _};
use store::Db;
use store::keys::Keys;

use crate::config::Config;
use crate::start::{self, DataFolder};

/// What can be done with keys.
#[derive(clap::Subcommand)]
pub(super) enum Key {
    /// Adds a fresh sealing key and seals every value of the database again with it. Old keys stay in the ring: files and backups that
    /// were sealed with them remain readable.
    Rotate,
}

/// Runs it. A run that breaks off can be repeated: every value stays readable throughout.
pub(super) async fn keys(config: &Config, data: &DataFolder, what: Key) -> Result<()> {
    match what {
        Key::Rotate => {
            let path = data.path().join("keys.json");
            let mut keys = Keys::open_or_create(&path, |bytes| OsRandom.fill(bytes)).context("the key ring")?;
            let number = keys.rotate()?;
            keys.save(&path).context("the key ring could not be saved")?;
            let db = Db::open_url(&start::database_url(config, data.path())).await.context("the database")?;
            let sealed = db.reseal(&keys).await.context("some values keep their old key; run it again")?;
            super::say(format_args!("Key {number} seals from now on; {sealed} values were sealed again. Keep a copy of keys.json apart from the backups."));
        }
    }
    Ok(())
}
