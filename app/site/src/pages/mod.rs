//! One file a noun.

pub mod about;
pub mod account;
pub mod account_me;
pub mod account_own;
pub mod account_own_tokens;
pub mod account_staff;
pub mod account_tokens;
pub mod admin_audit;
pub mod admin_calendars;
pub mod admin_home;
pub mod admin_outbox;
pub mod booking;
pub mod booking_card;
pub mod booking_form;
pub mod certificate;
pub mod check;
pub mod errors;
pub mod guide;
pub mod home;
pub mod items_admin;
pub mod licence_stock;
pub mod licences_admin;
pub mod offices;
pub mod offices_admin;
pub mod search;
