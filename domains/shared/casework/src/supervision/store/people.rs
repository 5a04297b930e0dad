//! To whom a card goes.

use kernel::Instant;
use platform::{Error, Result, StaffId};
use ::store::{Db, q};

use crate::supervision::card::NewCard;

fn staff_ids(rows: Vec<(Vec<u8>,)>) -> Result<Vec<StaffId>> {
    rows.into_iter().map(|(id,)| StaffId::try_from(id).map_err(Error::internal)).collect()
}

/// The heads of the organisation of a card.
pub(in crate::supervision) async fn heads(db: &Db, card: &NewCard, now: Instant) -> Result<Vec<StaffId>> {
    staff_ids(
        q("SELECT DISTINCT s.id FROM staff s JOIN staff_grant g ON g.staff_id = s.id JOIN region_closure c ON c.ancestor = g.region \
           WHERE s.org_id = $1 AND s.suspended_at IS NULL AND g.role = 'head' AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > $2) \
           AND c.descendant = $3 AND (g.org_id IS NULL OR g.org_id = $1) AND (g.item IS NULL OR g.item = $4) ORDER BY s.id LIMIT 20")
        .bind(card.org)
        .bind(now)
        .bind(card.region)
        .bind(&card.item_code)
        .all(db)
        .await?,
    )
}

/// The supervisors whose region is the nearest at or above that of a card.
pub(in crate::supervision) async fn nearest_supervisors(db: &Db, card: &NewCard, now: Instant) -> Result<Vec<StaffId>> {
    let rows: Vec<(Vec<u8>, i64)> = q("SELECT s.id, MAX((SELECT COUNT(*) FROM region_closure d WHERE d.descendant = g.region)) AS depth \
         FROM staff s JOIN staff_grant g ON g.staff_id = s.id JOIN region_closure c ON c.ancestor = g.region \
         WHERE s.suspended_at IS NULL AND g.role = 'supervisor' AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > $1) \
         AND c.descendant = $2 AND (g.org_id IS NULL OR g.org_id = $3) AND (g.item IS NULL OR g.item = $4) \
         GROUP BY s.id ORDER BY depth DESC, s.id LIMIT 20")
    .bind(now)
    .bind(card.region)
    .bind(card.org)
    .bind(&card.item_code)
    .all(db)
    .await?;
    let nearest = rows.first().map(|(_, depth)| *depth);
    staff_ids(rows.into_iter().filter(|(_, depth)| Some(*depth) == nearest).map(|(id, _)| (id,)).collect())
}
