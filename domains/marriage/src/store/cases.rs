//! Rows of `marriage_case`.

use booking::BookingId;
use casework::{CaseId, Head};
use kernel::Instant;
use platform::{Error, Result, StaffId};
use store::keys::Keys;
use store::{Db, Target, Tx, q};

use crate::file::CaseFile;
use crate::model::{CheckResult, Interview, Photo};
use crate::rules::NetworkCheck;
use crate::states::{State, StateKind};
use crate::store::parties;

#[derive(sqlx::FromRow)]
struct Row {
    state: String,
    booking: Option<Vec<u8>>,
    statement_version: String,
    accepted_at: Option<i64>,
    checked_at: Option<i64>,
    check_result: Option<String>,
    interview: Option<Vec<u8>>,
    medical_told: bool,
    photo: Option<String>,
    photo_width: Option<i64>,
    photo_height: Option<i64>,
    photo_ok: bool,
    kin_cleared_by: Option<Vec<u8>>,
    registered_at: Option<i64>,
    marriage: Option<Vec<u8>>,
}

/// The case with both parties, opened.
pub(crate) async fn load(on: Target<'_>, keys: &Keys, id: CaseId) -> Result<CaseFile> {
    let head: Head = casework::head(on, id).await?;
    let row: Row = q("SELECT state, booking, statement_version, accepted_at, checked_at, check_result, interview, medical_told, photo, \
         photo_width, photo_height, photo_ok, kin_cleared_by, registered_at, marriage FROM marriage_case WHERE id = $1")
    .bind(id)
    .opt(on)
    .await?
    .ok_or(Error::NotFound)?;
    let [a, b] = parties::of_case(on, keys, id).await?;
    Ok(CaseFile {
        state: state_of(&row)?,
        booking: row.booking.and_then(|bytes| BookingId::try_from(bytes).ok()),
        check: check_of(&row.checked_at, &row.check_result),
        interview: row.interview.as_ref().map(|sealed| open_interview(keys, id, sealed)).transpose()?,
        photo: photo_of(row.photo, row.photo_width, row.photo_height, row.photo_ok),
        statement_version: row.statement_version,
        medical_told: row.medical_told,
        kin_cleared: row.kin_cleared_by.is_some(),
        head,
        a,
        b,
    })
}

fn damaged(what: &str) -> Error {
    Error::internal(format!("marriage_case: {what} does not fit its state"))
}

fn state_of(row: &Row) -> Result<State> {
    let kind = StateKind::from_code(&row.state).ok_or_else(|| damaged("state"))?;
    let accepted = row.accepted_at.map(Instant::from_micros).ok_or_else(|| damaged("accepted_at"));
    let marriage = row.marriage.clone().and_then(|id| id.try_into().ok()).ok_or_else(|| damaged("marriage"));
    Ok(match kind {
        StateKind::Precheck => State::Precheck,
        StateKind::Accepted => State::Accepted { at: accepted? },
        StateKind::Examined => State::Examined { accepted: accepted? },
        StateKind::PendingVerify => State::PendingVerify {
            accepted: accepted?,
            result: row.check_result.as_deref().and_then(CheckResult::from_code).ok_or_else(|| damaged("check_result"))?,
        },
        StateKind::Registered => State::Registered {
            at: row.registered_at.map(Instant::from_micros).ok_or_else(|| damaged("registered_at"))?,
            marriage: marriage?,
        },
        StateKind::NotAccepted => State::NotAccepted,
        StateKind::Aborted => State::Aborted,
        StateKind::Revoked => State::Revoked { marriage: marriage? },
        StateKind::Annulled => State::Annulled { marriage: marriage? },
    })
}

fn check_of(at: &Option<i64>, result: &Option<String>) -> Option<NetworkCheck> {
    let result = CheckResult::from_code(result.as_deref()?)?;
    Some(NetworkCheck { at: Instant::from_micros((*at)?), result })
}

fn photo_of(file: Option<String>, width: Option<i64>, height: Option<i64>, confirmed: bool) -> Option<Photo> {
    let pixels = |n: Option<i64>| n.and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    Some(Photo { file: file?, width: pixels(width), height: pixels(height), confirmed })
}

fn open_interview(keys: &Keys, id: CaseId, sealed: &[u8]) -> Result<Interview> {
    let plain = keys.open("marriage_case", "interview", &id.to_vec(), sealed).map_err(Error::internal)?;
    serde_json::from_slice(&plain).map_err(Error::internal)
}

/// Writes a new case in 初审.
pub(crate) async fn insert(tx: &Tx, id: CaseId, booking: Option<BookingId>, statement_version: &str) -> Result<()> {
    q("INSERT INTO marriage_case (id, state, booking, statement_version, interview_stops, medical_told, photo_ok) \
       VALUES ($1, $2, $3, $4, $5, $5, $5)")
    .bind(id)
    .bind(StateKind::Precheck.code())
    .bind(booking)
    .bind(statement_version)
    .bind(false)
    .exec(tx)
    .await?;
    Ok(())
}

/// The case that was opened from a booking, if one was.
pub(crate) async fn of_booking(on: impl Into<Target<'_>> + Send, booking: BookingId) -> Result<Option<CaseId>> {
    let found: Option<(Vec<u8>,)> = q("SELECT id FROM marriage_case WHERE booking = $1").bind(booking).opt(on).await?;
    Ok(found.and_then(|(id,)| id.try_into().ok()))
}

