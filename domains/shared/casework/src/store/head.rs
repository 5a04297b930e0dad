//! The head row of a case.

use kernel::case_no::{CaseNo, Channel};
use kernel::{Id, Instant, RegionCode};
use platform::{Ctx, Error, OrgId, Result, StaffId};
use ::store::{Db, Target, Tx, q};

use super::{action, area, cases};
use crate::model::Detail;
use crate::{Phase, Step};

/// Marker of a case.
#[derive(Debug)]
pub struct Case;
/// Id of a case.
pub type CaseId = Id<Case>;

/// What is needed to open a case.
#[derive(Debug, Clone)]
pub struct NewCase<'a> {
    /// The id, drawn before the transaction.
    pub id: CaseId,
    /// Key of the service that owns the states.
    pub service: &'a str,
    /// Basic code of the service item.
    pub item_code: String,
    /// Version of the published item, if one is published where the case runs.
    pub item_version: Option<Vec<u8>>,
    /// Region of the office.
    pub region: RegionCode,
    /// Organisation that answers for the case.
    pub org: OrgId,
    /// Key of the office.
    pub office: Vec<u8>,
    /// How the case came in (digit of the case number, OVP P2.2).
    pub channel: Channel,
    /// The service's first state.
    pub state: &'a str,
    /// The phase which that state declares.
    pub phase: Phase,
    /// Last moment of the promised limit; none where the item is done on the spot.
    pub due: Option<Instant>,
}

/// The head of a case, as lists and search show it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Head {
    /// The case.
    #[sqlx(try_from = "Vec<u8>")]
    pub id: CaseId,
    /// The number that people use.
    pub case_no: String,
    /// Key of the service.
    pub service: String,
    /// Basic code of the item.
    pub item_code: String,
    /// Region of the office.
    pub region: String,
    /// Organisation that answers for it.
    #[sqlx(try_from = "Vec<u8>")]
    pub org: OrgId,
    /// Key of the office.
    pub office: Vec<u8>,
    /// Code of the phase.
    pub phase: String,
    /// Version that the next action has to have seen.
    pub version: i64,
    /// When it was opened.
    #[sqlx(try_from = "i64")]
    pub opened_at: Instant,
}

const ONE: &str = "SELECT id, case_no, service, item_code, region, org, office, phase, version, opened_at FROM case_head WHERE id = $1";
const BY_NO: &str = "SELECT id, case_no, service, item_code, region, org, office, phase, version, opened_at FROM case_head WHERE case_no = $1";
const OF_OFFICE: &str = "SELECT id, case_no, service, item_code, region, org, office, phase, version, opened_at FROM case_head \
     WHERE office = $1 AND opened_at >= $2 AND service = $3 ORDER BY opened_at DESC, id DESC LIMIT $4";

/// Writes the head and the first action; returns the case number.
///
/// The number comes from a counter of the region's day. Gaps are allowed, doubles are not. What is opened at a counter is received with it.
pub async fn open(tx: &Tx, ctx: &Ctx, case: &NewCase<'_>) -> Result<String> {
    open_with(tx, ctx, case, case.region, &Detail { received_on: Some(ctx.today()), ..Detail::default() }).await
}

/// The same with the region that stands in the number, and with what the first event says beyond the state.
pub(crate) async fn open_with(tx: &Tx, ctx: &Ctx, case: &NewCase<'_>, number_at: RegionCode, detail: &Detail) -> Result<String> {
    let owner: Option<StaffId> = ctx.actor().staff().map(|staff| staff.id);
    let today = ctx.today();
    let (seq,): (i64,) = q("INSERT INTO case_counter (region, day, n) VALUES ($1, $2, 1) \
         ON CONFLICT (region, day) DO UPDATE SET n = case_counter.n + 1 RETURNING n")
    .bind(number_at.county())
    .bind(today)
    .one(tx)
    .await?;
    let number = u32::try_from(seq).ok().and_then(|seq| CaseNo::new(number_at, today, case.channel, seq));
    let number = number.ok_or_else(|| Error::internal("the day's case numbers of a region are used up"))?.as_str().to_owned();
    q("INSERT INTO case_head (id, case_no, service, item_code, item_version, region, org, office, phase, version, due_at, owner, \
       opened_at, closed_at, state, rank, channel, received_at) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, $12, NULL, $13, $14, $15, $16)")
    .bind(case.id)
    .bind(number.as_str())
    .bind(case.service)
    .bind(case.item_code.as_str())
    .bind(case.item_version.clone())
    .bind(case.region)
    .bind(case.org)
    .bind(case.office.clone())
    .bind(case.phase.code())
    .bind(case.due)
    .bind(owner)
    .bind(ctx.now())
    .bind(case.state)
    .bind(cases::rank(None, case.due.map(|due| due.day())))
    .bind(i64::from(case.channel.digit()))
    .bind(detail.received_on.map(|_| ctx.now()))
    .exec(tx)
    .await?;
    area::place(tx, case.id).await?;
    let step = Step { case: case.id, seen: 0, verb: "open", from: "", to: case.state, phase: case.phase, reason: "" };
    action::append(tx, ctx, &step, 1, detail).await?;
    Ok(number)
}

/// The head of a case.
pub async fn head(on: impl Into<Target<'_>> + Send, id: CaseId) -> Result<Head> {
    q(ONE).bind(id).opt(on).await?.ok_or(Error::NotFound)
}

/// The head of the case with this number.
pub async fn by_case_no(on: &Db, number: &str) -> Result<Option<Head>> {
    Ok(q(BY_NO).bind(number).opt(on).await?)
}

/// The cases of a service that an office opened since a moment, newest first, `limit` at most.
pub async fn heads_of_office(on: &Db, office: &[u8], service: &str, since: Instant, limit: i64) -> Result<Vec<Head>> {
    Ok(q(OF_OFFICE).bind(office.to_vec()).bind(since).bind(service).bind(limit).all(on).await?)
}
