//! Interaction: what people say about the service they got, and what is done about it. Ratings (OVP P3), and questions, suggestions,
//! complaints, reports and petitions (OVP P4), each as a closed loop with its own limits.
//!
//! Place: uses `kernel`, `store`, `platform` and `identity`; used by `booking`, `casework`, services and pages. It knows none of them:
//! whoever finishes something registers a neutral [`ratings::Subject`], and what is overdue is told as a neutral [`cards::Overdue`].
//!
//! Limits are rows with their source ([`limits`]), counted by the working calendar of this instance and counted again when it changes.
//! Guards compare dates with the clock; the jobs only write down and tell what has long been decided.
//!
//! # Recipe: something that can be rated
//! ```ignore
//! let opening = ratings::Opening::new(ctx, subject).await?;   // draws the token, finds who is invited; before the transaction
//! ctx.db().write(|tx| { let (ctx, opening) = (ctx.clone(), opening.clone()); async move {
//!     …                                                       // the change that finishes it
//!     ratings::open(&tx, &ctx, &opening).await                // in the same transaction
//! }}).await?;
//! ```

pub mod cards;
pub mod complaints;
mod happened;
mod issues;
mod jobs;
pub mod limits;
mod numbers;
mod own;
mod people;
pub mod ratings;
pub mod screen;
mod similar;
mod store;
pub mod testing;

pub use happened::Happened;
pub use jobs::service;
pub use own::own_data;
pub use store::HASHES;
