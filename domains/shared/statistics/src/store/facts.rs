//! Cases that have changed, and the rows that the figures keep of them.

use std::collections::HashMap;

use casework::{CaseId, Detail, Phase};
use kernel::calendar::Suspension;
use kernel::{Day, Instant, RegionCode};
use platform::{Error, OrgId, Result};
use store::{Db, Tx, q};

use crate::facts::{Facts, Happened, Story};

/// What the head of a case says.
#[derive(Debug, Clone)]
pub(crate) struct HeadRow {
    pub(crate) id: CaseId,
    pub(crate) version: i64,
    pub(crate) region: RegionCode,
    pub(crate) org: OrgId,
    pub(crate) item: String,
    pub(crate) channel: i64,
    pub(crate) intake: Option<(RegionCode, OrgId)>,
    pub(crate) phase: Phase,
    pub(crate) refused: bool,
    pub(crate) opened_at: Instant,
    pub(crate) accepted_at: Option<Instant>,
    pub(crate) decided_at: Option<Instant>,
    pub(crate) closed_at: Option<Instant>,
    pub(crate) corrected_on: Option<Day>,
    pub(crate) promise_due: Option<Day>,
    pub(crate) legal_due: Option<Day>,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: CaseId,
    version: i64,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    org: OrgId,
    item_code: String,
    channel: i64,
    intake_region: Option<String>,
    intake_org: Option<Vec<u8>>,
    phase: String,
    result: Option<String>,
    #[sqlx(try_from = "i64")]
    opened_at: Instant,
    accepted_at: Option<i64>,
    decided_at: Option<i64>,
    closed_at: Option<i64>,
    corrected_on: Option<String>,
    promise_due: Option<String>,
    legal_due: Option<String>,
}

fn day(text: Option<String>) -> Result<Option<Day>> {
    text.map(|text| text.parse().map_err(Error::internal)).transpose()
}

impl TryFrom<Row> for HeadRow {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let intake_region = row.intake_region.map(|code| RegionCode::parse(&code)).transpose().map_err(Error::internal)?;
        let intake_org = row.intake_org.map(OrgId::try_from).transpose().map_err(Error::internal)?;
        Ok(Self {
            id: row.id,
            version: row.version,
            region: row.region,
            org: row.org,
            item: row.item_code,
            channel: row.channel,
            // Taken in by the body itself is not taken in for another.
            intake: intake_region.zip(intake_org).filter(|(_, org)| *org != row.org),
            phase: Phase::from_code(&row.phase).ok_or_else(|| Error::internal("an unknown phase"))?,
            refused: row.result.as_deref() == Some(casework::Outcome::Refused.code()),
            opened_at: row.opened_at,
            accepted_at: row.accepted_at.map(Instant::from_micros),
            decided_at: row.decided_at.map(Instant::from_micros),
            closed_at: row.closed_at.map(Instant::from_micros),
            corrected_on: day(row.corrected_on)?,
            promise_due: day(row.promise_due)?,
            legal_due: day(row.legal_due)?,
        })
    }
}

/// Cases by id after `after` of which the figures know another state than theirs; all of them if `all`.
pub(crate) async fn changed(db: &Db, after: &[u8], all: bool, limit: i64) -> Result<Vec<HeadRow>> {
    let rows: Vec<Row> = q("SELECT h.id, h.version, h.region, h.org, h.item_code, h.channel, h.intake_region, h.intake_org, h.phase, h.result, \
         h.opened_at, h.accepted_at, h.decided_at, h.closed_at, h.corrected_on, h.promise_due, h.legal_due FROM case_head h \
         LEFT JOIN statistic_case f ON f.case_id = h.id AND f.side = 'owner' WHERE h.id > $1 AND h.phase <> 'draft' \
         AND ($2 OR f.case_id IS NULL OR f.version <> h.version OR f.org <> h.org OR f.region <> h.region) ORDER BY h.id LIMIT $3")
    .bind(after)
    .bind(all)
    .bind(limit)
    .all(db)
    .await?;
    rows.into_iter().map(HeadRow::try_from).collect()
}

