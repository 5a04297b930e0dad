//! The search index and the database: what is indexed, how the index follows the change log, and who answers while there is none.
//!
//! * A [`Source`] turns things of one noun into entries; [`sources`] lists them. Only what the public may see becomes an entry.
//! * [`Search`] holds the index of this node. Its [`Search::follow`] task reads the change log, reads the changed things again through
//!   the functions of the crate that owns them, and commits at most every [`PAUSE`].
//! * A rebuild ([`Search::reindex`]) goes on beside the index that serves, which follows the log all the while, and takes its place when
//!   it has caught up. Where the index is missing, damaged, deleted or of another database or region, one is made at once; meanwhile exact codes and names are answered
//!   by the database ([`Origin::Database`]).
//! * Once an hour, and at the start, everything is compared with the database, page by page and resting in between, and put right: what
//!   changes by the calendar alone leaves no entry in the change log.

mod compare;
mod dimensions;
mod follower;
mod guides;
mod items;
mod offices;
mod organizations;
mod position;
mod rebuild;
mod source;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use platform::{Ctx, Error, Result};
use search_index::{Answer, Entry, Hit, Kind, Request, SearchIndex, Stage, State, Suggestion};
use tokio::sync::{Mutex, watch};

pub use compare::Compared;
pub use dimensions::{asked as asked_facets, counted as counted_facets, facets, words};
pub use follower::PAUSE;
pub use position::{COOKIE as POSITION_COOKIE, read as read_position, write as write_position};
pub use rebuild::Rebuilt;
pub use source::{Scan, Source};

/// How long a reader who has just written waits for the index.
const PATIENCE: Duration = Duration::from_secs(1);

/// Everything that can be found, in the order in which it is rebuilt.
pub fn sources() -> Vec<Arc<dyn Source>> {
    vec![Arc::new(items::Items), Arc::new(guides::Guides), Arc::new(offices::Offices), Arc::new(organizations::Organizations)]
}

/// The search of this node. Cheap to clone.
#[derive(Clone)]
pub struct Search(Arc<Inner>);

struct Inner {
    index: SearchIndex,
    sources: Vec<Arc<dyn Source>>,
    /// The writer of the index that serves; held for the time of one commit.
    writer: Mutex<follower::Hand>,
    /// Held by whoever makes a new index. It comes before the writer's.
    maker: Mutex<()>,
    /// The position in the change log that searches see.
    position: watch::Sender<i64>,
    /// Entries of the index that is being made; none while there is nothing to make.
    made: watch::Sender<Option<usize>>,
}

/// Who answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The index.
    Index,
    /// The database, with exact codes and names only: the index is being made.
    Database,
}

/// An answer and how far it can be relied on.
#[derive(Debug, Clone)]
pub struct Found {
    /// The answer.
    pub answer: Answer,
    /// Who answered.
    pub origin: Origin,
    /// Whether the visitor's own last change may still be missing.
    pub behind: bool,
}

impl Search {
    /// Opens the index in a folder. One that was made of another origin (see [`crate::App::open`]) is rebuilt.
    ///
    /// # Errors
    /// When the folder cannot be read or made. An index that cannot be used is no error: it is rebuilt by [`Search::follow`].
    pub fn open(folder: &Path, origin: &str, sources: Vec<Arc<dyn Source>>) -> Result<Self> {
        let (index, state) = SearchIndex::open(folder, origin).map_err(Error::internal)?;
        let reached = match &state {
            State::Ready { watermark } => *watermark,
            State::NeedsRebuild(reason) => {
                tracing::info!(search.folder = %folder.display(), %reason, "the search index will be rebuilt");
                0
            }
        };
        let (position, _) = watch::channel(reached);
        let (made, _) = watch::channel(None);
        Ok(Self(Arc::new(Inner { index, sources, writer: Mutex::default(), maker: Mutex::default(), position, made })))
    }

    /// Answers a question. `wrote` is the position of the visitor's own last change: the answer waits for it, a second at most.
    ///
    /// # Errors
    /// Those of the database, when it has to answer.
    pub async fn answer(&self, ctx: &Ctx, request: Request, wrote: Option<i64>) -> Result<Found> {
        let behind = !self.reached(wrote).await;
        let (index, asked) = (self.0.index.clone(), request.clone());
        let from_index = tokio::task::spawn_blocking(move || index.search(&asked)).await.map_err(Error::internal)?;
        match from_index {
            Ok(answer) => Ok(Found { answer, origin: Origin::Index, behind }),
            Err(error) => {
                if !matches!(error, search_index::Error::NoIndex) {
                    tracing::error!(%error, "the search index failed to answer; the database does");
                }
                Ok(Found { answer: self.asks_database(ctx, &request).await?, origin: Origin::Database, behind: false })
            }
        }
    }

    /// Completes what is being typed; nothing while there is no index.
    ///
    /// # Errors
    /// When the index fails.
    pub async fn suggest(&self, typed: String, home: Vec<String>, limit: usize) -> Result<Vec<Suggestion>> {
        let index = self.0.index.clone();
        let found = tokio::task::spawn_blocking(move || index.suggest(&typed, &home, limit)).await.map_err(Error::internal)?;
        match found {
            Ok(suggestions) => Ok(suggestions),
            Err(search_index::Error::NoIndex) => Ok(Vec::new()),
            Err(error) => Err(Error::internal(error)),
        }
    }

    /// How many entries the index has that is being made now; none while none is.
    pub fn made(&self) -> Option<usize> {
        *self.0.made.borrow()
    }

    /// Waits until the index has come to a position; tells whether it has.
    async fn reached(&self, wrote: Option<i64>) -> bool {
        let Some(wrote) = wrote else { return true };
        let mut position = self.0.position.subscribe();
        matches!(tokio::time::timeout(PATIENCE, position.wait_for(|reached| *reached >= wrote)).await, Ok(Ok(_)))
    }

    /// Exact codes and names.
    async fn asks_database(&self, ctx: &Ctx, request: &Request) -> Result<Answer> {
        let mut found: Vec<Entry> = Vec::new();
        for source in &self.0.sources {
            found.extend(source.exact(ctx, &request.text).await?);
        }
        found.retain(|entry| entry.is_in(&request.region));
        found.retain(|entry| request.passes(entry));
        let kinds = Kind::ALL.map(|kind| (kind, found.iter().filter(|entry| entry.kind == kind).count())).to_vec();
        found.retain(|entry| request.kind.is_none_or(|kind| entry.kind == kind));
        let total = found.len();
        let page = found.into_iter().skip(request.offset).take(request.limit);
        Ok(Answer {
            hits: page.map(|entry| Hit::exact(entry, request)).collect(),
            total,
            stage: if total == 0 { Stage::Nothing } else { Stage::Exact },
            kinds,
            regions: Vec::new(),
            facets: Vec::new(),
            cut: request.text.chars().count() > search_index::MAX_QUERY_CHARS,
        })
    }
}
