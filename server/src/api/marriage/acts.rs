//! What is done with a case until it is examined: the two persons, their declarations, the interview, the photo.

use axum::{Json, extract::Path};
use casework::CaseId;
use ::marriage::model::Side;
use ::marriage::ops::{self, InterviewInput, PartyInput, Signed};
use ::marriage::parameters::questions;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::{COUNTER, CaseBody, acted, side};
use crate::api::{ApiAnswer, ApiVersioned, Caller, IfMatch, base64};
use crate::counter;
use crate::http::Routes;

#[derive(OpenApi)]
#[openapi(paths(enter, confirm, identify, sign, accept, check, questions_now, interview, photo, confirm_photo, examine))]
pub(super) struct Doc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .put("/api/v1/marriage/cases/{id}/parties/{side}", COUNTER, enter)
        .post("/api/v1/marriage/cases/{id}/parties/{side}/confirm", COUNTER, confirm)
        .upload("/api/v1/marriage/cases/{id}/parties/{side}/sign", COUNTER, sign)
        .post("/api/v1/marriage/cases/{id}/identify", COUNTER, identify)
        .post("/api/v1/marriage/cases/{id}/accept", COUNTER, accept)
        .post("/api/v1/marriage/cases/{id}/network-check", COUNTER, check)
        .get("/api/v1/marriage/questions", COUNTER, questions_now)
        .put("/api/v1/marriage/cases/{id}/interview", COUNTER, interview)
        .upload("/api/v1/marriage/cases/{id}/photo", COUNTER, photo)
        .post("/api/v1/marriage/cases/{id}/photo/confirm", COUNTER, confirm_photo)
        .post("/api/v1/marriage/cases/{id}/examine", COUNTER, examine)
}

/// Writes a person into his place as his document shows him.
#[utoipa::path(put, path = "/api/v1/marriage/cases/{id}/parties/{side}", tag = "marriage", params(("id" = String, Path), ("side" = Side, Path), IfMatch),
    request_body = PartyInput, responses((status = 200, body = CaseBody)))]
async fn enter(caller: Caller, IfMatch(seen): IfMatch, Path((id, place)): Path<(CaseId, String)>, Json(input): Json<PartyInput>) -> ApiVersioned<CaseBody> {
    let done = ops::enter_party(caller.ctx(), &caller.app().ports, id, seen, side(&place)?, &input).await;
    acted(&caller, id, seen, done).await
}

/// Confirms what another member of staff typed, after comparing it with the original.
#[utoipa::path(post, path = "/api/v1/marriage/cases/{id}/parties/{side}/confirm", tag = "marriage",
    params(("id" = String, Path), ("side" = Side, Path), IfMatch), responses((status = 200, body = CaseBody)))]
async fn confirm(caller: Caller, IfMatch(seen): IfMatch, Path((id, place)): Path<(CaseId, String)>) -> ApiVersioned<CaseBody> {
    let done = ops::confirm_party(caller.ctx(), id, seen, side(&place)?).await;
    acted(&caller, id, seen, done).await
}

/// That the registrar compared both faces with their documents.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct IdentifyBody {
    /// He compared them himself.
    compared: bool,
}

/// Records that both stand at the counter and are who their documents name.
#[utoipa::path(post, path = "/api/v1/marriage/cases/{id}/identify", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = IdentifyBody, responses((status = 200, body = CaseBody)))]
async fn identify(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<IdentifyBody>) -> ApiVersioned<CaseBody> {
    let done = ops::identify(caller.ctx(), &caller.app().ports, id, seen, body.compared).await;
    acted(&caller, id, seen, done).await
}

/// A signed declaration.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignBody {
    /// He declared that he has no spouse.
    no_spouse: bool,
    /// He declared that there is no forbidden kinship.
    no_kin: bool,
    /// The scan in Base64: PDF, JPEG or PNG.
    #[schema(example = "JVBERi0xLjQK")]
    scan: String,
}

/// Takes in a signed declaration with its scan.
#[utoipa::path(post, path = "/api/v1/marriage/cases/{id}/parties/{side}/sign", tag = "marriage",
    params(("id" = String, Path), ("side" = Side, Path), IfMatch), request_body = SignBody, responses((status = 200, body = CaseBody)))]
async fn sign(caller: Caller, IfMatch(seen): IfMatch, Path((id, place)): Path<(CaseId, String)>, Json(body): Json<SignBody>) -> ApiVersioned<CaseBody> {
    let side = side(&place)?;
    let (ctx, no_spouse, no_kin) = (caller.ctx(), body.no_spouse, body.no_kin);
    let done = async {
        let scan = if body.scan.is_empty() { String::new() } else { counter::scan(ctx, "scan", base64("scan", &body.scan)?).await? };
        ops::sign(ctx, id, seen, Signed { side, no_spouse, no_kin, scan }).await
    };
    let done = done.await;
    acted(&caller, id, seen, done).await
}

