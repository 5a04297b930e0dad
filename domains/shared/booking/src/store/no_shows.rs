//! No-shows, written down and by the clock.

use kernel::{Day, Instant};
use platform::{PersonId, Result, StaffId};
use ::store::{Target, Tx, q};

use crate::model::{BookingId, NoShowId};

/// Days on which a person did not come since `since`: those written down and not lifted, and those that the clock has decided
/// but no job has written down yet.
pub(crate) async fn days_of<'a>(on: impl Into<Target<'a>> + Send, person: PersonId, since: Day, now: Instant) -> Result<Vec<Day>> {
    let rows: Vec<(String,)> = q("SELECT day FROM no_show WHERE person_id = $1 AND lifted_at IS NULL AND day >= $2 \
         UNION ALL SELECT s.day FROM booking_party p JOIN booking b ON b.id = p.booking_id JOIN slot s ON s.id = b.slot_id \
         WHERE p.person_id = $1 AND p.open AND b.state = 'BOOKED' AND s.end_at <= $3 AND s.closed_at IS NULL")
    .bind(person)
    .bind(since)
    .bind(now)
    .all(on)
    .await?;
    rows.into_iter().map(|(day,)| day.parse().map_err(|_| platform::Error::internal("day of a no-show"))).collect()
}

/// Writes one down; once is enough.
pub(crate) async fn insert(tx: &Tx, id: NoShowId, person: PersonId, booking: BookingId, day: Day, now: Instant) -> Result<()> {
    q("INSERT INTO no_show (id, person_id, booking_id, day, recorded_at, lifted_at, lifted_by, reason) \
       VALUES ($1, $2, $3, $4, $5, NULL, NULL, NULL) ON CONFLICT (person_id, booking_id) DO NOTHING")
        .bind(id)
        .bind(person)
        .bind(booking)
        .bind(day)
        .bind(now)
        .exec(tx)
        .await?;
    Ok(())
}

/// Why the no-shows of a booking do not count, if they were lifted.
pub(crate) async fn lifted<'a>(on: impl Into<Target<'a>> + Send, booking: BookingId) -> Result<Option<String>> {
    let row: Option<(String,)> = q("SELECT COALESCE(reason, '') FROM no_show WHERE booking_id = $1 AND lifted_at IS NOT NULL LIMIT 1").bind(booking).opt(on).await?;
    Ok(row.map(|(reason,)| reason))
}

/// Lifts the no-shows of a booking.
pub(crate) async fn lift(tx: &Tx, booking: BookingId, by: Option<StaffId>, reason: &str, now: Instant) -> Result<u64> {
    Ok(q("UPDATE no_show SET lifted_at = $2, lifted_by = $3, reason = $4 WHERE booking_id = $1 AND lifted_at IS NULL")
        .bind(booking)
        .bind(now)
        .bind(by)
        .bind(reason)
        .exec(tx)
        .await?)
}
