//! Offices with their kinds of business and their week.

use std::collections::BTreeMap;

use kernel::{RegionCode, Text};
use platform::{Error, OrgId, Result};
use ::store::{Db, Target, Tx, q};

use crate::hours::Week;
use crate::model::{OfficeCard, OfficeId};

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: OfficeId,
    code: String,
    #[sqlx(try_from = "Vec<u8>")]
    org_id: OrgId,
    region: String,
    name_zh: String,
    name_en: String,
    address_zh: String,
    address_en: String,
    phones: String,
    lng: Option<f64>,
    lat: Option<f64>,
    counters: i64,
    active: bool,
    version: i64,
}

impl TryFrom<Row> for OfficeCard {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            code: row.code,
            org: row.org_id,
            region: RegionCode::parse(&row.region).map_err(|_| Error::internal("region of an office"))?,
            name: Text::new(row.name_zh, row.name_en),
            address: Text::new(row.address_zh, row.address_en),
            phones: row.phones.lines().map(str::to_owned).collect(),
            position: row.lng.zip(row.lat),
            counters: row.counters,
            kinds: Vec::new(),
            week: Week::default(),
            active: row.active,
            version: row.version,
        })
    }
}

/// Fills in kinds and hours of some offices with two statements for all.
async fn complete<'a>(on: impl Into<Target<'a>> + Send + Copy, rows: Vec<Row>) -> Result<Vec<OfficeCard>> {
    let mut cards = rows.into_iter().map(OfficeCard::try_from).collect::<Result<Vec<_>>>()?;
    if cards.is_empty() {
        return Ok(cards);
    }
    let at: BTreeMap<OfficeId, usize> = cards.iter().enumerate().map(|(n, card)| (card.id, n)).collect();
    let ids: Vec<OfficeId> = at.keys().copied().collect();
    let kinds: Vec<(Vec<u8>, String)> = q("SELECT office_id, item_kind FROM office_kind WHERE office_id IN (")
        .list(ids.clone())
        .sql(") ORDER BY item_kind")
        .all(on)
        .await?;
    for (id, kind) in kinds {
        if let Some(n) = OfficeId::try_from(id).ok().and_then(|id| at.get(&id)) {
            cards[*n].kinds.push(kind);
        }
    }
    let hours: Vec<(Vec<u8>, i64, String)> =
        q("SELECT office_id, weekday, hours FROM office_hours WHERE office_id IN (").list(ids).sql(")").all(on).await?;
    for (id, weekday, text) in hours {
        let slot = usize::try_from(weekday - 1).map_err(Error::internal)?;
        if let Some(n) = OfficeId::try_from(id).ok().and_then(|id| at.get(&id)) {
            cards[*n].week.0[slot] = text.parse().map_err(Error::internal)?;
        }
    }
    Ok(cards)
}

pub(crate) async fn by_code<'a>(on: impl Into<Target<'a>> + Send + Copy, code: &str) -> Result<Option<OfficeCard>> {
    let rows = q("SELECT id, code, org_id, region, name_zh, name_en, address_zh, address_en, phones, lng, lat, counters, active, version \
         FROM office WHERE code = $1")
    .bind(code)
    .all(on)
    .await?;
    Ok(complete(on, rows).await?.pop())
}

pub(crate) async fn by_id<'a>(on: impl Into<Target<'a>> + Send + Copy, id: OfficeId) -> Result<Option<OfficeCard>> {
    let rows = q("SELECT id, code, org_id, region, name_zh, name_en, address_zh, address_en, phones, lng, lat, counters, active, version \
         FROM office WHERE id = $1")
    .bind(id)
    .all(on)
    .await?;
    Ok(complete(on, rows).await?.pop())
}

/// Offices of a region and below that serve the public, after a code; one kind of business or all.
pub(crate) async fn within(db: &Db, region: &RegionCode, kind: Option<&str>, after: &str, limit: i64) -> Result<Vec<OfficeCard>> {
    let query = q("SELECT o.id, o.code, o.org_id, o.region, o.name_zh, o.name_en, o.address_zh, o.address_en, o.phones, o.lng, o.lat, \
         o.counters, o.active, o.version FROM office o JOIN region_closure c ON c.descendant = o.region \
         WHERE o.active AND c.ancestor = ")
    .arg(*region)
    .sql(" AND o.code > ")
    .arg(after);
    let query = match kind {
        Some(kind) => query.sql(" AND EXISTS (SELECT 1 FROM office_kind k WHERE k.office_id = o.id AND k.item_kind = ").arg(kind).sql(")"),
        None => query,
    };
    let rows = query.sql(" ORDER BY o.code LIMIT ").arg(limit).all(db).await?;
    complete(db, rows).await
}

