//! What people want to be told by which channel.

use kernel::Instant;
use platform::{AccountId, Result};
use store::{Db, Tx, q};

use crate::topics::Topic;

/// What an account has chosen for one topic.
pub(crate) struct Chosen {
    /// By short message, by mail; absent where nothing was chosen.
    pub(crate) wanted: Option<[bool; 2]>,
    /// Whether the quiet hours are switched off.
    pub(crate) awake: bool,
}

/// Reads what holds for one topic, in one query.
pub(crate) async fn of(tx: &Tx, account: AccountId, topic: Topic) -> Result<Chosen> {
    let (sms, mail, awake): (Option<bool>, Option<bool>, i64) = q(
        "SELECT p.sms, p.mail, (SELECT COUNT(*) FROM notice_no_quiet n WHERE n.account_id = a.id) FROM account a \
         LEFT JOIN notice_preference p ON p.account_id = a.id AND p.topic = $2 WHERE a.id = $1",
    )
    .bind(account)
    .bind(topic.code())
    .one(tx)
    .await?;
    Ok(Chosen { wanted: sms.zip(mail).map(|(sms, mail)| [sms, mail]), awake: awake > 0 })
}

/// Every topic for which an account has chosen.
pub(crate) async fn all(db: &Db, account: AccountId) -> Result<Vec<(String, bool, bool)>> {
    Ok(q("SELECT topic, sms, mail FROM notice_preference WHERE account_id = $1 ORDER BY topic").bind(account).all(db).await?)
}

/// Whether an account has switched the quiet hours off.
pub(crate) async fn awake(db: &Db, account: AccountId) -> Result<bool> {
    let row: Option<(i64,)> = q("SELECT set_at FROM notice_no_quiet WHERE account_id = $1").bind(account).opt(db).await?;
    Ok(row.is_some())
}

/// Keeps the choice for one topic.
pub(crate) async fn put(tx: &Tx, account: AccountId, topic: Topic, [sms, mail]: [bool; 2]) -> Result<()> {
    q("INSERT INTO notice_preference (account_id, topic, sms, mail) VALUES ($1, $2, $3, $4) \
       ON CONFLICT (account_id, topic) DO UPDATE SET sms = excluded.sms, mail = excluded.mail")
        .bind(account)
        .bind(topic.code())
        .bind(sms)
        .bind(mail)
        .exec(tx)
        .await?;
    Ok(())
}

/// Switches the quiet hours on or off.
pub(crate) async fn set_quiet(tx: &Tx, account: AccountId, quiet: bool, now: Instant) -> Result<()> {
    if quiet {
        q("DELETE FROM notice_no_quiet WHERE account_id = $1").bind(account).exec(tx).await?;
    } else {
        q("INSERT INTO notice_no_quiet (account_id, set_at) VALUES ($1, $2) ON CONFLICT (account_id) DO NOTHING").bind(account).bind(now).exec(tx).await?;
    }
    Ok(())
}
