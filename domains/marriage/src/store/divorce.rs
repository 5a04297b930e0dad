//! Rows of `divorce_case` and `divorce_agreement`.

use booking::{BookingId, OfficeId};
use casework::{CaseId, Head};
use kernel::{Day, Instant};
use platform::{Ctx, Error, PersonId, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::keys::Keys;
use store::{Db, Target, Tx, q};

use crate::divorce::File;
use crate::divorce::model::{Agreement, AgreementId, Version};
use crate::divorce::periods::Dates;
use crate::divorce::states::StateKind;
use crate::model::{MarriageId, Side};
use crate::store::parties;

const CASE: &str = "divorce_case";

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    office: OfficeId,
    state: String,
    booking: Option<Vec<u8>>,
    shown: Option<Vec<u8>>,
    marriage: Option<Vec<u8>>,
    talk: Option<Vec<u8>>,
    claim_talk: Option<Vec<u8>>,
    accepted_at: Option<i64>,
    accepted_on: Option<String>,
    cool_end: Option<String>,
    claim_end: Option<String>,
    provisional: bool,
    claimed_at: Option<i64>,
    withdrawn_by: Option<String>,
    withdrawn_at: Option<i64>,
}

fn damaged(what: &str) -> Error {
    Error::internal(format!("divorce_case: {what} cannot be read"))
}

fn day(text: Option<String>) -> Result<Option<Day>> {
    text.map(|text| text.parse().map_err(|_| damaged("a date"))).transpose()
}

fn state(code: &str) -> Result<StateKind> {
    StateKind::from_code(code).ok_or_else(|| damaged("state"))
}

fn unseal<T: DeserializeOwned>(keys: &Keys, column: &str, id: CaseId, sealed: Option<&Vec<u8>>) -> Result<Option<T>> {
    let Some(sealed) = sealed else { return Ok(None) };
    let plain = keys.open(CASE, column, &id.to_vec(), sealed).map_err(Error::internal)?;
    serde_json::from_slice(&plain).map(Some).map_err(Error::internal)
}

/// Seals a column of a case.
pub(crate) fn seal(keys: &Keys, column: &str, id: CaseId, value: &impl Serialize) -> Vec<u8> {
    keys.seal(CASE, column, &id.to_vec(), &serde_json::to_vec(value).expect("plain data"))
}

/// The case with both persons and every version of the agreement, opened.
pub(crate) async fn load(on: Target<'_>, keys: &Keys, id: CaseId) -> Result<File> {
    let head: Head = casework::head(on, id).await?;
    let row: Row = q("SELECT office, state, booking, shown, marriage, talk, claim_talk, accepted_at, accepted_on, cool_end, claim_end, provisional, \
         claimed_at, withdrawn_by, withdrawn_at FROM divorce_case WHERE id = $1")
    .bind(id)
    .opt(on)
    .await?
    .ok_or(Error::NotFound)?;
    let [a, b] = parties::of_case(on, keys, id).await?;
    let dates = match (day(row.accepted_on)?, day(row.cool_end)?, day(row.claim_end)?) {
        (Some(accepted), Some(cool_end), Some(claim_end)) => Some(Dates { accepted, cool_end, claim_end, provisional: row.provisional }),
        _ => None,
    };
    let withdrawn = row.withdrawn_by.as_deref().and_then(Side::from_code).zip(row.withdrawn_at.map(Instant::from_micros));
    Ok(File {
        head,
        office: row.office,
        written: state(&row.state)?,
        booking: row.booking.and_then(|bytes| BookingId::try_from(bytes).ok()),
        shown: unseal(keys, "shown", id, row.shown.as_ref())?,
        marriage: row.marriage.and_then(|bytes| MarriageId::try_from(bytes).ok()),
        talk: unseal(keys, "talk", id, row.talk.as_ref())?,
        claim_talk: unseal(keys, "claim_talk", id, row.claim_talk.as_ref())?,
        dates,
        accepted_at: row.accepted_at.map(Instant::from_micros),
        claimed_at: row.claimed_at.map(Instant::from_micros),
        withdrawn,
        agreements: versions(on, keys, id).await?,
        a,
        b,
    })
}

