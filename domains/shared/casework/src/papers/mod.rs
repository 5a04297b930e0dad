//! Numbered documents of a case (OVP P2.6, Appendix 3): issued, served, voided, checked by strangers.
//!
//! # Recipe: a move leaves a document behind
//! ```ignore
//! let drawn = papers::Drawn::new(&ctx);                    // before the transaction: its body may run twice
//! ctx.db().write(|tx| { let (ctx, drawn, new) = (ctx.clone(), drawn.clone(), new.clone()); async move {
//!     …                                                    // the move itself
//!     papers::issue(&tx, &ctx, &drawn, &new).await?;       // last: it takes the number, which others wait for
//!     Ok::<_, platform::Error>(())
//! }}).await
//! ```
//! The document counts from the commit on: number, date and content are frozen in its row, and its page can be read. The PDF, its
//! signature and the messages follow from the outbox (`paper.make`). A move that needs one asks [`require`].

mod check;
mod compose;
mod content;
pub mod issues;
mod issue;
mod kind;
mod make;
mod post;
mod read;
mod require;
mod serve;
mod sign;
mod store;
mod void;

pub use check::{Checked, check};
pub use compose::{Head, compose};
pub use content::{Content, Defect, Entry, Remedy, Taken, remedies};
pub use issue::{Drawn, NewPaper, issue};
pub use kind::{Kind, number};
pub use read::{Download, Line, Part, ServiceLine, Shown, Stand, download, mine, of_case, show};
pub(crate) use serve::hand_out;
pub use require::{Need, require};
pub use serve::{Served, Way, arrived, send, serve};
pub use sign::{Sign, SignPage, SignQuery, set_sign, sign_of, signs};
pub use store::{Authority, authority};
pub use void::void;

/// The handler that makes documents.
pub fn service(press: documents::Press) -> platform::Service {
    platform::Service { name: "papers", jobs: Vec::new(), handlers: vec![("paper.make", std::sync::Arc::new(make::Make { press }))] }
}

/// Marker of a document.
#[derive(Debug)]
pub struct Numbered;
/// Id of a document.
pub type PaperId = kernel::Id<Numbered>;
/// Marker of a service of a document.
#[derive(Debug)]
pub struct OneService;
/// Id of a service of a document.
pub type ServiceId = kernel::Id<OneService>;

#[cfg(test)]
mod tests;
