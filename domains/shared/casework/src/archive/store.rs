//! Finished cases and their packages.

use kernel::{Day, Instant, RegionCode};
use platform::{OrgId, Result};
use sqlx::FromRow;
use ::store::{Db, Target, Tx, q};

use super::list::Package;
use crate::CaseId;

/// A case as far as a package tells of it.
#[derive(Debug, Clone, FromRow)]
pub(super) struct CaseRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(super) id: CaseId,
    pub(super) case_no: String,
    pub(super) service: String,
    pub(super) case_type: String,
    pub(super) item_code: String,
    pub(super) impl_code: String,
    #[sqlx(try_from = "String")]
    pub(super) region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    pub(super) org: OrgId,
    pub(super) phase: String,
    #[sqlx(try_from = "i64")]
    pub(super) opened_at: Instant,
    closed_at: Option<i64>,
}

impl CaseRow {
    /// When it was finished.
    pub(super) fn closed(&self) -> Option<Instant> {
        self.closed_at.map(Instant::from_micros)
    }
}

pub(super) async fn case(db: &Db, id: CaseId) -> Result<Option<CaseRow>> {
    Ok(q("SELECT h.id, h.case_no, h.service, h.case_type, h.item_code, h.impl_code, h.region, h.org, h.phase, h.opened_at, h.closed_at \
          FROM case_head h WHERE h.id = $1")
    .bind(id)
    .opt(db)
    .await?)
}

pub(super) async fn version(db: &Db, id: CaseId) -> Result<i64> {
    let (version,): (i64,) = q("SELECT version FROM case_head WHERE id = $1").bind(id).one(db).await?;
    Ok(version)
}

pub(super) async fn authority(db: &Db, org: OrgId) -> Result<String> {
    let row: Option<(String,)> = q("SELECT name_zh FROM organisation WHERE id = $1").bind(org).opt(db).await?;
    Ok(row.map(|(name,)| name).unwrap_or_default())
}

/// A document of the case.
#[derive(FromRow)]
pub(super) struct PaperRow {
    pub(super) kind: String,
    pub(super) number: String,
    pub(super) voided: bool,
    pub(super) file: Option<String>,
    pub(super) signature: Option<String>,
}

/// The documents of a case in the order of their issue, the list of contents last.
pub(super) async fn papers(db: &Db, case: CaseId) -> Result<Vec<PaperRow>> {
    Ok(q("SELECT kind, number, voided_at IS NOT NULL AS voided, file, signature FROM paper WHERE case_id = $1 ORDER BY kind = 'index', issued_at, id LIMIT 200")
        .bind(case)
        .all(db)
        .await?)
}

/// Whether the list of contents was issued.
pub(super) async fn started(on: impl Into<Target<'_>> + Send, case: CaseId) -> Result<bool> {
    let (found,): (bool,) =
        q("SELECT EXISTS (SELECT 1 FROM paper WHERE case_id = $1 AND kind = 'index' AND voided_at IS NULL)").bind(case).one(on).await?;
    Ok(found)
}

/// Cases finished before a moment that nobody has started to archive.
pub(super) async fn to_start(db: &Db, before: Instant, limit: i64) -> Result<Vec<CaseId>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT h.id FROM case_head h WHERE h.closed_at IS NOT NULL AND h.closed_at < $1 \
         AND NOT EXISTS (SELECT 1 FROM paper p WHERE p.case_id = h.id AND p.kind = 'index' AND p.voided_at IS NULL) \
         ORDER BY h.closed_at, h.id LIMIT $2")
    .bind(before)
    .bind(limit)
    .all(db)
    .await?;
    rows.into_iter().map(|(id,)| id.try_into().map_err(platform::Error::internal)).collect()
}

/// A finished case without a package.
#[derive(FromRow)]
pub(super) struct DueRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(super) id: CaseId,
    pub(super) case_no: String,
    pub(super) org_name: String,
    pub(super) closed_at: i64,
    pub(super) started: bool,
}

pub(super) async fn due(db: &Db, roots: &[RegionCode], after: i64, id: &[u8], limit: i64) -> Result<Vec<DueRow>> {
    Ok(q("SELECT h.id, h.case_no, o.name_zh AS org_name, h.closed_at, \
          EXISTS (SELECT 1 FROM paper p WHERE p.case_id = h.id AND p.kind = 'index' AND p.voided_at IS NULL) AS started \
          FROM case_head h JOIN organisation o ON o.id = h.org WHERE h.closed_at IS NOT NULL AND (h.closed_at, h.id) > (")
    .arg(after)
    .sql(", ")
    .arg(id)
    .sql(") AND NOT EXISTS (SELECT 1 FROM archive_package a WHERE a.case_id = h.id) \
          AND h.region IN (SELECT descendant FROM region_closure WHERE ancestor IN (")
    .list(roots.iter().copied())
    .sql(")) ORDER BY h.closed_at, h.id LIMIT ")
    .arg(limit)
    .all(db)
    .await?)
}