/// Writes a new case in 初审.
pub(crate) async fn insert(tx: &Tx, id: CaseId, office: OfficeId, booking: Option<BookingId>) -> Result<()> {
    q("INSERT INTO divorce_case (id, office, state, booking, open, provisional, counting) VALUES ($1, $2, $3, $4, $5, $5, '')")
        .bind(id)
        .bind(office)
        .bind(StateKind::Precheck.code())
        .bind(booking)
        .bind(false)
        .exec(tx)
        .await?;
    Ok(())
}

/// The case that was opened from a booking, if one was.
pub(crate) async fn of_booking(on: impl Into<Target<'_>> + Send, booking: BookingId) -> Result<Option<CaseId>> {
    let found: Option<(Vec<u8>,)> = q("SELECT id FROM divorce_case WHERE booking = $1").bind(booking).opt(on).await?;
    Ok(found.and_then(|(id,)| id.try_into().ok()))
}

/// Writes the marriage as shown, sealed.
pub(crate) async fn set_shown(tx: &Tx, id: CaseId, sealed: Vec<u8>) -> Result<()> {
    q("UPDATE divorce_case SET shown = $1 WHERE id = $2").bind(sealed).bind(id).exec(tx).await?;
    Ok(())
}

/// Writes what both said at the application, sealed.
pub(crate) async fn set_talk(tx: &Tx, id: CaseId, sealed: Vec<u8>) -> Result<()> {
    q("UPDATE divorce_case SET talk = $1 WHERE id = $2").bind(sealed).bind(id).exec(tx).await?;
    Ok(())
}

/// Writes what both said at the claim, sealed.
pub(crate) async fn set_claim_talk(tx: &Tx, id: CaseId, sealed: Vec<u8>) -> Result<()> {
    q("UPDATE divorce_case SET claim_talk = $1 WHERE id = $2").bind(sealed).bind(id).exec(tx).await?;
    Ok(())
}

/// Both persons as one key, the lower id first.
pub(crate) fn pair(one: PersonId, other: PersonId) -> Vec<u8> {
    let (low, high) = if one <= other { (one, other) } else { (other, one) };
    [low.to_vec(), high.to_vec()].concat()
}

/// 受理: false when the pair has an open case already. The partial unique key decides, not a look before.
pub(crate) async fn accept(tx: &Tx, ctx: &Ctx, id: CaseId, pair: &[u8], marriage: Option<MarriageId>, dates: &Dates, counting: &str) -> Result<bool> {
    // The row is its own conflict target: an update that would break the key writes nothing.
    let written = q("UPDATE divorce_case SET state = $1, pair = $2, open = $3, marriage = $4, accepted_at = $5, accepted_on = $6, cool_end = $7, \
         claim_end = $8, provisional = $9, counting = $10 WHERE id = $11 \
         AND NOT EXISTS (SELECT 1 FROM divorce_case other WHERE other.pair = $2 AND other.open AND other.id <> $11)")
    .bind(StateKind::Cooling.code())
    .bind(pair.to_vec())
    .bind(true)
    .bind(marriage)
    .bind(ctx.now())
    .bind(dates.accepted)
    .bind(dates.cool_end)
    .bind(dates.claim_end)
    .bind(dates.provisional)
    .bind(counting)
    .bind(id)
    .exec(tx)
    .await?;
    Ok(written == 1)
}

/// The office of the pair's open case, if there is one whose dates have not ended it.
pub(crate) async fn open_office(db: &Db, pair: &[u8], today: Day) -> Result<Option<OfficeId>> {
    let row: Option<(Vec<u8>,)> = q("SELECT office FROM divorce_case WHERE pair = $1 AND open AND claim_end >= $2")
        .bind(pair.to_vec())
        .bind(today)
        .opt(db)
        .await?;
    Ok(row.and_then(|(office,)| OfficeId::try_from(office).ok()))
}

