//! All SQL of this crate.

pub(crate) mod facts;
pub(crate) mod figures;
pub(crate) mod forms;
pub(crate) mod lists;
pub(crate) mod reports;
pub(crate) mod runs;
pub(crate) mod window;
