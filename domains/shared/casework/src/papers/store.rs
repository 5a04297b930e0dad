//! Numbered documents, their addressees and services, and the signs of authorities.

use kernel::{Instant, RegionCode, Text};
use platform::{Error, OrgId, PersonId, Result};
use sqlx::FromRow;
use ::store::{Db, Target, Tx, q};

use crate::CaseId;
use super::{Kind, PaperId, ServiceId};

/// A document's row.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: PaperId,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) case: CaseId,
    kind: String,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) org: OrgId,
    #[sqlx(try_from = "String")]
    pub(crate) region: RegionCode,
    pub(crate) item_code: String,
    pub(crate) number: String,
    pub(crate) head: Vec<u8>,
    pub(crate) content: Vec<u8>,
    #[sqlx(try_from = "i64")]
    pub(crate) issued_at: Instant,
    pub(crate) token_hash: Vec<u8>,
    served: Option<i64>,
    voided: Option<i64>,
    pub(crate) void_reason: Option<String>,
    pub(crate) file: Option<String>,
    pub(crate) file_sm3: Option<String>,
    pub(crate) signature: Option<String>,
    #[sqlx(skip)]
    pub(crate) served_at: Option<Instant>,
    #[sqlx(skip)]
    pub(crate) voided_at: Option<Instant>,
}

impl Row {
    fn with_moments(mut self) -> Self {
        self.served_at = self.served.map(Instant::from_micros);
        self.voided_at = self.voided.map(Instant::from_micros);
        self
    }

    /// Its kind.
    pub(crate) fn kind(&self) -> Result<Kind> {
        Kind::from_code(&self.kind).ok_or_else(|| Error::internal("a document of an unknown kind"))
    }
}

/// A document about to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewRow {
    pub(crate) id: PaperId,
    pub(crate) case: CaseId,
    pub(crate) kind: Kind,
    pub(crate) org: OrgId,
    pub(crate) region: RegionCode,
    pub(crate) item_code: String,
    pub(crate) year: i64,
    pub(crate) n: i64,
    pub(crate) number: String,
    pub(crate) head: Vec<u8>,
    pub(crate) content: Vec<u8>,
    pub(crate) issued_at: Instant,
    pub(crate) issued_by: String,
    pub(crate) token_hash: Vec<u8>,
}

/// The made file.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) file: String,
    pub(crate) sm3: String,
    pub(crate) signature: String,
    pub(crate) signer_key: String,
    pub(crate) at: Instant,
}

/// Name and sign of an authority, as they stand on its documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// Its name, at the head.
    pub name: Text,
    /// 机关代字, in the number.
    pub sign: String,
}

const ONE: &str = "SELECT id, case_id AS \"case\", kind, org, region, item_code, number, head, content, issued_at, token_hash, served_at AS served, \
     voided_at AS voided, void_reason, file, file_sm3, signature FROM paper WHERE id = $1";
const BY_TOKEN: &str = "SELECT id, case_id AS \"case\", kind, org, region, item_code, number, head, content, issued_at, token_hash, \
     served_at AS served, voided_at AS voided, void_reason, file, file_sm3, signature FROM paper WHERE token_hash = $1";
const OF_CASE: &str = "SELECT id, case_id AS \"case\", kind, org, region, item_code, number, head, content, issued_at, token_hash, \
     served_at AS served, voided_at AS voided, void_reason, file, file_sm3, signature FROM paper WHERE case_id = $1 ORDER BY issued_at, id LIMIT 200";
const OF_PERSON: &str = "SELECT p.id, p.case_id AS \"case\", p.kind, p.org, p.region, p.item_code, p.number, p.head, p.content, p.issued_at, \
     p.token_hash, p.served_at AS served, p.voided_at AS voided, p.void_reason, p.file, p.file_sm3, p.signature \
     FROM paper_addressee a JOIN paper p ON p.id = a.paper_id WHERE a.person = $1 AND a.paper_id < $2 ORDER BY a.paper_id DESC LIMIT 50";

/// The authority, with the sign that its bureau fixed or the one made from its name; nothing where it is unknown.
///
/// # Errors
/// Those of the database.
pub async fn authority(tx: &Tx, org: OrgId) -> Result<Option<Authority>> {
    let row: Option<(String, String, Option<String>)> =
        q("SELECT o.name_zh, o.name_en, s.sign FROM organisation o LEFT JOIN paper_sign s ON s.org = o.id WHERE o.id = $1").bind(org).opt(tx).await?;
    Ok(row.map(|(zh, en, sign)| {
        let sign = sign.unwrap_or_else(|| super::sign::from_name(&zh));
        Authority { name: Text::new(zh, en), sign }
    }))
}

/// The next number of a kind in a year; the row stays locked until the transaction ends.
pub(crate) async fn next_number(tx: &Tx, org: OrgId, kind: Kind, year: i64) -> Result<i64> {
    let (n,): (i64,) = q("INSERT INTO paper_counter (org, kind, year, n) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (org, kind, year) DO UPDATE SET n = paper_counter.n + 1 RETURNING n")
    .bind(org)
    .bind(kind.code())
    .bind(year)
    .one(tx)
    .await?;
    Ok(n)
}

