//! One folder with one index in it. A rebuild makes another one; nothing is ever converted in place.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde::{Deserialize, Serialize};
use tantivy::{Index, IndexReader, ReloadPolicy};

use crate::error::{Error, Reason};
use crate::schema::{self, Fields};
use crate::table::Tables;

/// The file whose presence tells that the folder is still there.
const META: &str = "meta.json";

/// What every commit carries with its documents, so that both become durable together.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Payload {
    /// Everything in the change log up to this number is in the index.
    pub(crate) watermark: i64,
    /// [`schema::fingerprint`] of the rules that made it.
    pub(crate) rules: String,
    /// What it was made of, as [`crate::SearchIndex::open`] is told.
    #[serde(default)]
    pub(crate) origin: String,
}

/// An open index with its reader.
pub(crate) struct Generation {
    pub(crate) dir: PathBuf,
    /// What it was made of.
    pub(crate) origin: Arc<str>,
    pub(crate) index: Index,
    pub(crate) reader: IndexReader,
    pub(crate) fields: Fields,
    /// What the engine would look up for every hit.
    pub(crate) tables: Tables,
    watermark: AtomicI64,
}

impl Generation {
    /// Makes a new, empty one.
    pub(crate) fn create(dir: PathBuf, origin: Arc<str>) -> Result<Generation, Error> {
        std::fs::create_dir_all(&dir)?;
        let (schema, fields) = schema::schema();
        let index = Index::create_in_dir(&dir, schema)?;
        Generation::with_reader(dir, origin, index, fields, 0).map_err(Error::from)
    }

    /// Opens one that was committed, and says why when it cannot be used.
    pub(crate) fn open(dir: &Path, origin: Arc<str>) -> Result<Generation, Reason> {
        if !dir.join(META).is_file() {
            return Err(Reason::Missing);
        }
        let damaged = |error: tantivy::TantivyError| Reason::Damaged(error.to_string());
        let index = Index::open_in_dir(dir).map_err(damaged)?;
        let payload = index.load_metas().map_err(damaged)?.payload.unwrap_or_default();
        let Ok(payload) = serde_json::from_str::<Payload>(&payload) else {
            return Err(Reason::OtherRules);
        };
        if payload.rules != schema::fingerprint() {
            return Err(Reason::OtherRules);
        }
        if *payload.origin != *origin {
            return Err(Reason::OtherOrigin);
        }
        let broken = index.validate_checksum().map_err(damaged)?;
        if let Some(file) = broken.into_iter().next() {
            return Err(Reason::Damaged(file.display().to_string()));
        }
        let (_, fields) = schema::schema();
        Generation::with_reader(dir.to_owned(), origin, index, fields, payload.watermark).map_err(damaged)
    }

    fn with_reader(dir: PathBuf, origin: Arc<str>, index: Index, fields: Fields, watermark: i64) -> tantivy::Result<Generation> {
        // Reloaded by the writer right after its commit; a watcher on the folder would only be a second, later one.
        let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let tables = Tables::default();
        tables.keep(reader.searcher().segment_readers())?;
        Ok(Generation { dir, origin, index, reader, fields, tables, watermark: AtomicI64::new(watermark) })
    }

    /// The position in the change log that searches see.
    pub(crate) fn watermark(&self) -> i64 {
        self.watermark.load(Ordering::Acquire)
    }

    /// Shows what was committed to the searches that begin from now on.
    pub(crate) fn show(&self, watermark: i64) -> tantivy::Result<()> {
        self.reader.reload()?;
        self.tables.keep(self.reader.searcher().segment_readers())?;
        self.watermark.store(watermark, Ordering::Release);
        Ok(())
    }

    /// Whether the folder is still there; on Linux a deleted index goes on answering from memory until it is closed.
    pub(crate) fn is_on_disk(&self) -> bool {
        self.dir.join(META).is_file()
    }
}

impl std::fmt::Debug for Generation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Generation").field("dir", &self.dir).field("watermark", &self.watermark()).finish_non_exhaustive()
    }
}
