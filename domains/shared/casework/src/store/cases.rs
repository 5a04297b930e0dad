//! The whole head of a case: inserted at submission, written anew with every move.

use kernel::{Channel, Day, Instant, RegionCode};
use platform::{AccountId, Ctx, Error, OrgId, PersonId, Result, StaffId};
use store::keys::{Keys, Purpose};
use store::{Target, Tx, q};

use crate::clock::{Ends, over_at};
use crate::fold::CaseState;
use crate::model::{Applicant, ApplicantKind, CaseHead, Contact, LetterId, Outcome};
use crate::{CaseId, Phase};

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: CaseId,
    case_no: String,
    case_type: String,
    service: String,
    item_code: String,
    impl_code: String,
    item_version: Option<Vec<u8>>,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    org: OrgId,
    channel: i64,
    pledge: bool,
    applicant_kind: String,
    applicant: Option<Vec<u8>>,
    applicant_name: Option<Vec<u8>>,
    applicant_number: Option<Vec<u8>>,
    contact: Option<Vec<u8>>,
    agent: Option<Vec<u8>>,
    agent_letter: Option<Vec<u8>>,
    account: Option<Vec<u8>>,
    state: String,
    phase: String,
    version: i64,
    #[sqlx(try_from = "i64")]
    opened_at: Instant,
    accepted_at: Option<i64>,
    decided_at: Option<i64>,
    closed_at: Option<i64>,
    auto_accepted: bool,
    acceptor: Option<Vec<u8>>,
    examiner: Option<Vec<u8>>,
    reviewer: Option<Vec<u8>>,
    decider: Option<Vec<u8>>,
    holder: Option<Vec<u8>>,
    promise_due: Option<String>,
    legal_due: Option<String>,
    notice_due: Option<String>,
    step_due: Option<String>,
    paper_due: Option<String>,
    provisional: bool,
    extended: i64,
    suspended_since: Option<String>,
    corrected_on: Option<String>,
    parent: Option<Vec<u8>>,
    result: Option<String>,
    intake_region: Option<String>,
    intake_org: Option<Vec<u8>>,
}

const BY_ID: &str = "SELECT id, case_no, case_type, service, item_code, impl_code, item_version, region, org, channel, pledge, applicant_kind, \
     applicant, applicant_name, applicant_number, contact, agent, agent_letter, account, state, phase, version, opened_at, accepted_at, \
     decided_at, closed_at, auto_accepted, acceptor, examiner, reviewer, decider, holder, promise_due, legal_due, notice_due, step_due, \
     paper_due, provisional, extended, suspended_since, corrected_on, parent, result, intake_region, intake_org FROM case_head WHERE id = $1";

fn id<K>(bytes: Option<Vec<u8>>) -> Result<Option<kernel::Id<K>>> {
    bytes.map(kernel::Id::try_from).transpose().map_err(Error::internal)
}

fn day(text: Option<String>) -> Result<Option<Day>> {
    text.map(Day::try_from).transpose().map_err(Error::internal)
}

fn open_text(keys: &Keys, column: &str, id: CaseId, sealed: Option<Vec<u8>>) -> Result<String> {
    sealed.map(|sealed| keys.open_text("case_head", column, &id.to_vec(), &sealed)).transpose().map_err(Error::internal).map(Option::unwrap_or_default)
}

