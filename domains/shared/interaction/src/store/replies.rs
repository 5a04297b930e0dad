//! Replies, and officers who may see who reported.

use kernel::Instant;
use platform::{Error, Result, StaffId};
use ::store::{Db, Target, Tx, q};

use crate::complaints::{ComplaintId, ReplyId};

/// A reply to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewReply {
    pub(crate) id: ReplyId,
    pub(crate) staff: StaffId,
    pub(crate) words: Vec<u8>,
    pub(crate) basis: String,
    pub(crate) sampled: bool,
}

/// A reply as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct ReplyRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: ReplyId,
    #[sqlx(try_from = "i64")]
    pub(crate) at: Instant,
    pub(crate) words: Vec<u8>,
    pub(crate) basis: String,
    pub(crate) sampled: bool,
    pub(crate) passed: Option<bool>,
}

/// Adds a reply.
pub(crate) async fn insert(tx: &Tx, complaint: ComplaintId, new: &NewReply, at: Instant) -> Result<()> {
    q("INSERT INTO complaint_reply (id, complaint_id, at, staff_id, words, basis, sampled) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(new.id)
        .bind(complaint)
        .bind(at)
        .bind(new.staff)
        .bind(new.words.as_slice())
        .bind(new.basis.as_str())
        .bind(new.sampled)
        .exec(tx)
        .await?;
    Ok(())
}

/// The replies to a complaint, the oldest first.
pub(crate) async fn of(db: &Db, complaint: ComplaintId) -> Result<Vec<ReplyRow>> {
    Ok(q("SELECT id, at, words, basis, sampled, passed FROM complaint_reply WHERE complaint_id = $1 ORDER BY at, id LIMIT 50").bind(complaint).all(db).await?)
}

/// Notes what the quality check found; false if it was done before or the reply was not drawn.
pub(crate) async fn set_passed(tx: &Tx, complaint: ComplaintId, reply: ReplyId, passed: bool) -> Result<bool> {
    let changed = q("UPDATE complaint_reply SET passed = $3 WHERE id = $1 AND complaint_id = $2 AND sampled AND passed IS NULL")
        .bind(reply)
        .bind(complaint)
        .bind(passed)
        .exec(tx)
        .await?;
    Ok(changed == 1)
}

/// Adds an officer.
pub(crate) async fn add_officer(tx: &Tx, complaint: ComplaintId, staff: StaffId, at: Instant) -> Result<()> {
    q("INSERT INTO complaint_officer (complaint_id, staff_id, named_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(complaint)
        .bind(staff)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(())
}

/// The officers of a complaint.
pub(crate) async fn officers<'a>(on: impl Into<Target<'a>> + Send, complaint: ComplaintId) -> Result<Vec<StaffId>> {
    let rows: Vec<(Vec<u8>,)> =
        q("SELECT staff_id FROM complaint_officer WHERE complaint_id = $1 ORDER BY named_at, staff_id LIMIT 10").bind(complaint).all(on).await?;
    rows.into_iter().map(|(id,)| StaffId::try_from(id).map_err(Error::internal)).collect()
}

/// Whether somebody is an officer of a complaint.
pub(crate) async fn is_officer(db: &Db, complaint: ComplaintId, staff: StaffId) -> Result<bool> {
    let (found,): (bool,) = q("SELECT EXISTS (SELECT 1 FROM complaint_officer WHERE complaint_id = $1 AND staff_id = $2)")
        .bind(complaint)
        .bind(staff)
        .one(db)
        .await?;
    Ok(found)
}
