//! Items and how they stand.

use kernel::{Day, Instant, RegionCode};
use platform::{Error, OrgId, Result};
use store::{Db, Tx, q};

use super::versions::VersionRow;
use crate::model::{ItemId, ItemVersionId, ItemView, Layer};
use crate::states::{Standing, Switch, standing};

/// What an item is, whatever its versions say.
#[derive(Debug, Clone)]
pub(crate) struct ItemRow {
    pub(crate) id: ItemId,
    pub(crate) layer: Layer,
    pub(crate) code: String,
    pub(crate) basic_code: String,
    pub(crate) basic_id: Option<ItemId>,
    pub(crate) org: Option<OrgId>,
    pub(crate) region: RegionCode,
    pub(crate) service: String,
    pub(crate) public: bool,
    pub(crate) switch: Switch,
    pub(crate) switch_reason: Option<String>,
    pub(crate) revision: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: ItemId,
    layer: String,
    code: String,
    basic_code: String,
    basic_id: Option<Vec<u8>>,
    org_id: Option<Vec<u8>>,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    service: String,
    public: bool,
    switch: String,
    switch_reason: Option<String>,
    revision: i64,
}

impl TryFrom<Row> for ItemRow {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            layer: Layer::from_code(&row.layer).ok_or_else(|| Error::internal("layer of an item"))?,
            code: row.code,
            basic_code: row.basic_code,
            basic_id: row.basic_id.map(ItemId::try_from).transpose().map_err(Error::internal)?,
            org: row.org_id.map(OrgId::try_from).transpose().map_err(Error::internal)?,
            region: row.region,
            service: row.service,
            public: row.public,
            switch: Switch::from_code(&row.switch).ok_or_else(|| Error::internal("switch of an item"))?,
            switch_reason: row.switch_reason,
            revision: row.revision,
        })
    }
}

/// Adds an item; `false` if its code, or the claim of this body, is there already.
pub(crate) async fn insert(tx: &Tx, item: &ItemRow, at: Instant) -> Result<bool> {
    let added = q("INSERT INTO catalog_item (id, layer, code, basic_code, basic_id, org_id, region, service, public, switch, revision, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING")
    .bind(item.id)
    .bind(item.layer.code())
    .bind(item.code.as_str())
    .bind(item.basic_code.as_str())
    .bind(item.basic_id)
    .bind(item.org)
    .bind(item.region)
    .bind(item.service.as_str())
    .bind(item.public)
    .bind(item.switch.code())
    .bind(item.revision)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(added == 1)
}

/// The item with this code.
pub(crate) async fn by_code(db: &Db, code: &str) -> Result<Option<ItemRow>> {
    let row: Option<Row> = q("SELECT id, layer, code, basic_code, basic_id, org_id, region, service, public, switch, switch_reason, revision \
         FROM catalog_item WHERE code = $1")
    .bind(code)
    .opt(db)
    .await?;
    row.map(ItemRow::try_from).transpose()
}

/// The item with this id.
pub(crate) async fn by_id(db: &Db, id: ItemId) -> Result<Option<ItemRow>> {
    let row: Option<Row> = q("SELECT id, layer, code, basic_code, basic_id, org_id, region, service, public, switch, switch_reason, revision \
         FROM catalog_item WHERE id = $1")
    .bind(id)
    .opt(db)
    .await?;
    row.map(ItemRow::try_from).transpose()
}

/// Ids of the basic items.
pub(crate) async fn all_basic(db: &Db) -> Result<Vec<ItemId>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT id FROM catalog_item WHERE layer = 'basic' ORDER BY code LIMIT 1000").all(db).await?;
    rows.into_iter().map(|(id,)| ItemId::try_from(id).map_err(Error::internal)).collect()
}

