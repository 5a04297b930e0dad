//! What the forms show beside the figures, counted from the rows of the business when it is asked for.

use interaction::complaints::ComplaintId;
use kernel::Day;
use platform::{OrgId, Result};
use store::{Db, Query, q};

use super::window::{Columns, Reach, narrowed};
use crate::complaints::{Counted, Which};
use crate::model::Asked;

fn between(query: Query, day: &'static str, from: Day, to: Day) -> Query {
    query.sql(" WHERE ").sql(day).sql(" >= ").arg(from).sql(" AND ").sql(day).sql(" <= ").arg(to)
}

/// Cards of one body and rule.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct RuleRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) org: OrgId,
    pub(crate) rule: String,
    pub(crate) yellow: i64,
    pub(crate) red: i64,
    pub(crate) cancelled: i64,
}

const CARDS: Columns = Columns { region: "c.region", org: "c.org", item: Some("c.item_code"), channel: None };

/// Cards by body and rule.
pub(crate) async fn rules(db: &Db, reach: &Reach, asked: &Asked) -> Result<Vec<RuleRow>> {
    let query = q("SELECT c.org, c.rule, COUNT(CASE WHEN c.colour <> 'red' THEN 1 END) AS yellow, COUNT(CASE WHEN c.colour = 'red' THEN 1 END) AS red, \
         COUNT(n.id) AS cancelled FROM supervision_card c LEFT JOIN supervision_note n ON n.card_id = c.id AND n.kind = 'cancel'");
    let query = between(query, "c.effective_on", asked.span.from, asked.span.to);
    Ok(narrowed(query, CARDS, reach, asked).sql(" GROUP BY c.org, c.rule ORDER BY c.org, c.rule LIMIT 1000").all(db).await?)
}

/// What became of bad ratings, by body.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct FollowRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) org: OrgId,
    pub(crate) bad: i64,
    pub(crate) contacted_in_time: i64,
    pub(crate) fixed: i64,
    pub(crate) fixed_in_time: i64,
    pub(crate) called_back: i64,
}

const RATED: Columns = Columns { region: "s.region", org: "s.org", item: Some("s.item"), channel: None };

/// Follow-ups of the ratings of what was finished in the period.
pub(crate) async fn follow_ups(db: &Db, reach: &Reach, asked: &Asked) -> Result<Vec<FollowRow>> {
    let query = q("SELECT s.org, COUNT(*) AS bad, COUNT(CASE WHEN u.contacted_on <= u.contact_due THEN 1 END) AS contacted_in_time, \
         COUNT(u.fixed_on) AS fixed, COUNT(CASE WHEN u.fixed_on <= u.fix_due THEN 1 END) AS fixed_in_time, COUNT(u.called_back_on) AS called_back \
         FROM rating_follow_up u JOIN rating r ON r.id = u.id JOIN rating_subject s ON s.id = r.subject_id");
    let query = between(query, "s.finished_on", asked.span.from, asked.span.to).sql(" AND NOT r.removed");
    Ok(narrowed(query, RATED, reach, asked).sql(" GROUP BY s.org ORDER BY s.org LIMIT 1000").all(db).await?)
}

/// Questions and complaints of one kind and source.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct ComplaintRow {
    pub(crate) kind: String,
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

const COMPLAINTS: Columns = Columns { region: "c.region", org: "c.org", item: Some("c.item"), channel: None };

/// Questions and complaints by kind and source, on the day on which they came in.
pub(crate) async fn complaints(db: &Db, reach: &Reach, asked: &Asked) -> Result<Vec<ComplaintRow>> {
    let query = q("SELECT c.kind, c.source, COUNT(*) AS received, COUNT(c.accepted_on) AS accepted, COUNT(CASE WHEN c.state = 'REFUSED' THEN 1 END) \
         AS refused, COUNT(c.on_time) AS answered, COUNT(CASE WHEN c.on_time THEN 1 END) AS on_time, COUNT(c.satisfied) AS judged, \
         COUNT(CASE WHEN c.satisfied THEN 1 END) AS satisfied, COUNT(CASE WHEN c.unsatisfied > 0 THEN 1 END) AS reopened, \
         COUNT(CASE WHEN c.supervised THEN 1 END) AS supervised FROM complaint c");
    let query = between(query, "c.received_on", asked.span.from, asked.span.to);
    Ok(narrowed(query, COMPLAINTS, reach, asked).sql(" GROUP BY c.kind, c.source ORDER BY c.kind, c.source").all(db).await?)
}

/// A question or complaint that is counted. Neither title nor person: a list of figures tells neither.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct ComplaintLine {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: ComplaintId,
    pub(crate) number: String,
    #[sqlx(try_from = "String")]
    pub(crate) received_on: Day,
    pub(crate) state: String,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) org: OrgId,
    pub(crate) unit: Option<Vec<u8>>,
    pub(crate) supervised: bool,
}

