//! Open cases, read from their heads, and the lights stored beside them.

use std::collections::HashMap;

use kernel::{Day, Instant, RegionCode};
use platform::{Error, OrgId, Result, StaffId};
use sqlx::FromRow;
use ::store::{Db, Tx, q};

use super::{day, staff};
use crate::CaseId;
use crate::supervision::Light;

/// An open case as the run reads it.
#[derive(Debug, Clone)]
pub(in crate::supervision) struct OpenCase {
    pub(in crate::supervision) id: CaseId,
    pub(in crate::supervision) case_no: String,
    pub(in crate::supervision) region: RegionCode,
    pub(in crate::supervision) org: OrgId,
    pub(in crate::supervision) item_code: String,
    pub(in crate::supervision) phase: String,
    pub(in crate::supervision) received_on: Option<Day>,
    pub(in crate::supervision) accepted_on: Option<Day>,
    pub(in crate::supervision) auto_accepted: bool,
    pub(in crate::supervision) corrected_on: Option<Day>,
    pub(in crate::supervision) promise_due: Option<Day>,
    pub(in crate::supervision) legal_due: Option<Day>,
    pub(in crate::supervision) step_due: Option<Day>,
    pub(in crate::supervision) notice_due: Option<Day>,
    pub(in crate::supervision) holder: Option<StaffId>,
    stored: Option<String>,
    pub(in crate::supervision) light_due: Option<Day>,
    pub(in crate::supervision) engine: bool,
}

impl OpenCase {
    /// The light as stored; no row means green.
    pub(in crate::supervision) fn light(&self) -> Light {
        self.stored.as_deref().and_then(Light::from_code).unwrap_or(Light::Green)
    }
}

#[derive(FromRow)]
struct OpenRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: CaseId,
    case_no: String,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    org: OrgId,
    item_code: String,
    phase: String,
    received_at: Option<i64>,
    accepted_at: Option<i64>,
    auto_accepted: bool,
    corrected_on: Option<String>,
    promise_due: Option<String>,
    legal_due: Option<String>,
    step_due: Option<String>,
    notice_due: Option<String>,
    holder: Option<Vec<u8>>,
    light: Option<String>,
    light_due: Option<String>,
    engine: bool,
}

impl TryFrom<OpenRow> for OpenCase {
    type Error = Error;

    fn try_from(row: OpenRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            case_no: row.case_no,
            region: row.region,
            org: row.org,
            item_code: row.item_code,
            phase: row.phase,
            received_on: row.received_at.map(|at| Instant::from_micros(at).day()),
            accepted_on: row.accepted_at.map(|at| Instant::from_micros(at).day()),
            auto_accepted: row.auto_accepted,
            corrected_on: day(row.corrected_on)?,
            promise_due: day(row.promise_due)?,
            legal_due: day(row.legal_due)?,
            step_due: day(row.step_due)?,
            notice_due: day(row.notice_due)?,
            holder: staff(row.holder)?,
            stored: row.light,
            light_due: day(row.light_due)?,
            engine: row.engine,
        })
    }
}

fn cases(rows: Vec<OpenRow>) -> Result<Vec<OpenCase>> {
    rows.into_iter().map(OpenCase::try_from).collect()
}

/// Open cases after a key, in the order of their ids.
pub(in crate::supervision) async fn open_cases(db: &Db, after: &[u8], limit: i64) -> Result<Vec<OpenCase>> {
    cases(
        q("SELECT h.id, h.case_no, h.region, h.org, h.item_code, h.phase, h.received_at, h.accepted_at, h.auto_accepted, h.corrected_on, \
           h.promise_due, h.legal_due, h.step_due, h.notice_due, COALESCE(h.holder, h.owner) AS holder, l.light, l.due AS light_due, h.case_type <> '' AS engine \
           FROM case_head h LEFT JOIN case_light l ON l.case_id = h.id WHERE h.open AND h.id > $1 ORDER BY h.id LIMIT $2")
        .bind(after)
        .bind(limit)
        .all(db)
        .await?,
    )
}

