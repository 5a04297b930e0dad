//! Matters: applying for them, and what a person sees of them afterwards.

pub mod apply;
pub mod apply_check;
pub mod apply_papers;
pub mod case;
pub mod case_mend;
pub mod form;
pub mod letters;
pub mod mine;
pub mod progress;
