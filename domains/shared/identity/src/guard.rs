//! Counters that slow guessing down: wrong passwords, codes asked for, checks of names and numbers.
//!
//! What is counted is a keyed hash of the name that was typed, whether it is known here or not: an unknown account locks like a
//! known one.

use kernel::Instant;
use platform::{Ctx, Result};
use store::{Tx, keys::Purpose};

use crate::{issues, store as tables};

/// A limit: so many within so long.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    /// What is counted, part of the key.
    pub(crate) what: &'static str,
    /// Allowed within the window.
    pub(crate) most: i64,
    /// Length of the window in minutes.
    pub(crate) minutes: i64,
}

/// Wrong passwords of one account before it locks (OVP P8.1).
pub(crate) const PASSWORDS: Limit = Limit { what: "password", most: 5, minutes: 15 };
/// Codes sent to one number or address.
pub(crate) const CODES: Limit = Limit { what: "code", most: 5, minutes: 60 };
/// Codes asked for from one network.
pub(crate) const CODES_OF_NETWORK: Limit = Limit { what: "code-net", most: 60, minutes: 60 };
/// Names and numbers that one account has checked.
pub(crate) const CHECKS: Limit = Limit { what: "check", most: 5, minutes: 24 * 60 };

impl Limit {
    /// The key under which `name` is counted.
    pub(crate) fn key(self, ctx: &Ctx, name: &str) -> Vec<u8> {
        ctx.keys().hash(Purpose::Token, &format!("guard:{}:{name}", self.what))
    }

    /// Seconds to wait if the count is used up.
    pub(crate) async fn wait(self, ctx: &Ctx, key: &[u8]) -> Result<Option<u32>> {
        let counted = tables::guard::find(ctx.db(), key, ctx.now()).await?;
        Ok(counted.filter(|(count, _)| *count >= self.most).map(|(_, until)| seconds(ctx.now(), until)))
    }

    /// Counts one more in its own transaction. Seconds to wait if that was one too many.
    pub(crate) async fn count(self, ctx: &Ctx, key: &[u8]) -> Result<Option<u32>> {
        let (now, until) = (ctx.now(), ctx.now().plus_minutes(self.minutes));
        let key = key.to_vec();
        let (count, until) = ctx
            .db()
            .write(|tx| {
                let key = key.clone();
                async move { tables::guard::count(&tx, &key, now, until).await }
            })
            .await?;
        Ok((count > self.most).then(|| seconds(now, until)))
    }
}

/// Forgets the count, after a success.
pub(crate) async fn clear(tx: &Tx, key: &[u8]) -> Result<()> {
    tables::guard::clear(tx, key).await
}

/// Refuses while an account is locked (E-P803).
pub(crate) async fn ensure_unlocked(ctx: &Ctx, key: &[u8]) -> Result<()> {
    PASSWORDS.wait(ctx, key).await?.map_or(Ok(()), |wait| Err(issues::locked(wait)))
}

fn seconds(now: Instant, until: Instant) -> u32 {
    u32::try_from(now.secs_until(until)).unwrap_or_default().max(1)
}
