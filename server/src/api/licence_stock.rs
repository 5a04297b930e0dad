//! Older licences for programs of archives: entering a table, comparing it by a second person, what cannot be loaded.

use axum::Json;
use axum::extract::Path;
use kernel::{Instant, Issue};
use licences::stock::{self, BatchId, BatchView, ROLES, Review, Submit};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::errors::IssueBody;
use super::{ApiAnswer, Caller};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(paths(list, enter, show, compare))]
pub(crate) struct Doc;

const ARCHIVIST: Access = Access::Staff(&ROLES);

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/licence-stock", ARCHIVIST, list)
        .upload("/api/v1/licence-stock", ARCHIVIST, enter)
        .get("/api/v1/licence-stock/{id}", ARCHIVIST, show)
        .post("/api/v1/licence-stock/{id}/review", ARCHIVIST, compare)
}

/// A batch of older licences.
#[derive(Serialize, ToSchema)]
struct BatchBody {
    /// Its id.
    #[schema(value_type = String)]
    id: BatchId,
    /// Its name.
    name: String,
    /// Where the data come from.
    origin: String,
    /// `waiting`, `loading`, `done` or `refused`.
    state: &'static str,
    /// When it was entered.
    #[schema(value_type = String)]
    entered_at: Instant,
    /// Lines of the table.
    lines: i64,
    /// Of them that cannot be loaded.
    refused: i64,
    /// Of them that are loaded.
    loaded: i64,
    /// Lines that the second person compared.
    compared: Option<i64>,
    /// Of them that differed.
    wrong: Option<i64>,
    /// The first 200 lines that cannot be loaded; only for one batch.
    refused_lines: Vec<RefusedBody>,
}

/// A line that cannot be loaded.
#[derive(Serialize, ToSchema)]
struct RefusedBody {
    /// Its number; the head of the table is line 1.
    line: i64,
    /// Why.
    #[schema(value_type = IssueBody)]
    issue: Issue,
}

impl From<BatchView> for BatchBody {
    fn from(batch: BatchView) -> Self {
        Self {
            id: batch.id,
            name: batch.name,
            origin: batch.origin,
            state: batch.stage.code(),
            entered_at: batch.entered_at,
            lines: batch.lines,
            refused: batch.refused,
            loaded: batch.loaded,
            compared: batch.compared.map(|(compared, _)| compared),
            wrong: batch.compared.map(|(_, wrong)| wrong),
            refused_lines: Vec::new(),
        }
    }
}

async fn one(caller: &Caller, id: BatchId) -> ApiAnswer<BatchBody> {
    let mut body = BatchBody::from(stock::batch(caller.ctx(), id).await?);
    let refused = stock::refused_lines(caller.ctx(), id, 0).await?;
    body.refused_lines = refused.into_iter().map(|line| RefusedBody { line: line.line, issue: line.issue }).collect();
    Ok(Json(body))
}

/// The newest batches.
#[utoipa::path(get, path = "/api/v1/licence-stock", tag = "licences", responses((status = 200, body = Vec<BatchBody>)))]
async fn list(caller: Caller) -> ApiAnswer<Vec<BatchBody>> {
    Ok(Json(stock::batches(caller.ctx()).await?.into_iter().map(BatchBody::from).collect()))
}

/// A table to be entered.
#[derive(Deserialize, ToSchema)]
struct EnterBody {
    /// Name of the batch.
    name: String,
    /// Where the data come from.
    origin: String,
    /// The table, CSV.
    table: String,
}

/// Enters a table; another person has to compare it before anything is loaded.
#[utoipa::path(post, path = "/api/v1/licence-stock", tag = "licences", request_body = EnterBody, responses((status = 200, body = BatchBody)))]
async fn enter(caller: Caller, Json(body): Json<EnterBody>) -> ApiAnswer<BatchBody> {
    let submitted = Submit { name: body.name, origin: body.origin, table: body.table.into_bytes() };
    let id = stock::submit(caller.ctx(), &submitted).await?;
    one(&caller, id).await
}

/// One batch with what cannot be loaded.
#[utoipa::path(get, path = "/api/v1/licence-stock/{id}", tag = "licences", params(("id" = String, Path)),
    responses((status = 200, body = BatchBody)))]
async fn show(caller: Caller, Path(id): Path<BatchId>) -> ApiAnswer<BatchBody> {
    one(&caller, id).await
}

/// What the second person found.
#[derive(Deserialize, ToSchema)]
struct ReviewBody {
    /// Lines compared with the papers.
    #[schema(minimum = 0)]
    compared: i64,
    /// Of them that differ.
    #[schema(minimum = 0)]
    wrong: i64,
}

/// Records the comparison: with at most one error in a thousand the batch is loaded.
#[utoipa::path(post, path = "/api/v1/licence-stock/{id}/review", tag = "licences", request_body = ReviewBody, params(("id" = String, Path)),
    responses((status = 200, body = BatchBody)))]
async fn compare(caller: Caller, Path(id): Path<BatchId>, Json(body): Json<ReviewBody>) -> ApiAnswer<BatchBody> {
    stock::review(caller.ctx(), id, Review { compared: body.compared, wrong: body.wrong }).await?;
    one(&caller, id).await
}
