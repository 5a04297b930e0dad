//! All SQL of this crate.

pub(crate) mod account;
pub(crate) mod code;
pub(crate) mod guard;
pub(crate) mod guardian;
pub(crate) mod hashes;
pub(crate) mod look;
pub(crate) mod password;
pub(crate) mod person;
pub(crate) mod place;
pub(crate) mod session;
pub(crate) mod staff;
pub(crate) mod stored;
pub(crate) mod token;
pub(crate) mod view;
