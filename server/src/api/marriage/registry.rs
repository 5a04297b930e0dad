//! The register for programs: documents of courts, re-issues, looking a registration up.

use axum::{
    Json,
    extract::Path,
};
use casework::CaseId;
use kernel::{Day, Text};
use ::marriage::court::{self, NoticeId};
use ::marriage::model::{MarriageId, Photo};
use ::marriage::records::{self, Question};
use ::marriage::reissue::ops::{self as reissue, Application, Issuing};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::{COUNTER, office};
use crate::api::{ApiAnswer, ApiVersioned, Caller, IfMatch, Versioned, base64, told};
use crate::counter;
use crate::http::Routes;

#[derive(OpenApi)]
#[openapi(paths(annulment, enter, notice, apply, reject, find, open, one, ask, found, refuse, issue))]
pub(super) struct Doc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/api/v1/marriage/court-notices", COUNTER, enter)
        .get("/api/v1/marriage/court-notices/{id}", COUNTER, notice)
        .post("/api/v1/marriage/court-notices/{id}/apply", COUNTER, apply)
        .post("/api/v1/marriage/court-notices/{id}/reject", COUNTER, reject)
        .post("/api/v1/marriage/registry/find", COUNTER, find)
        .post("/api/v1/marriage/annulment", COUNTER, annulment)
        .post("/api/v1/marriage/reissues", COUNTER, open)
        .get("/api/v1/marriage/reissues/{id}", COUNTER, one)
        .post("/api/v1/marriage/reissues/{id}/ask-archive", COUNTER, ask)
        .post("/api/v1/marriage/reissues/{id}/found", COUNTER, found)
        .post("/api/v1/marriage/reissues/{id}/refuse", COUNTER, refuse)
        .upload("/api/v1/marriage/reissues/{id}/issue", COUNTER, issue)
}

/// A document of a court, for an office.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CourtBody {
    /// Public code of the office that receives it.
    office: String,
    /// What stands on it.
    notice: court::Paper,
}

/// A document as it stands.
#[derive(Debug, Serialize, ToSchema)]
struct CourtNoticeBody {
    /// Id.
    #[schema(value_type = String)]
    id: NoticeId,
    /// Its number.
    doc_no: String,
    /// The court.
    court: String,
    /// Code of the end it brings (Z.1).
    kind: &'static str,
    /// From when it has effect.
    #[schema(value_type = String)]
    effective_on: Day,
    /// Where it stands.
    state: court::State,
}

async fn read(caller: &Caller, id: NoticeId) -> ApiAnswer<CourtNoticeBody> {
    let notice = court::notice(caller.ctx(), id).await?;
    Ok(Json(CourtNoticeBody {
        id,
        doc_no: notice.doc_no,
        court: notice.court,
        kind: notice.kind.code(),
        effective_on: notice.effective_on,
        state: notice.state,
    }))
}

/// Takes in a document of a court. Nothing ends before a member of staff has compared it with the original.
#[utoipa::path(post, path = "/api/v1/marriage/court-notices", tag = "marriage", request_body = CourtBody, responses((status = 200, body = CourtNoticeBody)))]
async fn enter(caller: Caller, Json(body): Json<CourtBody>) -> ApiAnswer<CourtNoticeBody> {
    let office = office(&caller, &body.office).await?;
    let id = court::enter(caller.ctx(), office.region, office.org, &body.notice).await?;
    read(&caller, id).await
}

/// One document of a court.
#[utoipa::path(get, path = "/api/v1/marriage/court-notices/{id}", tag = "marriage", params(("id" = String, Path)), responses((status = 200, body = CourtNoticeBody)))]
async fn notice(caller: Caller, Path(id): Path<NoticeId>) -> ApiAnswer<CourtNoticeBody> {
    read(&caller, id).await
}

/// Applies a document that was compared with the original by somebody else than entered it.
#[utoipa::path(post, path = "/api/v1/marriage/court-notices/{id}/apply", tag = "marriage", params(("id" = String, Path)), responses((status = 200, body = CourtNoticeBody)))]
async fn apply(caller: Caller, Path(id): Path<NoticeId>) -> ApiAnswer<CourtNoticeBody> {
    court::apply(caller.ctx(), id).await?;
    read(&caller, id).await
}

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RegisterReasonBody {
    /// In words.
    reason: String,
}

