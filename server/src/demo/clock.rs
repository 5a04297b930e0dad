//! A clock for loading the demo: it stands where it is put, so that the last weeks can be lived through in a minute.

use std::sync::atomic::{AtomicI64, Ordering};

use kernel::{Clock, Instant};

/// A clock that is put.
pub(crate) struct Put(AtomicI64);

impl Put {
    /// Stands at `now`.
    pub(crate) fn at(now: Instant) -> Self {
        Self(AtomicI64::new(now.micros()))
    }

    /// Puts it.
    pub(crate) fn to(&self, now: Instant) {
        self.0.store(now.micros(), Ordering::SeqCst);
    }
}

impl Clock for Put {
    fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst))
    }
}
