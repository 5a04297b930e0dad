//! What a service is handed: who acts and when ([`Ctx`]), what is allowed ([`Ctx::require`]), the audit trail, the outbox, jobs, and the
//! ports to the outside world.
//!
//! Place: above `kernel` and `store`, below everything else in `domains`. A clock, a random number, an environment variable or a call to
//! the outside is taken here or not at all.
//!
//! # Recipe: an operation
//! ```ignore
//! pub async fn cancel(ctx: &Ctx, id: BookingId) -> platform::Result<()> {
//!     ctx.require(&[Role::Clerk], &scope).await?;              // authorisation first
//!     let event = audit::Event::new("booking.cancel", "booking", id);
//!     let (now, ctx2) = (ctx.now(), ctx.clone());              // time and random numbers before the transaction
//!     ctx.db().write(|tx| { let (ctx, event) = (ctx2.clone(), event.clone()); async move {
//!         store::booking::cancel(&tx, id, now).await?;         // the change
//!         audit::record(&tx, &ctx, event).await?;              // who did it
//!         outbox::put(&tx, &ctx, outbox::Message::mail(..)).await?; // who is told
//!         Ok::<_, platform::Error>(())
//!     }}).await
//! }
//! ```

mod actor;
pub mod audit;
mod authorise;
pub mod calendars;
pub mod change;
mod ctx;
mod error;
mod jobs;
pub mod once;
pub mod outbox;
pub mod own;
mod platform;
pub mod ports;
pub mod regions;
pub mod testing;

pub use actor::{
    Account, AccountId, Actor, CitizenActor, Grant, Org, OrgId, Person, PersonId, ProgramActor, Role, Staff, StaffActor, StaffId, Token, TokenId,
};
pub use authorise::Scope;
pub use ctx::{Ctx, RequestMeta};
pub use error::{Error, Result};
pub use jobs::{Job, JobFuture, Service};
pub use platform::{Parts, Platform, Settings};
