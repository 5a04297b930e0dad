//! Documents as PDF: certificates, notices, guide sheets, slips, and text printed into pre-printed paper.
//!
//! The layout of a document is a Typst file in `templates/` that a bureau may replace; its content is one of the shapes in
//! [`shapes`], written as JSON. The result is PDF 1.7 conforming to PDF/A-2u: fonts embedded and mapped to Unicode, XMP
//! metadata, no script. Fonts are found on the machine ([`Settings::fonts`]), never shipped.
//!
//! A certificate takes 0.1 s unoptimised (so these crates stay at opt-level 0), the first one 0.9 s; half a minute without a
//! document and the 80 MB of fonts and caches go back to the system.
//!
//! Place: above `kernel` and below everything that prints. Nothing else links Typst. This crate knows neither cases nor
//! licences: whoever prints fills a shape.
//!
//! ```no_run
//! # async fn run(now: kernel::Instant) -> Result<(), documents::Error> {
//! use documents::{Press, Settings, shapes::Slip};
//! let press = Press::new(Settings::default()); // once, at start
//! let slip = Slip { number: "9901022026070110000017".into(), ..Slip::default() };
//! let pdf: Vec<u8> = press.render(slip.job(now)?).await?;
//! # Ok(()) }
//! ```
//!
//! **Adding a document:** a struct with `Serialize` and a `job` in `shapes/`, a file in `templates/`, a line in
//! `templates.rs`, and a render in `tests/documents.rs`.

mod error;
mod fonts;
mod press;
mod qr;
pub mod shapes;
mod sheet;
mod templates;

pub use error::Error;
pub use press::{Job, Press, Settings};
pub use qr::qr_svg;
