//! What can be done, one file a verb.

mod access;
pub mod call;
pub mod close;
pub mod miss;
pub mod read;
pub mod serve;
pub mod setup;
pub mod take;
pub mod windows;
