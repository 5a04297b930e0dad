//! Credit records of broken pledges, for programs of heads and of the supervision.

use axum::{
    Json,
    extract::{Path, Query},
};
use casework::{CaseId, Credit, CreditId, ops};
use kernel::{Day, Instant};
use platform::Role;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Caller};
use crate::http::{Access, Routes};

const KEEPERS: Access = Access::Staff(&[Role::Head, Role::Supervisor]);

#[derive(OpenApi)]
#[openapi(paths(list, withdraw))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/api/v1/work/credit", KEEPERS, list).post("/api/v1/work/credit/{id}/withdraw", KEEPERS, withdraw)
}

/// The next page.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct CreditParams {
    /// `next` of the page before.
    #[param(required = false)]
    before: String,
}

/// A credit record.
#[derive(Serialize, ToSchema)]
struct CreditBody {
    /// Its id.
    #[schema(value_type = String)]
    id: CreditId,
    /// The case in which the pledge was broken.
    #[schema(value_type = String)]
    case: CaseId,
    /// Its number.
    case_no: String,
    /// The applicant, masked.
    applicant: String,
    /// What was found.
    reason: String,
    /// First day.
    #[schema(value_type = String)]
    from: Day,
    /// Last day; absent while it has no end.
    #[schema(value_type = Option<String>)]
    until: Option<Day>,
    /// When it was withdrawn.
    #[schema(value_type = Option<String>)]
    withdrawn_at: Option<Instant>,
    /// Why; empty while it stands.
    withdrawn_reason: String,
}

impl From<Credit> for CreditBody {
    fn from(record: Credit) -> Self {
        let Credit { id, case, case_no, applicant, reason, from, until, withdrawn_at, withdrawn_reason, .. } = record;
        Self { id, case, case_no, applicant, reason, from, until, withdrawn_at, withdrawn_reason }
    }
}

/// A page of credit records.
#[derive(Serialize, ToSchema)]
struct CreditPage {
    /// The records.
    records: Vec<CreditBody>,
    /// To be sent as `before` for the next page.
    #[schema(value_type = Option<String>)]
    next: Option<CreditId>,
}

/// Credit records of cases in the caller's regions, the newest first, 50 an answer.
#[utoipa::path(get, path = "/api/v1/work/credit", tag = "work", params(CreditParams), responses((status = 200, body = CreditPage)))]
async fn list(caller: Caller, Query(asked): Query<CreditParams>) -> ApiAnswer<CreditPage> {
    let (records, next) = ops::credit_records(caller.ctx(), asked.before.parse().ok()).await?;
    Ok(Json(CreditPage { records: records.into_iter().map(CreditBody::from).collect(), next }))
}

/// Why a record is withdrawn.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WithdrawBody {
    /// The reason; it is kept with the record.
    reason: String,
}

/// A record by its id.
#[derive(Serialize, ToSchema)]
struct CreditRef {
    /// Its id.
    #[schema(value_type = String)]
    id: CreditId,
}

/// Withdraws a record: it stays to be seen, and bars the applicant no longer.
#[utoipa::path(post, path = "/api/v1/work/credit/{id}/withdraw", tag = "work", params(("id" = String, Path)), request_body = WithdrawBody,
    responses((status = 200, body = CreditRef)))]
async fn withdraw(caller: Caller, Path(id): Path<CreditId>, Json(body): Json<WithdrawBody>) -> ApiAnswer<CreditRef> {
    ops::withdraw_credit(caller.ctx(), id, &body.reason).await?;
    Ok(Json(CreditRef { id }))
}
