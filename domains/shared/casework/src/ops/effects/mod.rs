//! What a move needs, and what follows from it, by its needs and effects: never by its verb.

mod clocks;
mod detail;
mod hand_out;
mod needs;
mod papers;
mod rows;

pub(super) use clocks::deadlines;
pub(crate) use detail::receipt_day;
pub(super) use detail::{detail, silent_limits};
pub(super) use hand_out::{hand_out, undelivered};
pub(super) use needs::missing;
pub(super) use papers::{ends_moved, receipt, tell, time_reason};
pub(super) use rows::rows;