/// The pair's open case that its dates have ended, though that is not written down yet.
pub(crate) async fn stale_of_pair(db: &Db, pair: &[u8], today: Day) -> Result<Option<CaseId>> {
    let row: Option<(Vec<u8>,)> =
        q("SELECT id FROM divorce_case WHERE pair = $1 AND open AND claim_end < $2").bind(pair.to_vec()).bind(today).opt(db).await?;
    Ok(row.and_then(|(id,)| CaseId::try_from(id).ok()))
}

/// A person's open case: the day of acceptance, the last day of the claim, the office.
pub(crate) async fn open_of_person(db: &Db, person: PersonId, today: Day) -> Result<Option<(Day, OfficeId)>> {
    let row: Option<(String, Vec<u8>)> = q("SELECT c.accepted_on, c.office FROM marriage_case_party p JOIN divorce_case c ON c.id = p.case_id \
         WHERE p.person = $1 AND c.open AND c.claim_end >= $2 LIMIT 1")
    .bind(person)
    .bind(today)
    .opt(db)
    .await?;
    let Some((accepted, office)) = row else { return Ok(None) };
    Ok(Some((accepted.parse().map_err(|_| damaged("accepted_on"))?, OfficeId::try_from(office).map_err(Error::internal)?)))
}

/// The cases of a person that were accepted, the newest first, ten at most.
pub(crate) async fn of_person(db: &Db, person: PersonId) -> Result<Vec<CaseId>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT c.id FROM marriage_case_party p JOIN divorce_case c ON c.id = p.case_id \
         WHERE p.person = $1 AND c.accepted_on IS NOT NULL ORDER BY c.accepted_on DESC, c.id DESC LIMIT 10")
    .bind(person)
    .all(db)
    .await?;
    rows.into_iter().map(|(id,)| CaseId::try_from(id).map_err(Error::internal)).collect()
}

/// The open case of a marriage.
pub(crate) async fn open_of_marriage(on: impl Into<Target<'_>> + Send, marriage: MarriageId) -> Result<Option<CaseId>> {
    let row: Option<(Vec<u8>,)> = q("SELECT id FROM divorce_case WHERE marriage = $1 AND open").bind(marriage).opt(on).await?;
    Ok(row.and_then(|(id,)| CaseId::try_from(id).ok()))
}

/// Writes a state; a case at an end frees the pair.
pub(crate) async fn set_state(tx: &Tx, id: CaseId, state: StateKind) -> Result<()> {
    q("UPDATE divorce_case SET state = $1, open = $2 WHERE id = $3").bind(state.code()).bind(state.is_open()).bind(id).exec(tx).await?;
    Ok(())
}

