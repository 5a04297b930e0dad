//! Casework: the engine that runs the cases of every service.
//!
//! Place: above `platform`, `identity` and `catalog`, below the services. A service declares its matters as data ([`CaseType`]: form,
//! materials, states, moves, limits); the engine does the rest. Each state declares one [`Phase`] of the common life-cycle (OVP P2.3), and
//! lists and figures see only the phase. `docs/adding-a-service.md` is the way in.
//!
//! What there is, from the inside out:
//! * [`model`]: declarations and the parts of a case; [`validate`] refuses at start what contradicts itself;
//! * [`life`]: the one table of actions, asked by the buttons and by the operations; [`separation`]: who may not be the same person;
//! * [`fold`](mod@fold): the log of events folded to the state of a case, pure; [`clock`]: the ends of all periods, counted from that state;
//! * [`ops`]: what can be done. [`ops::act`] makes every move: it asks the table, checks what the move needs, and writes log, head, clocks,
//!   audit row, messages and document in one transaction;
//! * what comes over a counter stands on a sheet ([`CounterSheet`]) until it is a case: saved after every step, with what is known of the
//!   person offered and never asked again;
//! * [`cross`]: one place takes in, the body of another decides;
//! * [`papers`], [`supervision`] and the archive.
//!
//! The log has one event that no table declares: [`TRANSFER`], with which a case goes to another body and stays in its state.
//!
//! What time does (automatic acceptance, lapse) is counted by whoever looks; the job only writes it down.
//!
//! A service with a register of its own may keep its rows and only write head and log, inside one `ctx.db().write(..)`: [`open`] writes the head
//! with its number and the first action; [`record_action`] folds the log for every later one, and refuses with `E-ST02` if somebody else was there
//! first.

pub mod archive;
pub mod clock;
pub mod cross;
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
pub mod testing;
#[cfg(test)]
mod tests;
pub mod validate;

pub use store::action::{Action, Step, actions_of, record_action};
pub use store::head::{Case, CaseId, Head, NewCase, by_case_no, head, heads_of_office, open};
pub use model::*;
pub use jobs::service;
pub use matters::{Asked, Declaration, Decided, Hooks, Matter, Matters, NoHooks, install};
pub use phase::Phase;
pub use store::hashes::HASHES;
pub use store::materials::Owner;
