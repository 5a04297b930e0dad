//! What can go wrong, for the log and for the follower; none of it is shown to a person.

use std::fmt;

/// A failure of the index. Whatever it is, the cure is the same: answer from the database and rebuild.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no usable index yet.
    #[error("there is no search index; it has to be rebuilt")]
    NoIndex,
    /// The engine refused.
    #[error("search engine: {0}")]
    Engine(#[from] tantivy::TantivyError),
    /// The folder could not be read or written.
    #[error("search index folder: {0}")]
    Folder(#[from] std::io::Error),
    /// A stored document could not be read back.
    #[error("a stored entry cannot be read: {0}")]
    Entry(#[from] serde_json::Error),
}

/// Why an index found on disk cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There is none.
    Missing,
    /// Files are absent or do not match their checksums.
    Damaged(String),
    /// It was made by another version of the engine, of the fields or of the reading tables.
    OtherRules,
    /// It was made for something else than is served now: see [`crate::SearchIndex::open`].
    OtherOrigin,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Missing => f.write_str("there is no index"),
            Reason::Damaged(what) => write!(f, "the index is damaged: {what}"),
            Reason::OtherRules => f.write_str("the index was made by other rules"),
            Reason::OtherOrigin => f.write_str("the index was made of another database or for another region"),
        }
    }
}