pub(crate) async fn insert(tx: &Tx, row: NewRow) -> Result<()> {
    q("INSERT INTO paper (id, case_id, kind, org, region, item_code, year, n, number, head, content, issued_at, issued_by, token_hash) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
    .bind(row.id)
    .bind(row.case)
    .bind(row.kind.code())
    .bind(row.org)
    .bind(row.region)
    .bind(row.item_code)
    .bind(row.year)
    .bind(row.n)
    .bind(row.number)
    .bind(row.head)
    .bind(row.content)
    .bind(row.issued_at)
    .bind(row.issued_by)
    .bind(row.token_hash)
    .exec(tx)
    .await?;
    Ok(())
}

/// Addresses a document to a person.
pub(crate) async fn address(tx: &Tx, id: PaperId, person: PersonId, at: Instant) -> Result<()> {
    q("INSERT INTO paper_addressee (paper_id, person, issued_at) VALUES ($1, $2, $3) ON CONFLICT (paper_id, person) DO NOTHING")
        .bind(id)
        .bind(person)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(())
}

pub(crate) async fn addressees(db: &Db, id: PaperId) -> Result<Vec<PersonId>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT person FROM paper_addressee WHERE paper_id = $1 ORDER BY person LIMIT 100").bind(id).all(db).await?;
    rows.into_iter().map(|(person,)| PersonId::try_from(person).map_err(Error::internal)).collect()
}

pub(crate) async fn is_addressee(db: &Db, id: PaperId, person: PersonId) -> Result<bool> {
    let (found,): (bool,) =
        q("SELECT EXISTS (SELECT 1 FROM paper_addressee WHERE paper_id = $1 AND person = $2)").bind(id).bind(person).one(db).await?;
    Ok(found)
}

pub(crate) async fn was_opened(db: &Db, id: PaperId, person: PersonId) -> Result<bool> {
    let (found,): (bool,) = q("SELECT EXISTS (SELECT 1 FROM paper_addressee WHERE paper_id = $1 AND person = $2 AND opened_at IS NOT NULL)")
        .bind(id)
        .bind(person)
        .one(db)
        .await?;
    Ok(found)
}

/// Whether this was the first time that the person opened it.
pub(crate) async fn opened(tx: &Tx, id: PaperId, person: PersonId, at: Instant) -> Result<bool> {
    let changed = q("UPDATE paper_addressee SET opened_at = $3 WHERE paper_id = $1 AND person = $2 AND opened_at IS NULL")
        .bind(id)
        .bind(person)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(changed == 1)
}

/// Keeps the moment of the first service that counts.
pub(crate) async fn served(tx: &Tx, id: PaperId, at: Instant) -> Result<()> {
    q("UPDATE paper SET served_at = $2 WHERE id = $1 AND served_at IS NULL").bind(id).bind(at).exec(tx).await?;
    Ok(())
}

pub(crate) async fn one(on: impl Into<Target<'_>> + Send, id: PaperId) -> Result<Option<Row>> {
    let row: Option<Row> = q(ONE).bind(id).opt(on).await?;
    Ok(row.map(Row::with_moments))
}

pub(crate) async fn by_token(db: &Db, hash: &[u8]) -> Result<Option<Row>> {
    let row: Option<Row> = q(BY_TOKEN).bind(hash).opt(db).await?;
    Ok(row.map(Row::with_moments))
}

pub(crate) async fn of_case(on: impl Into<Target<'_>> + Send, case: CaseId) -> Result<Vec<Row>> {
    let rows: Vec<Row> = q(OF_CASE).bind(case).all(on).await?;
    Ok(rows.into_iter().map(Row::with_moments).collect())
}

pub(crate) async fn of_person(db: &Db, person: PersonId, before: Option<PaperId>) -> Result<Vec<Row>> {
    let before = before.map_or_else(|| vec![0xFF; 16], |id| id.to_vec());
    let rows: Vec<Row> = q(OF_PERSON).bind(person).bind(before).all(db).await?;
    Ok(rows.into_iter().map(Row::with_moments).collect())
}

/// Whether a case has a document of a kind that stands, and whether one of them was served.
pub(crate) async fn standing(on: impl Into<Target<'_>> + Send, case: CaseId, kind: Kind) -> Result<(bool, bool)> {
    let (issued, served): (i64, i64) =
        q("SELECT COUNT(*), COUNT(served_at) FROM paper WHERE case_id = $1 AND kind = $2 AND voided_at IS NULL").bind(case).bind(kind.code()).one(on).await?;
    Ok((issued > 0, served > 0))
}

/// Writes the file down, once.
pub(crate) async fn made(tx: &Tx, id: PaperId, made: &Made) -> Result<bool> {
    let changed = q("UPDATE paper SET file = $2, file_sm3 = $3, signature = $4, signer_key = $5, made_at = $6 WHERE id = $1 AND file IS NULL")
        .bind(id)
        .bind(&made.file)
        .bind(&made.sm3)
        .bind(&made.signature)
        .bind(&made.signer_key)
        .bind(made.at)
        .exec(tx)
        .await?;
    Ok(changed == 1)
}