impl Row {
    fn head(self, keys: &Keys) -> Result<CaseHead> {
        let agent = id::<platform::Person>(self.agent)?.zip(id(self.agent_letter)?);
        let contact: Contact = match open_text(keys, "contact", self.id, self.contact)? {
            empty if empty.is_empty() => Contact::default(),
            text => serde_json::from_str(&text).map_err(Error::internal)?,
        };
        let intake_org = id(self.intake_org)?;
        let intake_region = self.intake_region.map(|code| RegionCode::parse(&code)).transpose().map_err(Error::internal)?;
        Ok(CaseHead {
            id: self.id,
            case_no: self.case_no,
            case_type: self.case_type,
            service: self.service,
            item_code: self.item_code,
            impl_code: self.impl_code,
            item_version: id(self.item_version)?,
            region: self.region,
            org: self.org,
            channel: u8::try_from(self.channel).ok().and_then(Channel::from_digit).unwrap_or(Channel::Counter),
            pledge: self.pledge,
            applicant: Applicant {
                kind: ApplicantKind::from_code(&self.applicant_kind).ok_or_else(|| Error::internal("an unknown kind of applicant"))?,
                person: id(self.applicant)?,
                name: open_text(keys, "applicant_name", self.id, self.applicant_name)?,
                number: open_text(keys, "applicant_number", self.id, self.applicant_number)?,
                contact,
                agent,
            },
            account: id::<platform::Account>(self.account)?,
            state: self.state,
            phase: Phase::from_code(&self.phase).ok_or_else(|| Error::internal("an unknown phase"))?,
            version: self.version,
            opened_at: self.opened_at,
            accepted_at: self.accepted_at.map(Instant::from_micros),
            decided_at: self.decided_at.map(Instant::from_micros),
            closed_at: self.closed_at.map(Instant::from_micros),
            auto_accepted: self.auto_accepted,
            acceptor: id(self.acceptor)?,
            examiner: id(self.examiner)?,
            reviewer: id(self.reviewer)?,
            decider: id(self.decider)?,
            holder: id(self.holder)?,
            promise_due: day(self.promise_due)?,
            legal_due: day(self.legal_due)?,
            notice_due: day(self.notice_due)?,
            step_due: day(self.step_due)?,
            paper_due: day(self.paper_due)?,
            provisional: self.provisional,
            extended: self.extended,
            suspended_since: day(self.suspended_since)?,
            corrected_on: day(self.corrected_on)?,
            parent: id(self.parent)?,
            outcome: self.result.as_deref().and_then(Outcome::from_code),
            intake: intake_region.zip(intake_org),
        })
    }
}

/// The whole head of a case.
///
/// # Errors
/// `NotFound` for an id that is none, or a case that the engine does not run.
pub(crate) async fn by_id(on: impl Into<Target<'_>> + Send, ctx: &Ctx, id: CaseId) -> Result<CaseHead> {
    let row: Row = q(BY_ID).bind(id).opt(on).await?.ok_or(Error::NotFound)?;
    if row.applicant_name.is_none() { Err(Error::NotFound) } else { row.head(ctx.keys()) }
}

/// The keyed hash by which cases of an applicant are found.
pub(crate) fn number_hash(keys: &Keys, number: &str) -> Vec<u8> {
    keys.hash(Purpose::PersonNumber, number)
}

/// The keyed hash of number and query code.
pub(crate) fn query_hash(keys: &Keys, case_no: &str, code: &str) -> Vec<u8> {
    keys.hash(Purpose::Token, &format!("case/{case_no}/{code}"))
}

/// What the engine keeps of a new case beyond what [`open`](crate::open) writes.
pub(crate) struct Opening<'a> {
    pub(crate) case: CaseId,
    pub(crate) case_type: &'a str,
    pub(crate) impl_code: &'a str,
    pub(crate) pledge: bool,
    pub(crate) applicant: &'a Applicant,
    pub(crate) account: Option<AccountId>,
    pub(crate) case_no: &'a str,
    pub(crate) query_code: &'a str,
    pub(crate) parent: Option<CaseId>,
    pub(crate) intake: Option<(RegionCode, OrgId)>,
}

/// Completes the head of a case that was just opened.
pub(crate) async fn complete(tx: &Tx, ctx: &Ctx, new: &Opening<'_>) -> Result<()> {
    let (keys, row) = (ctx.keys(), new.case.to_vec());
    let contact = serde_json::to_string(&new.applicant.contact).map_err(Error::internal)?;
    let (agent, letter): (Option<PersonId>, Option<LetterId>) = new.applicant.agent.unzip();
    q("UPDATE case_head SET case_type = $2, impl_code = $3, pledge = $4, applicant_kind = $5, applicant = $6, applicant_name = $7, \
       applicant_number = $8, contact = $9, applicant_hash = $10, number_hash = $11, agent = $12, agent_letter = $13, account = $14, \
       query_code_hash = $15, parent = $16, intake_region = $17, intake_org = $18, submitted_at = $19, query_code = $20 WHERE id = $1")
        .bind(new.case)
        .bind(new.case_type)
        .bind(new.impl_code)
        .bind(new.pledge)
        .bind(new.applicant.kind.code())
        .bind(new.applicant.person)
        .bind(keys.seal_text("case_head", "applicant_name", &row, &new.applicant.name))
        .bind(keys.seal_text("case_head", "applicant_number", &row, &new.applicant.number))
        .bind(keys.seal_text("case_head", "contact", &row, &contact))
        .bind(identity::persons::name_hash(keys, &new.applicant.name))
        .bind(number_hash(keys, &new.applicant.number))
        .bind(agent)
        .bind(letter)
        .bind(new.account)
        .bind(query_hash(keys, new.case_no, new.query_code))
        .bind(new.parent)
        .bind(new.intake.map(|(region, _)| region))
        .bind(new.intake.map(|(_, org)| org))
        .bind(ctx.now())
        .bind(keys.seal_text("case_head", "query_code", &row, new.query_code))
        .exec(tx)
        .await?;
    Ok(())
}

