//! From what a person typed to an answer.

mod answer;
mod asked;
mod chinese;
mod letters;
mod plan;
mod suggest;
mod terms;

pub use answer::{Answer, Hit, MAX_LIMIT, MAX_OFFSET, Request, Stage};
pub(crate) use answer::{count, get, search};
pub use asked::MAX_QUERY_CHARS;
pub(crate) use asked::{Asked, Shape};
pub use suggest::Suggestion;
pub(crate) use suggest::suggest;
