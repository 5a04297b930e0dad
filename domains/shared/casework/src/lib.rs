//! Casework: what every case of every service has in common, however different their states are.
//!
//! Place: above `platform`, below the services. A service owns its states; each state declares one [`Phase`] of the common
//! life-cycle (OVP P2.3), and lists, clocks and figures see only the phase.
//!
//! Recipe, inside one `ctx.db().write(..)`:
//! 1. [`open`] writes the head row, with its case number, and the first action;
//! 2. every later change calls [`record_action`], which checks that nobody else was there first (`E-ST02`), appends the
//!    action and moves the head on;
//! 3. the service writes its own rows, and `platform` the audit and outbox rows, in the same transaction.

pub mod clock;
pub mod fold;
pub mod form;
pub mod issues;
mod jobs;
pub mod life;
pub mod matters;
pub mod model;
pub mod ops;
pub mod papers;
mod phase;
pub mod separation;
mod store;
pub mod supervision;
pub mod validate;

pub use store::action::{Action, Step, actions_of, record_action};
pub use store::head::{Case, CaseId, Head, NewCase, by_case_no, head, heads_of_office, open};
pub use model::*;
pub use jobs::service;
pub use matters::{Declaration, Decided, Hooks, Matter, Matters, NoHooks, install};
pub use phase::Phase;
pub use store::materials::Owner;