/// Voids it, unless somebody has.
pub(crate) async fn void(tx: &Tx, id: PaperId, reason: &str, by: &str, at: Instant) -> Result<bool> {
    let changed = q("UPDATE paper SET voided_at = $2, voided_by = $3, void_reason = $4 WHERE id = $1 AND voided_at IS NULL")
        .bind(id)
        .bind(at)
        .bind(by)
        .bind(reason)
        .exec(tx)
        .await?;
    Ok(changed == 1)
}

/// A service about to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewService {
    pub(crate) id: ServiceId,
    pub(crate) paper: PaperId,
    pub(crate) way: i64,
    pub(crate) state: &'static str,
    pub(crate) receiver: Vec<u8>,
    pub(crate) relation: String,
    pub(crate) receiver_id: Vec<u8>,
    pub(crate) tracking_no: String,
    pub(crate) sent_at: Instant,
    pub(crate) ended_at: Option<Instant>,
    pub(crate) recorded_by: String,
    pub(crate) record: Option<PaperId>,
}

/// A service as stored.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct ServiceRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: ServiceId,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) paper: PaperId,
    pub(crate) way: i64,
    pub(crate) state: String,
    pub(crate) receiver: Vec<u8>,
    pub(crate) tracking_no: String,
    #[sqlx(try_from = "i64")]
    pub(crate) sent_at: Instant,
    ended_at: Option<i64>,
}

impl ServiceRow {
    /// When it ended.
    pub(crate) fn ended(&self) -> Option<Instant> {
        self.ended_at.map(Instant::from_micros)
    }
}

pub(crate) async fn insert_service(tx: &Tx, new: NewService) -> Result<()> {
    q("INSERT INTO paper_service (id, paper_id, way, state, receiver, relation, receiver_id, tracking_no, sent_at, ended_at, recorded_by, record) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(new.id)
    .bind(new.paper)
    .bind(new.way)
    .bind(new.state)
    .bind(new.receiver)
    .bind(new.relation)
    .bind(new.receiver_id)
    .bind(new.tracking_no)
    .bind(new.sent_at)
    .bind(new.ended_at)
    .bind(new.recorded_by)
    .bind(new.record)
    .exec(tx)
    .await?;
    Ok(())
}

/// A service under way has arrived.
pub(crate) async fn service_arrived(tx: &Tx, new: &NewService) -> Result<bool> {
    let changed = q("UPDATE paper_service SET state = 'served', receiver = $2, relation = $3, receiver_id = $4, ended_at = $5, record = $6 \
         WHERE id = $1 AND state = 'sent'")
    .bind(new.id)
    .bind(&new.receiver)
    .bind(&new.relation)
    .bind(&new.receiver_id)
    .bind(new.ended_at)
    .bind(new.record)
    .exec(tx)
    .await?;
    Ok(changed == 1)
}

/// A service under way has come back.
pub(crate) async fn returned(tx: &Tx, id: ServiceId, at: Instant) -> Result<bool> {
    let changed = q("UPDATE paper_service SET state = 'returned', ended_at = $2 WHERE id = $1 AND state = 'sent'").bind(id).bind(at).exec(tx).await?;
    Ok(changed == 1)
}

pub(crate) async fn service(db: &Db, id: ServiceId) -> Result<Option<ServiceRow>> {
    Ok(q("SELECT id, paper_id AS paper, way, state, receiver, tracking_no, sent_at, ended_at FROM paper_service WHERE id = $1").bind(id).opt(db).await?)
}

pub(crate) async fn services(db: &Db, paper: PaperId) -> Result<Vec<ServiceRow>> {
    Ok(q("SELECT id, paper_id AS paper, way, state, receiver, tracking_no, sent_at, ended_at FROM paper_service WHERE paper_id = $1 \
          ORDER BY sent_at, id LIMIT 50")
    .bind(paper)
    .all(db)
    .await?)
}

pub(crate) async fn signs(db: &Db) -> Result<Vec<(OrgId, String)>> {
    let rows: Vec<(Vec<u8>, String)> = q("SELECT org, sign FROM paper_sign ORDER BY org").all(db).await?;
    rows.into_iter().map(|(org, sign)| Ok((OrgId::try_from(org).map_err(Error::internal)?, sign))).collect()
}

pub(crate) async fn sign_of_another(tx: &Tx, org: OrgId, sign: &str) -> Result<bool> {
    let (found,): (bool,) = q("SELECT EXISTS (SELECT 1 FROM paper_sign WHERE sign = $1 AND org <> $2)").bind(sign).bind(org).one(tx).await?;
    Ok(found)
}

pub(crate) async fn set_sign(tx: &Tx, org: OrgId, sign: &str, by: &str, at: Instant) -> Result<()> {
    q("INSERT INTO paper_sign (org, sign, set_by, set_at) VALUES ($1, $2, $3, $4) \
       ON CONFLICT (org) DO UPDATE SET sign = excluded.sign, set_by = excluded.set_by, set_at = excluded.set_at")
    .bind(org)
    .bind(sign)
    .bind(by)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}
