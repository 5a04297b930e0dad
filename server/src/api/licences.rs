//! Licences for programs: the public check, a holder's own, and reading with a holder's consent.

use axum::Json;
use kernel::{Day, Instant, Issue};
use licences::model::{EntryId, Held, HolderKind};
use licences::ops::{Answered, Elements, Share, Verdict, VerifyFile};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::errors::IssueBody;
use super::{ApiAnswer, Caller, base64};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(paths(check, check_token, check_copy, verify_file, mine, consent, share))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .ask("/api/v1/licences/check", Access::Anyone, check)
        .ask("/api/v1/licences/check-token", Access::Anyone, check_token)
        .ask("/api/v1/licences/check-copy", Access::Anyone, check_copy)
        .ask("/api/v1/licences/verify-file", Access::Anyone, verify_file)
        .get("/api/v1/me/licences", Access::Citizen, mine)
        .post("/api/v1/me/licences/consents", Access::Citizen, consent)
        .post("/api/v1/licences/share", Access::SignedIn, share)
}

/// The three elements of a check.
#[derive(Deserialize, ToSchema)]
#[serde(default)]
#[derive(Default)]
struct CheckBody {
    /// Number of the certificate (证件字号).
    number: String,
    /// Whole number of the holder's identity document.
    holder_no: String,
    /// Date of issue, `2026-05-20`.
    issued_on: String,
}

/// The token of a QR symbol.
#[derive(Deserialize, ToSchema)]
struct TokenBody {
    /// The last part of the address in the symbol.
    token: String,
}

/// The answer to a stranger: nothing else is told.
#[derive(Serialize, ToSchema)]
struct AnswerBody {
    /// `valid`, `no_longer_valid` or `unknown`.
    answer: &'static str,
    /// The word in Chinese: 有效, 失效, 不存在.
    answer_zh: String,
    /// The word in English.
    answer_en: String,
    /// The moment of the answer.
    #[schema(value_type = String)]
    at: Instant,
}

impl From<Answered> for AnswerBody {
    fn from(answered: Answered) -> Self {
        let word = answered.answer.word();
        Self { answer: answered.answer.code(), answer_zh: word.zh.into_owned(), answer_en: word.en.into_owned(), at: answered.at }
    }
}

/// Checks a certificate by its three elements. Limited by network and by certificate; every check is recorded.
#[utoipa::path(post, path = "/api/v1/licences/check", tag = "licences", request_body = CheckBody,
    responses((status = 200, body = AnswerBody)))]
async fn check(caller: Caller, Json(body): Json<CheckBody>) -> ApiAnswer<AnswerBody> {
    let elements = Elements { number: body.number, holder_no: body.holder_no, issued_on: body.issued_on };
    Ok(Json(caller.app().checks.by_elements(caller.ctx(), &elements).await?.into()))
}

/// Checks a certificate by the token of its QR symbol.
#[utoipa::path(post, path = "/api/v1/licences/check-token", tag = "licences", request_body = TokenBody,
    responses((status = 200, body = AnswerBody)))]
async fn check_token(caller: Caller, Json(body): Json<TokenBody>) -> ApiAnswer<AnswerBody> {
    Ok(Json(caller.app().checks.by_token(caller.ctx(), &body.token).await?.into()))
}

/// An annotated copy and what it is shown for.
#[derive(Deserialize, ToSchema)]
struct CopyBody {
    /// The last part of the address in its QR symbol.
    token: String,
    /// The purpose for which it is shown (用途), as written on it.
    purpose: String,
}

/// Checks an annotated copy for the purpose that it is shown for.
#[utoipa::path(post, path = "/api/v1/licences/check-copy", tag = "licences", request_body = CopyBody,
    responses((status = 200, body = AnswerBody)))]
async fn check_copy(caller: Caller, Json(body): Json<CopyBody>) -> ApiAnswer<AnswerBody> {
    Ok(Json(licences::ops::check_copy(caller.ctx(), &caller.app().checks, &body.token, &body.purpose).await?.into()))
}

/// A file to compare with the catalogue.
#[derive(Deserialize, ToSchema)]
struct FileBody {
    /// Licence identifier as printed on it (GB/T 36904).
    identifier: String,
    /// The file, Base64.
    file: String,
}

/// How the comparison came out.
#[derive(Serialize, ToSchema)]
struct VerdictBody {
    /// `genuine`, `no_longer_valid`, `tampered` or `unknown`.
    answer: &'static str,
    /// What is wrong; nothing for types of which no reason is told.
    #[schema(value_type = Option<IssueBody>)]
    issue: Option<Issue>,
    /// The moment of the answer.
    #[schema(value_type = String)]
    at: Instant,
}

