//! How often strangers may check: token buckets in memory, one a network and one a certificate asked about.
//!
//! They are per process and forgotten at a restart, which a guesser cannot cause. What was asked is known only by a keyed
//! hash, and a bucket is kept for certificates that do not exist as well, so that being limited tells nothing.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kernel::Instant;

/// Buckets kept before full ones are dropped.
const MOST: usize = 50_000;

/// A burst, and what comes back a minute.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Checks at once.
    pub burst: u32,
    /// Checks a minute after that.
    pub per_minute: u32,
}

/// The limits of the public checks.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From one network ([`platform::RequestMeta::network`]): an office behind one address must be able to work.
    pub network: Rate,
    /// About one certificate number or one QR token.
    pub subject: Rate,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { network: Rate { burst: 30, per_minute: 20 }, subject: Rate { burst: 10, per_minute: 2 } }
    }
}

/// A check, in the unit in which a bucket fills by its rate a microsecond: nothing is rounded.
const ONE: i64 = 60_000_000;

/// Not now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wait {
    pub(crate) secs: u32,
    /// The first refusal since the bucket ran empty: this one is audited, the flood behind it is not.
    pub(crate) first: bool,
}

#[derive(Debug)]
struct Bucket {
    /// In units of [`ONE`] a check.
    level: i64,
    at: Instant,
    told: bool,
}

/// All buckets.
#[derive(Debug, Default)]
pub(crate) struct Limiter(Mutex<HashMap<Vec<u8>, Bucket>>);

impl Limiter {
    /// Takes one from the bucket named `key`.
    pub(crate) fn take(&self, key: Vec<u8>, rate: Rate, now: Instant) -> Result<(), Wait> {
        let full = i64::from(rate.burst) * ONE;
        let refill = |bucket: &Bucket| {
            let passed = (now.micros() - bucket.at.micros()).clamp(0, 86_400_000_000);
            (bucket.level + passed * i64::from(rate.per_minute)).min(full)
        };
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST {
            buckets.retain(|_, bucket| refill(bucket) < full);
            if buckets.len() >= MOST {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(key).or_insert(Bucket { level: full, at: now, told: false });
        bucket.level = refill(bucket);
        bucket.at = now;
        if bucket.level >= ONE {
            bucket.level -= ONE;
            bucket.told = false;
            return Ok(());
        }
        let a_second = 1_000_000 * i64::from(rate.per_minute.max(1));
        let first = !std::mem::replace(&mut bucket.told, true);
        Err(Wait { secs: u32::try_from((ONE - bucket.level + a_second - 1) / a_second).unwrap_or(u32::MAX).max(1), first })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_a_burst_through_and_then_one_at_a_time() {
        let (limiter, rate) = (Limiter::default(), Rate { burst: 3, per_minute: 2 });
        let at = |secs: i64| Instant::from_micros(1_700_000_000_000_000).plus_secs(secs);
        for _ in 0..3 {
            assert_eq!(limiter.take(b"a".to_vec(), rate, at(0)), Ok(()));
        }
        assert_eq!(limiter.take(b"a".to_vec(), rate, at(0)), Err(Wait { secs: 30, first: true }));
        assert_eq!(limiter.take(b"a".to_vec(), rate, at(10)), Err(Wait { secs: 20, first: false }));
        assert_eq!(limiter.take(b"b".to_vec(), rate, at(10)), Ok(()), "another network is not concerned");
        assert_eq!(limiter.take(b"a".to_vec(), rate, at(31)), Ok(()));
        assert!(limiter.take(b"a".to_vec(), rate, at(31)).is_err_and(|wait| wait.first));
    }
}
