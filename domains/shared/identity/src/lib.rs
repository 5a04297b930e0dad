//! Who people are: natural persons with their documents, accounts of citizens, staff with roles, sessions, tokens of programs.
//!
//! **Place.** Above `store` and `platform`, below everything else in `domains`. The types of actors are `platform`'s; this crate
//! finds them: [`session::find`] from a cookie, [`tokens::find`] from a bearer token.
//!
//! **One's own data.** [`ops::own_data`] is this crate's part of the copy that a citizen takes away; every crate has such a function and
//! `server/src/registry.rs` lists them. [`ops::close_account`] leaves nothing but what `platform::own` says the law keeps, and
//! [`ops::only_stored`] tells everybody to leave that alone. [`ops::require_consent`] stops whoever would handle the data of a child under
//! fourteen.
//!
//! **What it promises.** A name or number never stands in clear in a column. Nobody learns from sign-up, sign-in or reset
//! whether a number is known here. Tokens and codes are stored as keyed hashes. Nothing is written before
//! somebody signs in, and a session's last use is written at most once a minute.
//!
//! # Recipe: a person at the counter
//! ```ignore
//! let draft = PersonDraft::new(ctx, "王小明", document, "CHN", None)?;       // parsed and sealed before the transaction
//! ctx.db().write(|tx| { let (ctx, draft) = (ctx.clone(), draft.clone()); async move {
//!     let person = persons::ensure(&tx, &ctx, &draft).await?;               // the same number is the same person
//!     …
//! }}).await
//! ```
//! # Recipe: a test
//! ```ignore
//! let li = identity::testing::citizen(&platform, 2).await;                  // a fictional person with an account
//! let clerk = identity::testing::staff(&platform, "990102", &[Role::Clerk]).await;
//! let ctx = platform.as_actor(li.actor());
//! ```

mod codes;
pub mod colleagues;
pub mod facts;
mod grants;
pub mod guard;
mod issues;
mod jobs;
mod model;
mod notice;
pub mod ops;
mod password;
pub mod persons;
mod place;
mod policy;
pub mod security;
pub mod session;
mod store;
pub mod testing;
#[cfg(test)]
mod tests;
pub mod tokens;
mod totp;
mod verifier;

pub use colleagues::Colleague;
pub use grants::{conflict, grants_of};
pub use jobs::service;
pub use model::{Contact, ContactOf, DisputeId, GrantId, GrantView, NewGrant, SessionId, StaffView, TokenView};
pub use store::hashes::HASHES;
pub use persons::{PersonDraft, PersonView, number_hash};
pub use totp::Enrolment;
pub use verifier::{NoVerifier, TestWorldVerifier, Verdict, Verifier, WebHookVerifier};
