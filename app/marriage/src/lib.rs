//! The pages of marriage registration: at the counter the day, the case, the blank certificates; for everybody the self-check.
//!
//! Place: above the design system `ui` and the service `marriage`; used by `server`. Pages are pure functions of loaded data and fetch
//! nothing; what a button may do is what `marriage::states` says.
//!
//! Recipe: a handler loads a `CaseView` and calls [`case::page`]; after a refusal it calls the same page with the name of the act
//! that was refused and what was typed, so that nothing is lost.

pub mod backentry;
pub mod annulment;
mod booklets;
pub mod case;
pub mod countries;
pub mod court;
pub mod desk;
pub mod divorce;
pub mod facts;
pub mod network;
pub mod registrars;
pub mod registry;
pub mod reissue;
pub mod self_check;
pub mod stock;

/// A number of a document as whoever may see it whole reads it: that of an identity card in its groups.
pub(crate) fn grouped(number: &str) -> String {
    kernel::IdNumber::parse(number, kernel::Day::ymd(9999, 12, 31)).map_or_else(|_| number.to_owned(), |number| number.grouped())
}