/// Writes the claim: both were identified.
pub(crate) async fn set_claimed(tx: &Tx, id: CaseId, at: Instant) -> Result<()> {
    q("UPDATE divorce_case SET state = $1, claimed_at = $2, claim_talk = NULL WHERE id = $3")
        .bind(StateKind::Examined.code())
        .bind(at)
        .bind(id)
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes who withdrew.
pub(crate) async fn set_withdrawn(tx: &Tx, id: CaseId, side: Side, at: Instant) -> Result<()> {
    q("UPDATE divorce_case SET withdrawn_by = $1, withdrawn_at = $2 WHERE id = $3").bind(side.code()).bind(at).bind(id).exec(tx).await?;
    set_state(tx, id, StateKind::Withdrawn).await
}

/// Writes dates that were counted again.
pub(crate) async fn set_dates(tx: &Tx, id: CaseId, dates: &Dates) -> Result<()> {
    q("UPDATE divorce_case SET cool_end = $1, claim_end = $2, provisional = $3 WHERE id = $4")
        .bind(dates.cool_end)
        .bind(dates.claim_end)
        .bind(dates.provisional)
        .bind(id)
        .exec(tx)
        .await?;
    Ok(())
}

/// Cases in which a date has decided something that is not written down yet, a batch at most.
pub(crate) async fn due(db: &Db, today: Day, limit: i64) -> Result<Vec<CaseId>> {
    let mut rows: Vec<(Vec<u8>,)> = q("SELECT id FROM divorce_case WHERE state = '10' AND cool_end < $1 ORDER BY cool_end LIMIT $2")
        .bind(today)
        .bind(limit)
        .all(db)
        .await?;
    let late: Vec<(Vec<u8>,)> =
        q("SELECT id FROM divorce_case WHERE state IN ('20', '30', '70') AND claim_end < $1 ORDER BY claim_end LIMIT $2")
            .bind(today)
            .bind(limit)
            .all(db)
            .await?;
    rows.extend(late);
    rows.into_iter().map(|(id,)| CaseId::try_from(id).map_err(Error::internal)).collect()
}

/// Writes a version of the agreement.
pub(crate) async fn insert_agreement(tx: &Tx, ctx: &Ctx, case: CaseId, sealed: &SealedAgreement, number: i64) -> Result<()> {
    q("INSERT INTO divorce_agreement (id, case_id, version, content, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(sealed.id)
        .bind(case)
        .bind(number)
        .bind(sealed.content.clone())
        .bind(ctx.actor().key())
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

/// A version about to be written, sealed before the transaction.
#[derive(Debug, Clone)]
pub(crate) struct SealedAgreement {
    id: AgreementId,
    content: Vec<u8>,
}

/// Seals what was agreed.
pub(crate) fn seal_agreement(ctx: &Ctx, agreement: &Agreement) -> SealedAgreement {
    let id: AgreementId = ctx.id();
    let plain = serde_json::to_vec(agreement).expect("plain data");
    SealedAgreement { id, content: ctx.keys().seal("divorce_agreement", "content", &id.to_vec(), &plain) }
}

/// Writes that both signed a version.
pub(crate) async fn sign_agreement(tx: &Tx, id: AgreementId, scan: &str, at: Instant) -> Result<()> {
    q("UPDATE divorce_agreement SET scan = $1, signed_at = $2 WHERE id = $3").bind(scan).bind(at).bind(id).exec(tx).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: AgreementId,
    version: i64,
    content: Vec<u8>,
    #[sqlx(try_from = "i64")]
    made_at: Instant,
    scan: Option<String>,
    signed_at: Option<i64>,
}

async fn versions(on: Target<'_>, keys: &Keys, case: CaseId) -> Result<Vec<Version>> {
    let rows: Vec<VersionRow> = q("SELECT id, version, content, made_at, scan, signed_at FROM divorce_agreement \
         WHERE case_id = $1 ORDER BY version DESC LIMIT 50")
    .bind(case)
    .all(on)
    .await?;
    rows.into_iter()
        .map(|row| {
            let plain = keys.open("divorce_agreement", "content", &row.id.to_vec(), &row.content).map_err(Error::internal)?;
            Ok(Version {
                id: row.id,
                number: row.version,
                content: serde_json::from_slice(&plain).map_err(Error::internal)?,
                made_at: row.made_at,
                signed: row.signed_at.map(Instant::from_micros).zip(row.scan),
            })
        })
        .collect()
}

/// A line of the desk's list, still sealed.
#[derive(sqlx::FromRow)]
pub(crate) struct ListRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: CaseId,
    pub(crate) case_no: String,
    pub(crate) state: String,
    #[sqlx(try_from = "i64")]
    pub(crate) opened_at: Instant,
    accepted_on: Option<String>,
    cool_end: Option<String>,
    claim_end: Option<String>,
    provisional: bool,
    pub(crate) a_id: Option<Vec<u8>>,
    pub(crate) a_snapshot: Option<Vec<u8>>,
    pub(crate) b_id: Option<Vec<u8>>,
    pub(crate) b_snapshot: Option<Vec<u8>>,
}

impl ListRow {
    /// The dates, once accepted.
    pub(crate) fn dates(&self) -> Result<Option<Dates>> {
        Ok(match (day(self.accepted_on.clone())?, day(self.cool_end.clone())?, day(self.claim_end.clone())?) {
            (Some(accepted), Some(cool_end), Some(claim_end)) => Some(Dates { accepted, cool_end, claim_end, provisional: self.provisional }),
            _ => None,
        })
    }
}

const CLAIMABLE: &str = "SELECT h.id, h.case_no, c.state, h.opened_at, c.accepted_on, c.cool_end, c.claim_end, c.provisional, \
     a.id AS a_id, a.snapshot AS a_snapshot, b.id AS b_id, b.snapshot AS b_snapshot FROM divorce_case c JOIN case_head h ON h.id = c.id \
     LEFT JOIN marriage_case_party a ON a.case_id = c.id AND a.side = 'A' LEFT JOIN marriage_case_party b ON b.case_id = c.id AND b.side = 'B' \
     WHERE c.office = $1 AND c.open AND c.claim_end >= $2 AND c.cool_end < $2 AND (c.claim_end, c.id) > ($3, $4) ORDER BY c.claim_end, c.id LIMIT $5";

const COOLING: &str = "SELECT h.id, h.case_no, c.state, h.opened_at, c.accepted_on, c.cool_end, c.claim_end, c.provisional, \
     a.id AS a_id, a.snapshot AS a_snapshot, b.id AS b_id, b.snapshot AS b_snapshot FROM divorce_case c JOIN case_head h ON h.id = c.id \
     LEFT JOIN marriage_case_party a ON a.case_id = c.id AND a.side = 'A' LEFT JOIN marriage_case_party b ON b.case_id = c.id AND b.side = 'B' \
     WHERE c.office = $1 AND c.open AND c.cool_end >= $2 AND (c.cool_end, c.id) > ($3, $4) ORDER BY c.cool_end, c.id LIMIT $5";

const FIRST: &str = "SELECT h.id, h.case_no, c.state, h.opened_at, c.accepted_on, c.cool_end, c.claim_end, c.provisional, \
     a.id AS a_id, a.snapshot AS a_snapshot, b.id AS b_id, b.snapshot AS b_snapshot FROM divorce_case c JOIN case_head h ON h.id = c.id \
     LEFT JOIN marriage_case_party a ON a.case_id = c.id AND a.side = 'A' LEFT JOIN marriage_case_party b ON b.case_id = c.id AND b.side = 'B' \
     WHERE c.office = $1 AND c.state = '00' AND c.id < $2 ORDER BY c.id DESC LIMIT $3";

/// The line behind which a list by date goes on: its date and id; empty ones stand before every line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Behind {
    pub(crate) day: String,
    pub(crate) id: Vec<u8>,
}

/// Cases of an office that may be claimed on a day, the one that lapses first at the head.
pub(crate) async fn claimable(db: &Db, office: OfficeId, today: Day, behind: &Behind, limit: i64) -> Result<Vec<ListRow>> {
    Ok(q(CLAIMABLE).bind(office).bind(today).bind(behind.day.as_str()).bind(behind.id.clone()).bind(limit).all(db).await?)
}

/// Cases of an office whose thirty days run, the one that ends first at the head.
pub(crate) async fn cooling(db: &Db, office: OfficeId, today: Day, behind: &Behind, limit: i64) -> Result<Vec<ListRow>> {
    Ok(q(COOLING).bind(office).bind(today).bind(behind.day.as_str()).bind(behind.id.clone()).bind(limit).all(db).await?)
}

/// Cases of an office that are not accepted yet, the newest first; those before `before`, or all.
pub(crate) async fn first(db: &Db, office: OfficeId, before: Option<CaseId>, limit: i64) -> Result<Vec<ListRow>> {
    const AFTER_ALL: [u8; 16] = [0xff; 16];
    let before = before.map_or_else(|| AFTER_ALL.to_vec(), |id| id.to_vec());
    Ok(q(FIRST).bind(office).bind(before).bind(limit).all(db).await?)
}
