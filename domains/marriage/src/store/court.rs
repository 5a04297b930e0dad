//! Rows of `marriage_court_notice`.

use kernel::{Day, Instant, RegionCode};
use platform::{Ctx, Error, OrgId, Result};
use store::keys::Keys;
use store::{Db, Target, Tx, q};

use crate::court::{Couple, Notice, NoticeId, State};
use crate::model::{EndKind, MarriageId};

const NOTICE: &str = "SELECT id, doc_no, court, kind, effective_on, marriage, detail, state, region, org, entered_by, received_at, checked_at, reason \
     FROM marriage_court_notice WHERE id = $1";
const FIRST: &str = "SELECT id, doc_no, court, kind, effective_on, marriage, detail, state, region, org, entered_by, received_at, checked_at, reason \
     FROM marriage_court_notice WHERE org = $1 ORDER BY id DESC LIMIT $2";
const AFTER: &str = "SELECT id, doc_no, court, kind, effective_on, marriage, detail, state, region, org, entered_by, received_at, checked_at, reason \
     FROM marriage_court_notice WHERE org = $1 AND id < $2 ORDER BY id DESC LIMIT $3";

/// Seals whom a document names.
pub(crate) fn seal(keys: &Keys, id: NoticeId, couple: &Couple) -> Vec<u8> {
    keys.seal("marriage_court_notice", "detail", &id.to_vec(), &serde_json::to_vec(couple).expect("plain data"))
}

/// Writes a document; false when its number was entered before and not rejected.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, notice: &Notice, detail: Vec<u8>) -> Result<bool> {
    let written = q("INSERT INTO marriage_court_notice (id, doc_no, court, kind, effective_on, marriage, detail, state, region, org, by_program, \
         entered_by, received_at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '') \
         ON CONFLICT (doc_no) WHERE state <> 'rejected' DO NOTHING")
    .bind(notice.id)
    .bind(notice.doc_no.as_str())
    .bind(notice.court.as_str())
    .bind(notice.kind.code())
    .bind(notice.effective_on)
    .bind(notice.marriage)
    .bind(detail)
    .bind(notice.state.code())
    .bind(notice.region)
    .bind(notice.org)
    .bind(ctx.actor().staff().is_none())
    .bind(ctx.actor().key())
    .bind(ctx.now())
    .exec(tx)
    .await?;
    Ok(written == 1)
}

/// Decides a document that waits; false when somebody else did so first.
pub(crate) async fn decide(tx: &Tx, ctx: &Ctx, id: NoticeId, state: State, reason: &str) -> Result<bool> {
    let decided = q("UPDATE marriage_court_notice SET state = $1, reason = $2, checked_by = $3, checked_at = $4 WHERE id = $5 AND state = 'entered'")
        .bind(state.code())
        .bind(reason)
        .bind(ctx.actor().key())
        .bind(ctx.now())
        .bind(id)
        .exec(tx)
        .await?;
    Ok(decided == 1)
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Vec<u8>,
    doc_no: String,
    court: String,
    kind: String,
    #[sqlx(try_from = "String")]
    effective_on: Day,
    marriage: Vec<u8>,
    detail: Vec<u8>,
    state: String,
    region: String,
    org: Vec<u8>,
    entered_by: String,
    #[sqlx(try_from = "i64")]
    received_at: Instant,
    checked_at: Option<i64>,
    reason: String,
}

impl Row {
    fn open(self, keys: &Keys) -> Result<Notice> {
        let plain = keys.open("marriage_court_notice", "detail", &self.id, &self.detail).map_err(Error::internal)?;
        Ok(Notice {
            couple: serde_json::from_slice(&plain).map_err(Error::internal)?,
            id: NoticeId::try_from(self.id).map_err(Error::internal)?,
            doc_no: self.doc_no,
            court: self.court,
            kind: EndKind::from_code(&self.kind).ok_or_else(|| Error::internal("marriage_court_notice: unknown kind"))?,
            effective_on: self.effective_on,
            marriage: MarriageId::try_from(self.marriage).map_err(Error::internal)?,
            old_file: None,
            state: State::from_code(&self.state).ok_or_else(|| Error::internal("marriage_court_notice: unknown state"))?,
            region: RegionCode::parse(&self.region).map_err(Error::internal)?,
            org: OrgId::try_from(self.org).map_err(Error::internal)?,
            entered_by: self.entered_by,
            received_at: self.received_at,
            checked_at: self.checked_at.map(Instant::from_micros),
            reason: self.reason,
        })
    }
}

/// One document.
pub(crate) async fn load(on: Target<'_>, keys: &Keys, id: NoticeId) -> Result<Notice> {
    let row: Row = q(NOTICE).bind(id).opt(on).await?.ok_or(Error::NotFound)?;
    row.open(keys)
}

/// The documents that an organisation received, newest first.
pub(crate) async fn of_org(db: &Db, keys: &Keys, org: OrgId, before: Option<NoticeId>, limit: i64) -> Result<Vec<Notice>> {
    let rows: Vec<Row> = match before {
        None => q(FIRST).bind(org).bind(limit).all(db).await?,
        Some(before) => q(AFTER).bind(org).bind(before).bind(limit).all(db).await?,
    };
    rows.into_iter().map(|row| row.open(keys)).collect()
}
