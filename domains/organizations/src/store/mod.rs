//! All SQL of this crate.

pub(crate) mod announcements;
pub(crate) mod counts;
pub(crate) mod hashes;
pub(crate) mod names;
pub(crate) mod organization;
pub(crate) mod posts;
pub(crate) mod rights;
pub(crate) mod segments;
pub(crate) mod search;