/// What the facts of these cases rest on beside their heads.
pub(crate) async fn stories(db: &Db, cases: &[CaseId]) -> Result<HashMap<CaseId, Story>> {
    let mut stories: HashMap<CaseId, Story> = HashMap::new();
    let of = |bytes: Vec<u8>| CaseId::try_from(bytes).map_err(Error::internal);
    let log: Vec<(Vec<u8>, String, i64, String)> =
        q("SELECT case_id, phase, at, detail FROM case_action WHERE case_id IN (").list(cases.iter().copied()).sql(") ORDER BY case_id, seq").all(db).await?;
    for (case, phase, at, detail) in log {
        let detail: Detail = serde_json::from_str(&detail).map_err(Error::internal)?;
        let event = Happened { phase: Phase::from_code(&phase), at: Instant::from_micros(at), detail };
        stories.entry(of(case)?).or_default().log.push(event);
    }
    let returned: Vec<(Vec<u8>, String)> = q("SELECT case_id, MIN(told_on) FROM case_correction WHERE kind = 'precheck' AND case_id IN (")
        .list(cases.iter().copied())
        .sql(") GROUP BY case_id")
        .all(db)
        .await?;
    for (case, on) in returned {
        stories.entry(of(case)?).or_default().returned_on = day(Some(on))?;
    }
    let stood: Vec<(Vec<u8>, String, String)> = q("SELECT case_id, from_day, until_day FROM case_suspension WHERE until_day IS NOT NULL AND case_id IN (")
        .list(cases.iter().copied())
        .sql(") ORDER BY case_id, started_at")
        .all(db)
        .await?;
    for (case, from, until) in stood {
        let (from, resumed) = (from.parse().map_err(Error::internal)?, until.parse().map_err(Error::internal)?);
        stories.entry(of(case)?).or_default().suspensions.push(Suspension { from, resumed });
    }
    Ok(stories)
}

type DaysRow = (String, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>);

/// The days on which these cases were counted so far.
pub(crate) async fn known_days(tx: &Tx, cases: &[CaseId]) -> Result<Vec<Day>> {
    let rows: Vec<DaysRow> = q("SELECT received_on, returned_on, corrected_on, accepted_on, rejected_on, refused_on, finished_on, withdrawn_on \
         FROM statistic_case WHERE case_id IN (")
    .list(cases.iter().copied())
    .sql(")")
    .all(tx)
    .await?;
    let days = rows.into_iter().flat_map(|(a, b, c, d, e, f, g, h)| [Some(a), b, c, d, e, f, g, h].into_iter().flatten());
    days.map(|day| day.parse().map_err(Error::internal)).collect()
}

/// Puts these rows in the place of those that were kept of the same cases.
pub(crate) async fn replace(tx: &Tx, cases: &[CaseId], rows: &[Facts]) -> Result<()> {
    q("DELETE FROM statistic_case WHERE case_id IN (").list(cases.iter().copied()).sql(")").exec(tx).await?;
    let mut insert = q("INSERT INTO statistic_case (case_id, side, version, region, org, item, channel, received_on, returned_on, corrected_on, \
         accepted_on, rejected_on, refused_on, finished_on, withdrawn_on, on_time, used_days, promise_days, legal_days) VALUES ");
    for (n, row) in rows.iter().enumerate() {
        insert = insert.sql(if n == 0 { "(" } else { ", (" }).arg(row.case).sql(", ").arg(row.side.code()).sql(", ").arg(row.version);
        insert = insert.sql(", ").arg(row.region).sql(", ").arg(row.org).sql(", ").arg(&row.item).sql(", ").arg(row.channel).sql(", ").arg(row.received_on);
        for day in [row.returned_on, row.corrected_on, row.accepted_on, row.rejected_on, row.refused_on, row.finished_on, row.withdrawn_on] {
            insert = insert.sql(", ").arg(day);
        }
        insert = insert.sql(", ").arg(row.on_time).sql(", ").arg(row.used_days).sql(", ").arg(row.promise_days).sql(", ").arg(row.legal_days).sql(")");
    }
    insert.exec(tx).await?;
    Ok(())
}

/// Marks days to be counted again.
pub(crate) async fn mark_stale(tx: &Tx, days: &[Day]) -> Result<()> {
    if days.is_empty() {
        return Ok(());
    }
    let mut insert = q("INSERT INTO statistic_stale (day) VALUES ");
    for (n, day) in days.iter().enumerate() {
        insert = insert.sql(if n == 0 { "(" } else { ", (" }).arg(*day).sql(")");
    }
    insert.sql(" ON CONFLICT (day) DO NOTHING").exec(tx).await?;
    Ok(())
}

/// A part of the days that have to be counted again, the earliest first.
pub(crate) async fn stale(db: &Db, limit: i64) -> Result<Vec<Day>> {
    let rows: Vec<(String,)> = q("SELECT day FROM statistic_stale ORDER BY day LIMIT $1").bind(limit).all(db).await?;
    rows.into_iter().map(|(day,)| day.parse().map_err(Error::internal)).collect()
}

/// A day was counted.
pub(crate) async fn counted(tx: &Tx, day: Day) -> Result<()> {
    q("DELETE FROM statistic_stale WHERE day = $1").bind(day).exec(tx).await?;
    Ok(())
}
