//! All SQL of marriage registration.

pub(crate) mod backentry;
pub(crate) mod backfacts;
pub(crate) mod backrows;
pub(crate) mod booklets;
pub(crate) mod cases;
pub(crate) mod checks;
pub(crate) mod divorce;
pub(crate) mod divorces;
pub(crate) mod counts;
pub(crate) mod countries;
pub(crate) mod court;
pub(crate) mod hashes;
pub(crate) mod parties;
pub(crate) mod partner_questions;
pub(crate) mod questions;
pub(crate) mod records;
pub(crate) mod register;
pub(crate) mod registrars;
pub(crate) mod reissues;
pub(crate) mod standing;
