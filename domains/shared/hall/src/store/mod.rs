//! All SQL of the crate.

pub(crate) mod halls;
pub(crate) mod paces;
pub(crate) mod tickets;
pub(crate) mod windows;
