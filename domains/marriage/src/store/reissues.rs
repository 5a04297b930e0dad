//! Rows of `marriage_reissue`.

use booking::OfficeId;
use casework::CaseId;
use kernel::Day;
use platform::{Ctx, Error, Result};
use store::keys::Keys;
use store::{Db, Target, Tx, q};

use crate::model::Side;
use crate::reissue::{FileId, Reissue, Request, StateKind};
use crate::store::booklets::BookletKind;

#[derive(sqlx::FromRow)]
struct Row {
    office: Vec<u8>,
    state: String,
    kind: String,
    request: Vec<u8>,
    marriage: Option<Vec<u8>>,
    divorce: Option<Vec<u8>>,
    side: Option<String>,
    asked_on: Option<String>,
    answer_by: Option<String>,
    cert_no: Option<String>,
    issued_on: Option<String>,
}

/// Seals what was asked for.
pub(crate) fn seal(keys: &Keys, id: CaseId, request: &Request) -> Vec<u8> {
    keys.seal("marriage_reissue", "request", &id.to_vec(), &serde_json::to_vec(request).expect("plain data"))
}

fn open(keys: &Keys, id: &[u8], sealed: &[u8]) -> Result<Request> {
    let plain = keys.open("marriage_reissue", "request", id, sealed).map_err(Error::internal)?;
    serde_json::from_slice(&plain).map_err(Error::internal)
}

/// Writes a new case.
pub(crate) async fn insert(tx: &Tx, id: CaseId, office: OfficeId, kind: BookletKind, request: Vec<u8>) -> Result<()> {
    q("INSERT INTO marriage_reissue (id, office, state, kind, request) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(office)
        .bind(StateKind::Applied.code())
        .bind(kind.code())
        .bind(request)
        .exec(tx)
        .await?;
    Ok(())
}

/// The case, opened.
pub(crate) async fn load(on: Target<'_>, keys: &Keys, id: CaseId) -> Result<Reissue> {
    let row: Row = q("SELECT office, state, kind, request, marriage, divorce, side, asked_on, answer_by, cert_no, issued_on FROM marriage_reissue WHERE id = $1")
        .bind(id)
        .opt(on)
        .await?
        .ok_or(Error::NotFound)?;
    let day = |text: Option<String>| text.and_then(|text| text.parse::<Day>().ok());
    Ok(Reissue {
        head: casework::head(on, id).await?,
        office: OfficeId::try_from(row.office).map_err(Error::internal)?,
        state: StateKind::from_code(&row.state).ok_or_else(|| Error::internal("marriage_reissue: unknown state"))?,
        request: open(keys, &id.to_vec(), &row.request)?,
        kind: BookletKind::from_code(&row.kind).ok_or_else(|| Error::internal("marriage_reissue: unknown kind"))?,
        file: file(row.marriage, row.divorce).zip(row.side.as_deref().and_then(Side::from_code)),
        asked: day(row.asked_on).zip(day(row.answer_by)),
        issued: row.cert_no.zip(day(row.issued_on)),
    })
}

/// Writes the state.
pub(crate) async fn set_state(tx: &Tx, id: CaseId, state: StateKind) -> Result<()> {
    q("UPDATE marriage_reissue SET state = $1 WHERE id = $2").bind(state.code()).bind(id).exec(tx).await?;
    Ok(())
}

/// Notes that the archive was asked.
pub(crate) async fn set_asked(tx: &Tx, id: CaseId, on: Day, by: Day) -> Result<()> {
    q("UPDATE marriage_reissue SET asked_on = $1, answer_by = $2 WHERE id = $3").bind(on).bind(by).bind(id).exec(tx).await?;
    Ok(())
}

fn file(marriage: Option<Vec<u8>>, divorce: Option<Vec<u8>>) -> Option<FileId> {
    let marriage = marriage.and_then(|id| id.try_into().ok()).map(FileId::Marriage);
    marriage.or_else(|| divorce.and_then(|id| id.try_into().ok()).map(FileId::Divorce))
}

/// Notes the file that was found.
pub(crate) async fn set_file(tx: &Tx, id: CaseId, file: FileId, side: Side) -> Result<()> {
    let (marriage, divorce) = match file {
        FileId::Marriage(id) => (Some(id), None),
        FileId::Divorce(id) => (None, Some(id)),
    };
    q("UPDATE marriage_reissue SET marriage = $1, divorce = $2, side = $3 WHERE id = $4")
        .bind(marriage)
        .bind(divorce)
        .bind(side.code())
        .bind(id)
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes what was issued.
pub(crate) async fn set_issued(tx: &Tx, ctx: &Ctx, id: CaseId, cert_no: &str, photo: &str, statement: &str) -> Result<()> {
    q("UPDATE marriage_reissue SET cert_no = $1, issued_on = $2, photo = $3, statement = $4 WHERE id = $5")
        .bind(cert_no)
        .bind(ctx.today())
        .bind(photo)
        .bind(statement)
        .bind(id)
        .exec(tx)
        .await?;
    Ok(())
}

/// What the applicant of a re-issued certificate told; none for a number that was not re-issued here.
pub(crate) async fn request_of(on: impl Into<Target<'_>> + Send, keys: &Keys, cert_no: &str) -> Result<Option<Request>> {
    let row: Option<(Vec<u8>, Vec<u8>)> = q("SELECT id, request FROM marriage_reissue WHERE cert_no = $1").bind(cert_no).opt(on).await?;
    row.map(|(id, sealed)| open(keys, &id, &sealed)).transpose()
}

/// A line of the desk's list.
pub(crate) struct Line {
    pub(crate) id: CaseId,
    pub(crate) case_no: String,
    pub(crate) state: StateKind,
    pub(crate) name: String,
    pub(crate) opened_at: i64,
}

#[derive(sqlx::FromRow)]
struct LineRow {
    id: Vec<u8>,
    case_no: String,
    state: String,
    request: Vec<u8>,
    opened_at: i64,
}

/// The newest cases of an office, those before `before` if given.
pub(crate) async fn of_office(db: &Db, keys: &Keys, office: OfficeId, before: Option<CaseId>, limit: i64) -> Result<Vec<Line>> {
    let rows: Vec<LineRow> = match before {
        None => {
            q("SELECT r.id, h.case_no, r.state, r.request, h.opened_at FROM marriage_reissue r JOIN case_head h ON h.id = r.id \
               WHERE r.office = $1 ORDER BY r.id DESC LIMIT $2")
            .bind(office)
            .bind(limit)
            .all(db)
            .await?
        }
        Some(before) => {
            q("SELECT r.id, h.case_no, r.state, r.request, h.opened_at FROM marriage_reissue r JOIN case_head h ON h.id = r.id \
               WHERE r.office = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT $3")
            .bind(office)
            .bind(before)
            .bind(limit)
            .all(db)
            .await?
        }
    };
    rows.into_iter()
        .map(|row| {
            Ok(Line {
                name: open(keys, &row.id, &row.request)?.name,
                id: CaseId::try_from(row.id).map_err(Error::internal)?,
                case_no: row.case_no,
                state: StateKind::from_code(&row.state).ok_or_else(|| Error::internal("marriage_reissue: unknown state"))?,
                opened_at: row.opened_at,
            })
        })
        .collect()
}