/// Sets the switch if nobody changed the item meanwhile.
pub(crate) async fn set_switch(tx: &Tx, item: ItemId, revision: i64, switch: Switch, reason: &str) -> Result<bool> {
    let changed = q("UPDATE catalog_item SET switch = $1, switch_reason = $2, revision = revision + 1 \
         WHERE id = $3 AND revision = $4 AND switch <> 'cancelled'")
    .bind(switch.code())
    .bind(reason)
    .bind(item)
    .bind(revision)
    .exec(tx)
    .await?;
    Ok(changed == 1)
}

/// Notes what the search index was told of.
pub(crate) async fn set_shown(tx: &Tx, item: ItemId, version: Option<ItemVersionId>, standing: Standing) -> Result<()> {
    q("UPDATE catalog_item SET shown_version = $1, shown_standing = $2 WHERE id = $3")
        .bind(version)
        .bind(standing.code())
        .bind(item)
        .exec(tx)
        .await?;
    Ok(())
}

/// How an item stands, with the version in force on a day.
#[derive(sqlx::FromRow)]
pub(crate) struct StandingRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: ItemId,
    layer: String,
    pub(crate) code: String,
    pub(crate) basic_code: String,
    pub(crate) region: String,
    switch: String,
    shown_version: Option<Vec<u8>>,
    shown_standing: Option<String>,
    update_due: bool,
    suspends_on: Option<String>,
    version_id: Option<Vec<u8>>,
    number: Option<i64>,
    basic_version_id: Option<Vec<u8>>,
    effective_from: Option<String>,
    effective_to: Option<String>,
    text_hash: Option<String>,
    published_at: Option<i64>,
    elements: Option<String>,
}

impl StandingRow {
    /// The standing on `today`.
    pub(crate) fn standing(&self, today: Day) -> Result<Standing> {
        let switch = Switch::from_code(&self.switch).ok_or_else(|| Error::internal("switch of an item"))?;
        let ended = self.effective_to.as_deref().map(str::parse::<Day>).transpose().map_err(Error::internal)?.is_some_and(|end| end < today);
        let suspends_on = self.suspends_on.as_deref().map(str::parse::<Day>).transpose().map_err(Error::internal)?;
        Ok(standing(switch, self.version_id.is_some() && !ended, self.update_due, suspends_on, today))
    }

    /// Whether the search index was told of something else.
    pub(crate) fn is_shown_otherwise(&self, standing: Standing) -> bool {
        self.shown_version != self.version_id || self.shown_standing.as_deref() != Some(standing.code())
    }

    /// The layer.
    pub(crate) fn layer(&self) -> Result<Layer> {
        Layer::from_code(&self.layer).ok_or_else(|| Error::internal("layer of an item"))
    }

    /// Id of the version in force.
    pub(crate) fn version_id(&self) -> Result<Option<ItemVersionId>> {
        self.version_id.clone().map(ItemVersionId::try_from).transpose().map_err(Error::internal)
    }

    /// The view, if a version is in force or has been.
    pub(crate) fn view(self, today: Day) -> Result<Option<ItemView>> {
        let (standing, layer) = (self.standing(today)?, self.layer()?);
        let Some(id) = self.version_id()? else { return Ok(None) };
        let missing = || Error::internal("a version without its columns");
        let version = VersionRow {
            id,
            item_id: self.id,
            number: self.number.ok_or_else(missing)?,
            basic_version_id: self.basic_version_id,
            effective_from: self.effective_from.ok_or_else(missing)?.parse().map_err(Error::internal)?,
            effective_to: self.effective_to,
            text_hash: self.text_hash.ok_or_else(missing)?,
            published_at: Instant::from_micros(self.published_at.ok_or_else(missing)?),
            elements: self.elements.ok_or_else(missing)?,
        };
        Ok(Some(ItemView {
            id: self.id,
            layer,
            code: self.code,
            basic_code: self.basic_code,
            region: self.region,
            standing,
            version: version.try_into()?,
        }))
    }
}

