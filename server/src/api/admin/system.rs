//! The instance itself: calendars, the outbox, the audit trail, staff.

use axum::{
    Json,
    extract::{Path, Query},
};
use identity::ops as people;
use kernel::{Instant, RegionCode};
use platform::outbox::{MessageId, admin as outbox};
use platform::{Role, StaffId, audit, calendars};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::offices::SYSTEM;
use crate::api::{ApiAnswer, Caller};
use crate::http::{Access, Routes};

const SECURITY: Access = Access::Staff(&[Role::SecurityAdmin]);

#[derive(OpenApi)]
#[openapi(paths(notices, import, given_up, retry, dismiss, trail, staff))]
pub(super) struct Doc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/admin/calendars", SYSTEM, notices)
        .put("/api/v1/admin/calendars/{year}", SYSTEM, import)
        .get("/api/v1/admin/outbox", SYSTEM, given_up)
        .post("/api/v1/admin/outbox/{id}/retry", SYSTEM, retry)
        .post("/api/v1/admin/outbox/{id}/dismiss", SYSTEM, dismiss)
        .get("/api/v1/admin/audit", Access::Staff(&[Role::AuditAdmin]), trail)
        .get("/api/v1/admin/staff", SECURITY, staff)
}

/// The notice of a year that was imported.
#[derive(Debug, Serialize, ToSchema)]
struct NoticeBody {
    /// The year.
    year: i64,
    /// Number or address of the paper.
    #[schema(example = "国办发明电〔2026〕1号")]
    source: String,
    /// Lines `date,kind,name`.
    days: String,
    /// When it was imported.
    #[schema(value_type = String)]
    imported_at: Instant,
}

/// Holiday notices that were imported, by year.
#[utoipa::path(get, path = "/api/v1/admin/calendars", tag = "administration", responses((status = 200, body = Vec<NoticeBody>)))]
async fn notices(caller: Caller) -> ApiAnswer<Vec<NoticeBody>> {
    let all = calendars::notices(caller.ctx().db()).await?.into_iter();
    let shown = all.map(|notice| NoticeBody { year: notice.year, source: notice.source, days: notice.days, imported_at: notice.imported_at });
    Ok(Json(shown.collect()))
}

/// The notice of a year.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportBody {
    /// Number or address of the paper.
    #[schema(example = "国办发明电〔2026〕1号")]
    source: String,
    /// Lines `date,kind,name`.
    #[schema(example = "2027-01-01,holiday,元旦")]
    days: String,
}

/// What an import did.
#[derive(Debug, Serialize, ToSchema)]
struct ImportedBody {
    /// Days in the notice.
    days: usize,
    /// Running periods whose end has changed or become certain.
    recounted: u64,
}

/// Imports the notice of a year; an earlier one is superseded, not lost.
#[utoipa::path(put, path = "/api/v1/admin/calendars/{year}", tag = "administration", params(("year" = i64, Path, example = 2027)),
    request_body = ImportBody, responses((status = 200, body = ImportedBody)))]
async fn import(caller: Caller, Path(year): Path<i64>, Json(body): Json<ImportBody>) -> ApiAnswer<ImportedBody> {
    let done = calendars::import(caller.ctx(), year, &body.source, &body.days).await?;
    Ok(Json(ImportedBody { days: done.days, recounted: done.recounted }))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Before {
    /// Id of the last entry of the page before.
    #[param(value_type = Option<String>)]
    before: Option<MessageId>,
}

/// The state of the outbox.
#[derive(Debug, Serialize, ToSchema)]
struct OutboxBody {
    /// Waiting or being worked on; counted up to 1,001.
    waiting: i64,
    /// Given up; counted up to 1,001.
    dead: i64,
    /// Those that were given up, newest first, 200 at most. Their content stays sealed.
    given_up: Vec<DeadBody>,
}

/// A message that was given up.
#[derive(Debug, Serialize, ToSchema)]
struct DeadBody {
    /// Id.
    #[schema(value_type = String)]
    id: MessageId,
    /// What it is for.
    #[schema(example = "mail")]
    kind: String,
    /// When it was put into the outbox.
    #[schema(value_type = String)]
    created_at: Instant,
    /// Tries.
    attempts: i64,
    /// Why the last one failed.
    last_error: Option<String>,
}

/// The outbox and what was given up.
#[utoipa::path(get, path = "/api/v1/admin/outbox", tag = "administration", params(Before), responses((status = 200, body = OutboxBody)))]
async fn given_up(caller: Caller, Query(asked): Query<Before>) -> ApiAnswer<OutboxBody> {
    let overview = outbox::overview(caller.ctx()).await?;
    let dead = outbox::dead(caller.ctx(), asked.before).await?.into_iter().map(|message| DeadBody {
        id: message.id,
        kind: message.kind,
        created_at: message.created_at,
        attempts: message.attempts,
        last_error: message.last_error,
    });
    Ok(Json(OutboxBody { waiting: overview.waiting, dead: overview.dead, given_up: dead.collect() }))
}

/// Has a message tried again, from the first try on.
#[utoipa::path(post, path = "/api/v1/admin/outbox/{id}/retry", tag = "administration", params(("id" = String, Path)), responses((status = 200, body = OutboxBody)))]
async fn retry(caller: Caller, Path(id): Path<MessageId>) -> ApiAnswer<OutboxBody> {
    outbox::retry(caller.ctx(), id).await?;
    given_up(caller, Query(Before::default())).await
}

/// Why a message is let be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DismissBody {
    /// In words.
    reason: String,
}

