//! The search index: one box over everything the public may find, on Tantivy.
//!
//! **Place in the house.** This crate knows neither the database nor the services: it takes [`Entry`] values and gives back
//! [`Answer`]s. What is indexed, and when, is the business of the follower in `server`. Nothing that is not public may be
//! made into an `Entry`.
//!
//! **How Chinese is found.** Names are not cut into words. They are indexed as pairs and threes of characters (a phrase of
//! threes is a part of the name), as syllables and as initials; a second copy without 省市区县镇乡村街道 answers for the way
//! people really write. A query is classified (code, letters, Chinese, mixed) and answered in stages: exact parts first, near
//! misses only when there is hardly anything exact, and the answer says which it was ([`Answer::stage`]).
//!
//! **A million names.** Hits are gone through once: the best of them, the counts of all facets and of the regions come out of one
//! pass, in which a set of facets is one number (`table`). What is close is led by the rarest of its terms (`at_least`) and put in
//! order by the names themselves (`closeness`). `cargo bench -p search-index --bench search` measures it beside other engines.
//!
//! **The index is a cache.** It carries the position in the change log up to which it is right; when it is missing, damaged or
//! made by other rules or of another database, [`SearchIndex::open`] says [`State::NeedsRebuild`], and a [`Rebuild`] fills a new
//! folder beside the one that is serving, and goes on being written to, and then takes its place.
//!
//! Recipe:
//! ```
//! # fn main() -> Result<(), search_index::Error> {
//! # let folder = tempfile::tempdir().expect("a temporary folder");
//! use search_index::{Change, Entry, Kind, Request, SearchIndex};
//! let (index, _state) = SearchIndex::open(folder.path(), "a province")?;
//! let mut rebuild = index.rebuild()?;
//! rebuild.apply(&[Change::put(Entry::new(Kind::Item, "350203-01", "结婚登记"))])?;
//! let _writer = rebuild.finish(0)?;
//! let answer = index.search(&Request::new("jhdj"))?;
//! assert_eq!(answer.hits[0].entry.title, "结婚登记");
//! # Ok(())
//! # }
//! ```

mod compare;
mod entry;
mod error;
mod generation;
mod highlight;
mod index;
mod marks;
mod name;
mod normalise;
mod query;
mod readings;
mod rebuild;
mod schema;
mod syllables;
mod table;
mod tokens;
mod writer;

pub use entry::{Entry, Kind, Offer};
pub use error::{Error, Reason};
pub use highlight::Segment;
pub use name::Reading;
pub use index::{SearchIndex, State};
pub use normalise::{code as normalise_code, plain as normalise_name};
pub use query::{Answer, Counts, Hit, MAX_LIMIT, MAX_OFFSET, MAX_QUERY_CHARS, Request, Sort, Stage, Suggestion};
pub use rebuild::Rebuild;
pub use writer::{Change, Writer};
