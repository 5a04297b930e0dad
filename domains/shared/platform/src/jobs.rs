//! What a service declares to the program: its jobs and the handlers of its outbox messages.

use std::sync::Arc;
use std::time::Duration;

use crate::outbox::Handler;
use crate::ports::BoxFuture;
use crate::{Ctx, Result};

/// What one run of a job returns.
pub type JobFuture = BoxFuture<'static, Result<()>>;

/// Work that comes round. A job only makes real and tells what the clock has long decided: rules never wait for it.
#[derive(Clone)]
pub struct Job {
    /// Name, for the log and the audit trail.
    pub name: &'static str,
    /// Time between two runs.
    pub every: Duration,
    /// One run; must not mind being run twice.
    pub run: fn(Ctx) -> JobFuture,
}

/// What a service or shared crate hands to the program.
#[derive(Clone, Default)]
pub struct Service {
    /// Name.
    pub name: &'static str,
    /// Jobs.
    pub jobs: Vec<Job>,
    /// Handlers by the kind of message.
    pub handlers: Vec<(&'static str, Arc<dyn Handler>)>,
}
