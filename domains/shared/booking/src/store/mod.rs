//! All SQL of the crate.

pub(crate) mod bookings;
pub(crate) mod day_rules;
pub(crate) mod entries;
pub(crate) mod hashes;
pub(crate) mod no_shows;
pub(crate) mod offers;
pub(crate) mod offices;
pub(crate) mod parties;
pub(crate) mod plans;
pub(crate) mod profiles;
pub(crate) mod releases;
pub(crate) mod slots;
pub(crate) mod waiting;
