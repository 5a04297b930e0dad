//! Counters that slow guessing and flooding down: wrong passwords, codes asked for, checks of names and numbers, proofs of case
//! and receipt numbers.
//!
//! What is counted is a keyed hash of the name that was typed, whether it is known here or not: an unknown account locks like a
//! known one.

use kernel::Instant;
use platform::{Ctx, Result};
use store::{Tx, keys::Purpose};

use crate::policy::{LIMITS, Window};
use crate::{issues, store as tables};

/// A limit: so many within so long.
#[derive(Clone, Copy)]
pub struct Limit {
    /// What is counted, part of the key.
    what: &'static str,
    window: Window,
}

/// Wrong passwords of one account before it locks.
pub(crate) fn passwords() -> Limit {
    Limit { what: "password", window: LIMITS.lock }
}

/// Codes sent to one number or address.
pub(crate) fn codes() -> Limit {
    Limit { what: "code", window: LIMITS.codes }
}

/// Codes asked for from one network address.
pub(crate) fn codes_of_network() -> Limit {
    Limit { what: "code-net", window: LIMITS.codes_of_network }
}

/// Names and numbers that one account has checked.
pub(crate) fn checks() -> Limit {
    Limit { what: "check", window: LIMITS.checks }
}

/// Wrong proofs for one case number.
pub fn progress() -> Limit {
    Limit { what: "progress", window: LIMITS.progress }
}

/// Proofs of case numbers from one network.
pub fn progress_of_network() -> Limit {
    Limit { what: "progress-net", window: LIMITS.progress_of_network }
}

/// Wrong query codes for one receipt number.
pub fn receipts() -> Limit {
    Limit { what: "receipt", window: LIMITS.receipts }
}

/// Complaints from one network by people who are not signed in.
pub fn complaints_of_network() -> Limit {
    Limit { what: "complaint-net", window: LIMITS.complaints_of_network }
}

/// Mails to one address that asks to be told of changes in a register.
pub fn follows() -> Limit {
    Limit { what: "follow", window: LIMITS.follows }
}

/// The same asked for from one network.
pub fn follows_of_network() -> Limit {
    Limit { what: "follow-net", window: LIMITS.follows_of_network }
}

/// Signed extracts of a register asked for from one network.
pub fn extracts_of_network() -> Limit {
    Limit { what: "extract-net", window: LIMITS.extracts_of_network }
}

/// Names of organisations to be that are checked from one network.
pub fn name_checks_of_network() -> Limit {
    Limit { what: "name-check-net", window: LIMITS.name_checks_of_network }
}

impl Limit {
    /// Counts a try before it is known whether it is right: tries at the same moment count as well.
    ///
    /// # Errors
    /// E-P803 when that was one too many.
    pub async fn attempt(self, ctx: &Ctx, name: &str) -> Result<()> {
        self.count(ctx, &self.key(ctx, name)).await?.map_or(Ok(()), |wait| Err(issues::too_many_tries(wait)))
    }

    /// Forgets the tries, after a right one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn forget(self, ctx: &Ctx, name: &str) -> Result<()> {
        let key = self.key(ctx, name);
        ctx.db()
            .write(|tx| {
                let key = key.clone();
                async move { clear(&tx, &key).await }
            })
            .await
    }

    /// The key under which `name` is counted.
    pub(crate) fn key(self, ctx: &Ctx, name: &str) -> Vec<u8> {
        ctx.keys().hash(Purpose::Token, &format!("guard:{}:{name}", self.what))
    }

    /// Seconds to wait if the count is used up.
    pub(crate) async fn wait(self, ctx: &Ctx, key: &[u8]) -> Result<Option<u32>> {
        let counted = tables::guard::find(ctx.db(), key, ctx.now()).await?;
        Ok(counted.filter(|(count, _)| *count >= self.window.most).map(|(_, until)| seconds(ctx.now(), until)))
    }

    /// Counts one more in its own transaction. Seconds to wait if that was one too many.
    pub(crate) async fn count(self, ctx: &Ctx, key: &[u8]) -> Result<Option<u32>> {
        let (now, until) = (ctx.now(), ctx.now().plus_minutes(self.window.minutes));
        let key = key.to_vec();
        let (count, until) = ctx
            .db()
            .write(|tx| {
                let key = key.clone();
                async move { tables::guard::count(&tx, &key, now, until).await }
            })
            .await?;
        Ok((count > self.window.most).then(|| seconds(now, until)))
    }
}

/// Forgets the count, after a success.
pub(crate) async fn clear(tx: &Tx, key: &[u8]) -> Result<()> {
    tables::guard::clear(tx, key).await
}

/// Refuses while an account is locked (E-P803).
pub(crate) async fn ensure_unlocked(ctx: &Ctx, key: &[u8]) -> Result<()> {
    passwords().wait(ctx, key).await?.map_or(Ok(()), |wait| Err(issues::locked(wait)))
}

fn seconds(now: Instant, until: Instant) -> u32 {
    u32::try_from(now.secs_until(until)).unwrap_or_default().max(1)
}
