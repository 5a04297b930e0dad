//! The nightly figures.

use std::time::Duration;

use platform::{Job, Service};

use crate::gather;

/// What statistics hand to the program.
pub fn service() -> Service {
    let nightly = Job { name: "statistics.run", every: Duration::from_secs(300), run: |ctx| Box::pin(async move { gather::when_due(&ctx).await }) };
    Service { name: "statistics", jobs: vec![nightly], handlers: Vec::new() }
}