/// The code that stands on the receipt; nothing for cases that have none, or had one before it was kept.
pub(crate) async fn query_code(on: impl Into<Target<'_>> + Send, ctx: &Ctx, case: CaseId) -> Result<Option<String>> {
    let row: Option<(Option<Vec<u8>>,)> = q("SELECT query_code FROM case_head WHERE id = $1").bind(case).opt(on).await?;
    let sealed = row.and_then(|(sealed,)| sealed);
    sealed.map(|sealed| ctx.keys().open_text("case_head", "query_code", &case.to_vec(), &sealed).map_err(Error::internal)).transpose()
}

/// What comes first in lists: the nearest end for open cases, the newest for closed ones.
pub(crate) fn rank(closed_at: Option<Instant>, nearest: Option<Day>) -> i64 {
    match closed_at {
        Some(at) => -at.micros(),
        None => nearest.map_or(i64::MAX, |due| over_at(due).micros()),
    }
}

/// Writes what the fold and the clock say, if the case is still at `seen`.
///
/// # Errors
/// `E-ST02` if somebody else was here first.
pub(crate) async fn project(tx: &Tx, case: CaseId, seen: i64, state: &CaseState, phase: Phase, ends: &Ends) -> Result<()> {
    let closed_at = phase.is_closed().then_some(state.finished_at).flatten();
    let rank = rank(closed_at, ends.nearest());
    let open = !phase.is_closed();
    let moved = q("UPDATE case_head SET version = $3, state = $4, phase = $5, closed_at = $6, open = $7, rank = $8, received_at = $9, \
         accepted_at = $10, decided_at = $11, auto_accepted = $12, acceptor = $13, examiner = $14, reviewer = $15, decider = $16, \
         holder = $17, promise_due = $18, legal_due = $19, notice_due = $20, step_due = $21, paper_due = $22, provisional = $23, \
         extended = $24, suspended_since = $25, corrected_on = $26, result = $27, due_at = $28 WHERE id = $1 AND version = $2")
        .bind(case)
        .bind(seen)
        .bind(state.seq)
        .bind(state.code.as_str())
        .bind(phase.code())
        .bind(closed_at)
        .bind(open)
        .bind(rank)
        .bind(state.received.map(|(at, _)| at))
        .bind(state.accepted_at)
        .bind(state.decided_at)
        .bind(state.auto_accepted)
        .bind(state.acceptor)
        .bind(state.examiner)
        .bind(state.reviewer)
        .bind(state.decider)
        .bind(state.holder)
        .bind(ends.promise.as_ref().map(|end| end.day()))
        .bind(ends.legal.as_ref().map(|end| end.day()))
        .bind(ends.notice.as_ref().map(|end| end.day()))
        .bind(ends.step.as_ref().map(|end| end.day()))
        .bind(ends.paper)
        .bind(ends.provisional())
        .bind(i64::from(state.extension.is_some()))
        .bind(state.suspended_since)
        .bind(state.told_on)
        .bind(state.outcome.map(Outcome::code))
        .bind(ends.promise.as_ref().map(|end| over_at(end.day())))
        .exec(tx)
        .await?;
    if moved == 0 {
        return Err(Error::stale());
    }
    super::area::follow(tx, case, open, rank, phase).await
}

/// The number of an open case of the same applicant and item (P2-11).
pub(crate) async fn open_of_applicant(tx: &Tx, number_hash: Vec<u8>, item_code: &str) -> Result<Option<String>> {
    // `open = true` as a value: the two columns lead the index of the number, which SQLite else leaves for that of the parents.
    let row: Option<(String,)> = q("SELECT case_no FROM case_head WHERE number_hash = $1 AND open = $3 AND item_code = $2 AND parent IS NULL ORDER BY id LIMIT 1")
        .bind(number_hash)
        .bind(item_code)
        .bind(true)
        .opt(tx)
        .await?;
    Ok(row.map(|(number,)| number))
}

