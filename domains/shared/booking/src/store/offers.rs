//! Places that are kept for one person for a while.

use kernel::Instant;
use platform::{Error, Result};
use ::store::{Db, Target, Tx, q};

use crate::model::{BookingId, OfferId, SlotId, WaitingId};

/// For whom a place is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    /// Somebody on the waiting list.
    Waiting(WaitingId),
    /// A booking whose office closed.
    Booking(BookingId),
}

/// An offer as stored.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) id: OfferId,
    pub(crate) slot: SlotId,
    pub(crate) to: For,
    pub(crate) until: Instant,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: OfferId,
    #[sqlx(try_from = "Vec<u8>")]
    slot_id: SlotId,
    waiting_id: Option<Vec<u8>>,
    booking_id: Option<Vec<u8>>,
    #[sqlx(try_from = "i64")]
    until: Instant,
}

impl TryFrom<Row> for Stored {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let to = match (row.waiting_id, row.booking_id) {
            (Some(id), _) => For::Waiting(WaitingId::try_from(id).map_err(Error::internal)?),
            (_, Some(id)) => For::Booking(BookingId::try_from(id).map_err(Error::internal)?),
            (None, None) => return Err(Error::internal("an offer to nobody")),
        };
        Ok(Self { id: row.id, slot: row.slot_id, to, until: row.until })
    }
}

pub(crate) async fn insert(tx: &Tx, id: OfferId, slot: SlotId, to: For, until: Instant, now: Instant) -> Result<()> {
    let (waiting, booking) = match to {
        For::Waiting(id) => (Some(id), None),
        For::Booking(id) => (None, Some(id)),
    };
    q("INSERT INTO slot_offer (id, slot_id, waiting_id, booking_id, until, state, offered_at) VALUES ($1, $2, $3, $4, $5, 'OPEN', $6)")
        .bind(id)
        .bind(slot)
        .bind(waiting)
        .bind(booking)
        .bind(until)
        .bind(now)
        .exec(tx)
        .await?;
    Ok(())
}

pub(crate) async fn by_id<'a>(on: impl Into<Target<'a>> + Send, id: OfferId) -> Result<Option<Stored>> {
    let row: Option<Row> =
        q("SELECT id, slot_id, waiting_id, booking_id, until FROM slot_offer WHERE id = $1").bind(id).opt(on).await?;
    row.map(Stored::try_from).transpose()
}

/// The open offer for a waiting person or a booking.
pub(crate) async fn open_for<'a>(on: impl Into<Target<'a>> + Send, to: For) -> Result<Option<Stored>> {
    let row: Option<Row> = match to {
        For::Waiting(id) => {
            q("SELECT id, slot_id, waiting_id, booking_id, until FROM slot_offer WHERE waiting_id = $1 AND state = 'OPEN'").bind(id)
        }
        For::Booking(id) => {
            q("SELECT id, slot_id, waiting_id, booking_id, until FROM slot_offer WHERE booking_id = $1 AND state = 'OPEN'").bind(id)
        }
    }
    .opt(on)
    .await?;
    row.map(Stored::try_from).transpose()
}

/// Takes an open offer that has not ended.
pub(crate) async fn take(tx: &Tx, id: OfferId, now: Instant) -> Result<bool> {
    Ok(q("UPDATE slot_offer SET state = 'TAKEN' WHERE id = $1 AND state = 'OPEN' AND until > $2").bind(id).bind(now).exec(tx).await? == 1)
}

/// Ends an open offer as `LAPSED` or `DECLINED`.
pub(crate) async fn end(tx: &Tx, id: OfferId, state: &'static str) -> Result<bool> {
    Ok(q("UPDATE slot_offer SET state = $2 WHERE id = $1 AND state = 'OPEN'").bind(id).bind(state).exec(tx).await? == 1)
}

/// Open offers of a slot that have ended by the clock.
pub(crate) async fn ended_of(tx: &Tx, slot: SlotId, now: Instant) -> Result<Vec<Stored>> {
    let rows: Vec<Row> = q("SELECT id, slot_id, waiting_id, booking_id, until FROM slot_offer \
         WHERE slot_id = $1 AND state = 'OPEN' AND until <= $2 LIMIT 100")
    .bind(slot)
    .bind(now)
    .all(tx)
    .await?;
    rows.into_iter().map(Stored::try_from).collect()
}

/// Slots with open offers that have ended by the clock.
pub(crate) async fn slots_with_ended(db: &Db, now: Instant) -> Result<Vec<SlotId>> {
    let rows: Vec<(Vec<u8>,)> =
        q("SELECT DISTINCT slot_id FROM slot_offer WHERE state = 'OPEN' AND until <= $1 LIMIT 100").bind(now).all(db).await?;
    rows.into_iter().map(|(id,)| SlotId::try_from(id).map_err(Error::internal)).collect()
}
