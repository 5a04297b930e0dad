//! Notices: the one place where a person sees all that happened, and the way out to mail and short message.
//!
//! **Place.** Above `identity`, below every service. `identity` itself, which stands below, leaves its warnings in the outbox, and they are
//! told from there.
//!
//! **What it promises.** A notice is a row of the act that causes it. The page always shows it. Mail and short message go out when the
//! topic is required or wanted, never at night unless [`Notice::urgent`], and of a discreet matter they name the office and nothing else.
//! Each channel's outcome is written once: a worker that is killed in between sends under the same message id, and one message is seen.
//!
//! # Recipe: tell somebody
//! ```ignore
//! let notice = Notice::new(To::Person(person), Topic::Decision, format!("decided-{case}"), title, body) // the key makes it one
//!     .link(format!("/cases/{case}"))       // a path of this site
//!     .discreet(office.name.clone());       // divorce, assistance, complaints
//! notices::tell(&tx, &ctx, notice).await?;  // in the transaction of the act
//! ```
//! Staff are told in the same way (`To::Staff`), on their page alone.

mod deliver;
mod issues;
mod jobs;
mod model;
pub mod ops;
mod quiet;
mod store;
mod tell;
#[cfg(test)]
mod tests;
mod topics;

pub use jobs::service;
pub use model::{Channel, Delivered, DeliveryId, Failure, Notice, NoticeId, State, To, Words};
pub use quiet::{Quiet, quiet};
pub use tell::{take_back, tell, tell_later};
pub use topics::{Topic, TopicFacts};
