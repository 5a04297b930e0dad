//! The files of one's own certificates, for programs.

use axum::{
    Json,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use licences::model::EntryId;
use licences::ops::{Copying, Download, Lifetime, Part};
use serde::Deserialize;
use utoipa::{OpenApi, ToSchema};

use super::{Bytes, Caller};
use crate::http::{Access, Fault, Routes};

#[derive(OpenApi)]
#[openapi(paths(file, signature, copy))]
pub(super) struct Doc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/me/licences/{id}/file", Access::Citizen, file)
        .get("/api/v1/me/licences/{id}/signature", Access::Citizen, signature)
        .post("/api/v1/me/licences/{id}/copies", Access::Citizen, copy)
}

fn send(file: Download) -> Response {
    ([(header::CONTENT_TYPE, file.media_type.name())], file.content).into_response()
}

/// The certificate as PDF.
#[utoipa::path(get, path = "/api/v1/me/licences/{id}/file", tag = "licences", params(("id" = String, Path)),
    responses((status = 200, content_type = "application/pdf", body = Bytes)))]
async fn file(caller: Caller, Path(id): Path<EntryId>) -> Result<Response, Fault> {
    Ok(send(licences::ops::download(caller.ctx(), id, Part::File).await?))
}

/// The signature beside the file.
#[utoipa::path(get, path = "/api/v1/me/licences/{id}/signature", tag = "licences", params(("id" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream", body = Bytes)))]
async fn signature(caller: Caller, Path(id): Path<EntryId>) -> Result<Response, Fault> {
    Ok(send(licences::ops::download(caller.ctx(), id, Part::Signature).await?))
}

/// An annotated copy, made for one purpose.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CopyBody {
    /// Who may use it.
    #[schema(example = "某银行")]
    used_by: String,
    /// What for (用途).
    #[schema(example = "办理贷款")]
    purpose: String,
    /// Days for which it can be checked; the shortest offered for any other number.
    #[serde(default)]
    #[schema(minimum = 0, example = 7)]
    days: u32,
}

/// Makes an annotated copy (加注件) as PDF, with a QR symbol of its own.
#[utoipa::path(post, path = "/api/v1/me/licences/{id}/copies", tag = "licences", params(("id" = String, Path)), request_body = CopyBody,
    responses((status = 200, content_type = "application/pdf", body = Bytes)))]
async fn copy(caller: Caller, Path(id): Path<EntryId>, Json(body): Json<CopyBody>) -> Result<Response, Fault> {
    let lifetime = Lifetime::ALL.into_iter().find(|lifetime| i64::from(body.days) == lifetime.days()).unwrap_or(Lifetime::Week);
    let wanted = Copying { used_by: body.used_by, purpose: body.purpose, lifetime };
    Ok(send(licences::ops::copy(caller.ctx(), &caller.app().press, id, &wanted).await?))
}
