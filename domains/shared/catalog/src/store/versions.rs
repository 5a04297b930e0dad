//! Published versions: rows are added and read, never changed.

use kernel::{Day, Instant};
use platform::{Error, Result};
use store::{Db, Target, Tx, q};

use crate::model::{Elements, ItemId, ItemVersionId, Version};

/// A version as stored.
#[derive(sqlx::FromRow)]
pub(crate) struct VersionRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: ItemVersionId,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) item_id: ItemId,
    pub(crate) number: i64,
    pub(crate) basic_version_id: Option<Vec<u8>>,
    #[sqlx(try_from = "String")]
    pub(crate) effective_from: Day,
    pub(crate) effective_to: Option<String>,
    pub(crate) text_hash: String,
    #[sqlx(try_from = "i64")]
    pub(crate) published_at: Instant,
    pub(crate) elements: String,
}

impl TryFrom<VersionRow> for Version {
    type Error = Error;
    fn try_from(row: VersionRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            item: row.item_id,
            number: row.number,
            basic: row.basic_version_id.map(ItemVersionId::try_from).transpose().map_err(Error::internal)?,
            effective_from: row.effective_from,
            effective_to: row.effective_to.map(|day| day.parse()).transpose().map_err(Error::internal)?,
            text_hash: row.text_hash,
            published_at: row.published_at,
            elements: read_elements(&row.elements)?,
        })
    }
}

/// Reads a stored document.
pub(crate) fn read_elements(text: &str) -> Result<Elements> {
    serde_json::from_str(text).map_err(Error::internal)
}

/// Adds a version with its text.
pub(crate) async fn insert(tx: &Tx, version: &Version, text: &str, by: &str) -> Result<()> {
    q("INSERT INTO catalog_version (id, item_id, number, basic_version_id, effective_from, effective_to, text_hash, published_at, published_by, \
       elements) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(version.id)
    .bind(version.item)
    .bind(version.number)
    .bind(version.basic)
    .bind(version.effective_from)
    .bind(version.effective_to)
    .bind(version.text_hash.as_str())
    .bind(version.published_at)
    .bind(by)
    .bind(text)
    .exec(tx)
    .await?;
    Ok(())
}

/// The version with this id.
pub(crate) async fn by_id(db: &Db, id: ItemVersionId) -> Result<Option<Version>> {
    let row: Option<VersionRow> = q("SELECT id, item_id, number, basic_version_id, effective_from, effective_to, text_hash, published_at, elements \
         FROM catalog_version WHERE id = $1")
    .bind(id)
    .opt(db)
    .await?;
    row.map(Version::try_from).transpose()
}

/// The newest published version of an item, in force or not yet.
pub(crate) async fn newest<'a>(on: impl Into<Target<'a>> + Send, item: ItemId) -> Result<Option<Version>> {
    let row: Option<VersionRow> = q("SELECT id, item_id, number, basic_version_id, effective_from, effective_to, text_hash, published_at, elements \
         FROM catalog_version WHERE item_id = $1 ORDER BY number DESC LIMIT 1")
    .bind(item)
    .opt(on)
    .await?;
    row.map(Version::try_from).transpose()
}

/// The version of an item that is in force on a day.
pub(crate) async fn in_force(db: &Db, item: ItemId, day: Day) -> Result<Option<Version>> {
    let row: Option<VersionRow> = q("SELECT id, item_id, number, basic_version_id, effective_from, effective_to, text_hash, published_at, elements \
         FROM catalog_version WHERE item_id = $1 AND effective_from <= $2 ORDER BY number DESC LIMIT 1")
    .bind(item)
    .bind(day)
    .opt(db)
    .await?;
    row.map(Version::try_from).transpose()
}

/// All versions of an item, the newest first; at most 200.
pub(crate) async fn history(db: &Db, item: ItemId) -> Result<Vec<Version>> {
    let rows: Vec<VersionRow> = q("SELECT id, item_id, number, basic_version_id, effective_from, effective_to, text_hash, published_at, elements \
         FROM catalog_version WHERE item_id = $1 ORDER BY number DESC LIMIT 200")
    .bind(item)
    .all(db)
    .await?;
    rows.into_iter().map(Version::try_from).collect()
}
