//! Figures for the wall and the statistics, and the lists behind them.

use kernel::{Day, Instant, RegionCode};
use platform::{Error, OrgId, Result, StaffId};
use ::store::{Db, q};

use super::{CardRow, card_query};
use crate::CaseId;
use crate::supervision::card::CardId;
use crate::supervision::lists::CardFilter;

/// Open cases under a promise that are alike: same organisation, end and beginning. A case whose clock stood still stands alone.
#[derive(sqlx::FromRow)]
pub(in crate::supervision) struct Alike {
    #[sqlx(try_from = "Vec<u8>")]
    pub(in crate::supervision) org: OrgId,
    #[sqlx(try_from = "String")]
    pub(in crate::supervision) promise_due: Day,
    accepted_day: Option<i64>,
    alone: Option<Vec<u8>>,
    pub(in crate::supervision) count: i64,
}

/// The first day of the numbers that the query gives.
const EPOCH: Day = Day::ymd(1970, 1, 1);

impl Alike {
    pub(in crate::supervision) fn accepted_on(&self) -> Option<Day> {
        self.accepted_day.map(|days| EPOCH.plus_days(days))
    }

    pub(in crate::supervision) fn alone(&self) -> Result<Option<CaseId>> {
        self.alone.clone().map(|case| case.try_into().map_err(Error::internal)).transpose()
    }
}

/// All open cases of these regions under a promise, in groups. The day of acceptance is that at +08:00.
pub(in crate::supervision) async fn alike(db: &Db, roots: &[RegionCode]) -> Result<Vec<Alike>> {
    Ok(q("SELECT h.org, h.promise_due, (h.accepted_at + 28800000000) / 86400000000 AS accepted_day, s.case_id AS alone, COUNT(*) AS count \
          FROM case_head h LEFT JOIN (SELECT DISTINCT case_id FROM case_suspension WHERE until_day IS NOT NULL) s ON s.case_id = h.id \
          WHERE h.open AND h.promise_due IS NOT NULL AND h.region IN (SELECT descendant FROM region_closure WHERE ancestor IN (")
    .list(roots.iter().copied())
    .sql(")) GROUP BY h.org, h.promise_due, accepted_day, s.case_id")
    .all(db)
    .await?)
}

/// Open cases of these regions of which the limit of a step is over while the office has to act, in groups like those under a promise; a
/// group without a promise has none.
pub(in crate::supervision) async fn steps_over(db: &Db, roots: &[RegionCode], today: Day) -> Result<Vec<StepsOver>> {
    Ok(q("SELECT h.org, h.promise_due, (h.accepted_at + 28800000000) / 86400000000 AS accepted_day, s.case_id AS alone, COUNT(*) AS count \
          FROM case_head h LEFT JOIN (SELECT DISTINCT case_id FROM case_suspension WHERE until_day IS NOT NULL) s ON s.case_id = h.id \
          WHERE h.open AND h.step_due < ")
    .arg(today)
    .sql(" AND h.phase NOT IN ")
    .sql(super::cases::ELSEWHERE)
    .sql(" AND h.region IN (SELECT descendant FROM region_closure WHERE ancestor IN (")
    .list(roots.iter().copied())
    .sql(")) GROUP BY h.org, h.promise_due, accepted_day, s.case_id")
    .all(db)
    .await?)
}

/// Open cases with a step that is over that are alike.
#[derive(sqlx::FromRow)]
pub(in crate::supervision) struct StepsOver {
    #[sqlx(try_from = "Vec<u8>")]
    pub(in crate::supervision) org: OrgId,
    promise_due: Option<String>,
    accepted_day: Option<i64>,
    alone: Option<Vec<u8>>,
    pub(in crate::supervision) count: i64,
}

impl StepsOver {
    pub(in crate::supervision) fn promise_due(&self) -> Result<Option<Day>> {
        super::day(self.promise_due.clone())
    }

    pub(in crate::supervision) fn accepted_on(&self) -> Option<Day> {
        self.accepted_day.map(|days| EPOCH.plus_days(days))
    }

    pub(in crate::supervision) fn alone(&self) -> Result<Option<CaseId>> {
        self.alone.clone().map(|case| case.try_into().map_err(Error::internal)).transpose()
    }
}

/// Times that did not count, of all open cases under a promise.
pub(in crate::supervision) async fn all_suspensions(db: &Db) -> Result<Vec<(CaseId, Day, Day)>> {
    let rows: Vec<(Vec<u8>, String, String)> = q("SELECT s.case_id, s.from_day, s.until_day FROM case_suspension s JOIN case_head h ON h.id = s.case_id \
         WHERE h.open AND h.promise_due IS NOT NULL AND s.until_day IS NOT NULL")
    .all(db)
    .await?;
    rows.into_iter()
        .map(|(case, from, until)| Ok((case.try_into().map_err(Error::internal)?, from.parse().map_err(Error::internal)?, until.parse().map_err(Error::internal)?)))
        .collect()
}

