//! marriage-pages
