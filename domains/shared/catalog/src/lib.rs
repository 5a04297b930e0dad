//! The catalogue of service items: what is done, by whom, on what legal basis, with which papers, how fast, for how much.
//!
//! Two layers (OVP P1): the basic items that a province defines (基本目录) and the implementation lists of its bodies (实施清单). A body
//! claims a basic item: locked elements are copied, local ones are its own and may only be better. What is published never changes; a case
//! keeps the id of its version. Guides, forms, time limits and the answered questions beside a form are all made of that one version.
//!
//! Place: above `platform`, below everything that has to do with items. Knows nothing of any service: an item carries the
//! key of the procedure that owns it (`marriage.registration`), and the service finds its items by it.
//!
//! # Recipe
//! ```ignore
//! let view = catalog::ops::find(&ctx, "11990102YY9990101F4000711001001").await?;       // as it stands today
//! if !view.standing.is_open() { /* view.standing.public_notice() */ }
//! let case_keeps = view.version.id;                                                      // for ever
//! let then = catalog::ops::find_version(&ctx, case_keeps).await?;                        // years later
//! let mine = catalog::ops::of_service(&ctx, "marriage.registration", &region).await?;   // how a service finds its items
//! ```
//! Data files under `data/catalog` hold the items; [`seed`] takes them through the operations. Tests use [`testing`].

pub mod demo;
pub mod fields;
mod inherit;
mod issues;
pub mod jobs;
pub mod model;
pub mod ops;
pub mod rules;
pub mod seed;
pub mod states;
mod store;
pub mod testing;

pub use inherit::rebase;
pub use jobs::service;
pub use model::{BasicCode, Elements, ImplCode, ItemId, ItemVersionId, ItemView, Layer, Version};