/// Compares a file with the licence catalogue: identifier, state, digest, signature.
#[utoipa::path(post, path = "/api/v1/licences/verify-file", tag = "licences", request_body = FileBody,
    responses((status = 200, body = VerdictBody)))]
async fn verify_file(caller: Caller, Json(body): Json<FileBody>) -> ApiAnswer<VerdictBody> {
    let file = base64("file", &body.file)?;
    let asked = VerifyFile { identifier: body.identifier, file };
    let verdict = licences::ops::verify_file(caller.ctx(), &caller.app().checks, &asked).await?;
    let answer = verdict.code();
    let issue = match verdict {
        Verdict::Tampered(issue) => Some(issue),
        Verdict::NoLongerValid(issue) => issue,
        Verdict::Genuine | Verdict::Unknown => None,
    };
    Ok(Json(VerdictBody { answer, issue, at: caller.ctx().now() }))
}

/// An entry of the licence catalogue.
#[derive(Serialize, ToSchema)]
struct LicenceBody {
    /// Id, for the holder's own files.
    #[schema(value_type = String)]
    id: EntryId,
    /// Licence identifier (GB/T 36904).
    identifier: String,
    /// Code of the type, 21 characters.
    type_code: String,
    /// Its name in Chinese.
    type_name_zh: String,
    /// Its name in English.
    type_name_en: String,
    /// Number of the licence.
    number: String,
    /// Who issued it.
    issuer: String,
    /// Date of issue.
    #[schema(value_type = String)]
    issued_on: Day,
    /// Last day; absent for ever.
    #[schema(value_type = Option<String>)]
    valid_to: Option<Day>,
    /// State today: `make` or `01` is in force, others as in the catalogue of states.
    state: &'static str,
}

impl From<Held> for LicenceBody {
    fn from(held: Held) -> Self {
        Self {
            id: held.id,
            identifier: held.identifier.to_string(),
            type_code: held.type_code,
            type_name_zh: held.type_name.zh.into_owned(),
            type_name_en: held.type_name.en.into_owned(),
            number: held.number,
            issuer: held.issuer_name,
            issued_on: held.issued_on,
            valid_to: held.valid_to,
            state: held.state.code(),
        }
    }
}

/// The licences of the person for whom the token acts.
#[utoipa::path(get, path = "/api/v1/me/licences", tag = "licences",
    responses((status = 200, body = Vec<LicenceBody>)))]
async fn mine(caller: Caller) -> ApiAnswer<Vec<LicenceBody>> {
    let all = licences::ops::mine(caller.ctx()).await?;
    Ok(Json(all.into_iter().map(LicenceBody::from).collect()))
}

/// What the holder consents to.
#[derive(Deserialize, ToSchema)]
struct ConsentBody {
    /// Code of the type of licence.
    type_code: String,
}

/// A code to show once.
#[derive(Serialize, ToSchema)]
struct ConsentCode {
    /// The code: it is told only here.
    code: String,
    /// It works before this moment.
    #[schema(value_type = String)]
    ends_at: Instant,
}

/// Lets somebody read one type of the holder's licences once, within five minutes. A repeated call gives another code.
#[utoipa::path(post, path = "/api/v1/me/licences/consents", tag = "licences", request_body = ConsentBody,
    responses((status = 200, body = ConsentCode)))]
async fn consent(caller: Caller, Json(body): Json<ConsentBody>) -> ApiAnswer<ConsentCode> {
    let given = licences::ops::give_consent(caller.ctx(), &body.type_code).await?;
    Ok(Json(ConsentCode { code: given.code, ends_at: given.ends_at }))
}

/// What a program asks of the catalogue.
#[derive(Deserialize, ToSchema)]
struct ShareBody {
    /// 001 credit code, 111 identity card, 999 another document.
    #[schema(value_type = String)]
    holder_kind: HolderKind,
    /// The holder's number, whole.
    holder_no: String,
    /// Code of the type of licence.
    type_code: String,
    /// The item for which it is needed (事项).
    item: String,
    /// Why it is needed (事由).
    cause: String,
    /// The code that the holder gave; empty for a program with a mandate by law.
    #[serde(default)]
    consent: String,
}

/// Reads a holder's catalogue entries with his consent. Every call is recorded and shown to the holder.
#[utoipa::path(post, path = "/api/v1/licences/share", tag = "licences", request_body = ShareBody,
    responses((status = 200, body = Vec<LicenceBody>)))]
async fn share(caller: Caller, Json(body): Json<ShareBody>) -> ApiAnswer<Vec<LicenceBody>> {
    let asked = Share {
        holder_kind: body.holder_kind,
        holder_no: body.holder_no,
        type_code: body.type_code,
        item: body.item,
        cause: body.cause,
        consent: body.consent,
    };
    let found = licences::ops::share(caller.ctx(), &asked).await?;
    Ok(Json(found.into_iter().map(LicenceBody::from).collect()))
}
