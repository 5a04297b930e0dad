//! Journeys over the whole program: one binary in `tests/journeys`, in-process requests, both engines, no sleeping.
//!
//! Add a file a scenario to `tests/journeys` and a `mod` line to its `main.rs`; the language is in `tests/journeys/kit`.
