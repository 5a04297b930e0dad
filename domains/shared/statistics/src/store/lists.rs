//! Lists behind figures: the very rows that were counted.

use casework::CaseId;
use kernel::Day;
use platform::{OrgId, Result};
use store::{Db, Query, q};

use super::window::{Columns, OWN, Reach, narrowed};
use crate::model::{Asked, Measure};

/// A row of a list of cases.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct CaseRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: CaseId,
    #[sqlx(try_from = "String")]
    pub(crate) day: Day,
    pub(crate) case_no: String,
    pub(crate) item: String,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) org: OrgId,
    pub(crate) channel: i64,
    pub(crate) phase: String,
    pub(crate) applicant_kind: String,
    pub(crate) applicant_name: Option<Vec<u8>>,
}

const ROW: &str = " AS day, h.case_no, f.item, f.org, f.channel, h.phase, h.applicant_kind, h.applicant_name \
     FROM statistic_case f JOIN case_head h ON h.id = f.case_id WHERE f.side = ";

/// The day by which a figure counts its cases; none for figures that count no cases.
pub(crate) fn day_of(measure: Measure) -> Option<&'static str> {
    Some(match measure {
        Measure::Received => "f.received_on",
        Measure::Returned => "f.returned_on",
        Measure::Corrected => "f.corrected_on",
        Measure::Accepted => "f.accepted_on",
        Measure::Rejected => "f.rejected_on",
        Measure::Refused => "f.refused_on",
        Measure::Withdrawn => "f.withdrawn_on",
        Measure::Finished | Measure::OnTime | Measure::UsedDays | Measure::Promised | Measure::PromiseDays | Measure::Limited | Measure::LegalDays => "f.finished_on",
        _ => return None,
    })
}

fn only(query: Query, measure: Measure) -> Query {
    match measure {
        Measure::OnTime => query.sql(" AND f.on_time"),
        Measure::Promised | Measure::PromiseDays => query.sql(" AND f.promise_days IS NOT NULL"),
        Measure::Limited | Measure::LegalDays => query.sql(" AND f.legal_days IS NOT NULL"),
        _ => query,
    }
}

/// A page of the cases that a figure counts, by day and id after `after`.
pub(crate) async fn cases(db: &Db, reach: &Reach, asked: &Asked, measure: Measure, day: &'static str, after: Option<(Day, CaseId)>, limit: i64) -> Result<Vec<CaseRow>> {
    let mut query = q("SELECT f.case_id AS id, ").sql(day).sql(ROW).arg(asked.side.code()).sql(" AND ").sql(day).sql(" >= ").arg(asked.span.from);
    query = only(query.sql(" AND ").sql(day).sql(" <= ").arg(asked.span.to), measure);
    if let Some((on, id)) = after {
        query = query.sql(" AND (").sql(day).sql(", f.case_id) > (").arg(on).sql(", ").arg(id).sql(")");
    }
    Ok(narrowed(query, OWN, reach, asked).sql(" ORDER BY ").sql(day).sql(", f.case_id LIMIT ").arg(limit).all(db).await?)
}

/// A row of a list of ratings or cards.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct OtherRow {
    pub(crate) id: Vec<u8>,
    #[sqlx(try_from = "String")]
    pub(crate) day: Day,
    pub(crate) label: String,
    pub(crate) words: String,
    pub(crate) item: String,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) org: OrgId,
    pub(crate) channel: i64,
}

const RATED: Columns = Columns { region: "s.region", org: "s.org", item: Some("s.item"), channel: Some("COALESCE(h.channel, 0)") };
const CARDS: Columns = Columns { region: "c.region", org: "c.org", item: Some("c.item_code"), channel: Some("COALESCE(h.channel, 0)") };

/// A page of the ratings of one level, without the matter: whoever served must not learn who rated.
pub(crate) async fn ratings(db: &Db, reach: &Reach, asked: &Asked, level: i64, after: Option<(Day, Vec<u8>)>, limit: i64) -> Result<Vec<OtherRow>> {
    let mut query = q("SELECT r.id, s.finished_on AS day, '' AS label, s.office_zh AS words, s.item, s.org, COALESCE(h.channel, 0) AS channel \
         FROM rating_subject s JOIN rating r ON r.subject_id = s.id LEFT JOIN case_head h ON h.case_no = s.number \
         WHERE r.counted AND NOT r.removed AND r.level = ")
    .arg(level);
    query = query.sql(" AND s.finished_on >= ").arg(asked.span.from).sql(" AND s.finished_on <= ").arg(asked.span.to);
    if let Some((on, id)) = after {
        query = query.sql(" AND (s.finished_on, r.id) > (").arg(on).sql(", ").arg(id).sql(")");
    }
    Ok(narrowed(query, RATED, reach, asked).sql(" ORDER BY s.finished_on, r.id LIMIT ").arg(limit).all(db).await?)
}

/// A page of the cards of a colour, or of the cancelled ones.
pub(crate) async fn cards(db: &Db, reach: &Reach, asked: &Asked, measure: Measure, after: Option<(Day, Vec<u8>)>, limit: i64) -> Result<Vec<OtherRow>> {
    let mut query = q("SELECT c.id, c.effective_on AS day, c.number AS label, c.words, c.item_code AS item, c.org, \
         COALESCE(h.channel, 0) AS channel FROM supervision_card c LEFT JOIN case_head h ON h.id = c.case_id WHERE c.effective_on >= ")
    .arg(asked.span.from)
    .sql(" AND c.effective_on <= ")
    .arg(asked.span.to);
    query = match measure {
        Measure::CardsRed => query.sql(" AND c.colour = 'red'"),
        Measure::CardsYellow => query.sql(" AND c.colour <> 'red'"),
        _ => query.sql(" AND EXISTS (SELECT 1 FROM supervision_note n WHERE n.card_id = c.id AND n.kind = 'cancel')"),
    };
    if let Some((on, id)) = after {
        query = query.sql(" AND (c.effective_on, c.id) > (").arg(on).sql(", ").arg(id).sql(")");
    }
    Ok(narrowed(query, CARDS, reach, asked).sql(" ORDER BY c.effective_on, c.id LIMIT ").arg(limit).all(db).await?)
}