/// Open cases under a promise, by their last day, after a key of last day and id. `org` narrows to one organisation.
pub(in crate::supervision) async fn by_promise(db: &Db, roots: &[RegionCode], org: Option<OrgId>, before: Day, after: (&str, &[u8]), limit: i64) -> Result<Vec<OpenCase>> {
    let mut query = q("SELECT h.id, h.case_no, h.region, h.org, h.item_code, h.phase, h.received_at, h.accepted_at, h.auto_accepted, h.corrected_on, \
           h.promise_due, h.legal_due, h.step_due, h.notice_due, COALESCE(h.holder, h.owner) AS holder, NULL AS light, NULL AS light_due, h.case_type <> '' AS engine \
           FROM case_head h WHERE h.open AND h.promise_due <= ")
        .arg(before)
        .sql(" AND (h.promise_due, h.id) > (")
        .arg(after.0)
        .sql(", ")
        .arg(after.1)
        .sql(") AND h.region IN (SELECT descendant FROM region_closure WHERE ancestor IN (")
        .list(roots.iter().copied())
        .sql("))");
    if let Some(org) = org {
        query = query.sql(" AND h.org = ").arg(org);
    }
    cases(query.sql(" ORDER BY h.promise_due, h.id LIMIT ").arg(limit).all(db).await?)
}

/// The phases in which it is the applicant who has to act, or the clock stands still: a step cannot be over there.
pub(super) const ELSEWHERE: &str = "('draft', 'correction', 'suspended')";

/// Open cases of which the limit of a step is over while the office has to act, by that day, after a key of day and id.
pub(in crate::supervision) async fn by_step(db: &Db, roots: &[RegionCode], org: Option<OrgId>, today: Day, after: (&str, &[u8]), limit: i64) -> Result<Vec<OpenCase>> {
    let mut query = q("SELECT h.id, h.case_no, h.region, h.org, h.item_code, h.phase, h.received_at, h.accepted_at, h.auto_accepted, h.corrected_on, \
           h.promise_due, h.legal_due, h.step_due, h.notice_due, COALESCE(h.holder, h.owner) AS holder, NULL AS light, NULL AS light_due, \
           h.case_type <> '' AS engine FROM case_head h WHERE h.open AND h.step_due < ")
        .arg(today)
        .sql(" AND h.phase NOT IN ")
        .sql(ELSEWHERE)
        .sql(" AND (h.step_due, h.id) > (")
        .arg(after.0)
        .sql(", ")
        .arg(after.1)
        .sql(") AND h.region IN (SELECT descendant FROM region_closure WHERE ancestor IN (")
        .list(roots.iter().copied())
        .sql("))");
    if let Some(org) = org {
        query = query.sql(" AND h.org = ").arg(org);
    }
    cases(query.sql(" ORDER BY h.step_due, h.id LIMIT ").arg(limit).all(db).await?)
}

/// A case by its number.
pub(in crate::supervision) async fn case_by_no(db: &Db, case_no: &str) -> Result<Option<OpenCase>> {
    let rows: Vec<OpenRow> = q("SELECT h.id, h.case_no, h.region, h.org, h.item_code, h.phase, h.received_at, h.accepted_at, h.auto_accepted, \
         h.corrected_on, h.promise_due, h.legal_due, h.step_due, h.notice_due, COALESCE(h.holder, h.owner) AS holder, NULL AS light, \
         NULL AS light_due, h.case_type <> '' AS engine FROM case_head h WHERE h.case_no = $1")
    .bind(case_no)
    .all(db)
    .await?;
    Ok(cases(rows)?.pop())
}

