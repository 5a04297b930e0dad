//! Archives for programs of archivists: what is due, packages, their verification.

use axum::{
    Json,
    extract::{Path, Query},
    http::header,
    response::{IntoResponse, Response},
};
use casework::{CaseId, archive};
use kernel::{Day, Instant};
use platform::Role;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Bytes, Caller};
use crate::http::{Access, Fault, Routes};

const ARCHIVIST: Access = Access::Staff(&[Role::Archivist]);

#[derive(OpenApi)]
#[openapi(paths(due, packages, show, start, verify, download))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/archive", ARCHIVIST, due)
        .get("/api/v1/archive/packages", ARCHIVIST, packages)
        .get("/api/v1/archive/{id}", ARCHIVIST, show)
        .post("/api/v1/archive/{id}/start", ARCHIVIST, start)
        .post("/api/v1/archive/{id}/verify", ARCHIVIST, verify)
        .get("/api/v1/archive/{id}/package.tar", ARCHIVIST, download)
}

/// Where a list goes on.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct DueParams {
    /// `key` of the last line of the page before.
    #[param(required = false)]
    after: String,
}

/// A finished case without a package.
#[derive(Serialize, ToSchema)]
struct DueBody {
    /// The case.
    #[schema(value_type = String)]
    case: CaseId,
    /// Its number.
    case_no: String,
    /// Name of the body that answers for it.
    org: String,
    /// When it was finished.
    #[schema(value_type = String)]
    finished_on: Day,
    /// Last day for the package.
    #[schema(value_type = String)]
    due_on: Day,
    /// Whether it was started.
    started: bool,
    /// To be sent as `after` to go on behind it.
    key: String,
}

/// Finished cases without a package in the caller's regions, those due first at the top, 50 an answer.
#[utoipa::path(get, path = "/api/v1/archive", tag = "archive", params(DueParams), responses((status = 200, body = Vec<DueBody>)))]
async fn due(caller: Caller, Query(asked): Query<DueParams>) -> ApiAnswer<Vec<DueBody>> {
    let lines = archive::due(caller.ctx(), &asked.after).await?.into_iter().map(|line| DueBody {
        case: line.case,
        case_no: line.case_no,
        org: line.org_name,
        finished_on: line.finished_on,
        due_on: line.due_on,
        started: line.started,
        key: line.key,
    });
    Ok(Json(lines.collect()))
}

/// Where the list of packages goes on.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct PackagesParams {
    /// `packed_at` of the last line of the page before.
    #[param(required = false)]
    before: String,
}

/// A package.
#[derive(Serialize, ToSchema)]
struct PackageBody {
    /// The case.
    #[schema(value_type = String)]
    case: CaseId,
    /// Its number.
    case_no: String,
    /// When the case was finished.
    #[schema(value_type = String)]
    finished_on: Day,
    /// Last day that there was for the package.
    #[schema(value_type = String)]
    due_on: Day,
    /// When it was made.
    #[schema(value_type = String)]
    packed_at: Instant,
    /// Files in it.
    files: i64,
    /// Its size in bytes.
    bytes: i64,
    /// SM3 over its list of digests.
    sm3: String,
    /// When it was last verified.
    #[schema(value_type = String)]
    verified_at: Instant,
    /// The first file that was found changed; empty while all is well.
    damaged: String,
}

impl From<archive::Package> for PackageBody {
    fn from(package: archive::Package) -> Self {
        let archive::Package { case, case_no, finished_on, due_on, packed_at, files, bytes, listed_sm3, verified_at, damaged } = package;
        Self { case, case_no, finished_on, due_on, packed_at, files, bytes, sm3: listed_sm3, verified_at, damaged }
    }
}

/// Packages in the caller's regions, the newest first, 50 an answer.
#[utoipa::path(get, path = "/api/v1/archive/packages", tag = "archive", params(PackagesParams), responses((status = 200, body = Vec<PackageBody>)))]
async fn packages(caller: Caller, Query(asked): Query<PackagesParams>) -> ApiAnswer<Vec<PackageBody>> {
    let found = archive::packages(caller.ctx(), asked.before.parse().ok()).await?;
    Ok(Json(found.into_iter().map(PackageBody::from).collect()))
}

/// The package of a case.
#[utoipa::path(get, path = "/api/v1/archive/{id}", tag = "archive", params(("id" = String, Path)), responses((status = 200, body = PackageBody)))]
async fn show(caller: Caller, Path(id): Path<CaseId>) -> ApiAnswer<PackageBody> {
    Ok(Json(archive::package(caller.ctx(), id).await?.into()))
}

/// A case whose archiving has begun.
#[derive(Serialize, ToSchema)]
struct StartedBody {
    /// The case.
    #[schema(value_type = String)]
    case: CaseId,
}

/// Starts to archive a finished case: its list of contents is issued, the package follows within minutes.
#[utoipa::path(post, path = "/api/v1/archive/{id}/start", tag = "archive", params(("id" = String, Path)), responses((status = 200, body = StartedBody)))]
async fn start(caller: Caller, Path(id): Path<CaseId>) -> ApiAnswer<StartedBody> {
    archive::start(caller.ctx(), id).await?;
    Ok(Json(StartedBody { case: id }))
}

/// Verifies the stored package byte by byte, and writes down how it came out; a file that has changed is refused with `E-P211`.
#[utoipa::path(post, path = "/api/v1/archive/{id}/verify", tag = "archive", params(("id" = String, Path)), responses((status = 200, body = PackageBody)))]
async fn verify(caller: Caller, Path(id): Path<CaseId>) -> ApiAnswer<PackageBody> {
    archive::verify(caller.ctx(), id).await?;
    Ok(Json(archive::package(caller.ctx(), id).await?.into()))
}

/// The package.
#[utoipa::path(get, path = "/api/v1/archive/{id}/package.tar", tag = "archive", params(("id" = String, Path)),
    responses((status = 200, content_type = "application/x-tar", body = Bytes)))]
async fn download(caller: Caller, Path(id): Path<CaseId>) -> Result<Response, Fault> {
    let (_, content) = archive::download(caller.ctx(), id).await?;
    Ok(([(header::CONTENT_TYPE, "application/x-tar")], content).into_response())
}
