//! All SQL of the crate.

pub(crate) mod cards;
pub(crate) mod complaint_lists;
pub(crate) mod complaints;
pub(crate) mod follow_ups;
pub(crate) mod numbers;
mod hashes;
pub(crate) mod limits;
pub(crate) mod months;
pub(crate) mod public_answers;
pub(crate) mod ratings;
pub(crate) mod replies;
pub(crate) mod subjects;

pub use hashes::HASHES;
