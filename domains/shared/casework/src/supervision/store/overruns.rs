//! Limits that were over when a case moved on.

use kernel::{Day, RegionCode};
use platform::{Error, OrgId, Result, StaffId};
use sqlx::FromRow;
use ::store::{Db, Tx, q};

use super::{day, staff};
use crate::CaseId;

/// What was over.
#[derive(Debug, Clone)]
pub(in crate::supervision) struct Overrun {
    pub(in crate::supervision) case: CaseId,
    pub(in crate::supervision) seq: i64,
    pub(in crate::supervision) left_on: Day,
    pub(in crate::supervision) region: RegionCode,
    pub(in crate::supervision) org: OrgId,
    pub(in crate::supervision) holder: Option<StaffId>,
    pub(in crate::supervision) phase: String,
    pub(in crate::supervision) accepted_on: Option<Day>,
    pub(in crate::supervision) promise_due: Option<Day>,
    pub(in crate::supervision) legal_due: Option<Day>,
    pub(in crate::supervision) step_due: Option<Day>,
    pub(in crate::supervision) notice_due: Option<Day>,
    pub(in crate::supervision) told_on: Option<Day>,
}

pub(in crate::supervision) async fn keep_overrun(tx: &Tx, overrun: &Overrun) -> Result<()> {
    q("INSERT INTO case_overrun (case_id, seq, left_on, region, org, holder, phase, accepted_on, promise_due, legal_due, step_due, notice_due, \
       told_on, judged) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (case_id, seq) DO NOTHING")
        .bind(overrun.case)
        .bind(overrun.seq)
        .bind(overrun.left_on)
        .bind(overrun.region)
        .bind(overrun.org)
        .bind(overrun.holder)
        .bind(&overrun.phase)
        .bind(overrun.accepted_on)
        .bind(overrun.promise_due)
        .bind(overrun.legal_due)
        .bind(overrun.step_due)
        .bind(overrun.notice_due)
        .bind(overrun.told_on)
        .bind(false)
        .exec(tx)
        .await?;
    Ok(())
}

#[derive(FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    case_id: CaseId,
    seq: i64,
    #[sqlx(try_from = "String")]
    left_on: Day,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    org: OrgId,
    holder: Option<Vec<u8>>,
    phase: String,
    accepted_on: Option<String>,
    promise_due: Option<String>,
    legal_due: Option<String>,
    step_due: Option<String>,
    notice_due: Option<String>,
    told_on: Option<String>,
    case_no: String,
    item_code: String,
}

/// What no run has looked at yet, in the order of the cases, with number and item.
pub(in crate::supervision) async fn overruns(db: &Db, limit: i64) -> Result<Vec<(Overrun, String, String)>> {
    let rows: Vec<Row> = q("SELECT o.case_id, o.seq, o.left_on, o.region, o.org, COALESCE(o.holder, h.owner) AS holder, o.phase, o.accepted_on, \
         o.promise_due, o.legal_due, o.step_due, o.notice_due, o.told_on, h.case_no, h.item_code \
         FROM case_overrun o JOIN case_head h ON h.id = o.case_id WHERE NOT o.judged ORDER BY o.case_id, o.seq LIMIT $1")
    .bind(limit)
    .all(db)
    .await?;
    rows.into_iter().map(overrun).collect()
}

fn overrun(row: Row) -> Result<(Overrun, String, String)> {
    let overrun = Overrun {
        case: row.case_id,
        seq: row.seq,
        left_on: row.left_on,
        region: row.region,
        org: row.org,
        holder: staff(row.holder)?,
        phase: row.phase,
        accepted_on: day(row.accepted_on)?,
        promise_due: day(row.promise_due)?,
        legal_due: day(row.legal_due)?,
        step_due: day(row.step_due)?,
        notice_due: day(row.notice_due)?,
        told_on: day(row.told_on)?,
    };
    Ok((overrun, row.case_no, row.item_code))
}

/// Notes that a run has looked at these.
pub(in crate::supervision) async fn judged(tx: &Tx, seen: &[(CaseId, i64)]) -> Result<()> {
    for (case, seq) in seen {
        let changed = q("UPDATE case_overrun SET judged = $3 WHERE case_id = $1 AND seq = $2").bind(*case).bind(*seq).bind(true).exec(tx).await?;
        if changed == 0 {
            return Err(Error::internal("an overrun that is no more"));
        }
    }
    Ok(())
}
