//! The one place where random numbers come from.

/// A source of random bytes.
pub trait Random: Send + Sync {
    /// Fills `bytes` with random numbers fit for keys and tokens.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Default, Clone, Copy)]
pub struct OsRandom;

impl Random for OsRandom {
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system has random numbers");
    }
}
