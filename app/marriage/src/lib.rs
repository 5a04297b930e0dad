//! The counter's pages of marriage registration: the day, the case, the blank certificates.
//!
//! Place: above the design system `ui` and the service `marriage`; used by `server`. Pages are pure functions of loaded data and fetch
//! nothing; what a button may do is what `marriage::states` says.
//!
//! Recipe: a handler loads a `CaseView` and calls [`case::page`]; after a refusal it calls the same page with the name of the act
//! that was refused and what was typed, so that nothing is lost.

pub mod case;
pub mod court;
pub mod desk;
pub mod divorce;
pub mod facts;
pub mod registrars;
pub mod registry;
pub mod reissue;
pub mod stock;
