//! The waiting list.

use kernel::{Day, Instant, Lang};
use platform::{AccountId, Error, PersonId, Result};
use ::store::{Db, Target, Tx, q};

use super::bookings::{lang_code, lang_from};
use crate::model::{OfficeId, SlotCard, WaitingId};

/// Somebody who waits.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) id: WaitingId,
    pub(crate) account: AccountId,
    pub(crate) person: PersonId,
    pub(crate) office: OfficeId,
    pub(crate) item_kind: String,
    pub(crate) impl_code: String,
    pub(crate) from: Day,
    pub(crate) to: Day,
    pub(crate) state: String,
    pub(crate) lang: Lang,
    pub(crate) queued_at: Instant,
    /// How he is reached, sealed.
    pub(crate) contact: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: WaitingId,
    #[sqlx(try_from = "Vec<u8>")]
    account_id: AccountId,
    #[sqlx(try_from = "Vec<u8>")]
    person_id: PersonId,
    #[sqlx(try_from = "Vec<u8>")]
    office_id: OfficeId,
    item_kind: String,
    impl_code: String,
    #[sqlx(try_from = "String")]
    day_from: Day,
    #[sqlx(try_from = "String")]
    day_to: Day,
    state: String,
    lang: String,
    #[sqlx(try_from = "i64")]
    queued_at: Instant,
    contact: Vec<u8>,
}

impl From<Row> for Stored {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            account: row.account_id,
            person: row.person_id,
            office: row.office_id,
            item_kind: row.item_kind,
            impl_code: row.impl_code,
            from: row.day_from,
            to: row.day_to,
            state: row.state,
            lang: lang_from(&row.lang),
            queued_at: row.queued_at,
            contact: row.contact,
        }
    }
}

/// Puts somebody at the end of the queue; false if he waits for this kind already.
pub(crate) async fn insert(tx: &Tx, new: &Stored) -> Result<bool> {
    let rows = q("INSERT INTO waiting (id, account_id, person_id, office_id, item_kind, impl_code, day_from, day_to, state, lang, queued_at, \
         contact) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'WAITING', $9, $10, $11) ON CONFLICT DO NOTHING")
    .bind(new.id)
    .bind(new.account)
    .bind(new.person)
    .bind(new.office)
    .bind(&new.item_kind)
    .bind(&new.impl_code)
    .bind(new.from)
    .bind(new.to)
    .bind(lang_code(new.lang))
    .bind(new.queued_at)
    .bind(&new.contact)
    .exec(tx)
    .await?;
    Ok(rows == 1)
}

pub(crate) async fn by_id<'a>(on: impl Into<Target<'a>> + Send, id: WaitingId) -> Result<Option<Stored>> {
    let row: Option<Row> = q("SELECT id, account_id, person_id, office_id, item_kind, impl_code, day_from, day_to, state, lang, queued_at, contact \
         FROM waiting WHERE id = $1")
    .bind(id)
    .opt(on)
    .await?;
    Ok(row.map(Stored::from))
}

/// The first in the queue for a slot who was not offered it before.
pub(crate) async fn first_for(tx: &Tx, slot: &SlotCard) -> Result<Option<Stored>> {
    let row: Option<Row> = q("SELECT id, account_id, person_id, office_id, item_kind, impl_code, day_from, day_to, state, lang, queued_at, contact \
         FROM waiting WHERE office_id = $1 AND item_kind = $2 AND state = 'WAITING' AND day_from <= $3 AND day_to >= $3 \
         AND NOT EXISTS (SELECT 1 FROM slot_offer f WHERE f.waiting_id = waiting.id AND f.slot_id = $4) \
         ORDER BY queued_at, id LIMIT 1")
    .bind(slot.office)
    .bind(&slot.item_kind)
    .bind(slot.day)
    .bind(slot.id)
    .opt(tx)
    .await?;
    Ok(row.map(Stored::from))
}

/// Changes the state if it is still `from`.
pub(crate) async fn set_state(tx: &Tx, id: WaitingId, from: &'static str, to: &'static str) -> Result<bool> {
    Ok(q("UPDATE waiting SET state = $3 WHERE id = $1 AND state = $2").bind(id).bind(from).bind(to).exec(tx).await? == 1)
}

/// Back to the end of the queue after an offer that was not taken.
pub(crate) async fn requeue(tx: &Tx, id: WaitingId, now: Instant) -> Result<()> {
    q("UPDATE waiting SET state = 'WAITING', queued_at = $2 WHERE id = $1 AND state = 'OFFERED'").bind(id).bind(now).exec(tx).await?;
    Ok(())
}

/// How many wait in front of somebody at the same office.
pub(crate) async fn ahead_of(db: &Db, waiting: &Stored) -> Result<i64> {
    let (n,): (i64,) = q("SELECT COUNT(*) FROM waiting WHERE office_id = $1 AND item_kind = $2 AND state = 'WAITING' \
         AND (queued_at < $3 OR (queued_at = $3 AND id < $4))")
    .bind(waiting.office)
    .bind(&waiting.item_kind)
    .bind(waiting.queued_at)
    .bind(waiting.id)
    .one(db)
    .await?;
    Ok(n)
}

/// What an account waits for.
pub(crate) async fn of_account(db: &Db, account: AccountId) -> Result<Vec<Stored>> {
    let rows: Vec<Row> = q("SELECT id, account_id, person_id, office_id, item_kind, impl_code, day_from, day_to, state, lang, queued_at, contact \
         FROM waiting WHERE account_id = $1 AND state IN ('WAITING', 'OFFERED') ORDER BY id LIMIT 50")
    .bind(account)
    .all(db)
    .await?;
    Ok(rows.into_iter().map(Stored::from).collect())
}

/// The waiting entry that belongs to an account.
pub(crate) async fn owned(db: &Db, id: WaitingId, account: AccountId) -> Result<Stored> {
    by_id(db, id).await?.filter(|found| found.account == account).ok_or(Error::NotFound)
}
