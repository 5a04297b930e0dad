//! Regions of this instance with their closure, and the organisations that work in them.

use kernel::{RegionCode, Text};
use store::{Db, Tx, q};

use crate::{OrgId, Result};

/// A region in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Code, 6, 9 or 12 digits.
    pub code: RegionCode,
    /// Name.
    pub name: String,
    /// The region above; absent for the province.
    pub parent: Option<RegionCode>,
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Id.
    pub id: OrgId,
    /// Unified social credit code, 18 characters.
    pub uscc: String,
    /// Name in both languages.
    pub name: Text,
    /// The region that it works in.
    pub region: RegionCode,
}

#[derive(sqlx::FromRow)]
struct OrgRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: OrgId,
    uscc: String,
    name_zh: String,
    name_en: String,
    #[sqlx(try_from = "String")]
    region: RegionCode,
}

impl From<OrgRow> for Organisation {
    fn from(row: OrgRow) -> Self {
        Self { id: row.id, uscc: row.uscc, name: Text::new(row.name_zh, row.name_en), region: row.region }
    }
}

/// Puts regions in, parents before children, with their closure. Those that are there already stay as they are.
/// At most 200 a call: the transaction holds up other writers.
pub async fn add(tx: &Tx, regions: &[Region]) -> Result<()> {
    for region in regions {
        let new = q("INSERT INTO region (code, name, parent) VALUES ($1, $2, $3) ON CONFLICT (code) DO NOTHING")
            .bind(region.code)
            .bind(region.name.as_str())
            .bind(region.parent)
            .exec(tx)
            .await?;
        if new == 1 {
            q("INSERT INTO region_closure (ancestor, descendant) \
               SELECT ancestor, $1 FROM region_closure WHERE descendant = $2 \
               UNION ALL SELECT $1, $1")
                .bind(region.code)
                .bind(region.parent)
                .exec(tx)
                .await?;
        }
    }
    Ok(())
}

/// The region with this code.
pub async fn find(db: &Db, code: &RegionCode) -> Result<Option<Region>> {
    let row: Option<(String, Option<String>)> = q("SELECT name, parent FROM region WHERE code = $1").bind(*code).opt(db).await?;
    Ok(row.map(|(name, parent)| Region { code: *code, name, parent: parent.and_then(|p| RegionCode::parse(&p).ok()) }))
}

/// The regions directly below, by code.
pub async fn children(db: &Db, parent: &RegionCode) -> Result<Vec<Region>> {
    let rows: Vec<(String, String)> =
        q("SELECT code, name FROM region WHERE parent = $1 ORDER BY code LIMIT 1000").bind(*parent).all(db).await?;
    Ok(rows
        .into_iter()
        .filter_map(|(code, name)| Some(Region { code: RegionCode::parse(&code).ok()?, name, parent: Some(*parent) }))
        .collect())
}

/// The codes of a region and of everything below it.
pub async fn below(db: &Db, root: &RegionCode) -> Result<Vec<RegionCode>> {
    let rows: Vec<(String,)> =
        q("SELECT descendant FROM region_closure WHERE ancestor = $1 ORDER BY descendant").bind(*root).all(db).await?;
    rows.into_iter().map(|(code,)| RegionCode::try_from(code).map_err(crate::Error::internal)).collect()
}

/// Whether a region lies within another, or is the same.
pub async fn contains(db: &Db, ancestor: &RegionCode, descendant: &RegionCode) -> Result<bool> {
    let (found,): (bool,) = q("SELECT EXISTS (SELECT 1 FROM region_closure WHERE ancestor = $1 AND descendant = $2)")
        .bind(*ancestor)
        .bind(*descendant)
        .one(db)
        .await?;
    Ok(found)
}

/// The region and all above it, the highest first.
pub async fn path(db: &Db, code: &RegionCode) -> Result<Vec<Region>> {
    let rows: Vec<(String, String, Option<String>)> = q("SELECT r.code, r.name, r.parent FROM region_closure c \
         JOIN region r ON r.code = c.ancestor WHERE c.descendant = $1 ORDER BY length(r.code), r.code")
    .bind(*code)
    .all(db)
    .await?;
    let mut path: Vec<Region> = rows
        .into_iter()
        .filter_map(|(code, name, parent)| {
            Some(Region { code: RegionCode::parse(&code).ok()?, name, parent: parent.and_then(|p| RegionCode::parse(&p).ok()) })
        })
        .collect();
    // The codes of province, city and county are equally long: order by who is whose parent.
    let mut ordered = Vec::with_capacity(path.len());
    let mut next = path.iter().position(|r| r.parent.as_ref().is_none_or(|p| !path.iter().any(|other| other.code == *p)));
    while let Some(at) = next {
        let region = path.swap_remove(at);
        next = path.iter().position(|r| r.parent.as_ref() == Some(&region.code));
        ordered.push(region);
    }
    Ok(ordered)
}

/// Puts an organisation in; the same credit code again changes name and region and keeps the id.
pub async fn put_organisation(tx: &Tx, org: &Organisation) -> Result<OrgId> {
    let row: (Vec<u8>,) = q("INSERT INTO organisation (id, uscc, name_zh, name_en, region) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (uscc) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, region = excluded.region RETURNING id")
    .bind(org.id)
    .bind(org.uscc.as_str())
    .bind(org.name.zh.as_ref())
    .bind(org.name.en.as_ref())
    .bind(org.region)
    .one(tx)
    .await?;
    OrgId::try_from(row.0).map_err(crate::Error::internal)
}

/// The organisation with this id.
pub async fn organisation(db: &Db, id: OrgId) -> Result<Option<Organisation>> {
    let row: Option<OrgRow> = q("SELECT id, uscc, name_zh, name_en, region FROM organisation WHERE id = $1").bind(id).opt(db).await?;
    Ok(row.map(Organisation::from))
}

/// The organisation with this credit code.
pub async fn organisation_by_uscc(db: &Db, uscc: &str) -> Result<Option<Organisation>> {
    let row: Option<OrgRow> = q("SELECT id, uscc, name_zh, name_en, region FROM organisation WHERE uscc = $1").bind(uscc).opt(db).await?;
    Ok(row.map(Organisation::from))
}

/// Organisations within a region and below, by code; at most 1,000.
pub async fn organisations(db: &Db, within: &RegionCode) -> Result<Vec<Organisation>> {
    let rows: Vec<OrgRow> = q("SELECT o.id, o.uscc, o.name_zh, o.name_en, o.region FROM organisation o \
         JOIN region_closure c ON c.descendant = o.region WHERE c.ancestor = $1 ORDER BY o.region, o.uscc LIMIT 1000")
    .bind(*within)
    .all(db)
    .await?;
    Ok(rows.into_iter().map(Organisation::from).collect())
}