/// Accepts the application (受理).
#[utoipa::path(post, path = "/api/v1/marriage/cases/{id}/accept", tag = "marriage", params(("id" = String, Path), IfMatch),
    responses((status = 200, body = CaseBody)))]
async fn accept(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>) -> ApiVersioned<CaseBody> {
    let done = ops::accept(caller.ctx(), &caller.app().ports, id, seen).await;
    acted(&caller, id, seen, done).await
}

/// Checks both against every register.
#[utoipa::path(post, path = "/api/v1/marriage/cases/{id}/network-check", tag = "marriage", params(("id" = String, Path), IfMatch),
    responses((status = 200, body = CaseBody)))]
async fn check(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>) -> ApiVersioned<CaseBody> {
    let done = ops::network_check(caller.ctx(), &caller.app().ports, id, seen).await.map(drop);
    acted(&caller, id, seen, done).await
}

/// The questions of the interview.
#[derive(Debug, Serialize, ToSchema)]
struct QuestionsBody {
    /// Version of the questions.
    version: String,
    /// Each is put to both.
    questions: Vec<QuestionBody>,
}

/// One question.
#[derive(Debug, Serialize, ToSchema)]
struct QuestionBody {
    /// Key of the answer.
    id: String,
    /// The question in Chinese.
    zh: String,
    /// The question in English.
    en: String,
}

/// The questions of the interview in force.
#[utoipa::path(get, path = "/api/v1/marriage/questions", tag = "marriage", responses((status = 200, body = QuestionsBody)))]
async fn questions_now() -> ApiAnswer<QuestionsBody> {
    let now = questions();
    let questions = now.questions.iter().map(|one| QuestionBody { id: one.id.clone(), zh: one.zh.clone(), en: one.en.clone() });
    Ok(Json(QuestionsBody { version: now.version.clone(), questions: questions.collect() }))
}

/// What both answered and the registrar noticed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InterviewBody {
    /// An answer to every question from both.
    answers: Vec<AnswerBody>,
    /// What was noticed (Z.1): `0` nothing, `1` coercion, `2` trafficking, `3` violence.
    suspicion: String,
    /// The registrar's own words; may be empty.
    #[serde(default)]
    note: String,
    /// Both were told of the medical examination and of the duty to disclose serious illness.
    medical_told: bool,
}

/// One answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AnswerBody {
    /// Key of the question.
    question: String,
    /// Whose answer.
    side: Side,
    /// Yes or no.
    yes: bool,
}

/// Records the interview. A "no" or a suspicion is recorded as it is; it then stops the examination.
#[utoipa::path(put, path = "/api/v1/marriage/cases/{id}/interview", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = InterviewBody, responses((status = 200, body = CaseBody)))]
async fn interview(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<InterviewBody>) -> ApiVersioned<CaseBody> {
    let input = InterviewInput {
        answers: body.answers.into_iter().map(|answer| (answer.question, answer.side, answer.yes)).collect(),
        suspicion: body.suspicion,
        note: body.note,
        medical_told: body.medical_told,
    };
    let done = ops::interview(caller.ctx(), id, seen, &input).await;
    acted(&caller, id, seen, done).await
}

/// The joint photo.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PhotoBody {
    /// JPEG or PNG in Base64.
    #[schema(example = "iVBORw0KGgo=")]
    photo: String,
}

/// Takes in the joint photo.
#[utoipa::path(post, path = "/api/v1/marriage/cases/{id}/photo", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = PhotoBody, responses((status = 200, body = CaseBody)))]
async fn photo(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<PhotoBody>) -> ApiVersioned<CaseBody> {
    let done = async {
        let photo = counter::photo(caller.ctx(), base64("photo", &body.photo)?).await?;
        ops::photo(caller.ctx(), id, seen, photo).await
    };
    let done = done.await;
    acted(&caller, id, seen, done).await
}

/// Confirms that both are on the photo, as they are now and bareheaded.
#[utoipa::path(post, path = "/api/v1/marriage/cases/{id}/photo/confirm", tag = "marriage", params(("id" = String, Path), IfMatch),
    responses((status = 200, body = CaseBody)))]
async fn confirm_photo(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>) -> ApiVersioned<CaseBody> {
    let done = ops::confirm_photo(caller.ctx(), id, seen).await;
    acted(&caller, id, seen, done).await
}

/// Examines the case (审查).
#[utoipa::path(post, path = "/api/v1/marriage/cases/{id}/examine", tag = "marriage", params(("id" = String, Path), IfMatch),
    responses((status = 200, body = CaseBody)))]
async fn examine(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>) -> ApiVersioned<CaseBody> {
    let done = ops::examine(caller.ctx(), &caller.app().ports, id, seen).await.map(drop);
    acted(&caller, id, seen, done).await
}
