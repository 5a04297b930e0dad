//! All SQL of this crate: case heads and the log of actions.

pub(crate) mod action;
pub(crate) mod head;
