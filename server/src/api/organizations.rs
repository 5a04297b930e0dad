//! Registration of organisations, for programs: what was announced, and what a scanned certificate says.

use axum::Json;
use axum::extract::{Path, Query};
use kernel::{Day, Issue};
use organizations::announcements;
use organizations::certificate::{self, Scanned};
use organizations::naming;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::errors::IssueBody;
use super::{ApiAnswer, Caller};
use crate::http::organizations::similar;
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(
    paths(announced, checked, name_checked),
    components(schemas(AnnouncementsBody, AnnouncementBody, AnnouncementLineBody, CertificateCheckBody, naming::Input, OrganizationNameBody, SimilarNameBody))
)]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/organization-announcements", Access::Anyone, announced)
        .get("/api/v1/organization-certificates/{uscc}", Access::Anyone, checked)
        .ask("/api/v1/organization-names/check", Access::Anyone, name_checked)
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct FromThere {
    /// Where the page begins: `next` of the page before.
    #[param(required = false)]
    before: String,
}

/// Announcements, newest first.
#[derive(Serialize, ToSchema)]
struct AnnouncementsBody {
    /// Thirty at most.
    announcements: Vec<AnnouncementBody>,
    /// Where the next page begins; absent on the last.
    next: Option<String>,
}

/// What was announced of an organisation.
#[derive(Serialize, ToSchema)]
struct AnnouncementBody {
    /// `established`, `changed` or `cancelled`.
    kind: String,
    /// Name of the organisation.
    name: String,
    /// Its credit code.
    uscc: String,
    /// Day of the decision.
    #[schema(value_type = String)]
    decided_on: Day,
    /// Day of the announcement.
    #[schema(value_type = String)]
    announced_on: Day,
    /// What changed.
    lines: Vec<AnnouncementLineBody>,
}

/// One thing that changed.
#[derive(Serialize, ToSchema)]
struct AnnouncementLineBody {
    /// What it is, in Chinese.
    what_zh: String,
    /// The same in English.
    what_en: String,
    /// Before.
    before: String,
    /// Now.
    now: String,
}

/// What was announced: establishments, cancellations, changes of name, address and legal representative.
#[utoipa::path(get, path = "/api/v1/organization-announcements", tag = "organizations", params(FromThere),
    responses((status = 200, body = AnnouncementsBody)))]
async fn announced(caller: Caller, Query(asked): Query<FromThere>) -> ApiAnswer<AnnouncementsBody> {
    let (found, next) = announcements::newest(caller.ctx(), asked.before.parse().ok()).await?;
    let announcements = found
        .into_iter()
        .map(|entry| AnnouncementBody {
            kind: entry.what.kind.code().to_owned(),
            name: entry.what.name,
            uscc: entry.what.uscc,
            decided_on: entry.decided_on,
            announced_on: entry.announced_on,
            lines: entry
                .what
                .lines
                .into_iter()
                .map(|line| AnnouncementLineBody { what_zh: line.what.zh.into_owned(), what_en: line.what.en.into_owned(), before: line.before, now: line.now })
                .collect(),
        })
        .collect();
    Ok(Json(AnnouncementsBody { announcements, next: next.map(|id| id.to_string()) }))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct QrSymbol {
    /// Number of the certificate.
    #[param(required = false)]
    c: String,
    /// Its version.
    #[param(required = false)]
    v: String,
    /// Day of issue, eight digits.
    #[param(required = false)]
    t: String,
    /// The signature.
    #[param(required = false)]
    s: String,
}

/// How an organisation stands now, for whoever has its certificate.
#[derive(Serialize, ToSchema)]
struct CertificateCheckBody {
    /// Whether an organisation has exactly this code.
    registered: bool,
    /// Its name.
    name: Option<String>,
    /// Code of its status now.
    status: Option<String>,
    /// Version of the certificate in force.
    version: Option<i64>,
    /// Whether the signature is the authority's; absent where none was given.
    genuine: Option<bool>,
    /// `E-D20` for a certificate that has been replaced, `E-D21` for a code that nobody has.
    issue: Option<String>,
}

/// What the QR symbol of a certificate leads to: the present, never something like the code.
#[utoipa::path(get, path = "/api/v1/organization-certificates/{uscc}", tag = "organizations", params(("uscc" = String, Path), QrSymbol),
    responses((status = 200, body = CertificateCheckBody)))]
async fn checked(caller: Caller, Path(uscc): Path<String>, Query(symbol): Query<QrSymbol>) -> ApiAnswer<CertificateCheckBody> {
    let read = Scanned { no: symbol.c, version: symbol.v, day: symbol.t, signature: symbol.s };
    let verdict = certificate::check(caller.ctx(), &uscc, &read).await?;
    Ok(Json(CertificateCheckBody {
        registered: verdict.entry.is_some(),
        name: verdict.entry.as_ref().map(|entry| entry.head.name.clone()),
        status: verdict.entry.as_ref().map(|entry| entry.head.status.code().to_owned()),
        version: verdict.entry.as_ref().and_then(|entry| entry.content.certificate.as_ref()).map(|certificate| certificate.version),
        genuine: verdict.genuine,
        issue: verdict.issue.map(|issue| issue.code.into_owned()),
    }))
}

/// What a check of a name comes to.
#[derive(Serialize, ToSchema)]
struct OrganizationNameBody {
    /// The name as it was read.
    name: String,
    /// Whether it may be applied for: nothing is wrong with it. It is not reserved.
    free: bool,
    /// 区划; this and the other parts are absent where one is missing.
    area: Option<String>,
    /// 字号; empty for associations.
    brand: Option<String>,
    /// 行（事）业领域 or 会员组成.
    field: Option<String>,
    /// 组织形式.
    form: Option<String>,
    /// What is wrong with it.
    #[schema(value_type = Vec<IssueBody>)]
    issues: Vec<Issue>,
    /// Organisations of the division with names like it, ten at most.
    similar: Vec<SimilarNameBody>,
}

/// A name like the one that was asked about.
#[derive(Serialize, ToSchema)]
struct SimilarNameBody {
    /// The name.
    name: String,
    /// Credit code.
    uscc: String,
}

/// Says before an application whether a name is complete, names the right place and is free. What is wrong with it is an answer; only a
/// question that is not whole is refused.
#[utoipa::path(post, path = "/api/v1/organization-names/check", tag = "organizations", request_body = naming::Input,
    responses((status = 200, body = OrganizationNameBody)))]
async fn name_checked(caller: Caller, Json(input): Json<naming::Input>) -> ApiAnswer<OrganizationNameBody> {
    let checked = naming::check(caller.ctx(), &input).await?;
    let similar = similar(caller.ctx(), caller.app(), &checked).await?;
    let part = |of: fn(&organizations::names::Parts) -> &String| checked.parts.as_ref().map(|parts| of(parts).clone());
    Ok(Json(OrganizationNameBody {
        free: checked.issues.is_empty(),
        area: part(|parts| &parts.area),
        brand: part(|parts| &parts.brand),
        field: part(|parts| &parts.field),
        form: part(|parts| &parts.form),
        name: checked.name,
        issues: checked.issues,
        similar: similar.into_iter().map(|one| SimilarNameBody { name: one.name, uscc: one.code }).collect(),
    }))
}