/// Rejects a document that is not what the paper says.
#[utoipa::path(post, path = "/api/v1/marriage/court-notices/{id}/reject", tag = "marriage", params(("id" = String, Path)), request_body = RegisterReasonBody,
    responses((status = 200, body = CourtNoticeBody)))]
async fn reject(caller: Caller, Path(id): Path<NoticeId>, Json(body): Json<RegisterReasonBody>) -> ApiAnswer<CourtNoticeBody> {
    court::reject(caller.ctx(), id, &body.reason).await?;
    read(&caller, id).await
}

/// What a look-up found.
#[derive(Debug, Serialize, ToSchema)]
struct RegistrationsBody {
    /// Twenty at most, newest first.
    registrations: Vec<RegistrationBody>,
}

/// A registration.
#[derive(Debug, Serialize, ToSchema)]
struct RegistrationBody {
    /// Id.
    #[schema(value_type = String)]
    id: MarriageId,
    /// Number of the registration.
    cert_no: String,
    /// `valid`, `ended` or `void`.
    state: String,
    /// Code of the end (Z.1), where it ended or is void.
    end_kind: Option<&'static str>,
    /// The day of the registration.
    #[schema(value_type = String)]
    started_on: Day,
}

/// Looks registrations up, by person or certificate; purpose and legal document are recorded.
#[utoipa::path(post, path = "/api/v1/marriage/registry/find", tag = "marriage", request_body = Question, responses((status = 200, body = RegistrationsBody)))]
async fn find(caller: Caller, Json(body): Json<Question>) -> ApiAnswer<RegistrationsBody> {
    let held = records::find(caller.ctx(), &body).await?;
    let registrations = held.into_iter().map(|one| RegistrationBody {
        id: one.id,
        cert_no: one.cert_no,
        state: one.state,
        end_kind: one.end_kind.map(|kind| kind.code()),
        started_on: one.started_on,
    });
    Ok(Json(RegistrationsBody { registrations: registrations.collect() }))
}

/// Somebody asks for a re-issue.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReissueOpenBody {
    /// Public code of the office.
    office: String,
    /// Who, and why.
    application: Application,
}

/// A re-issue as it stands; the applicant is not among what programs are told.
#[derive(Debug, Serialize, ToSchema)]
struct ReissueBody {
    /// Id.
    #[schema(value_type = String)]
    id: CaseId,
    /// Its number.
    case_no: String,
    /// Code of the state.
    state: &'static str,
    /// Name of the state.
    #[schema(value_type = Object)]
    state_name: Text,
    /// Last day of the archive's answer, once it was asked.
    #[schema(value_type = Option<String>)]
    answer_by: Option<Day>,
    /// Number of the registration that was found.
    registration: Option<String>,
    /// Number that was issued.
    cert_no: Option<String>,
}

async fn stands(caller: &Caller, id: CaseId) -> platform::Result<Versioned<ReissueBody>> {
    let view = reissue::view(caller.ctx(), id).await?;
    let case = view.reissue;
    let body = ReissueBody {
        id,
        case_no: case.head.case_no,
        state: case.state.code(),
        state_name: case.state.name(),
        answer_by: case.asked.map(|(_, by)| by),
        registration: view.entry.map(|entry| entry.cert_no),
        cert_no: case.issued.map(|(number, _)| number),
    };
    Ok(Versioned { version: case.head.version, body })
}

async fn acted(caller: &Caller, id: CaseId, seen: i64, done: platform::Result<()>) -> ApiVersioned<ReissueBody> {
    match done {
        Ok(()) => Ok(stands(caller, id).await?),
        Err(error) => Err(told(error, seen, stands(caller, id)).await),
    }
}

/// Takes an application in; a file that the register has is found at once.
#[utoipa::path(post, path = "/api/v1/marriage/reissues", tag = "marriage", request_body = ReissueOpenBody, responses((status = 200, body = ReissueBody)))]
async fn open(caller: Caller, Json(body): Json<ReissueOpenBody>) -> ApiVersioned<ReissueBody> {
    let office = office(&caller, &body.office).await?;
    let id = reissue::open(caller.ctx(), office.id, &body.application).await?;
    Ok(stands(&caller, id).await?)
}

/// One re-issue.
#[utoipa::path(get, path = "/api/v1/marriage/reissues/{id}", tag = "marriage", params(("id" = String, Path)), responses((status = 200, body = ReissueBody)))]
async fn one(caller: Caller, Path(id): Path<CaseId>) -> ApiVersioned<ReissueBody> {
    Ok(stands(&caller, id).await?)
}

