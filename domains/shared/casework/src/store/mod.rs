//! All SQL of this crate.

pub(crate) mod absences;
pub(crate) mod action;
pub(crate) mod area;
pub(crate) mod cases;
pub(crate) mod counters;
pub(crate) mod credit;
pub(crate) mod data;
pub(crate) mod drafts;
pub(crate) mod hashes;
pub(crate) mod head;
pub(crate) mod letters;
pub(crate) mod lists;
pub(crate) mod materials;
pub(crate) mod notes;
