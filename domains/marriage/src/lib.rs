//! marriage