/// Lets a message be, for a reason.
#[utoipa::path(post, path = "/api/v1/admin/outbox/{id}/dismiss", tag = "administration", params(("id" = String, Path)), request_body = DismissBody,
    responses((status = 200, body = OutboxBody)))]
async fn dismiss(caller: Caller, Path(id): Path<MessageId>, Json(body): Json<DismissBody>) -> ApiAnswer<OutboxBody> {
    outbox::dismiss(caller.ctx(), id, &body.reason).await?;
    given_up(caller, Query(Before::default())).await
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct TrailParams {
    /// An action, or its noun: `booking` finds `booking.book`.
    #[param(required = false)]
    action: String,
    /// Id of what was acted upon.
    #[param(required = false, example = "")]
    object: String,
    /// Id of who acted.
    #[param(required = false, example = "")]
    actor: String,
    /// Only this day.
    #[param(required = false)]
    day: String,
    /// Id of the last entry of the page before.
    #[param(required = false)]
    before: String,
}

/// Entries of the audit trail.
#[derive(Debug, Serialize, ToSchema)]
struct TrailBody {
    /// Newest first.
    entries: Vec<EntryBody>,
    /// What to give as `before` for older ones.
    next: Option<String>,
}

/// One entry.
#[derive(Debug, Serialize, ToSchema)]
struct EntryBody {
    /// Id, in the order of time.
    id: String,
    /// When.
    #[schema(value_type = String)]
    at: Instant,
    /// `anonymous`, `citizen`, `staff`, `program` or `system`.
    #[schema(example = "staff")]
    actor_kind: String,
    /// Who, by id or name of the job.
    actor_id: String,
    /// Name, for staff.
    actor_name: Option<String>,
    /// `noun.verb`.
    action: String,
    /// What was acted upon.
    #[schema(example = "case")]
    object_kind: String,
    /// Its id.
    object_id: String,
    /// Reason or purpose.
    reason: Option<String>,
}

/// The audit trail; reading it is recorded in it.
#[utoipa::path(get, path = "/api/v1/admin/audit", tag = "administration", params(TrailParams), responses((status = 200, body = TrailBody)))]
async fn trail(caller: Caller, Query(asked): Query<TrailParams>) -> ApiAnswer<TrailBody> {
    let (day, before) = (asked.day.parse().ok(), asked.before.parse().ok());
    let filter = audit::Filter { action: asked.action, object: asked.object, actor: asked.actor, day, before };
    let (entries, more) = audit::list(caller.ctx(), &filter).await?;
    let next = entries.last().filter(|_| more).map(|entry| entry.id.to_string());
    let shown = entries.into_iter().map(|entry| EntryBody {
        id: entry.id.to_string(),
        at: entry.at,
        actor_kind: entry.actor_kind,
        actor_id: entry.actor_id,
        actor_name: entry.actor_name,
        action: entry.action,
        object_kind: entry.object_kind,
        object_id: entry.object_id,
        reason: entry.reason,
    });
    Ok(Json(TrailBody { entries: shown.collect(), next }))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct StaffParams {
    /// Name to sign in with of the last one of the page before.
    #[param(required = false)]
    after: String,
}

/// A member of staff.
#[derive(Debug, Serialize, ToSchema)]
struct StaffBody {
    /// Id.
    #[schema(value_type = String)]
    id: StaffId,
    /// Name to sign in with.
    username: String,
    /// Name.
    name: String,
    /// Where he works, in Chinese.
    org: String,
    /// Since when he may not sign in.
    #[schema(value_type = Option<String>)]
    suspended_at: Option<Instant>,
    /// What he may do.
    grants: Vec<GrantBody>,
}

/// A grant.
#[derive(Debug, Serialize, ToSchema)]
struct GrantBody {
    /// Id.
    id: String,
    /// The role.
    role: String,
    /// The region, with everything below it.
    #[schema(value_type = String)]
    region: RegionCode,
    /// Only for this basic code.
    item: Option<String>,
    /// Until when.
    #[schema(value_type = Option<String>)]
    until: Option<Instant>,
}

/// Staff with their grants, by the name to sign in with. They are changed on the pages alone.
#[utoipa::path(get, path = "/api/v1/admin/staff", tag = "administration", params(StaffParams), responses((status = 200, body = Vec<StaffBody>)))]
async fn staff(caller: Caller, Query(asked): Query<StaffParams>) -> ApiAnswer<Vec<StaffBody>> {
    let all = people::list_staff(caller.ctx(), &asked.after).await?.into_iter().map(|person| StaffBody {
        id: person.id,
        username: person.username,
        name: person.name,
        org: person.org_name.zh.into_owned(),
        suspended_at: person.suspended_at,
        grants: person
            .grants
            .into_iter()
            .map(|held| GrantBody {
                id: held.id.to_string(),
                role: held.grant.role.code().to_owned(),
                region: held.grant.region,
                item: held.grant.item,
                until: held.grant.until,
            })
            .collect(),
    });
    Ok(Json(all.collect()))
}
