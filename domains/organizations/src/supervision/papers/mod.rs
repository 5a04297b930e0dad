//! Numbered documents of supervision (OVP Appendix 3): which act leaves one behind, and what it says.
//!
//! # Recipe: another document
//! A line in [`PaperKind`], `leaves` at its act in [`super::states`], an arm in `words`, a template of its name.

mod kind;
mod words;

pub use kind::PaperKind;
pub(super) use words::{About, compose};

/// Marker of a document.
#[derive(Debug)]
pub struct PaperMark;
/// Id of a document.
pub type PaperId = kernel::Id<PaperMark>;
