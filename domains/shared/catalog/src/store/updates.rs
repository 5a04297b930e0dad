//! 待更新: what implementations have yet to take over.

use kernel::{Day, Instant};
use platform::{Error, Result};
use store::{Db, Tx, q};

use super::versions::read_elements;
use crate::model::{Elements, ItemId, ItemVersionId, Version};

/// A child of a basic item with what its newest version says.
pub(crate) struct Child {
    pub(crate) id: ItemId,
    pub(crate) code: String,
    pub(crate) elements: Elements,
}

/// Children whose newest version rests on an older version of the basic item than `version` and that have not been asked yet; at most 200.
pub(crate) async fn behind(db: &Db, version: &Version) -> Result<Vec<Child>> {
    let rows: Vec<(Vec<u8>, String, String)> = q("SELECT i.id, i.code, v.elements FROM catalog_item i JOIN catalog_version v ON v.item_id = i.id \
         AND v.number = (SELECT MAX(n.number) FROM catalog_version n WHERE n.item_id = i.id) \
         JOIN catalog_version b ON b.id = v.basic_version_id WHERE i.basic_id = $1 AND b.number < $2 \
         AND NOT EXISTS (SELECT 1 FROM catalog_update u WHERE u.item_id = i.id AND u.basic_version_id = $3) ORDER BY i.code LIMIT 200")
    .bind(version.item)
    .bind(version.number)
    .bind(version.id)
    .all(db)
    .await?;
    rows.into_iter()
        .map(|(id, code, text)| Ok(Child { id: ItemId::try_from(id).map_err(Error::internal)?, code, elements: read_elements(&text)? }))
        .collect()
}

/// Asks an implementation to take over a version.
pub(crate) async fn ask(tx: &Tx, child: ItemId, version: ItemVersionId, due_on: Day, suspends_on: Option<Day>, at: Instant) -> Result<()> {
    q("INSERT INTO catalog_update (item_id, basic_version_id, due_on, suspends_on, created_at) VALUES ($1, $2, $3, $4, $5) \
       ON CONFLICT (item_id, basic_version_id) DO NOTHING")
    .bind(child)
    .bind(version)
    .bind(due_on)
    .bind(suspends_on)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Settles what an implementation was asked to take over up to a version of its basic item, from the first day of the version that does.
pub(crate) async fn settle(tx: &Tx, child: ItemId, upto: &Version, from: Day) -> Result<u64> {
    Ok(q("UPDATE catalog_update SET settled_from = $1 WHERE item_id = $2 AND settled_from IS NULL \
          AND basic_version_id IN (SELECT id FROM catalog_version WHERE item_id = $3 AND number <= $4)")
    .bind(from)
    .bind(child)
    .bind(upto.item)
    .bind(upto.number)
    .exec(tx)
    .await?)
}

/// The earliest open request of an item: due day, and the day on which it is suspended.
pub(crate) async fn open(db: &Db, item: ItemId) -> Result<Option<(Day, Option<Day>)>> {
    let row: Option<(String, Option<String>)> = q("SELECT due_on, suspends_on FROM catalog_update WHERE item_id = $1 AND settled_from IS NULL \
         ORDER BY due_on, basic_version_id LIMIT 1")
    .bind(item)
    .opt(db)
    .await?;
    row.map(|(due, suspends)| {
        let suspends = suspends.map(|day| day.parse()).transpose().map_err(Error::internal)?;
        Ok((due.parse().map_err(Error::internal)?, suspends))
    })
    .transpose()
}
