//! All SQL of this crate.

pub(crate) mod deliveries;
pub(crate) mod notices;
pub(crate) mod preferences;

/// States of a delivery, as they are stored.
pub(crate) const WAITING: &str = "waiting";
pub(crate) const SENT: &str = "sent";
pub(crate) const FAILED: &str = "failed";
pub(crate) const UNWANTED: &str = "unwanted";
pub(crate) const NOWHERE: &str = "nowhere";
