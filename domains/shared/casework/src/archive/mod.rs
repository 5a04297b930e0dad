//! Archiving (P2-12): one package a finished case, made within the term, verified down to the byte.
//!
//! 1. [`start`] issues the list of contents (归档目录) and leaves a message in the outbox, in one transaction.
//! 2. The handler `archive.pack` waits until every document of the case is made, puts them with the handed-in papers, the log, the
//!    metadata and the list of digests into one `tar`, verifies it, and moves the case to its last state.
//! 3. [`verify`] and [`verify_file`] name the first file in which a byte is not as it was (`E-P211`).
//!
//! A job starts what nobody has started some days before the term ends. What is due is asked of the clock, not of a table.

mod contents;
mod issues;
mod list;
mod pack;
mod start;
mod store;
mod tar;
mod verify;

pub use list::{Due, Package, due, package, packages};
pub use start::start;
pub use verify::{download, verify, verify_file};

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use kernel::{Calendar, Day, Period, calendar::Roll};
use platform::{Job, Role, Service};

/// Who archives.
pub(crate) const MAY: &[Role] = &[Role::Archivist];

/// The terms of archiving, with their sources.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Days after the end of the case.
    pub due_days: u32,
    /// The law.
    pub due_source: String,
    /// The program starts by itself after so many.
    pub starts_days: u32,
    /// Who fixed that.
    pub starts_source: String,
}

impl Terms {
    /// Those of the carried file.
    pub fn carried() -> &'static Terms {
        static TERMS: LazyLock<Terms> = LazyLock::new(|| toml::from_str(include_str!("../../data/archive.toml")).expect("the carried file is well formed"));
        &TERMS
    }

    /// The last day for a case finished on a day. It does not roll: nobody has to act on it.
    pub fn due(&self, finished_on: Day) -> Day {
        Calendar::builtin().due(finished_on, Period::Days(self.due_days, Roll::Stay)).day
    }
}

/// The job and the handler of archiving.
pub fn service() -> Service {
    let job = Job { name: "archive.start", every: Duration::from_secs(3600), run: |ctx| Box::pin(async move { start::start_due(&ctx).await }) };
    Service { name: "archive", jobs: vec![job], handlers: vec![("archive.pack", Arc::new(pack::Pack))] }
}

#[cfg(test)]
mod tests;
