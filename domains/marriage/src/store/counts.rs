//! What the report on marriage registration rests on: registrations, divorces and re-issues by case, and papers of courts.

use ::statistics::Entry;
use casework::CaseId;
use kernel::{Day, Id, Instant, RegionCode};
use platform::{Ctx, Error, OrgId, Result};
use store::{Db, q};

use crate::divorce::states::StateKind;
use crate::statistics::{Divorcing, Registered};
use crate::store::register::Content;

#[derive(sqlx::FromRow)]
struct MarriageRow {
    #[sqlx(try_from = "Vec<u8>")]
    case_id: CaseId,
    #[sqlx(try_from = "i64")]
    registered_at: Instant,
    kind: String,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    ended_on: Option<String>,
    end_kind: Option<String>,
    version_id: Vec<u8>,
    content: Vec<u8>,
}

/// The registrations of these cases, each as the register says it now.
pub(crate) async fn marriages(ctx: &Ctx, cases: &[CaseId]) -> Result<Vec<Registered>> {
    let rows: Vec<MarriageRow> = q("SELECT m.case_id, m.registered_at, m.kind, m.region, m.ended_on, m.end_kind, v.id AS version_id, v.content \
         FROM marriage m JOIN marriage_case c ON c.id = m.case_id JOIN marriage_version v ON v.marriage = m.id \
         AND v.version = (SELECT MAX(x.version) FROM marriage_version x WHERE x.marriage = m.id) WHERE m.case_id IN (")
    .list(cases.iter().copied())
    .sql(")")
    .all(ctx.db())
    .await?;
    rows.into_iter()
        .map(|row| {
            let plain = ctx.keys().open("marriage_version", "content", &row.version_id, &row.content).map_err(Error::internal)?;
            let content: Content = serde_json::from_slice(&plain).map_err(Error::internal)?;
            Ok(Registered {
                case: row.case_id,
                on: row.registered_at.day(),
                kind: row.kind,
                region: row.region,
                ended: day(row.ended_on)?.zip(row.end_kind),
                parties: [content.a, content.b],
            })
        })
        .collect()
}

fn day(text: Option<String>) -> Result<Option<Day>> {
    text.map(|text| text.parse().map_err(Error::internal)).transpose()
}

#[derive(sqlx::FromRow)]
struct DivorceRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: CaseId,
    state: String,
    accepted_on: Option<String>,
    claim_end: Option<String>,
    withdrawn_at: Option<i64>,
    registered_on: Option<String>,
}

/// The divorces of these cases.
pub(crate) async fn divorces(db: &Db, cases: &[CaseId]) -> Result<Vec<Divorcing>> {
    let rows: Vec<DivorceRow> = q("SELECT c.id, c.state, c.accepted_on, c.claim_end, c.withdrawn_at, d.registered_on FROM divorce_case c \
         LEFT JOIN divorce d ON d.case_id = c.id WHERE c.id IN (")
    .list(cases.iter().copied())
    .sql(")")
    .all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let claim_end = day(row.claim_end)?;
            Ok(Divorcing {
                case: row.id,
                accepted_on: day(row.accepted_on)?,
                withdrawn_on: row.withdrawn_at.map(|at| Instant::from_micros(at).day()),
                lapsed_on: claim_end.filter(|_| row.state == StateKind::Lapsed.code()).map(|day| day.plus_days(1)),
                registered_on: day(row.registered_on)?,
            })
        })
        .collect()
}

/// The re-issues of these cases, with the day of issue.
pub(crate) async fn reissues(db: &Db, cases: &[CaseId]) -> Result<Vec<(CaseId, Day)>> {
    let rows: Vec<(Vec<u8>, String)> = q("SELECT id, issued_on FROM marriage_reissue WHERE issued_on IS NOT NULL AND id IN (")
        .list(cases.iter().copied())
        .sql(")")
        .all(db)
        .await?;
    rows.into_iter().map(|(id, on)| Ok((CaseId::try_from(id).map_err(Error::internal)?, on.parse().map_err(Error::internal)?))).collect()
}

/// A paper of a court that ended a marriage by divorce.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct CourtRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: Id<Entry>,
    #[sqlx(try_from = "String")]
    pub(crate) region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) org: OrgId,
    #[sqlx(try_from = "i64")]
    pub(crate) checked_at: Instant,
}

/// Judgments and mediation papers that were applied, by id.
pub(crate) async fn court_divorces(db: &Db, after: Option<Id<Entry>>, limit: i64) -> Result<Vec<CourtRow>> {
    let after = after.map(|id| id.to_vec()).unwrap_or_default();
    Ok(q("SELECT id, region, org, COALESCE(checked_at, received_at) AS checked_at FROM marriage_court_notice \
         WHERE state = 'applied' AND kind IN ('2', '3') AND id > $1 ORDER BY id LIMIT $2")
    .bind(after)
    .bind(limit)
    .all(db)
    .await?)
}
