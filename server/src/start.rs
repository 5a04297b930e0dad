//! From a configuration and a data folder to a platform.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use platform::ports::{Files, FolderMailer, FolderSms, Mailer, OsRandom, Random, Sms, SmtpMailer, SoftwareSigner, SystemClock, WebHookSms};
use platform::{Parts, Platform};
use store::Db;
use store::keys::Keys;

use crate::config::Config;

/// The key ring in the data folder.
pub(crate) const KEYS: &str = "keys.json";
/// The folder for files in it.
pub(crate) const FILES: &str = "files";

/// The data folder, held by one process at a time.
pub struct DataFolder {
    path: PathBuf,
    _lock: File,
}

impl DataFolder {
    /// Makes the folder where it is missing and takes its lock; fails while another process holds it.
    pub fn lock(path: &Path) -> Result<Self> {
        std::fs::create_dir_all(path).with_context(|| format!("cannot make {}", path.display()))?;
        let file = File::options().create(true).truncate(false).write(true).open(path.join("lock"))?;
        if file.try_lock().is_err() {
            bail!("{} is in use by a running tongban", path.display());
        }
        Ok(Self { path: path.to_owned(), _lock: file })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// The database's address under a configuration.
pub fn database_url(config: &Config, data: &Path) -> String {
    config.database.clone().unwrap_or_else(|| format!("sqlite:{}", data.join("tongban.sqlite").display()))
}

/// The platform of a configuration and a data folder.
pub async fn platform(config: &Config, data: &DataFolder) -> Result<Platform> {
    Ok(Platform::new(parts(config, data).await?))
}

/// Opens and migrates the database, reads or makes the keys, and opens the ports.
pub async fn parts(config: &Config, data: &DataFolder) -> Result<Parts> {
    let folder = data.path();
    let random = OsRandom;
    let keys = Arc::new(Keys::open_or_create(&folder.join(KEYS), |bytes| OsRandom.fill(bytes)).context("the key ring")?);
    ensure!(!keys.is_rehashing(), "a rehash was broken off; run `tongban keys rehash` to its end first");
    let db = Db::open_url(&database_url(config, folder)).await.context("the database")?;
    db.migrate().await.context("the migrations")?;
    ensure!(
        store::rehash::belongs(&db, &keys).await?,
        "keys.json is not the one with which this database was hashed: nobody would be found; put the right one in its place"
    );
    let mut fresh = [0; 32];
    random.fill(&mut fresh);
    let mail: Arc<dyn Mailer> = match &config.smtp {
        Some(smtp) => Arc::new(SmtpMailer::open(smtp).context("the mail server's settings")?),
        None => Arc::new(FolderMailer::open(folder.join("mail")).context("the folder for mail")?),
    };
    let sms: Arc<dyn Sms> = match &config.sms {
        Some(sms) => {
            let token = std::fs::read_to_string(&sms.token_file).context("the token of the short message provider")?;
            Arc::new(WebHookSms::new(sms.url.clone(), token.trim_end().to_owned()))
        }
        None => Arc::new(FolderSms::open(folder.join("sms")).context("the folder for short messages")?),
    };
    Ok(Parts {
        files: Files::open(folder.join(FILES), keys.clone()).context("the folder for files")?,
        signer: Arc::new(SoftwareSigner::open(&folder.join("signer.key"), fresh).context("the signing key")?),
        db,
        keys,
        clock: Arc::new(SystemClock),
        random: Arc::new(random),
        mail,
        sms,
        settings: config.site.clone(),
    })
}
