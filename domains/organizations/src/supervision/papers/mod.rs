//! Numbered documents of supervision (OVP Appendix 3): which act leaves one behind, and what it says.
//!
//! # Recipe: another document
//! A line in [`PaperKind`], `leaves` at its act in [`super::states`], an arm in `words`, a template of its name.

mod kind;
mod words;

use kernel::{Day, Text};
use serde::{Deserialize, Serialize};

pub use kind::PaperKind;
pub(super) use words::{About, compose};

/// Marker of a document.
#[derive(Debug)]
pub struct PaperMark;
/// Id of a document.
pub type PaperId = kernel::Id<PaperMark>;

/// A document that is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    /// Its id; none for a decision that was issued before documents were.
    pub(super) id: Option<PaperId>,
    pub(super) title: Text,
    pub(super) number: String,
    pub(super) issued_on: Day,
}

/// How a document was served (送达回证, D-R22).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Code of the way, one of [`numbers::service_ways`](super::numbers::service_ways).
    pub way: String,
    /// Who received it, or refused to; empty for a public notice.
    pub receiver: String,
    /// How he stands to the organisation.
    pub relation: String,
    /// Where; the address to which it was sent electronically, or where the notice was published.
    pub place: String,
    /// When it was done.
    pub done_on: Day,
    /// The time of that day, if it was written down.
    pub time: String,
    /// From when it counts as served.
    pub served_on: Day,
    /// Who served it.
    pub servers: Vec<String>,
    /// Who saw it.
    pub witness: String,
    /// Number of the post.
    pub tracking: String,
}
