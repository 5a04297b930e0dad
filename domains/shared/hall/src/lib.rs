//! The hall: windows, tickets, and who is called next (OVP P9, P9-9 … P9-16).
//!
//! Place: uses `kernel`, `store`, `platform`, `identity`, `catalog` and `booking`; used by pages and `server`. A hall is an office of
//! `booking` at which tickets are given out. Its numbers are data with their sources ([`Rules`], `data/rules.json`, one row a hall).
//!
//! Three things hold every rule here. Whom the rule calls next is a pure function ([`queue`]). That one ticket is called once is held
//! by the database: the row of the hall's day is taken first, the ticket is taken by a conditional UPDATE, and a window has at most one
//! ticket by a unique key. And what ends with the day ends by the clock ([`Ticket::state_at`]); the job only writes it down.
//!
//! [`own_data`] is this crate's part of the copy that a citizen takes away: the tickets of his bookings.
//!
//! # Recipe: a morning in the hall
//! ```ignore
//! ops::setup::open_hall(&admin, "990101-01").await?;
//! let group = ops::setup::save_group(&admin, "990101-01", None, &GroupInput { letter: "A".into(), .. }).await?;
//! let window = ops::setup::save_window(&admin, "990101-01", None, &WindowInput { no: "1".into(), groups: vec![group] }).await?;
//! let taken = ops::take::at_counter(&clerk, "990101-01", Take::walk_in(group)).await?;   // A001
//! ops::windows::open(&clerk, window).await?;
//! let called = ops::call::next(&clerk, window).await?;                                   // on the screen, by voice
//! ops::serve::start(&clerk, called).await?;
//! ops::serve::done(&clerk, called).await?;
//! ```

mod board;
pub mod figures;
mod issues;
pub mod jobs;
mod model;
pub mod ops;
mod own;
pub mod queue;
mod rules;
mod store;
pub mod testing;

pub use board::{Board, Pace};
pub use jobs::service;
pub use model::*;
pub use own::own_data;
pub use store::HASHES;
pub use rules::{Ground, Number, Numbers, Rules, minutes_left};