/// The children of a joint case: id, phase, end of the limit.
pub(crate) async fn children(on: impl Into<Target<'_>> + Send, parent: CaseId) -> Result<Vec<(CaseId, Phase, Option<Day>)>> {
    let rows: Vec<(Vec<u8>, String, Option<String>)> =
        q("SELECT id, phase, promise_due FROM case_head WHERE parent = $1 ORDER BY id LIMIT 100").bind(parent).all(on).await?;
    rows.into_iter()
        .map(|(child, phase, due)| {
            let child = CaseId::try_from(child).map_err(Error::internal)?;
            Ok((child, Phase::from_code(&phase).ok_or_else(|| Error::internal("an unknown phase"))?, day(due)?))
        })
        .collect()
}

/// A part of a joint case, for its list.
#[derive(sqlx::FromRow)]
pub(crate) struct PartRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: CaseId,
    pub(crate) case_no: String,
    pub(crate) case_type: String,
    pub(crate) state: String,
    pub(crate) phase: String,
    pub(crate) promise_due: Option<String>,
}

/// The parts of a joint case, in the order in which they were opened.
pub(crate) async fn parts(on: impl Into<Target<'_>> + Send, parent: CaseId) -> Result<Vec<PartRow>> {
    Ok(q("SELECT id, case_no, case_type, state, phase, promise_due FROM case_head WHERE parent = $1 ORDER BY id LIMIT 100").bind(parent).all(on).await?)
}

/// Id and sealed number of the case with this number, and whether this query code is its own.
pub(crate) async fn by_number(on: impl Into<Target<'_>> + Send, case_no: &str) -> Result<Option<(CaseId, Option<Vec<u8>>)>> {
    let row: Option<(Vec<u8>, Option<Vec<u8>>)> = q("SELECT id, query_code_hash FROM case_head WHERE case_no = $1").bind(case_no).opt(on).await?;
    row.map(|(id, hash)| Ok((CaseId::try_from(id).map_err(Error::internal)?, hash))).transpose()
}

/// Open cases of which a limit with a move of time is over by `today`, a page at a time.
pub(crate) async fn overdue(on: impl Into<Target<'_>> + Send, today: Day, after: &[u8], limit: i64) -> Result<Vec<CaseId>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT id FROM case_head WHERE open AND id > $2 AND (notice_due < $1 OR step_due < $1 OR paper_due < $1) ORDER BY id LIMIT $3")
        .bind(today)
        .bind(after.to_vec())
        .bind(limit)
        .all(on)
        .await?;
    rows.into_iter().map(|(id,)| CaseId::try_from(id).map_err(Error::internal)).collect()
}

/// Gives the case to another body (P2-9).
pub(crate) async fn assign(tx: &Tx, case: CaseId, region: RegionCode, org: OrgId) -> Result<()> {
    q("UPDATE case_head SET region = $2, org = $3 WHERE id = $1").bind(case).bind(region).bind(org).exec(tx).await?;
    super::area::place(tx, case).await
}

/// The staff ids that hold open cases of a body, with how many and how many of these are over their nearest end: the load view.
pub(crate) async fn load_of_org(on: impl Into<Target<'_>> + Send, org: OrgId, now: Instant) -> Result<Vec<(Option<StaffId>, i64, i64)>> {
    let rows: Vec<(Option<Vec<u8>>, i64, i64)> = q("SELECT holder, COUNT(*), COUNT(CASE WHEN rank > 0 AND rank <= $2 THEN 1 END) FROM case_head \
         WHERE org = $1 AND open = $3 GROUP BY holder ORDER BY holder NULLS LAST LIMIT 500")
    .bind(org)
    .bind(now)
    .bind(true)
    .all(on)
    .await?;
    rows.into_iter().map(|(holder, n, late)| Ok((id(holder)?, n, late))).collect()
}

/// The limit of a joint case follows its parts.
pub(crate) async fn set_joint_due(tx: &Tx, ctx: &Ctx, parent: CaseId, due: Day) -> Result<()> {
    let rank = over_at(due).micros();
    let changed = q("UPDATE case_head SET promise_due = $2, due_at = $3, rank = $4 WHERE id = $1 AND open AND (promise_due IS NULL OR promise_due <> $2)")
        .bind(parent)
        .bind(due)
        .bind(over_at(due))
        .bind(rank)
        .exec(tx)
        .await?;
    if changed == 1 {
        let head = by_id(tx, ctx, parent).await?;
        super::area::follow(tx, parent, true, rank, head.phase).await?;
    }
    Ok(())
}
