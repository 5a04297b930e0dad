//! A line of what happened to a complaint or a rating.

use kernel::{Instant, Text};

/// What happened.
#[derive(Debug, Clone)]
pub struct Happened {
    /// When.
    pub at: Instant,
    /// What.
    pub what: Text,
    /// Who; empty for the person and for the program.
    pub who: String,
    /// What was written down; for staff.
    pub note: String,
}
