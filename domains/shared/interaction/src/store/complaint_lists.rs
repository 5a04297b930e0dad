//! Lists and figures of complaints.

use kernel::{Day, Instant, RegionCode};
use platform::{Error, OrgId, Result, StaffId};
use ::store::{Db, Query, q};

use crate::complaints::states::State;
use crate::complaints::{ComplaintId, Filter, Kind};

/// What somebody may list: what these desks have, what his unit answers, what he handles himself.
#[derive(Debug, Clone)]
pub(crate) struct Reach {
    pub(crate) desks: Vec<RegionCode>,
    pub(crate) unit: Option<OrgId>,
    pub(crate) me: Option<StaffId>,
}

/// A line of the desk's list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct LineRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: ComplaintId,
    pub(crate) number: String,
    #[sqlx(try_from = "String")]
    pub(crate) kind: Kind,
    pub(crate) title: Vec<u8>,
    pub(crate) secret: bool,
    pub(crate) org_zh: String,
    pub(crate) org_en: String,
    pub(crate) unit_zh: Option<String>,
    pub(crate) unit_en: Option<String>,
    #[sqlx(try_from = "i64")]
    pub(crate) received_at: Instant,
    #[sqlx(try_from = "String")]
    pub(crate) state: State,
    accept_due: String,
    sign_due: Option<String>,
    due: Option<String>,
    pub(crate) supervised: bool,
}

impl LineRow {
    /// The end of the period that runs.
    pub(crate) fn due(&self) -> Option<Day> {
        let due = match self.state {
            State::Registered => Some(&self.accept_due),
            State::ToSign => self.sign_due.as_ref(),
            State::Accepted | State::Returned | State::InHand => self.due.as_ref(),
            State::Unclear | State::Replied | State::Refused | State::Merged | State::Closed => None,
        };
        due.and_then(|due| due.parse().ok())
    }
}

/// Complaints within reach, the newest first.
pub(crate) async fn list(db: &Db, reach: &Reach, filter: &Filter, limit: i64) -> Result<Vec<LineRow>> {
    let query = q("SELECT c.id, c.number, c.kind, c.title, c.secret, o.name_zh AS org_zh, o.name_en AS org_en, u.name_zh AS unit_zh, \
         u.name_en AS unit_en, c.received_at, c.state, c.accept_due, c.sign_due, c.due, c.supervised FROM complaint c \
         JOIN organisation o ON o.id = c.org LEFT JOIN organisation u ON u.id = c.unit WHERE ");
    let mut query = narrowed(query, reach, filter);
    if let Some(before) = filter.before {
        query = query.sql(" AND c.id < ").arg(before);
    }
    Ok(query.sql(" ORDER BY c.id DESC LIMIT ").arg(limit).all(db).await?)
}

/// How many there are, counted up to `most`.
pub(crate) async fn count(db: &Db, reach: &Reach, filter: &Filter, most: i64) -> Result<i64> {
    let query = q("SELECT COUNT(*) FROM (SELECT c.id FROM complaint c WHERE ");
    let (count,): (i64,) = narrowed(query, reach, filter).sql(" LIMIT ").arg(most).sql(") AS found").one(db).await?;
    Ok(count)
}

/// Nobody gets anything without a desk or a unit; what is about oneself is never in one's own list.
fn narrowed(query: Query, reach: &Reach, filter: &Filter) -> Query {
    let mut query = query
        .sql("(c.desk_region IN (SELECT descendant FROM region_closure WHERE ancestor IN (")
        .list(reach.desks.iter().copied())
        .sql("))");
    if let Some(unit) = reach.unit {
        query = query.sql(" OR c.unit = ").arg(unit);
    }
    query = query.sql(")");
    if let Some(me) = reach.me {
        query = query.sql(" AND (c.target_id IS NULL OR c.target_id <> ").arg(me).sql(")");
    }
    if let (true, Some(me)) = (filter.mine, reach.me) {
        query = query.sql(" AND c.handler_id = ").arg(me);
    }
    if let Some(state) = filter.state {
        query = query.sql(" AND c.state = ").arg(state.code());
    }
    if let Some(kind) = filter.kind {
        query = query.sql(" AND c.kind = ").arg(kind.code());
    }
    if let Some(today) = filter.overdue_on {
        query = query
            .sql(" AND c.open AND CASE WHEN c.state = 'REGISTERED' THEN c.accept_due WHEN c.state = 'TO_SIGN' THEN c.sign_due \
                 WHEN c.state IN ('ACCEPTED', 'RETURNED', 'IN_HAND') THEN c.due END < ")
            .arg(today);
    }
    if filter.sampled {
        query = query.sql(" AND EXISTS (SELECT 1 FROM complaint_reply r WHERE r.complaint_id = c.id AND r.sampled AND r.passed IS NULL)");
    }
    query
}

/// Figures of one kind and source.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct FiguresRow {
    #[sqlx(try_from = "String")]
    pub(crate) kind: Kind,
    pub(crate) source: String,
    pub(crate) received: i64,
    pub(crate) accepted: i64,
    pub(crate) refused: i64,
    pub(crate) answered: i64,
    pub(crate) on_time: i64,
    pub(crate) judged: i64,
    pub(crate) satisfied: i64,
    pub(crate) reopened: i64,
    pub(crate) supervised: i64,
}

/// What came in on these days in a region and below, by kind and source.
pub(crate) async fn figures(db: &Db, region: &RegionCode, from: Day, to: Day) -> Result<Vec<FiguresRow>> {
    Ok(q("SELECT c.kind, c.source, COUNT(*) AS received, COUNT(c.accepted_on) AS accepted, \
          COUNT(CASE WHEN c.state = 'REFUSED' THEN 1 END) AS refused, COUNT(c.on_time) AS answered, COUNT(CASE WHEN c.on_time THEN 1 END) AS on_time, \
          COUNT(c.satisfied) AS judged, COUNT(CASE WHEN c.satisfied THEN 1 END) AS satisfied, \
          COUNT(CASE WHEN c.unsatisfied > 0 THEN 1 END) AS reopened, COUNT(CASE WHEN c.supervised THEN 1 END) AS supervised FROM complaint c \
          WHERE c.region IN (SELECT descendant FROM region_closure WHERE ancestor = $1) AND c.received_on >= $2 AND c.received_on <= $3 \
          GROUP BY c.kind, c.source ORDER BY c.kind, c.source")
    .bind(*region)
    .bind(from)
    .bind(to)
    .all(db)
    .await?)
}

/// Replies that nobody judged until the day before `today`; at most 200.
pub(crate) async fn unjudged(db: &Db, today: Day) -> Result<Vec<ComplaintId>> {
    let rows: Vec<(Vec<u8>,)> =
        q("SELECT id FROM complaint WHERE open AND state = 'REPLIED' AND confirm_due < $1 ORDER BY id LIMIT 200").bind(today).all(db).await?;
    rows.into_iter().map(|(id,)| ComplaintId::try_from(id).map_err(Error::internal)).collect()
}
