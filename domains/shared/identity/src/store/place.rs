//! Networks from which an account was used.

use kernel::Instant;
use platform::{AccountId, Result};
use store::{Tx, q};

/// Whether the account was used from anywhere before, and whether from there. From now on it was.
pub(crate) async fn see(tx: &Tx, account: AccountId, network: &[u8], now: Instant) -> Result<(bool, bool)> {
    let (anywhere, there): (i64, i64) =
        q("SELECT COUNT(*), COUNT(CASE WHEN network = $2 THEN 1 END) FROM account_place WHERE account_id = $1").bind(account).bind(network).one(tx).await?;
    q("INSERT INTO account_place (account_id, network, seen_at) VALUES ($1, $2, $3) ON CONFLICT (account_id, network) DO UPDATE SET \
       seen_at = excluded.seen_at")
    .bind(account)
    .bind(network)
    .bind(now)
    .exec(tx)
    .await?;
    Ok((anywhere > 0, there > 0))
}

/// Forgets networks that were not used since.
pub(crate) async fn sweep(tx: &Tx, since: Instant) -> Result<u64> {
    Ok(q("DELETE FROM account_place WHERE seen_at < $1").bind(since).exec(tx).await?)
}

/// Forgets the networks of an account.
pub(crate) async fn forget(tx: &Tx, account: AccountId) -> Result<()> {
    q("DELETE FROM account_place WHERE account_id = $1").bind(account).exec(tx).await?;
    Ok(())
}
