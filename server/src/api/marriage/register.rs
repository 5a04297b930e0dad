//! How a case ends, and what happens to its certificates afterwards.

use axum::{Json, extract::Path};
use casework::CaseId;
use ::marriage::model::Side;
use ::marriage::ops::{self, Correction, Registration, Spoiled, Verified};
use serde::Deserialize;
use utoipa::{OpenApi, ToSchema};

use super::{COUNTER, CaseBody, acted};
use crate::api::{ApiVersioned, Caller, IfMatch};
use crate::counter;
use crate::http::Routes;

#[derive(OpenApi)]
#[openapi(paths(register, refuse, abort, verify, printed, spoil, correct))]
pub(super) struct Doc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/api/v1/marriage/cases/{id}/register", COUNTER, register)
        .post("/api/v1/marriage/cases/{id}/refuse", COUNTER, refuse)
        .post("/api/v1/marriage/cases/{id}/abort", COUNTER, abort)
        .post("/api/v1/marriage/cases/{id}/verify", COUNTER, verify)
        .post("/api/v1/marriage/cases/{id}/printed", COUNTER, printed)
        .post("/api/v1/marriage/cases/{id}/spoil", COUNTER, spoil)
        .post("/api/v1/marriage/cases/{id}/correct", COUNTER, correct)
}

/// What the registrar signs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RegisterBody {
    /// Serial of the man's booklet.
    serial_a: String,
    /// Serial of the woman's booklet.
    serial_b: String,
    /// Both names, typed by the registrar.
    #[schema(example = "张测试 李样例")]
    confirmation: String,
}

/// Registers the marriage. Every rule is run again on what the registers say now.
#[utoipa::path(post, path = "/api/v1/marriage/cases/{id}/register", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = RegisterBody, responses((status = 200, body = CaseBody)))]
async fn register(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<RegisterBody>) -> ApiVersioned<CaseBody> {
    let input = Registration { case: id, seen, serial_a: body.serial_a, serial_b: body.serial_b, confirmation: body.confirmation };
    let done = ops::register(caller.ctx(), &caller.app().ports, input).await.map(drop);
    acted(&caller, id, seen, done).await
}

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReasonBody {
    /// In words.
    #[serde(default)]
    reason: String,
}

/// Refuses the registration, for a rule that is not kept or for the registrar's own reason.
#[utoipa::path(post, path = "/api/v1/marriage/cases/{id}/refuse", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = ReasonBody, responses((status = 200, body = CaseBody)))]
async fn refuse(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<ReasonBody>) -> ApiVersioned<CaseBody> {
    let done = ops::refuse(caller.ctx(), &caller.app().ports, id, seen, &body.reason).await;
    acted(&caller, id, seen, done).await
}

/// Ends the case without a decision. Nobody has to give a reason.
#[utoipa::path(post, path = "/api/v1/marriage/cases/{id}/abort", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = ReasonBody, responses((status = 200, body = CaseBody)))]
async fn abort(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<ReasonBody>) -> ApiVersioned<CaseBody> {
    let done = ops::abort(caller.ctx(), id, seen, &body.reason).await;
    acted(&caller, id, seen, done).await
}

/// What was looked into.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VerifyBody {
    /// What and how, in words without personal data.
    note: String,
    /// A possible kinship was looked into and ruled out.
    #[serde(default)]
    no_kinship: bool,
}

/// Takes up again what was pending, or was left overnight.
#[utoipa::path(post, path = "/api/v1/marriage/cases/{id}/verify", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = VerifyBody, responses((status = 200, body = CaseBody)))]
async fn verify(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<VerifyBody>) -> ApiVersioned<CaseBody> {
    let done = ops::verify(caller.ctx(), id, seen, &Verified { note: body.note, no_kinship: body.no_kinship }).await.map(drop);
    acted(&caller, id, seen, done).await
}

/// Whose booklet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PrintedBody {
    /// The holder.
    holder: Side,
}

/// Notes that a holder's booklet was printed.
#[utoipa::path(post, path = "/api/v1/marriage/cases/{id}/printed", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = PrintedBody, responses((status = 200, body = CaseBody)))]
async fn printed(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<PrintedBody>) -> ApiVersioned<CaseBody> {
    let done = ops::printed(caller.ctx(), id, seen, body.holder).await;
    acted(&caller, id, seen, done).await
}

/// A booklet that was spoiled, and the one that takes its place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SpoilBody {
    /// Whose booklet.
    holder: Side,
    /// Why.
    reason: String,
    /// Serial of the new booklet.
    serial: String,
}

/// Takes a spoiled booklet out of force and a new one from stock.
#[utoipa::path(post, path = "/api/v1/marriage/cases/{id}/spoil", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = SpoilBody, responses((status = 200, body = CaseBody)))]
async fn spoil(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<SpoilBody>) -> ApiVersioned<CaseBody> {
    let done = ops::spoil(caller.ctx(), Spoiled { case: id, seen, holder: body.holder, reason: body.reason, serial: body.serial }).await;
    acted(&caller, id, seen, done).await
}

/// A typing error and what is right.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CorrectBody {
    /// Whose data.
    side: Side,
    /// The name as it should have been; empty leaves it.
    #[serde(default)]
    name: String,
    /// The number as it should have been; empty leaves it.
    #[serde(default)]
    id_no: String,
    /// What was wrong and what shows it.
    reason: String,
    /// Serial of the man's new booklet.
    serial_a: String,
    /// Serial of the woman's new booklet.
    serial_b: String,
}

/// Corrects a typing error; number and day of the registration stay.
#[utoipa::path(post, path = "/api/v1/marriage/cases/{id}/correct", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = CorrectBody, responses((status = 200, body = CaseBody)))]
async fn correct(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<CorrectBody>) -> ApiVersioned<CaseBody> {
    let (side, reason, serial_a, serial_b) = (body.side, body.reason, body.serial_a, body.serial_b);
    let done = async {
        let snapshot = counter::corrected(caller.ctx(), id, side, &body.name, &body.id_no).await?;
        ops::correct(caller.ctx(), Correction { case: id, seen, side, snapshot, reason, serial_a, serial_b }).await
    };
    let done = done.await;
    acted(&caller, id, seen, done).await
}