/// A page of those behind a count, by the day on which they came in.
pub(crate) async fn complaints_behind(db: &Db, reach: &Reach, asked: &Asked, counted: &Counted, after: Option<(Day, ComplaintId)>, limit: i64) -> Result<Vec<ComplaintLine>> {
    let query = q("SELECT c.id, c.number, c.received_on, c.state, c.org, c.unit, c.supervised FROM complaint c");
    let query = between(query, "c.received_on", asked.span.from, asked.span.to);
    let query = query.sql(" AND c.kind = ").arg(counted.kind.as_str()).sql(" AND c.source = ").arg(counted.source.as_str());
    let mut query = match counted.what {
        Which::Received => query,
        Which::Accepted => query.sql(" AND c.accepted_on IS NOT NULL"),
        Which::Refused => query.sql(" AND c.state = 'REFUSED'"),
        Which::Reopened => query.sql(" AND c.unsatisfied > 0"),
        Which::Supervised => query.sql(" AND c.supervised"),
    };
    if let Some((day, id)) = after {
        query = query.sql(" AND (c.received_on, c.id) > (").arg(day).sql(", ").arg(id).sql(")");
    }
    Ok(narrowed(query, COMPLAINTS, reach, asked).sql(" ORDER BY c.received_on, c.id LIMIT ").arg(limit).all(db).await?)
}

/// A hall.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct HallRow {
    pub(crate) code: String,
    pub(crate) name_zh: String,
    pub(crate) name_en: String,
    pub(crate) tickets: i64,
    pub(crate) priority: i64,
    pub(crate) called: i64,
    pub(crate) wait: i64,
    pub(crate) served: i64,
    pub(crate) service: i64,
}

const HALLS: Columns = Columns { region: "o.region", org: "o.org_id", item: None, channel: None };

/// Tickets by hall; visits that nobody ended on their day are no measure.
pub(crate) async fn halls(db: &Db, reach: &Reach, asked: &Asked) -> Result<Vec<HallRow>> {
    let query = q("SELECT o.code, o.name_zh, o.name_en, COUNT(*) AS tickets, COUNT(CASE WHEN t.class <= 2 THEN 1 END) AS priority, \
         COUNT(t.first_call) AS called, CAST(COALESCE(SUM(t.first_call - t.taken_at), 0) AS BIGINT) AS wait, \
         COUNT(CASE WHEN (t.served_from + 28800000000) / 86400000000 = (t.served_to + 28800000000) / 86400000000 THEN 1 END) AS served, \
         CAST(COALESCE(SUM(CASE WHEN (t.served_from + 28800000000) / 86400000000 = (t.served_to + 28800000000) / 86400000000 \
         THEN t.served_to - t.served_from + t.spent END), 0) AS BIGINT) AS service \
         FROM office o JOIN hall_ticket t ON t.office_id = o.id");
    let query = between(query, "t.day", asked.span.from, asked.span.to);
    Ok(narrowed(query, HALLS, reach, asked).sql(" GROUP BY o.code, o.name_zh, o.name_en ORDER BY o.code LIMIT 1000").all(db).await?)
}

/// Appointments of an office for these days: how many, how many came, how many did not; and complaints about its body.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct BookedRow {
    pub(crate) code: String,
    pub(crate) name_zh: String,
    pub(crate) name_en: String,
    pub(crate) booked: i64,
    pub(crate) came: i64,
    pub(crate) missed: i64,
    pub(crate) complaints: i64,
}

/// Appointments by office.
pub(crate) async fn booked(db: &Db, reach: &Reach, asked: &Asked) -> Result<Vec<BookedRow>> {
    let query = q("SELECT o.code, o.name_zh, o.name_en, COUNT(CASE WHEN b.state IN ('BOOKED', 'ARRIVED', 'DONE', 'NO_SHOW') THEN 1 END) AS booked, \
         COUNT(CASE WHEN b.state IN ('ARRIVED', 'DONE') THEN 1 END) AS came, COUNT(CASE WHEN b.state = 'NO_SHOW' THEN 1 END) AS missed, \
         (SELECT COUNT(*) FROM complaint c WHERE c.org = o.org_id AND c.kind = 'complain' AND c.received_on >= ")
    .arg(asked.span.from)
    .sql(" AND c.received_on <= ")
    .arg(asked.span.to)
    .sql(") AS complaints FROM office o JOIN slot s ON s.office_id = o.id JOIN booking b ON b.slot_id = s.id");
    let query = between(query, "s.day", asked.span.from, asked.span.to);
    Ok(narrowed(query, HALLS, reach, asked).sql(" GROUP BY o.code, o.name_zh, o.name_en, o.org_id ORDER BY o.code LIMIT 1000").all(db).await?)
}
