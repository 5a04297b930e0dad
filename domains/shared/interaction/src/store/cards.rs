//! Cards and whom they were delivered to.

use kernel::{Day, Id, Instant, RegionCode};
use platform::{OrgId, Result, StaffId};
use ::store::{Db, Tx, q};

use crate::cards::Card;

/// A card to be issued.
#[derive(Debug, Clone)]
pub(crate) struct NewCard {
    pub(crate) id: Id<Card>,
    pub(crate) kind: &'static str,
    pub(crate) object_id: String,
    pub(crate) number: String,
    pub(crate) period: String,
    pub(crate) rule: &'static str,
    pub(crate) colour: &'static str,
    pub(crate) due: Day,
    pub(crate) region: RegionCode,
    pub(crate) org: OrgId,
    pub(crate) staff: Option<StaffId>,
}

/// Issues a card and delivers it; false if it was issued before.
pub(crate) async fn insert(tx: &Tx, card: &NewCard, to: &[StaffId], at: Instant) -> Result<bool> {
    let added = q("INSERT INTO interaction_card (id, kind, object_id, number, period, rule, colour, due, region, org, staff_id, issued_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (kind, object_id, period, due, colour) DO NOTHING")
    .bind(card.id)
    .bind(card.kind)
    .bind(card.object_id.as_str())
    .bind(card.number.as_str())
    .bind(card.period.as_str())
    .bind(card.rule)
    .bind(card.colour)
    .bind(card.due)
    .bind(card.region)
    .bind(card.org)
    .bind(card.staff)
    .bind(at)
    .exec(tx)
    .await?;
    if added == 0 {
        return Ok(false);
    }
    for staff in to {
        q("INSERT INTO interaction_card_receipt (card_id, staff_id) VALUES ($1, $2) ON CONFLICT DO NOTHING").bind(card.id).bind(*staff).exec(tx).await?;
    }
    Ok(true)
}

/// A card as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct CardRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: Id<Card>,
    pub(crate) kind: String,
    pub(crate) object_id: String,
    pub(crate) number: String,
    pub(crate) period: String,
    pub(crate) rule: String,
    pub(crate) colour: String,
    #[sqlx(try_from = "String")]
    pub(crate) due: Day,
    #[sqlx(try_from = "String")]
    pub(crate) region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) org: OrgId,
    pub(crate) staff_id: Option<Vec<u8>>,
    #[sqlx(try_from = "i64")]
    pub(crate) issued_at: Instant,
}

/// Cards of a region and below, of one organisation where one is given, the newest first.
pub(crate) async fn issued(db: &Db, regions: &[RegionCode], org: Option<OrgId>, before: Option<Id<Card>>, limit: i64) -> Result<Vec<CardRow>> {
    let mut query = q("SELECT c.id, c.kind, c.object_id, c.number, c.period, c.rule, c.colour, c.due, c.region, c.org, c.staff_id, c.issued_at \
         FROM interaction_card c WHERE c.region IN (SELECT descendant FROM region_closure WHERE ancestor IN (")
    .list(regions.iter().copied())
    .sql("))");
    if let Some(org) = org {
        query = query.sql(" AND c.org = ").arg(org);
    }
    if let Some(before) = before {
        query = query.sql(" AND c.id < ").arg(before);
    }
    Ok(query.sql(" ORDER BY c.id DESC LIMIT ").arg(limit).all(db).await?)
}

/// Cards delivered to somebody who has not seen them, the newest first; at most 50.
pub(crate) async fn unseen(db: &Db, staff: StaffId) -> Result<Vec<CardRow>> {
    Ok(q("SELECT c.id, c.kind, c.object_id, c.number, c.period, c.rule, c.colour, c.due, c.region, c.org, c.staff_id, c.issued_at \
          FROM interaction_card_receipt r JOIN interaction_card c ON c.id = r.card_id WHERE r.staff_id = $1 AND r.seen_at IS NULL \
          ORDER BY c.id DESC LIMIT 50")
    .bind(staff)
    .all(db)
    .await?)
}

/// Notes that somebody has seen a card.
pub(crate) async fn seen(tx: &Tx, card: Id<Card>, staff: StaffId, at: Instant) -> Result<u64> {
    Ok(q("UPDATE interaction_card_receipt SET seen_at = $3 WHERE card_id = $1 AND staff_id = $2 AND seen_at IS NULL")
        .bind(card)
        .bind(staff)
        .bind(at)
        .exec(tx)
        .await?)
}
