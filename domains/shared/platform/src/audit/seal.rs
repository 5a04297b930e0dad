//! Seals over the rows of the audit trail.
//!
//! A seal covers all rows of a range of positions, so it has to be sure that no further row will ever appear in that range. On SQLite
//! there is one writer, and the position is the row's number. On PostgreSQL a row may become visible long after one with a higher number;
//! there the position is the number of the writing transaction, and only those below the oldest running one are sealed: they have all
//! ended. A transaction that commits late is simply sealed later.
//!
//! A PostgreSQL database that is moved by dump and restore begins its transaction numbers anew; set them past the last seal
//! (`pg_resetwal -x`) before it serves. A physical copy keeps them.

use std::fmt;
use std::str::FromStr;

use sm3::{Digest as _, Sm3};
use store::keys::{Keys, Purpose};
use store::{Db, Dialect, Query, Target, q};

use crate::{Ctx, Error, Result};

/// Rows in a seal, about: a transaction is never split.
const BATCH: i64 = 1000;

/// The newest seal: its number and its MAC. Written `17:9f86d0…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Number of the seal.
    pub number: i64,
    /// Its MAC.
    pub mac: Vec<u8>,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.number, data_encoding::HEXLOWER.encode(&self.mac))
    }
}

impl FromStr for Head {
    type Err = kernel::ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = kernel::ParseError { what: "head of the audit trail" };
        let (number, mac) = text.trim().split_once(':').ok_or(wrong)?;
        let mac = data_encoding::HEXLOWER_PERMISSIVE.decode(mac.as_bytes()).map_err(|_| wrong)?;
        Ok(Self { number: number.parse().map_err(|_| wrong)?, mac })
    }
}

/// One seal, as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Seal {
    pub(super) number: i64,
    pub(super) range_from: i64,
    pub(super) range_to: i64,
    pub(super) row_count: i64,
    pub(super) root: Vec<u8>,
    pub(super) previous: Vec<u8>,
    pub(super) mac: Vec<u8>,
    pub(super) at: i64,
}

impl Seal {
    /// The MAC that this seal must carry.
    pub(super) fn expected_mac(&self, keys: &Keys) -> Vec<u8> {
        let mut bytes = Vec::new();
        for number in [self.number, self.range_from, self.range_to, self.row_count, self.at] {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        for part in [&self.root, &self.previous] {
            put(&mut bytes, Some(part));
        }
        keys.hash_bytes(Purpose::Audit, &bytes)
    }
}

/// One row of the trail with everything that is sealed.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Row {
    seq: i64,
    txid: i64,
    id: Vec<u8>,
    at: i64,
    actor_kind: String,
    actor_id: String,
    actor_name: Option<String>,
    org_id: Option<Vec<u8>>,
    ip: Option<String>,
    request_id: String,
    action: String,
    object_kind: String,
    object_id: String,
    person_id: Option<Vec<u8>>,
    region: Option<String>,
    reason: Option<String>,
    detail: String,
}

const ROWS: &str = "SELECT seq, txid, id, at, actor_kind, actor_id, actor_name, org_id, ip, request_id, action, object_kind, object_id, \
    person_id, region, reason, detail FROM audit_event WHERE ";

impl Row {
    fn position(&self, dialect: Dialect) -> i64 {
        match dialect {
            Dialect::Sqlite => self.seq,
            Dialect::Postgres => self.txid,
        }
    }

    /// Every column, each with its length, so that nothing can be moved from one to the next.
    fn canonical(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for number in [self.seq, self.txid, self.at] {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        let text = |text: &'_ Option<String>| text.as_ref().map(|text| text.as_bytes().to_vec());
        for part in [&self.actor_kind, &self.actor_id, &self.request_id, &self.action, &self.object_kind, &self.object_id, &self.detail] {
            put(&mut bytes, Some(part.as_bytes()));
        }
        for part in [text(&self.actor_name), text(&self.ip), text(&self.region), text(&self.reason)] {
            put(&mut bytes, part.as_deref());
        }
        for part in [Some(self.id.as_slice()), self.org_id.as_deref(), self.person_id.as_deref()] {
            put(&mut bytes, part);
        }
        bytes
    }
}

fn put(bytes: &mut Vec<u8>, part: Option<&[u8]>) {
    // No length is taken by "absent".
    let length = part.map_or(u64::MAX, |part| part.len() as u64);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(part.unwrap_or_default());
}

/// SM3 over the rows in their order.
pub(super) fn root(rows: &[Row]) -> Vec<u8> {
    let mut hash = Sm3::new();
    for row in rows {
        hash.update(Sm3::digest(row.canonical()));
    }
    hash.finalize().to_vec()
}

/// The column of the position.
pub(super) fn position(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "seq",
        Dialect::Postgres => "txid",
    }
}