/// A package about to be written.
#[derive(Debug, Clone)]
pub(super) struct NewPackage {
    pub(super) case: CaseId,
    pub(super) region: RegionCode,
    pub(super) org: OrgId,
    pub(super) finished_on: Day,
    pub(super) due_on: Day,
    pub(super) file: String,
    pub(super) listed_sm3: String,
    pub(super) bytes: i64,
    pub(super) files: i64,
    pub(super) at: Instant,
    pub(super) by: String,
}

/// Writes it, once a case.
pub(super) async fn insert(tx: &Tx, new: &NewPackage) -> Result<bool> {
    let written = q("INSERT INTO archive_package (case_id, region, org, finished_on, due_on, file, listed_sm3, bytes, files, packed_at, packed_by, \
         verified_at, damaged) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10, '') ON CONFLICT (case_id) DO NOTHING")
    .bind(new.case)
    .bind(new.region)
    .bind(new.org)
    .bind(new.finished_on)
    .bind(new.due_on)
    .bind(&new.file)
    .bind(&new.listed_sm3)
    .bind(new.bytes)
    .bind(new.files)
    .bind(new.at)
    .bind(&new.by)
    .exec(tx)
    .await?;
    Ok(written == 1)
}

/// A package as stored.
#[derive(Debug, Clone, FromRow)]
pub(super) struct PackageRow {
    #[sqlx(try_from = "Vec<u8>")]
    case_id: CaseId,
    pub(super) case_no: String,
    #[sqlx(try_from = "String")]
    pub(super) region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    pub(super) org: OrgId,
    #[sqlx(try_from = "String")]
    finished_on: Day,
    #[sqlx(try_from = "String")]
    due_on: Day,
    pub(super) file: String,
    pub(super) listed_sm3: String,
    bytes: i64,
    files: i64,
    #[sqlx(try_from = "i64")]
    packed_at: Instant,
    #[sqlx(try_from = "i64")]
    verified_at: Instant,
    damaged: String,
}

impl PackageRow {
    pub(super) fn package(self) -> Package {
        Package {
            case: self.case_id,
            case_no: self.case_no,
            finished_on: self.finished_on,
            due_on: self.due_on,
            packed_at: self.packed_at,
            files: self.files,
            bytes: self.bytes,
            listed_sm3: self.listed_sm3,
            verified_at: self.verified_at,
            damaged: self.damaged,
        }
    }
}

pub(super) async fn package(db: &Db, case: CaseId) -> Result<Option<PackageRow>> {
    Ok(q("SELECT a.case_id, h.case_no, a.region, a.org, a.finished_on, a.due_on, a.file, a.listed_sm3, a.bytes, a.files, a.packed_at, \
          a.verified_at, a.damaged FROM archive_package a JOIN case_head h ON h.id = a.case_id WHERE a.case_id = $1")
    .bind(case)
    .opt(db)
    .await?)
}

pub(super) async fn packages(db: &Db, roots: &[RegionCode], before: Instant, limit: i64) -> Result<Vec<PackageRow>> {
    Ok(q("SELECT a.case_id, h.case_no, a.region, a.org, a.finished_on, a.due_on, a.file, a.listed_sm3, a.bytes, a.files, a.packed_at, \
          a.verified_at, a.damaged FROM archive_package a JOIN case_head h ON h.id = a.case_id WHERE a.packed_at < ")
    .arg(before)
    .sql(" AND a.region IN (SELECT descendant FROM region_closure WHERE ancestor IN (")
    .list(roots.iter().copied())
    .sql(")) ORDER BY a.packed_at DESC, a.case_id LIMIT ")
    .arg(limit)
    .all(db)
    .await?)
}

/// Writes down how a verification came out.
pub(super) async fn verified(tx: &Tx, case: CaseId, damaged: &str, at: Instant) -> Result<()> {
    q("UPDATE archive_package SET verified_at = $2, damaged = $3 WHERE case_id = $1").bind(case).bind(at).bind(damaged).exec(tx).await?;
    Ok(())
}
