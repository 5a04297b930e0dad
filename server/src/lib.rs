//! The program `tongban`: [`cli`] is its command line, [`start`] puts it together, [`App`] is what handlers work with, [`router`] is all of it as one axum router.
//!
//! Place: on top of everything. Handlers are thin (extract, one operation, page); rules live in `domains`, markup in `app`.
//! Recipes for handlers are in [`http`], for the interface for programs in [`api`].

pub mod api;
pub mod app;
pub mod backup;
pub mod bench;
pub mod cli;
pub mod config;
mod counter;
pub mod demo;
pub mod divisions;
pub mod http;
mod overdue;
pub mod own_data;
pub mod registry;
pub mod search;
pub mod start;

pub use app::App;
pub use http::router;