/// Rows of a range that is sealed, in their order.
pub(super) async fn rows_of(db: &Db, seal: &Seal) -> Result<Vec<Row>> {
    let column = position(db.dialect());
    let query = q(ROWS).sql(column).sql(" >= ").arg(seal.range_from).sql(" AND ").sql(column).sql(" <= ").arg(seal.range_to);
    Ok(query.sql(" ORDER BY txid, seq").all(db).await?)
}

/// Rows after the last seal of which it is sure that all before them are there.
fn rows_to_seal(dialect: Dialect, after: i64) -> Query {
    let column = position(dialect);
    let settled = |query: Query| match dialect {
        Dialect::Sqlite => query,
        Dialect::Postgres => query.sql(" AND txid < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)"),
    };
    let query = settled(q(ROWS).sql(column).sql(" > ").arg(after));
    let query = query.sql(" AND ").sql(column).sql(" <= (SELECT MAX(p) FROM (SELECT ").sql(column).sql(" AS p FROM audit_event WHERE ");
    let query = settled(query.sql(column).sql(" > ").arg(after));
    query.sql(" ORDER BY p LIMIT ").arg(BATCH).sql(") AS first_ones) ORDER BY txid, seq")
}

/// The newest seal.
///
/// # Errors
/// Only of the database.
pub async fn head(db: &Db) -> Result<Option<Head>> {
    Ok(last(db).await?.map(|seal| Head { number: seal.number, mac: seal.mac }))
}

async fn last<'a>(on: impl Into<Target<'a>> + Send) -> Result<Option<Seal>> {
    Ok(q("SELECT number, range_from, range_to, row_count, root, previous, mac, at FROM audit_seal ORDER BY number DESC LIMIT 1").opt(on).await?)
}

/// Seals what was added since the last seal, as far as it is settled. Returns the number of rows. Several nodes may do it at once.
///
/// # Errors
/// Only of the database.
pub async fn seal(ctx: &Ctx) -> Result<i64> {
    let mut sealed = 0;
    loop {
        let rows = seal_batch(ctx).await?;
        if rows == 0 {
            return Ok(sealed);
        }
        sealed += rows;
    }
}

async fn seal_batch(ctx: &Ctx) -> Result<i64> {
    // Most runs find nothing; they should not make a writer wait.
    let after = last(ctx.db()).await?.map_or(0, |seal| seal.range_to);
    let column = position(ctx.db().dialect());
    let new: Option<(i64,)> = q("SELECT seq FROM audit_event WHERE ").sql(column).sql(" > ").arg(after).sql(" LIMIT 1").opt(ctx.db()).await?;
    if new.is_none() {
        return Ok(0);
    }
    ctx.db()
        .write(|tx| {
            let ctx = ctx.clone();
            async move {
                let previous = last(&tx).await?;
                let after = previous.as_ref().map_or(0, |seal| seal.range_to);
                let rows: Vec<Row> = rows_to_seal(tx.dialect(), after).all(&tx).await?;
                let Some(newest) = rows.last() else { return Ok(0) };
                let mut seal = Seal {
                    number: previous.as_ref().map_or(1, |seal| seal.number + 1),
                    range_from: after + 1,
                    range_to: newest.position(tx.dialect()),
                    row_count: rows.len() as i64,
                    root: root(&rows),
                    previous: previous.map_or_else(Vec::new, |seal| seal.mac),
                    mac: Vec::new(),
                    at: ctx.now().micros(),
                };
                seal.mac = seal.expected_mac(ctx.keys());
                // Another node may have made this seal meanwhile.
                let made = q("INSERT INTO audit_seal (number, range_from, range_to, row_count, root, previous, mac, at) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (number) DO NOTHING")
                    .bind(seal.number)
                    .bind(seal.range_from)
                    .bind(seal.range_to)
                    .bind(seal.row_count)
                    .bind(seal.root)
                    .bind(seal.previous)
                    .bind(seal.mac)
                    .bind(seal.at)
                    .exec(&tx)
                    .await?;
                Ok::<_, Error>(if made == 1 { seal.row_count } else { 0 })
            }
        })
        .await
}
