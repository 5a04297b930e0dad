//! Questions to the registers about one person, for programs that act for a member of staff.

use axum::Json;
use axum::extract::{Path, Query};
use kernel::{Instant, Text};
use ::marriage::questions::{self, ASKERS, Answered, Asking, QuestionId, Verdict};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use crate::api::{ApiAnswer, Caller};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(paths(mine, ask, one))]
pub(super) struct Doc;

const ASKS: Access = Access::Staff(&ASKERS);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/marriage/network-questions", ASKS, mine)
        .post("/api/v1/marriage/network-questions", ASKS, ask)
        .get("/api/v1/marriage/network-questions/{id}", ASKS, one)
}

/// What one register said.
#[derive(Debug, Serialize, ToSchema)]
struct RegisterAnswerBody {
    /// The register.
    #[schema(value_type = Object)]
    register: Text,
    /// What it came to.
    answer: Verdict,
    /// Numbers of the marriages that stand.
    numbers: Vec<String>,
}

/// A question with its answer. `not_answered` is never `none`.
#[derive(Debug, Serialize, ToSchema)]
struct NetworkAnswerBody {
    /// Id.
    #[schema(value_type = String)]
    id: QuestionId,
    /// The number that was asked about, masked.
    number: String,
    /// For what.
    purpose: String,
    /// Number of the matter.
    case_no: String,
    /// The answer over all registers.
    answer: Verdict,
    /// What each register said.
    registers: Vec<RegisterAnswerBody>,
    /// When.
    #[schema(value_type = String)]
    asked_at: Instant,
}

impl From<Answered> for NetworkAnswerBody {
    fn from(one: Answered) -> Self {
        let registers = one.said.into_iter().map(|said| RegisterAnswerBody { register: said.register, answer: said.verdict, numbers: said.numbers });
        Self {
            id: one.id,
            number: one.number,
            purpose: one.purpose,
            case_no: one.case_no,
            answer: one.verdict,
            registers: registers.collect(),
            asked_at: one.at,
        }
    }
}

/// A page of one's own questions.
#[derive(Debug, Serialize, ToSchema)]
struct NetworkQuestionsBody {
    /// The newest first, fifty at most.
    questions: Vec<NetworkAnswerBody>,
    /// Where the next page begins.
    next: Option<String>,
}

/// Where a page of the list begins.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct QuestionPageParams {
    /// `next` of the page before.
    before: String,
}

/// One's own questions.
#[utoipa::path(get, path = "/api/v1/marriage/network-questions", tag = "marriage", params(QuestionPageParams), responses((status = 200, body = NetworkQuestionsBody)))]
async fn mine(caller: Caller, Query(params): Query<QuestionPageParams>) -> ApiAnswer<NetworkQuestionsBody> {
    let (all, more) = questions::mine(caller.ctx(), params.before.parse().ok()).await?;
    let next = all.last().filter(|_| more).map(|last| last.id.to_string());
    Ok(Json(NetworkQuestionsBody { questions: all.into_iter().map(Into::into).collect(), next }))
}

/// Asks every register about one person; purpose, matter and person are recorded.
#[utoipa::path(post, path = "/api/v1/marriage/network-questions", tag = "marriage", request_body = Asking, responses((status = 200, body = NetworkAnswerBody)))]
async fn ask(caller: Caller, Json(body): Json<Asking>) -> ApiAnswer<NetworkAnswerBody> {
    let id = questions::ask(caller.ctx(), &caller.app().ports, &body).await?;
    Ok(Json(questions::question(caller.ctx(), id).await?.into()))
}

/// One of one's own questions.
#[utoipa::path(get, path = "/api/v1/marriage/network-questions/{id}", tag = "marriage", params(("id" = String, Path)), responses((status = 200, body = NetworkAnswerBody)))]
async fn one(caller: Caller, Path(id): Path<QuestionId>) -> ApiAnswer<NetworkAnswerBody> {
    Ok(Json(questions::question(caller.ctx(), id).await?.into()))
}
