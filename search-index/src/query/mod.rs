//! From what a person typed to an answer.

mod answer;
mod asked;
mod at_least;
mod chinese;
mod closeness;
mod gather;
mod letters;
mod plan;
mod request;
mod suggest;
mod terms;

pub(crate) use answer::{count, get, search};
pub use asked::MAX_QUERY_CHARS;
pub(crate) use asked::{Asked, Shape};
pub use request::{Answer, Counts, Hit, MAX_LIMIT, MAX_OFFSET, Request, Sort, Stage};
pub use suggest::Suggestion;
pub(crate) use suggest::suggest;
