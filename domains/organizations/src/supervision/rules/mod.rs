//! The rules of each kind of proceeding, one file a kind: what an act needs, what it changes, what follows from it.

pub(super) mod annual;
pub(super) mod evaluation;
pub(super) mod fundraising;
pub(super) mod illegal;
pub(super) mod inspection;
pub(super) mod listing;
pub(super) mod penalty;
pub(super) mod service;
