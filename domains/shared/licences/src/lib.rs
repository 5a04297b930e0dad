//! Electronic licences (电子证照, OVP P5): the catalogue, the file with its signature, the public check, and who used what.
//!
//! Place: above `platform` and `documents`; used by services and `server`. It knows types of licence, not services.
//!
//! * **The licence is in force when the transaction of its cause commits.** [`ops::issue`], [`ops::supersede`] and
//!   [`ops::annul`] are parts of that transaction; the file follows from the outbox (`licence.make`).
//! * **Strangers** learn 有效, 失效 or 不存在 through [`ops::Checks`] and nothing else, whatever they ask (R-MR-48).
//! * **Every read is a row** in `lic_use`, shown to the holder by [`ops::mine`].
//!
//! # Recipe: a service issues
//! ```ignore
//! let drawn = Drawn::new(&ctx);                       // before the transaction: its body may run twice
//! ctx.db().write(|tx| { let (ctx, drawn, new) = (ctx.clone(), drawn.clone(), new.clone()); async move {
//!     register::insert(&tx, ..).await?;               // the act itself
//!     licences::ops::issue(&tx, &ctx, &drawn, &New { number, source: Source::case(case_no)?, face, .. }).await?;
//!     Ok::<_, platform::Error>(())
//! }}).await
//! ```
//! `face` is a [`documents::shapes::Certificate`] and `template` the Typst file that arranges it; identifier and QR are
//! added here.

mod hashes;
mod issues;
mod jobs;
mod limits;
pub mod model;
mod notices;
pub mod ops;
pub mod ports;
pub mod stock;
mod store;
mod token;

pub use limits::{Limits, Rate};
pub use store::hashes::HASHES;

use std::sync::Arc;

use documents::Press;

/// Jobs and outbox handlers of this crate. `catalogue` is the one above, to which entries are reported.
pub fn service(press: Press, catalogue: Arc<dyn ports::Catalogue>) -> platform::Service {
    platform::Service {
        name: "licences",
        jobs: vec![jobs::expire(), stock::job()],
        handlers: vec![("licence.make", Arc::new(ops::Make { press })), (ops::report::KIND, Arc::new(ops::report::Report { catalogue }))],
    }
}
