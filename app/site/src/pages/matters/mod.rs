//! Matters: applying for them, and what a person sees of them afterwards.

pub mod form;