/// Cases refused since a moment that have neither remedies in the opinion nor a decision that tells them.
pub(in crate::supervision) async fn refused_without_reason(db: &Db, since: Instant) -> Result<Vec<OpenCase>> {
    cases(
        q("SELECT h.id, h.case_no, h.region, h.org, h.item_code, h.phase, h.received_at, h.accepted_at, h.auto_accepted, h.corrected_on, \
           h.promise_due, h.legal_due, h.step_due, h.notice_due, COALESCE(h.decider, h.holder, h.owner) AS holder, NULL AS light, \
           NULL AS light_due, h.case_type <> '' AS engine FROM case_head h WHERE h.result = 'refused' AND h.decided_at >= $1 \
           AND NOT EXISTS (SELECT 1 FROM case_opinion o WHERE o.case_id = h.id AND o.remedies <> '') \
           AND NOT EXISTS (SELECT 1 FROM paper p WHERE p.case_id = h.id AND p.kind = 'refusal' AND p.voided_at IS NULL) \
           AND NOT EXISTS (SELECT 1 FROM supervision_card c WHERE c.case_id = h.id AND c.rule = 'M06') ORDER BY h.decided_at, h.id LIMIT 1000")
        .bind(since)
        .all(db)
        .await?,
    )
}

/// Times that did not count, of the cases between two ids.
pub(in crate::supervision) async fn suspensions(db: &Db, first: CaseId, last: CaseId) -> Result<Vec<(CaseId, Day, Day)>> {
    let rows: Vec<(Vec<u8>, String, String)> =
        q("SELECT case_id, from_day, until_day FROM case_suspension WHERE case_id >= $1 AND case_id <= $2 AND until_day IS NOT NULL")
            .bind(first)
            .bind(last)
            .all(db)
            .await?;
    rows.into_iter()
        .map(|(case, from, until)| Ok((case.try_into().map_err(Error::internal)?, from.parse().map_err(Error::internal)?, until.parse().map_err(Error::internal)?)))
        .collect()
}

/// Times that did not count, of these cases.
pub(in crate::supervision) async fn stood(db: &Db, cases: &[CaseId]) -> Result<HashMap<CaseId, Vec<(Day, Day)>>> {
    let mut all: HashMap<CaseId, Vec<(Day, Day)>> = HashMap::new();
    if cases.is_empty() {
        return Ok(all);
    }
    let rows: Vec<(Vec<u8>, String, String)> = q("SELECT case_id, from_day, until_day FROM case_suspension WHERE until_day IS NOT NULL AND case_id IN (")
        .list(cases.iter().copied())
        .sql(")")
        .all(db)
        .await?;
    for (case, from, until) in rows {
        let span = (from.parse().map_err(Error::internal)?, until.parse().map_err(Error::internal)?);
        all.entry(case.try_into().map_err(Error::internal)?).or_default().push(span);
    }
    Ok(all)
}

/// A light that differs from the stored one.
#[derive(Debug, Clone, Copy)]
pub(in crate::supervision) struct LightChange {
    pub(in crate::supervision) case: CaseId,
    pub(in crate::supervision) light: Light,
    pub(in crate::supervision) due: Option<Day>,
}

pub(in crate::supervision) async fn write_lights(tx: &Tx, changes: &[LightChange], today: Day) -> Result<()> {
    for change in changes {
        match change.due.filter(|_| change.light != Light::Green) {
            None => q("DELETE FROM case_light WHERE case_id = $1").bind(change.case).exec(tx).await?,
            Some(due) => {
                q("INSERT INTO case_light (case_id, light, due, since) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (case_id) DO UPDATE SET light = excluded.light, due = excluded.due, since = excluded.since")
                .bind(change.case)
                .bind(change.light.code())
                .bind(due)
                .bind(today)
                .exec(tx)
                .await?
            }
        };
    }
    Ok(())
}

pub(in crate::supervision) async fn forget_closed(tx: &Tx) -> Result<u64> {
    Ok(q("DELETE FROM case_light WHERE case_id IN (SELECT l.case_id FROM case_light l JOIN case_head h ON h.id = l.case_id WHERE NOT h.open LIMIT 200)")
        .exec(tx)
        .await?)
}
