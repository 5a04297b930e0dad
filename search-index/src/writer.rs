//! The one writer of an index.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;

use tantivy::IndexWriter;
use tantivy::merge_policy::NoMergePolicy;

use crate::entry::{Entry, Kind, uid};
use crate::error::Error;
use crate::generation::{Generation, Payload};
use crate::schema;

/// Memory of the writer that follows the change log, in bytes; it is taken as it is needed.
pub(crate) const FOLLOW_BYTES: usize = 30_000_000;

/// What happened to one entry. Both are idempotent: the same change may come twice, and in any order between entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// This is how it is now.
    Put(Box<Entry>),
    /// It is gone: the key of an entry.
    Remove(String),
}

impl Change {
    /// The entry as it is now.
    pub fn put(entry: Entry) -> Change {
        Change::Put(Box::new(entry))
    }

    /// The entry of that kind and id is gone, or may no longer be seen.
    pub fn remove(kind: Kind, id: &str) -> Change {
        Change::Remove(uid(kind, id))
    }
}

/// The writer. There is one for an index; a lock file in the folder keeps a second away, in other processes too.
pub struct Writer {
    pub(crate) generation: Arc<Generation>,
    engine: IndexWriter,
    /// Of an index that began empty, what was written so far.
    written: Option<Written>,
}

impl Writer {
    pub(crate) fn open(generation: Arc<Generation>, bytes: usize) -> Result<Writer, Error> {
        let engine = generation.index.writer_with_num_threads(1, bytes)?;
        Ok(Writer { generation, engine, written: None })
    }

    /// Opens the writer of an index that is empty yet and is to become one segment: the engine leaves segments as they are until
    /// [`Writer::merge`], which fails when a merge of the engine's own takes one of them away meanwhile.
    pub(crate) fn begin(generation: Arc<Generation>, bytes: usize) -> Result<Writer, Error> {
        let writer = Writer { written: Some(Written::default()), ..Writer::open(generation, bytes)? };
        writer.engine.set_merge_policy(Box::new(NoMergePolicy));
        Ok(writer)
    }

    /// Takes changes in; nobody sees them before [`Writer::commit`].
    pub fn apply(&mut self, changes: &[Change]) -> Result<(), Error> {
        for change in changes {
            let uid = match change {
                Change::Put(entry) => &entry.uid,
                Change::Remove(uid) => uid,
            };
            if self.written.as_mut().is_none_or(|written| written.had(uid)) {
                self.engine.delete_term(schema::uid_term(&self.generation.fields, uid));
            }
            if let Change::Put(entry) = change {
                self.engine.add_document(schema::document(&self.generation.fields, entry)?)?;
            }
        }
        Ok(())
    }

    /// Makes the changes durable together with the position in the change log up to which they reach, and shows them.
    pub fn commit(&mut self, watermark: i64) -> Result<(), Error> {
        let payload = Payload { watermark, rules: schema::fingerprint(), origin: self.generation.origin.to_string() };
        let mut commit = self.engine.prepare_commit()?;
        commit.set_payload(&serde_json::to_string(&payload)?);
        commit.commit()?;
        self.generation.show(watermark)?;
        Ok(())
    }

    /// Makes one segment of all: a question is then asked once and not once for each.
    pub(crate) fn merge(&mut self) -> Result<(), Error> {
        let segments = self.generation.index.searchable_segment_ids()?;
        if segments.len() > 1 {
            self.engine.merge(&segments).wait()?;
            self.engine.garbage_collect_files().wait()?;
        }
        Ok(())
    }

    /// Waits for merges under way and lets the folder go.
    pub(crate) fn close(self) -> Result<Arc<Generation>, Error> {
        self.engine.wait_merging_threads()?;
        Ok(self.generation)
    }
}

/// The keys that were written, as hashes. The engine keeps one and a half kilobytes for every deletion until the next commit; a million
/// entries of which each is new need none. Two keys with one hash only cost a deletion too many.
#[derive(Default)]
struct Written {
    hasher: RandomState,
    keys: HashSet<u64>,
}

impl Written {
    /// Whether the key may have been written before; from now on it has.
    fn had(&mut self, uid: &str) -> bool {
        !self.keys.insert(self.hasher.hash_one(uid))
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("dir", &self.generation.dir).finish_non_exhaustive()
    }
}
