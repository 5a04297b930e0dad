//! What can be done, one file a verb.

pub(crate) mod access;
pub mod book;
pub mod cancel;
pub mod close;
pub mod confirm;
pub mod desk;
pub mod hold;
pub mod lift;
pub mod move_to;
pub mod offices;
pub mod openings;
pub mod own;
pub mod partner;
pub(crate) mod place;
pub mod plans;
pub mod present;
pub mod read;
pub(crate) mod seat;
pub mod wait;
