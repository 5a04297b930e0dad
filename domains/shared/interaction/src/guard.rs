//! Counters that slow guessing and flooding down.

use kernel::Issue;
use platform::{Ctx, Error, Result};
use ::store::keys::Purpose;

use crate::store;

/// A limit: so many within so long.
#[derive(Clone, Copy)]
pub(crate) struct Guard {
    what: &'static str,
    most: i64,
    minutes: i64,
}

/// Wrong query codes for one receipt number.
pub(crate) const CODES: Guard = Guard { what: "code", most: 5, minutes: 15 };
/// Complaints from one network by people who are not signed in.
pub(crate) const COMPLAINTS: Guard = Guard { what: "complaints", most: 20, minutes: 60 };

impl Guard {
    fn key(self, ctx: &Ctx, name: &str) -> Vec<u8> {
        ctx.keys().hash(Purpose::Token, &format!("interaction:{}:{name}", self.what))
    }

    /// Refuses while the count is used up.
    pub(crate) async fn ensure(self, ctx: &Ctx, name: &str) -> Result<()> {
        match store::guards::find(ctx.db(), &self.key(ctx, name), ctx.now()).await? {
            Some((count, until)) if count >= self.most => {
                let wait_secs = u32::try_from(ctx.now().secs_until(until)).unwrap_or_default().max(1);
                let minutes = wait_secs.div_ceil(60);
                let issue = Issue::error(
                    "E-P803",
                    format!("尝试次数过多，请{minutes}分钟后再试"),
                    format!("Too many attempts; try again in {minutes} min"),
                );
                Err(Error::TooMany { wait_secs, issue: issue.param("m", minutes) })
            }
            _ => Ok(()),
        }
    }

    /// Counts one more in its own transaction.
    pub(crate) async fn count(self, ctx: &Ctx, name: &str) -> Result<()> {
        let (key, now, until) = (self.key(ctx, name), ctx.now(), ctx.now().plus_minutes(self.minutes));
        ctx.db()
            .write(|tx| {
                let key = key.clone();
                async move { store::guards::count(&tx, &key, now, until).await }
            })
            .await
    }
}