/// The columns of [`StandingRow`] for `$1` = today: the version in force is the highest number that has begun.
const STANDING: &str = "SELECT i.id, i.layer, i.code, i.basic_code, i.region, i.switch, i.shown_version, i.shown_standing, \
    EXISTS (SELECT 1 FROM catalog_update u WHERE u.item_id = i.id AND (u.settled_from IS NULL OR u.settled_from > $1)) AS update_due, \
    (SELECT MIN(u.suspends_on) FROM catalog_update u WHERE u.item_id = i.id AND (u.settled_from IS NULL OR u.settled_from > $1)) AS suspends_on, \
    v.id AS version_id, v.number, v.basic_version_id, v.effective_from, v.effective_to, v.text_hash, v.published_at, v.elements \
    FROM catalog_item i LEFT JOIN catalog_version v ON v.item_id = i.id \
    AND v.number = (SELECT MAX(n.number) FROM catalog_version n WHERE n.item_id = i.id AND n.effective_from <= $1)";

/// The item with this code as it stands on `today`.
pub(crate) async fn standing_by_code(db: &Db, today: Day, code: &str) -> Result<Option<StandingRow>> {
    Ok(q(STANDING).bind(today).sql(" WHERE i.code = ").arg(code).opt(db).await?)
}

/// The item with this id as it stands on `today`.
pub(crate) async fn standing_by_id(on: impl Into<store::Target<'_>> + Send, today: Day, id: ItemId) -> Result<Option<StandingRow>> {
    Ok(q(STANDING).bind(today).sql(" WHERE i.id = ").arg(id).opt(on).await?)
}

/// For each basic item (or one) the first public implementation list within a region and everything below. Codes begin with that of the
/// body's region, so a city's own comes before its counties'.
pub(crate) async fn first_below(db: &Db, today: Day, root: RegionCode, basic_code: Option<&str>) -> Result<Vec<StandingRow>> {
    let mut query = q(STANDING)
        .bind(today)
        .sql(" WHERE i.code IN (SELECT MIN(x.code) FROM catalog_item x WHERE x.public AND x.layer = 'implementation' \
            AND x.switch <> 'cancelled' AND EXISTS (SELECT 1 FROM catalog_version p WHERE p.item_id = x.id) \
            AND x.region IN (SELECT descendant FROM region_closure WHERE ancestor = ")
        .arg(root)
        .sql(")");
    if let Some(code) = basic_code {
        query = query.sql(" AND x.basic_code = ").arg(code);
    }
    Ok(query.sql(" GROUP BY x.basic_code) ORDER BY i.basic_code").all(db).await?)
}

/// Public implementation lists within a region and everything below, of one basic item, after a code, at most `limit`.
pub(crate) async fn public_below(db: &Db, today: Day, root: &RegionCode, basic_code: Option<&str>, after: &str, limit: i64) -> Result<Vec<StandingRow>> {
    let mut query = q(STANDING)
        .bind(today)
        .sql(" WHERE i.public AND i.layer = 'implementation' AND i.region IN (SELECT descendant FROM region_closure WHERE ancestor = ")
        .arg(*root)
        .sql(") AND i.code > ")
        .arg(after);
    if let Some(code) = basic_code {
        query = query.sql(" AND i.basic_code = ").arg(code);
    }
    Ok(query.sql(" ORDER BY i.code LIMIT ").arg(limit).all(db).await?)
}

/// Implementation lists of a service's procedure within a region and everything below.
pub(crate) async fn by_service(db: &Db, today: Day, service: &str, root: &RegionCode) -> Result<Vec<StandingRow>> {
    Ok(q(STANDING)
        .bind(today)
        .sql(" WHERE i.layer = 'implementation' AND i.service = ")
        .arg(service)
        .sql(" AND i.region IN (SELECT descendant FROM region_closure WHERE ancestor = ")
        .arg(*root)
        .sql(") ORDER BY i.code LIMIT 1000")
        .all(db)
        .await?)
}

