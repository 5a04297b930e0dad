//! All SQL of the catalogue.

pub(crate) mod drafts;
pub(crate) mod items;
pub(crate) mod updates;
pub(crate) mod versions;
