//! Rows of supervision: all SQL of it.

pub(super) mod attachments;
pub(super) mod complaints;
pub(super) mod due;
pub(super) mod facts;
pub(super) mod illegal;
pub(super) mod papers;
pub(super) mod proceedings;
pub(super) mod services;
pub(super) mod windows;
