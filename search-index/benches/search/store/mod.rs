//! Engines that speak SQL.

pub(crate) mod postgres;
pub(crate) mod sqlite;
