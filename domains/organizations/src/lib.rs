//! Social organisations (社会组织, OVP D): their registration, what is supervised, and the public register.
//!
//! Place: a service, above every shared crate and beside no other.
//!
//! * [`register`] is the only place that writes an organisation's row: every change is a version that is added, never changed, an audit row,
//!   an entry of the change log for the search, and word to those who follow it, in the transaction of the act.
//! * [`model`] has the types: kinds, statuses, what the register says ([`model::Content`]), what it keeps beside it ([`model::Private`]).
//! * [`search`] reads what the search may know of an organisation, which is what the register says in public.
//! * [`matters`] are the cases by which one is founded, changed and cancelled; [`naming`] checks a name before anybody applies; credit codes come
//!   from [`segments`]; [`certificate`] is what is issued and what a scan of it says; [`rights`] says who may act for one.
//! * [`codes`] are the lists by which organisations are told apart, [`states`] says what may become of one.
//!
//! # Recipe: entering and changing
//! ```ignore
//! let entry = NewEntry { id: ctx.id(), region, authority, effective_on: ctx.today(), reason: "establishment".into(), content, private: None, .. };
//! ctx.db().write(|tx| { .. register::enter(&tx, &ctx, entry).await }).await?;
//! let known = register::by_id(ctx.db(), id).await?;                 // head and newest version
//! let content = Content { address, ..known.content };
//! register::amend(&tx, &ctx, id, known.head.version, Amendment { content, .. }).await?;  // `E-ST02` if somebody was first
//! ```

pub mod announcements;
pub mod certificate;
pub mod codes;
pub mod desk;
pub mod extract;
pub mod follow;
pub mod founding;
pub mod import;
pub mod issues;
pub mod matters;
pub mod model;
pub mod names;
pub mod naming;
mod own;
mod places;
pub mod public;
pub mod register;
pub mod registration;
pub mod rights;
pub mod search;
pub mod segments;
pub mod states;
pub mod statistics;
mod store;
pub mod supervision;
pub mod testing;

pub use own::{forget, own_data};
pub use store::hashes::HASHES;
pub use model::{Amendment, Content, Entry, Flags, Head, Kind, NewEntry, OrganizationId, Private, Status, Version};

use platform::Service;

/// Key under which the change log and the audit trail name an organisation.
pub const NOUN: &str = "organization";

/// The outbox message that tells those who follow an organisation that it changed: `{"organization": id, "version": n, "what": …}`.
pub const CHANGED: &str = "organization.changed";

/// Jobs and outbox handlers of this service.
pub fn service() -> Service {
    let jobs = [vec![import::job(), public::daily_job(), follow::job(), rights::job()], supervision::jobs()].concat();
    let mut handlers = supervision::handlers();
    handlers.push((CHANGED, std::sync::Arc::new(follow::Handler)));
    handlers.push((segments::LOW, std::sync::Arc::new(segments::LowHandler)));
    Service { name: "organizations", jobs, handlers }
}
