//! Limits.

use kernel::RegionCode;
use platform::Result;
use ::store::{Db, q};

/// A limit as it is stored.
#[derive(sqlx::FromRow)]
pub(crate) struct LimitRow {
    pub(crate) kind: String,
    pub(crate) amount: i64,
    pub(crate) unit: String,
    pub(crate) source: String,
    pub(crate) article: String,
}

/// Every row that holds in a region: those for everywhere first, the nearest last.
pub(crate) async fn of_region(db: &Db, region: &RegionCode) -> Result<Vec<LimitRow>> {
    Ok(q("SELECT l.kind, l.amount, l.unit, l.source, l.article FROM interaction_limit l WHERE l.region = '000000' \
          OR l.region IN (SELECT ancestor FROM region_closure WHERE descendant = $1) \
          ORDER BY (SELECT COUNT(*) FROM region_closure d WHERE d.descendant = l.region), l.kind")
    .bind(*region)
    .all(db)
    .await?)
}
