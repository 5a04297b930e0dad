//! What a move needs, and what follows from it, by its needs and effects: never by its verb.

mod clocks;
mod detail;
mod needs;
mod papers;
mod rows;

pub(super) use clocks::deadlines;
pub(super) use detail::{detail, receipt_day, silent_limits};
pub(super) use needs::missing;
pub(super) use papers::{ends_moved, tell, time_reason};
pub(super) use rows::rows;
