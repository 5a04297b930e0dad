//! The web side of `tongban`: [`App`] is what handlers work with, [`router`] is all of it as one axum router.
//!
//! Place: on top of everything. Handlers are thin (extract, one operation, page); rules live in `domains`, markup in `app`.
//! Recipes for handlers are in [`http`], for the interface for programs in [`api`].

pub mod api;
pub mod app;
pub mod http;

pub use app::App;
pub use http::router;
