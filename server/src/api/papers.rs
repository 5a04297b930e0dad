//! Numbered documents for programs: the check by the token of the symbol, and one's own list.

use axum::{Json, extract::Query};
use casework::papers::{self, Line, Stand};
use kernel::{Day, Instant};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Caller};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(paths(check, mine))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new().post("/api/v1/papers/check", Access::Anyone, check).get("/api/v1/me/papers", Access::Citizen, mine)
}

/// The token of a document's symbol.
#[derive(Deserialize, ToSchema)]
struct PaperToken {
    /// The last part of the address in the symbol.
    token: String,
}

/// What a stranger is told of a document.
#[derive(Serialize, ToSchema)]
struct CheckedPaper {
    /// `valid`, `void` or `unknown`.
    answer: &'static str,
    /// Kind of document.
    kind: Option<&'static str>,
    /// Its number.
    number: Option<String>,
    /// The authority.
    issuer: Option<String>,
    /// Day of issue.
    #[schema(value_type = Option<String>)]
    issued_on: Option<Day>,
    /// SM3 over the file.
    sm3: Option<String>,
}

/// Checks a document by the token of its symbol. Nobody's name is told.
#[utoipa::path(post, path = "/api/v1/papers/check", tag = "papers", request_body = PaperToken, responses((status = 200, body = CheckedPaper)))]
async fn check(caller: Caller, Json(body): Json<PaperToken>) -> ApiAnswer<CheckedPaper> {
    let unknown = CheckedPaper { answer: "unknown", kind: None, number: None, issuer: None, issued_on: None, sm3: None };
    let found = crate::http::papers::checked(caller.ctx(), &body.token).await?;
    Ok(Json(found.map_or(unknown, |found| CheckedPaper {
        answer: if found.stands { "valid" } else { "void" },
        kind: Some(found.kind),
        number: Some(found.number),
        issuer: Some(found.issuer.zh.into_owned()),
        issued_on: Some(found.issued_on),
        sm3: found.sm3,
    })))
}

/// The next page.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct PapersParams {
    /// Documents before this one; the newest without it.
    #[param(required = false)]
    before: String,
}

/// A document in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct PaperLine {
    /// Its id.
    id: String,
    /// Kind of document.
    kind: &'static str,
    /// Its title in Chinese.
    title: String,
    /// Its number.
    number: String,
    /// When it was issued.
    #[schema(value_type = String)]
    issued_at: Instant,
    /// `issued`, `served` or `void`.
    state: &'static str,
}

impl From<Line> for PaperLine {
    fn from(line: Line) -> Self {
        let state = match line.stand {
            Stand::Issued => "issued",
            Stand::Served(_) => "served",
            Stand::Voided(_) => "void",
        };
        let title = line.kind.name().zh.into_owned();
        Self { id: line.id.to_string(), kind: line.kind.code(), title, number: line.number, issued_at: line.issued_at, state }
    }
}

/// The documents of the person for whom the token acts, the newest first, 50 an answer. A list serves none of them.
#[utoipa::path(get, path = "/api/v1/me/papers", tag = "papers", params(PapersParams), responses((status = 200, body = Vec<PaperLine>)))]
async fn mine(caller: Caller, Query(asked): Query<PapersParams>) -> ApiAnswer<Vec<PaperLine>> {
    let lines = papers::mine(caller.ctx(), asked.before.parse().ok()).await?;
    Ok(Json(lines.into_iter().map(PaperLine::from).collect()))
}
