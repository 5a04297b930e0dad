//! All SQL of this crate.

pub(crate) mod consent;
pub(crate) mod copy;
pub(crate) mod entry;
pub(crate) mod hashes;
pub(crate) mod mandate;
pub(crate) mod report;
pub(crate) mod stock;
pub(crate) mod uses;
