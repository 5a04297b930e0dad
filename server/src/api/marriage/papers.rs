//! What is printed for a case, and its pictures. Every one is an audited read.

use axum::{
    extract::{Path, Query},
    http::header,
    response::{IntoResponse, Response},
};
use casework::CaseId;
use ::marriage::ops::CaseFileKey;
use serde::Deserialize;
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{COUNTER, side};
use crate::api::{Bytes, Caller};
use crate::counter;
use crate::http::{Fault, Routes};

#[derive(OpenApi)]
#[openapi(paths(paper, photo, scan), components(schemas(Paper)))]
pub(super) struct Doc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/marriage/cases/{id}/papers/{document}", COUNTER, paper)
        .get("/api/v1/marriage/cases/{id}/photo", COUNTER, photo)
        .get("/api/v1/marriage/cases/{id}/parties/{side}/scan", COUNTER, scan)
}

/// Which paper.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the names that `counter::paper` knows")]
enum Paper {
    /// The man's declaration, to be signed.
    #[schema(rename = "statement-a.pdf")]
    StatementA,
    /// The woman's declaration.
    #[schema(rename = "statement-b.pdf")]
    StatementB,
    /// The text for the man's booklet.
    #[schema(rename = "booklet-a.pdf")]
    BookletA,
    /// The text for the woman's booklet.
    #[schema(rename = "booklet-b.pdf")]
    BookletB,
    /// A test print with the outlines of the fields.
    #[schema(rename = "booklet-test.pdf")]
    BookletTest,
    /// 不予登记告知书.
    #[schema(rename = "notice.pdf")]
    Notice,
}

/// Millimetres by which a counter's printer is off.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct Offset {
    /// To the right, at most 50; the instance's own without it.
    #[param(required = false, example = "1.5")]
    x: String,
    /// Downwards.
    #[param(required = false, example = "-0.5")]
    y: String,
}

/// A paper of the case as PDF.
#[utoipa::path(get, path = "/api/v1/marriage/cases/{id}/papers/{document}", tag = "marriage",
    params(("id" = String, Path), ("document" = Paper, Path), Offset), responses((status = 200, content_type = "application/pdf", body = Bytes)))]
async fn paper(caller: Caller, Path((id, name)): Path<(CaseId, String)>, Query(offset): Query<Offset>) -> Result<Response, Fault> {
    let offset = counter::offset(&offset.x, &offset.y);
    let pdf = counter::paper(caller.ctx(), &caller.app().press, id, &name, offset).await?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], pdf).into_response())
}

/// The joint photo.
#[utoipa::path(get, path = "/api/v1/marriage/cases/{id}/photo", tag = "marriage", params(("id" = String, Path)),
    responses((status = 200, content((Bytes = "image/jpeg"), (Bytes = "image/png")))))]
async fn photo(caller: Caller, Path(id): Path<CaseId>) -> Result<Response, Fault> {
    picture(&caller, id, CaseFileKey::Photo).await
}

/// The scan of a party's signed declaration: PDF, JPEG or PNG.
#[utoipa::path(get, path = "/api/v1/marriage/cases/{id}/parties/{side}/scan", tag = "marriage",
    params(("id" = String, Path), ("side" = ::marriage::model::Side, Path)),
    responses((status = 200, content((Bytes = "application/pdf"), (Bytes = "image/jpeg"), (Bytes = "image/png")))))]
async fn scan(caller: Caller, Path((id, place)): Path<(CaseId, String)>) -> Result<Response, Fault> {
    picture(&caller, id, CaseFileKey::Statement(side(&place)?)).await
}

async fn picture(caller: &Caller, id: CaseId, which: CaseFileKey) -> Result<Response, Fault> {
    let (bytes, media_type) = counter::picture(caller.ctx(), id, which).await?;
    Ok(([(header::CONTENT_TYPE, media_type)], bytes).into_response())
}
