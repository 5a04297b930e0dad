//! Rows of `code_segment` and `code_gone`.

use kernel::{Instant, Uscc};
use platform::{Ctx, OrgId, Result};
use ::store::{Db, Tx, q};

use crate::segments::{Gone, Segment, SegmentId, Stock};

/// Takes the next number of the oldest segment with stock; the row lock of the update keeps two from the same one.
pub(crate) async fn take(tx: &Tx, authority: OrgId) -> Result<Option<(SegmentId, String, i64)>> {
    let row: Option<(Vec<u8>, String, i64)> = q("UPDATE code_segment SET next = next + 1 WHERE next <= last AND id = \
         (SELECT id FROM code_segment WHERE authority = $1 AND next <= last ORDER BY id LIMIT 1) RETURNING id, prefix, next - 1")
    .bind(authority)
    .opt(tx)
    .await?;
    row.map(|(id, prefix, n)| Ok((SegmentId::try_from(id).map_err(platform::Error::internal)?, subject(&prefix, n), n))).transpose()
}

/// The eight characters of a number in a segment.
pub(crate) fn subject(prefix: &str, n: i64) -> String {
    format!("{prefix}{n:0width$}", width = 8 - prefix.len())
}

/// Lets a subject code leave the stock; false if it has left before.
pub(crate) async fn gone(tx: &Tx, ctx: &Ctx, segment: SegmentId, (subject, n): (&str, i64), state: &'static str, uscc: &str, reason: &str) -> Result<bool> {
    let written = q("INSERT INTO code_gone (subject, segment, state, uscc, reason, gone_by, gone_at, n) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (subject) DO NOTHING")
    .bind(subject)
    .bind(segment)
    .bind(state)
    .bind(uscc)
    .bind(reason)
    .bind(ctx.actor().key())
    .bind(ctx.now())
    .bind(n)
    .exec(tx)
    .await?;
    Ok(written == 1)
}

/// Whether an organisation bears this code already.
pub(crate) async fn borne(tx: &Tx, uscc: &Uscc) -> Result<bool> {
    let (n,): (i64,) = q("SELECT COUNT(*) FROM organization WHERE uscc = $1").bind(uscc.as_str()).one(tx).await?;
    Ok(n > 0)
}

/// Takes a segment in; false if a part of it is here.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, segment: &Segment) -> Result<bool> {
    let (n,): (i64,) = q("SELECT COUNT(*) FROM code_segment WHERE prefix = $1 AND first <= $3 AND last >= $2")
        .bind(&segment.prefix)
        .bind(segment.first)
        .bind(segment.last)
        .one(tx)
        .await?;
    if n > 0 {
        return Ok(false);
    }
    q("INSERT INTO code_segment (id, authority, prefix, first, last, next, source, received_by, received_at) VALUES ($1, $2, $3, $4, $5, $4, $6, $7, $8)")
        .bind(segment.id)
        .bind(segment.authority)
        .bind(&segment.prefix)
        .bind(segment.first)
        .bind(segment.last)
        .bind(&segment.source)
        .bind(ctx.actor().key())
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(true)
}

/// Whether exactly this segment of this authority is here.
pub(crate) async fn is_here(tx: &Tx, segment: &Segment) -> Result<bool> {
    let (n,): (i64,) = q("SELECT COUNT(*) FROM code_segment WHERE authority = $1 AND prefix = $2 AND first = $3 AND last = $4")
        .bind(segment.authority)
        .bind(&segment.prefix)
        .bind(segment.first)
        .bind(segment.last)
        .one(tx)
        .await?;
    Ok(n > 0)
}

/// Codes that an authority has in stock.
pub(crate) async fn left(tx: &Tx, authority: OrgId) -> Result<i64> {
    let (ahead, spoiled): (i64, i64) = q("SELECT COALESCE(CAST(SUM(last - next + 1) AS BIGINT), 0), (SELECT COUNT(*) FROM code_gone g \
         JOIN code_segment s ON s.id = g.segment WHERE s.authority = $1 AND g.state = 'spoiled' AND g.n >= s.next) \
         FROM code_segment WHERE authority = $1")
    .bind(authority)
    .one(tx)
    .await?;
    Ok(ahead - spoiled)
}

/// The segment of an authority that has this subject code, if it has not been reached.
pub(crate) async fn holding(tx: &Tx, authority: OrgId, prefixes: &[(String, i64)]) -> Result<Option<(SegmentId, i64)>> {
    for (prefix, n) in prefixes {
        let row: Option<(Vec<u8>,)> = q("SELECT id FROM code_segment WHERE authority = $1 AND prefix = $2 AND first <= $3 AND last >= $3 AND next <= $3")
            .bind(authority)
            .bind(prefix)
            .bind(*n)
            .opt(tx)
            .await?;
        if let Some((id,)) = row {
            return Ok(Some((SegmentId::try_from(id).map_err(platform::Error::internal)?, *n)));
        }
    }
    Ok(None)
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: SegmentId,
    prefix: String,
    first: i64,
    last: i64,
    next: i64,
    source: String,
    #[sqlx(try_from = "i64")]
    received_at: Instant,
    used: i64,
    spoiled: i64,
    spoiled_ahead: i64,
}

/// The segments of an authority, newest first, with their stock; 200 at most.
pub(crate) async fn list(db: &Db, authority: OrgId) -> Result<Vec<Stock>> {
    let rows: Vec<Row> = q("SELECT s.id, s.prefix, s.first, s.last, s.next, s.source, s.received_at, \
         (SELECT COUNT(*) FROM code_gone g WHERE g.segment = s.id AND g.state = 'used') AS used, \
         (SELECT COUNT(*) FROM code_gone g WHERE g.segment = s.id AND g.state = 'spoiled') AS spoiled, \
         (SELECT COUNT(*) FROM code_gone g WHERE g.segment = s.id AND g.state = 'spoiled' AND g.n >= s.next) AS spoiled_ahead \
         FROM code_segment s WHERE s.authority = $1 ORDER BY s.id DESC LIMIT 200")
    .bind(authority)
    .all(db)
    .await?;
    let stock = |row: Row| Stock {
        id: row.id,
        first: subject(&row.prefix, row.first),
        last: subject(&row.prefix, row.last),
        source: row.source,
        received_at: row.received_at,
        total: row.last - row.first + 1,
        used: row.used,
        spoiled: row.spoiled,
        left: row.last - row.next + 1 - row.spoiled_ahead,
    };
    Ok(rows.into_iter().map(stock).collect())
}

#[derive(sqlx::FromRow)]
struct GoneRow {
    subject: String,
    state: String,
    uscc: String,
    reason: String,
    #[sqlx(try_from = "i64")]
    gone_at: Instant,
}

/// What left the stock of a segment, from a subject code on.
pub(crate) async fn list_gone(db: &Db, segment: SegmentId, after: &str, limit: i64) -> Result<Vec<Gone>> {
    let rows: Vec<GoneRow> =
        q("SELECT subject, state, uscc, reason, gone_at FROM code_gone WHERE segment = $1 AND subject > $2 ORDER BY subject LIMIT $3")
            .bind(segment)
            .bind(after)
            .bind(limit)
            .all(db)
            .await?;
    let gone = |row: GoneRow| Gone { subject: row.subject, spoiled: row.state == "spoiled", uscc: row.uscc, reason: row.reason, at: row.gone_at };
    Ok(rows.into_iter().map(gone).collect())
}