/// Writes the state and what belongs to it.
pub(crate) async fn set_state(tx: &Tx, id: CaseId, state: &State) -> Result<()> {
    let (registered_at, marriage) = match state {
        State::Registered { at, marriage } => (Some(*at), Some(*marriage)),
        _ => (None, None),
    };
    let accepted = state.accepted_at();
    match state.kind() {
        StateKind::Registered => {
            q("UPDATE marriage_case SET state = $1, registered_at = $2, marriage = $3 WHERE id = $4")
                .bind(state.kind().code())
                .bind(registered_at)
                .bind(marriage)
                .bind(id)
                .exec(tx)
                .await?
        }
        _ => {
            q("UPDATE marriage_case SET state = $1, accepted_at = $2 WHERE id = $3")
                .bind(state.kind().code())
                .bind(accepted)
                .bind(id)
                .exec(tx)
                .await?
        }
    };
    Ok(())
}

/// Back to 初审: what has to be repeated is cleared; the old stays in the logs.
pub(crate) async fn restart(tx: &Tx, id: CaseId, statement_version: &str) -> Result<()> {
    q("UPDATE marriage_case SET state = $1, statement_version = $2, accepted_at = NULL, checked_at = NULL, check_result = NULL, \
       interview = NULL, interviewed_at = NULL, interview_stops = $3, medical_told = $3, kin_cleared_by = NULL WHERE id = $4")
    .bind(StateKind::Precheck.code())
    .bind(statement_version)
    .bind(false)
    .bind(id)
    .exec(tx)
    .await?;
    parties::restart(tx, id).await
}

/// Writes what a network check came to.
pub(crate) async fn set_check(tx: &Tx, id: CaseId, check: NetworkCheck) -> Result<()> {
    q("UPDATE marriage_case SET checked_at = $1, check_result = $2 WHERE id = $3")
        .bind(check.at)
        .bind(check.result.code())
        .bind(id)
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes who looked into a possible kinship and ruled it out.
pub(crate) async fn clear_kin(tx: &Tx, id: CaseId, by: StaffId) -> Result<()> {
    q("UPDATE marriage_case SET kin_cleared_by = $1 WHERE id = $2").bind(by).bind(id).exec(tx).await?;
    Ok(())
}

/// Writes the interview, sealed.
pub(crate) async fn set_interview(tx: &Tx, id: CaseId, sealed: Vec<u8>, stops: bool, medical_told: bool, at: Instant) -> Result<()> {
    q("UPDATE marriage_case SET interview = $1, interview_stops = $2, medical_told = $3, interviewed_at = $4 WHERE id = $5")
        .bind(sealed)
        .bind(stops)
        .bind(medical_told)
        .bind(at)
        .bind(id)
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes the photo.
pub(crate) async fn set_photo(tx: &Tx, id: CaseId, photo: &Photo, by: Option<StaffId>) -> Result<()> {
    q("UPDATE marriage_case SET photo = $1, photo_width = $2, photo_height = $3, photo_ok = $4, photo_by = $5 WHERE id = $6")
        .bind(photo.file.as_str())
        .bind(i64::from(photo.width))
        .bind(i64::from(photo.height))
        .bind(photo.confirmed)
        .bind(by)
        .bind(id)
        .exec(tx)
        .await?;
    Ok(())
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
    pub(crate) booking: Option<Vec<u8>>,
    pub(crate) a_id: Option<Vec<u8>>,
    pub(crate) a_snapshot: Option<Vec<u8>>,
    pub(crate) b_id: Option<Vec<u8>>,
    pub(crate) b_snapshot: Option<Vec<u8>>,
}

const LIST: &str = "SELECT h.id, h.case_no, c.state, h.opened_at, c.booking, a.id AS a_id, a.snapshot AS a_snapshot, b.id AS b_id, \
     b.snapshot AS b_snapshot FROM case_head h JOIN marriage_case c ON c.id = h.id \
     LEFT JOIN marriage_case_party a ON a.case_id = c.id AND a.side = 'A' \
     LEFT JOIN marriage_case_party b ON b.case_id = c.id AND b.side = 'B' \
     WHERE h.office = $1 AND h.opened_at >= $2 ORDER BY h.opened_at DESC, h.id DESC LIMIT $3";

/// The cases of an office opened since a moment, newest first.
pub(crate) async fn list(db: &Db, office: Vec<u8>, since: Instant, limit: i64) -> Result<Vec<ListRow>> {
    Ok(q(LIST).bind(office).bind(since).bind(limit).all(db).await?)
}

const PENDING: &str = "SELECT h.id, h.case_no, c.state, h.opened_at, c.booking, a.id AS a_id, a.snapshot AS a_snapshot, b.id AS b_id, \
     b.snapshot AS b_snapshot FROM case_head h JOIN marriage_case c ON c.id = h.id \
     LEFT JOIN marriage_case_party a ON a.case_id = c.id AND a.side = 'A' \
     LEFT JOIN marriage_case_party b ON b.case_id = c.id AND b.side = 'B' \
     WHERE h.office = $1 AND h.opened_at < $2 AND h.closed_at IS NULL ORDER BY h.opened_at, h.id LIMIT $3";

/// The cases of an office opened before a moment and still open, oldest first.
pub(crate) async fn left_over(db: &Db, office: Vec<u8>, before: Instant, limit: i64) -> Result<Vec<ListRow>> {
    Ok(q(PENDING).bind(office).bind(before).bind(limit).all(db).await?)
}