/// Items whose standing or version on `today` the search index has not been told of, at most 200.
pub(crate) async fn to_show(db: &Db, today: Day) -> Result<Vec<StandingRow>> {
    let rows: Vec<StandingRow> = q(STANDING)
        .bind(today)
        .sql(" WHERE (v.id IS NOT NULL AND (i.shown_version IS NULL OR i.shown_version <> v.id)) \
            OR (v.effective_to < $1 AND i.shown_standing <> 'out_of_force') \
            OR (i.shown_standing <> 'suspended' AND EXISTS (SELECT 1 FROM catalog_update u WHERE u.item_id = i.id \
                AND u.suspends_on <= $1 AND (u.settled_from IS NULL OR u.settled_from > $1))) \
            ORDER BY i.code LIMIT 200")
        .all(db)
        .await?;
    Ok(rows)
}

/// Which items an administrator's list shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) roots: Vec<RegionCode>,
    pub(crate) layer: Option<Layer>,
    pub(crate) draft_state: Option<&'static str>,
    pub(crate) text: Option<String>,
    pub(crate) after: String,
}

/// A line of the administrator's list.
#[derive(sqlx::FromRow)]
pub(crate) struct ListRow {
    #[sqlx(flatten)]
    pub(crate) standing: StandingRow,
    pub(crate) draft_state: Option<String>,
    pub(crate) draft_elements: Option<String>,
}

/// Items within the roots, drafts included, by code after `after`; at most `limit`.
pub(crate) async fn admin_list(db: &Db, today: Day, filter: &Filter, limit: i64) -> Result<Vec<ListRow>> {
    let mut query = q("SELECT i.id, i.layer, i.code, i.basic_code, i.region, i.switch, i.shown_version, i.shown_standing, \
        EXISTS (SELECT 1 FROM catalog_update u WHERE u.item_id = i.id AND (u.settled_from IS NULL OR u.settled_from > $1)) AS update_due, \
        (SELECT MIN(u.suspends_on) FROM catalog_update u WHERE u.item_id = i.id AND (u.settled_from IS NULL OR u.settled_from > $1)) AS suspends_on, \
        v.id AS version_id, v.number, v.basic_version_id, v.effective_from, v.effective_to, v.text_hash, v.published_at, v.elements, \
        d.state AS draft_state, d.elements AS draft_elements \
        FROM catalog_item i LEFT JOIN catalog_draft d ON d.item_id = i.id LEFT JOIN catalog_version v ON v.item_id = i.id \
        AND v.number = (SELECT MAX(n.number) FROM catalog_version n WHERE n.item_id = i.id AND n.effective_from <= $1)")
        .bind(today)
        .sql(" WHERE i.region IN (SELECT descendant FROM region_closure WHERE ancestor IN (")
        .list(filter.roots.iter().map(|region| region.as_str().to_owned()))
        .sql(")) AND i.code > ")
        .arg(filter.after.as_str());
    if let Some(layer) = filter.layer {
        query = query.sql(" AND i.layer = ").arg(layer.code());
    }
    if let Some(state) = filter.draft_state {
        query = query.sql(" AND d.state = ").arg(state);
    }
    if let Some(text) = &filter.text {
        let like = format!("%{}%", text.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_"));
        query = query
            .sql(" AND (lower(i.code) LIKE ")
            .arg(like.as_str())
            .sql(" ESCAPE '!' OR lower(COALESCE(d.elements, v.elements)) LIKE ")
            .arg(like.as_str())
            .sql(" ESCAPE '!')");
    }
    Ok(query.sql(" ORDER BY i.code LIMIT ").arg(limit).all(db).await?)
}

/// The newest elements of basic items by code.
pub(crate) async fn basic_elements(db: &Db, codes: &[String]) -> Result<Vec<(String, String)>> {
    Ok(q("SELECT i.code, v.elements FROM catalog_item i JOIN catalog_version v ON v.item_id = i.id \
          AND v.number = (SELECT MAX(n.number) FROM catalog_version n WHERE n.item_id = i.id) WHERE i.layer = 'basic' AND i.code IN (")
        .list(codes.iter().map(String::as_str))
        .sql(") ORDER BY i.code")
        .all(db)
        .await?)
}