/// Cards by organisation, rule and colour since a moment and before another: how many, how many cancelled, how many answered.
#[derive(sqlx::FromRow)]
pub(in crate::supervision) struct Sum {
    #[sqlx(try_from = "Vec<u8>")]
    pub(in crate::supervision) org: OrgId,
    pub(in crate::supervision) rule: String,
    pub(in crate::supervision) colour: String,
    pub(in crate::supervision) count: i64,
    pub(in crate::supervision) cancelled: i64,
    pub(in crate::supervision) answered: i64,
}

pub(in crate::supervision) async fn sums(db: &Db, roots: &[RegionCode], from: Instant, to: Instant) -> Result<Vec<Sum>> {
    Ok(q("SELECT c.org, c.rule, c.colour, COUNT(*) AS count, \
          COUNT(CASE WHEN EXISTS (SELECT 1 FROM supervision_note n WHERE n.card_id = c.id AND n.kind = 'cancel') THEN 1 END) AS cancelled, \
          COUNT(CASE WHEN EXISTS (SELECT 1 FROM supervision_note n WHERE n.card_id = c.id AND n.kind = 'answer') THEN 1 END) AS answered \
          FROM supervision_card c WHERE c.issued_at >= ")
    .arg(from)
    .sql(" AND c.issued_at < ")
    .arg(to)
    .sql(" AND c.region IN (SELECT descendant FROM region_closure WHERE ancestor IN (")
    .list(roots.iter().copied())
    .sql(")) GROUP BY c.org, c.rule, c.colour ORDER BY c.org, c.rule, c.colour")
    .all(db)
    .await?)
}

/// One page of cards, the newest first.
pub(in crate::supervision) async fn cards(db: &Db, roots: &[RegionCode], filter: &CardFilter, today: Day, limit: i64) -> Result<Vec<CardRow>> {
    let mut query = card_query!("WHERE c.region IN (SELECT descendant FROM region_closure WHERE ancestor IN (").list(roots.iter().copied()).sql("))");
    if let Some(before) = filter.before {
        query = query.sql(" AND c.id < ").arg(before);
    }
    if let Some(region) = filter.region {
        query = query.sql(" AND c.region IN (SELECT descendant FROM region_closure WHERE ancestor = ").arg(region).sql(")");
    }
    if let Some(org) = filter.org {
        query = query.sql(" AND c.org = ").arg(org);
    }
    if let Some(rule) = filter.rule {
        query = query.sql(" AND c.rule = ").arg(rule.code());
    }
    if let Some(colour) = filter.colour {
        query = query.sql(" AND c.colour = ").arg(colour.code());
    }
    if let Some(from) = filter.from {
        query = query.sql(" AND c.issued_at >= ").arg(Instant::at(from, 0));
    }
    if let Some(to) = filter.to {
        query = query.sql(" AND c.issued_at < ").arg(Instant::at(to.plus_days(1), 0));
    }
    query = match filter.standing.as_str() {
        "open" => query.sql(" AND NOT EXISTS (SELECT 1 FROM supervision_note n WHERE n.card_id = c.id)"),
        "late" => query.sql(" AND c.answer_due < ").arg(today).sql(" AND NOT EXISTS (SELECT 1 FROM supervision_note n WHERE n.card_id = c.id)"),
        "answered" => query.sql(
            " AND EXISTS (SELECT 1 FROM supervision_note n WHERE n.card_id = c.id AND n.kind = 'answer') \
             AND NOT EXISTS (SELECT 1 FROM supervision_note n WHERE n.card_id = c.id AND n.kind = 'cancel')",
        ),
        "cancelled" => query.sql(" AND EXISTS (SELECT 1 FROM supervision_note n WHERE n.card_id = c.id AND n.kind = 'cancel')"),
        _ => query,
    };
    Ok(query.sql(" ORDER BY c.id DESC LIMIT ").arg(limit).all(db).await?)
}

/// One page of the cards delivered to a person, the newest first.
pub(in crate::supervision) async fn delivered_to(db: &Db, to: StaffId, before: Option<CardId>, limit: i64) -> Result<Vec<CardRow>> {
    let before = before.map_or_else(|| vec![0xFF; 16], |id| id.to_vec());
    Ok(card_query!("JOIN supervision_delivery d ON d.card_id = c.id WHERE d.staff = $1 AND c.id < $2 ORDER BY c.id DESC LIMIT $3")
        .bind(to)
        .bind(before)
        .bind(limit)
        .all(db)
        .await?)
}
