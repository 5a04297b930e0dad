//! One file a noun.

pub mod about;
pub mod admin_audit;
pub mod admin_calendars;
pub mod admin_home;
pub mod admin_outbox;
pub mod certificate;
pub mod check;
pub mod errors;
pub mod home;