/// Offices of a region and below, by code, whether or not they serve the public.
pub(crate) async fn all_within(db: &Db, region: &RegionCode, after: &str, limit: i64) -> Result<Vec<OfficeCard>> {
    let rows = q("SELECT o.id, o.code, o.org_id, o.region, o.name_zh, o.name_en, o.address_zh, o.address_en, o.phones, o.lng, o.lat, \
         o.counters, o.active, o.version FROM office o JOIN region_closure c ON c.descendant = o.region \
         WHERE c.ancestor = $1 AND o.code > $2 ORDER BY o.code LIMIT $3")
    .bind(*region)
    .bind(after)
    .bind(limit)
    .all(db)
    .await?;
    complete(db, rows).await
}

/// Every office, by code: for the administrator, the search index and the jobs.
pub(crate) async fn all(db: &Db, after: &str, limit: i64) -> Result<Vec<OfficeCard>> {
    let rows = q("SELECT id, code, org_id, region, name_zh, name_en, address_zh, address_en, phones, lng, lat, counters, active, version \
         FROM office WHERE code > $1 ORDER BY code LIMIT $2")
    .bind(after)
    .bind(limit)
    .all(db)
    .await?;
    complete(db, rows).await
}

/// Offices that serve the public under exactly this name.
pub(crate) async fn named(db: &Db, name: &str) -> Result<Vec<OfficeCard>> {
    let rows = q("SELECT id, code, org_id, region, name_zh, name_en, address_zh, address_en, phones, lng, lat, counters, active, version \
         FROM office WHERE active AND (name_zh = $1 OR name_en = $2) ORDER BY code LIMIT 20")
    .bind(name)
    .bind(name)
    .all(db)
    .await?;
    complete(db, rows).await
}

/// Puts a new office in; false if the code is taken.
pub(crate) async fn insert(tx: &Tx, office: &OfficeCard) -> Result<bool> {
    let rows = q("INSERT INTO office (id, code, org_id, region, name_zh, name_en, address_zh, address_en, phones, lng, lat, counters, active, \
         version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1) ON CONFLICT (code) DO NOTHING")
    .bind(office.id)
    .bind(&office.code)
    .bind(office.org)
    .bind(office.region)
    .bind(office.name.zh.as_ref())
    .bind(office.name.en.as_ref())
    .bind(office.address.zh.as_ref())
    .bind(office.address.en.as_ref())
    .bind(office.phones.join("\n"))
    .bind(office.position.map(|(lng, _)| lng))
    .bind(office.position.map(|(_, lat)| lat))
    .bind(office.counters)
    .bind(office.active)
    .exec(tx)
    .await?;
    Ok(rows == 1)
}

/// Changes an office if it is still at the version that the editor read.
pub(crate) async fn update(tx: &Tx, office: &OfficeCard) -> Result<bool> {
    let rows = q("UPDATE office SET name_zh = $3, name_en = $4, address_zh = $5, address_en = $6, phones = $7, lng = $8, lat = $9, \
         counters = $10, active = $11, version = version + 1 WHERE id = $1 AND version = $2")
    .bind(office.id)
    .bind(office.version)
    .bind(office.name.zh.as_ref())
    .bind(office.name.en.as_ref())
    .bind(office.address.zh.as_ref())
    .bind(office.address.en.as_ref())
    .bind(office.phones.join("\n"))
    .bind(office.position.map(|(lng, _)| lng))
    .bind(office.position.map(|(_, lat)| lat))
    .bind(office.counters)
    .bind(office.active)
    .exec(tx)
    .await?;
    Ok(rows == 1)
}

/// Sets kinds and week of an office.
pub(crate) async fn set_parts(tx: &Tx, office: &OfficeCard) -> Result<()> {
    q("DELETE FROM office_kind WHERE office_id = $1").bind(office.id).exec(tx).await?;
    for kind in &office.kinds {
        q("INSERT INTO office_kind (office_id, item_kind) VALUES ($1, $2)").bind(office.id).bind(kind).exec(tx).await?;
    }
    q("DELETE FROM office_hours WHERE office_id = $1").bind(office.id).exec(tx).await?;
    for (weekday, hours) in (1_i64..).zip(&office.week.0).filter(|(_, hours)| !hours.is_empty()) {
        q("INSERT INTO office_hours (office_id, weekday, hours) VALUES ($1, $2, $3)")
            .bind(office.id)
            .bind(weekday)
            .bind(hours.to_string())
            .exec(tx)
            .await?;
    }
    Ok(())
}