/// Asks the archive; the last day of its answer is counted.
#[utoipa::path(post, path = "/api/v1/marriage/reissues/{id}/ask-archive", tag = "marriage", params(("id" = String, Path), IfMatch),
    responses((status = 200, body = ReissueBody)))]
async fn ask(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>) -> ApiVersioned<ReissueBody> {
    let done = reissue::ask_archive(caller.ctx(), id, seen).await;
    acted(&caller, id, seen, done).await
}

/// The file that was found.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RegistrationNumberBody {
    /// Number of the registration.
    cert_no: String,
}

/// Names the registration that the archive found.
#[utoipa::path(post, path = "/api/v1/marriage/reissues/{id}/found", tag = "marriage", params(("id" = String, Path), IfMatch), request_body = RegistrationNumberBody,
    responses((status = 200, body = ReissueBody)))]
async fn found(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<RegistrationNumberBody>) -> ApiVersioned<ReissueBody> {
    let done = reissue::found(caller.ctx(), id, seen, &body.cert_no).await;
    acted(&caller, id, seen, done).await
}

/// Refuses a re-issue.
#[utoipa::path(post, path = "/api/v1/marriage/reissues/{id}/refuse", tag = "marriage", params(("id" = String, Path), IfMatch), request_body = RegisterReasonBody,
    responses((status = 200, body = ReissueBody)))]
async fn refuse(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<RegisterReasonBody>) -> ApiVersioned<ReissueBody> {
    let done = reissue::refuse(caller.ctx(), id, seen, &body.reason).await;
    acted(&caller, id, seen, done).await
}

/// What the registrar issues.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReissueIssueBody {
    /// Serial of the man's new booklet; empty if he keeps his certificate.
    #[serde(default)]
    serial_a: String,
    /// Serial of the woman's new booklet; empty if she keeps hers.
    #[serde(default)]
    serial_b: String,
    /// The statement was signed before the registrar.
    signed: bool,
    /// Its scan in Base64: PDF, JPEG or PNG.
    #[schema(example = "JVBERi0xLjQK")]
    statement: String,
    /// A recent joint photo in Base64: JPEG or PNG.
    #[schema(example = "iVBORw0KGgo=")]
    photo: String,
    /// The registrar found the photo joint, recent and bareheaded.
    photo_ok: bool,
    /// Name of the applicant, typed by the registrar.
    confirmation: String,
}

/// Issues; the old certificates of these holders are out of force at once.
#[utoipa::path(post, path = "/api/v1/marriage/reissues/{id}/issue", tag = "marriage", params(("id" = String, Path), IfMatch), request_body = ReissueIssueBody,
    responses((status = 200, body = ReissueBody)))]
async fn issue(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<ReissueIssueBody>) -> ApiVersioned<ReissueBody> {
    let ctx = caller.ctx();
    let done = async {
        let statement = counter::scan(ctx, "statement", base64("statement", &body.statement)?).await?;
        let photo = Photo { confirmed: body.photo_ok, ..counter::photo(ctx, base64("photo", &body.photo)?).await? };
        let serials = [body.serial_a, body.serial_b];
        reissue::issue(ctx, Issuing { case: id, seen, serials, signed: body.signed, statement, photo, confirmation: body.confirmation }).await.map(drop)
    };
    let done = done.await;
    acted(&caller, id, seen, done).await
}

/// Why a marriage shall be undone.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AnnulmentBody {
    /// `coercion`, `illness`, `void` or `fraud`.
    #[schema(example = "fraud")]
    ground: String,
}

/// Who decides.
#[derive(Debug, Serialize, ToSchema)]
struct AnnulmentAnswer {
    /// Basic code of the item under which the authority decides.
    item: String,
}

/// Answers who decides that a marriage is undone: the item of the authority; where the people's court decides, the refusal is MR-E43.
#[utoipa::path(post, path = "/api/v1/marriage/annulment", tag = "marriage", request_body = AnnulmentBody, responses((status = 200, body = AnnulmentAnswer)))]
async fn annulment(caller: Caller, Json(body): Json<AnnulmentBody>) -> ApiAnswer<AnnulmentAnswer> {
    let ground = ::marriage::annulment::ask(caller.ctx(), &body.ground).await?;
    Ok(Json(AnnulmentAnswer { item: ground.item.clone().unwrap_or_default() }))
}
