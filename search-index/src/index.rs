//! The index that serves, and the folder that holds its generations.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use crate::entry::{Entry, Kind};
use crate::error::{Error, Reason};
use crate::generation::Generation;
use crate::query::{self, Answer, Request, Suggestion};
use crate::rebuild::Rebuild;
use crate::schema;
use crate::writer::{Change, FOLLOW_BYTES, Writer};
use crate::{compare, normalise, readings, syllables};

/// Names the folder of the generation that serves.
const CURRENT: &str = "CURRENT";
/// Generations are folders `index-<fingerprint>-<number>`.
const PREFIX: &str = "index-";

/// What was found on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It can serve, and is right up to this position in the change log.
    Ready {
        /// Position in the change log.
        watermark: i64,
    },
    /// It cannot; searches say [`Error::NoIndex`] until a [`Rebuild`] is finished.
    NeedsRebuild(Reason),
}

/// The search index of this node. Searches may run at the same time, and so may a rebuild. Cheap to clone: all clones are one.
#[derive(Debug, Clone)]
pub struct SearchIndex {
    root: Arc<Path>,
    origin: Arc<str>,
    live: Arc<RwLock<Option<Arc<Generation>>>>,
}

impl SearchIndex {
    /// Opens what is in the folder (made if absent), clears away what an interrupted rebuild left, and loads the tables, so that
    /// the first visitor does not wait. `origin` tells what the index is made of, in whatever words: one that was made with others is
    /// not used.
    ///
    /// # Errors
    /// Only when the folder itself cannot be read or made. A bad index is no error but [`State::NeedsRebuild`].
    pub fn open(root: &Path, origin: &str) -> Result<(SearchIndex, State), Error> {
        let origin: Arc<str> = Arc::from(origin);
        fs::create_dir_all(root)?;
        let current = fs::read_to_string(root.join(CURRENT)).unwrap_or_default();
        let opened = if is_generation(OsStr::new(current.trim())) {
            Generation::open(&root.join(current.trim()), Arc::clone(&origin))
        } else {
            Err(Reason::Missing)
        };
        let (live, state) = match opened {
            Ok(generation) => {
                let watermark = generation.watermark();
                (Some(Arc::new(generation)), State::Ready { watermark })
            }
            Err(reason) => (None, State::NeedsRebuild(reason)),
        };
        let index = SearchIndex { root: Arc::from(root), origin, live: Arc::new(RwLock::new(live)) };
        index.sweep(index.live().ok().as_deref());
        warm();
        Ok((index, state))
    }

    /// Answers a question.
    ///
    /// # Errors
    /// [`Error::NoIndex`] while there is none; then the database answers for exact names and codes.
    pub fn search(&self, request: &Request) -> Result<Answer, Error> {
        query::search(&*self.live()?, request)
    }

    /// Completes what is being typed; `home` is the visitor's region from the province down.
    ///
    /// # Errors
    /// As [`SearchIndex::search`].
    pub fn suggest(&self, typed: &str, home: &[String], limit: usize) -> Result<Vec<Suggestion>, Error> {
        query::suggest(&*self.live()?, typed, home, limit)
    }

    /// How many entries of a kind there are.
    ///
    /// # Errors
    /// As [`SearchIndex::search`].
    pub fn count(&self, kind: Kind) -> Result<usize, Error> {
        query::count(&*self.live()?, kind)
    }

    /// The entry with this key as the index holds it.
    ///
    /// # Errors
    /// As [`SearchIndex::search`].
    pub fn get(&self, uid: &str) -> Result<Option<Entry>, Error> {
        query::get(&*self.live()?, uid)
    }

    /// Whether the index is already as the change leaves it, for the comparison with the database.
    ///
    /// # Errors
    /// As [`SearchIndex::search`].
    pub fn holds(&self, change: &Change) -> Result<bool, Error> {
        compare::holds(&*self.live()?, change)
    }

    /// Ids of a kind that the index holds and `known` does not name, behind `after` and up to `upto` (all that follow, for none), a
    /// thousand at most: what the database has no longer.
    ///
    /// # Errors
    /// As [`SearchIndex::search`].
    pub fn strays(&self, kind: Kind, after: &str, upto: Option<&str>, known: &BTreeSet<&str>) -> Result<Vec<String>, Error> {
        compare::strays(&*self.live()?, kind, after, upto, known)
    }

    /// The position in the change log that searches see; none while there is no index.
    pub fn watermark(&self) -> Option<i64> {
        self.live().ok().map(|live| live.watermark())
    }

    /// Whether there is an index and its folder has not been taken away.
    pub fn is_whole(&self) -> bool {
        self.live().is_ok_and(|live| live.is_on_disk())
    }

    /// The writer of the index that serves.
    ///
    /// # Errors
    /// [`Error::NoIndex`], or [`Error::Engine`] when another writer holds the lock.
    pub fn writer(&self) -> Result<Writer, Error> {
        Writer::open(self.live()?, FOLLOW_BYTES)
    }

    /// Begins a new index beside the one that serves.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn rebuild(&self) -> Result<Rebuild, Error> {
        let used = generations(&self.root).filter_map(|dir| number(&dir)).max().unwrap_or(0);
        // A folder that was deleted under a running index must not be met again by its name.
        let live = self.live().ok().and_then(|live| number(&live.dir)).unwrap_or(0);
        let dir = self.root.join(format!("{PREFIX}{}-{}", schema::fingerprint(), used.max(live) + 1));
        Rebuild::begin(self.clone(), Generation::create(dir, Arc::clone(&self.origin))?)
    }

    /// Makes a finished generation the one that serves, and takes the others off the disk. Searches under way keep the one they
    /// began with; its files live as long as they are mapped.
    pub(crate) fn put_live(&self, generation: Arc<Generation>) -> Result<(), Error> {
        let name = generation.dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let written = self.root.join("CURRENT.new");
        let mut file = fs::File::create(&written)?;
        file.write_all(name.as_bytes())?;
        file.sync_all()?;
        fs::rename(&written, self.root.join(CURRENT))?;
        *self.live.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&generation));
        self.sweep(Some(&generation));
        Ok(())
    }

    pub(crate) fn live(&self) -> Result<Arc<Generation>, Error> {
        self.live.read().unwrap_or_else(PoisonError::into_inner).clone().ok_or(Error::NoIndex)
    }

    /// Removes every generation but one. A folder that will not go is tried again at the next start.
    fn sweep(&self, keep: Option<&Generation>) {
        for path in generations(&self.root) {
            if keep.is_none_or(|live| live.dir != path)
                && let Err(error) = fs::remove_dir_all(&path)
            {
                tracing::warn!(search.folder = %path.display(), %error, "an old search index could not be removed");
            }
        }
    }
}

/// The folders of generations.
fn generations(root: &Path) -> impl Iterator<Item = PathBuf> {
    let found = fs::read_dir(root).into_iter().flatten().filter_map(Result::ok);
    found.filter(|entry| is_generation(&entry.file_name())).map(|entry| entry.path())
}

/// The number at the end of a generation's name.
fn number(dir: &Path) -> Option<u64> {
    dir.file_name()?.to_str()?.rsplit('-').next()?.parse().ok()
}

fn is_generation(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(PREFIX) && !name.contains(['/', '\\', '.']))
}

fn warm() {
    normalise::warm();
    readings::warm();
    syllables::warm();
}
