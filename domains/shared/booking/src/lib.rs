//! Booking: offices with their hours, slots with their places, bookings and the waiting list (OVP P9, MFA R-MR-44, 45, 47).
//!
//! Place: uses `kernel`, `store`, `platform`, `identity` and `catalog`; used by `casework`, services and pages. A service declares
//! *how* it books as a [`Profile`] (data with sources, see [`profiles::declare`]); everything else is the same for all services.
//!
//! A day that many people want is given out in one order instead: see [`release`].
//!
//! Two things hold every rule here. Capacity and "one open booking a person" are held by the database: one conditional UPDATE and
//! unique keys, never a look before an insert. And time is held by the clock: guards compare with `ctx.now()`, the jobs only write
//! down and tell what has long been decided.
//!
//! # Recipe: from a declaration to a booking
//! ```ignore
//! profiles::declare(&system, vec![Profile { couple: true, unit: Unit::CalendarDays, days_ahead: 30, ..Profile::p9(kind, name) }]).await?;
//! let office = ops::offices::create(&admin, org, region, "990101-01", &input).await?;
//! ops::plans::add(&admin, "990101-01", &plan).await?;                 // makes the slots, too
//! let slots = ops::read::slots(&citizen, office, kind, from, to).await?;
//! let held = ops::hold::hold(&citizen, Hold { slot: slots[0].id, impl_code, request_key }).await?;
//! ops::confirm::confirm(&citizen, held, Confirm { phone, partner: Some(other), needs }).await?;
//! ```

pub mod details;
pub mod hours;
pub mod ics;
mod issues;
pub mod jobs;
mod model;
mod notices;
mod numbers;
pub mod ops;
mod people;
pub mod plan;
mod profile;
pub mod profiles;
pub mod release;
mod request;
pub mod rules;
mod store;
pub mod testing;

pub use jobs::service;
pub use model::*;
pub use store::hashes::HASHES;
pub use profile::{OwnCode, Profile, Unit, basic_code};

/// The days of the week in the order of [`hours::Week`].
pub const WEEKDAYS: [kernel::Weekday; 7] = kernel::Weekday::ALL;
