//! Marriage registration for programs: the day of an office, a case with its checks, the stock of blank certificates, and opening a case.
//!
//! What a registrar signs (accepting, registering, refusing, correcting) has no call here: those acts are done by a person at the desk,
//! in whose name the register keeps them.

use axum::{
    Json,
    extract::{Path, Query},
};
use booking::{BookingId, OfficeCard};
use casework::CaseId;
use kernel::{Instant, mask};
use ::marriage::Ports;
use ::marriage::ops::{self, CaseLine, CaseView, Open};
use ::marriage::rules::{Finding, Outcome};
use platform::{Result, Role};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Caller, ErrorBody, IdempotencyKey};
use crate::http::{Access, Routes};

/// Counter staff and programs with such a right.
const COUNTER: Access = Access::Staff(&[Role::Clerk, Role::Registrar, Role::Reviewer, Role::Supervisor, Role::Archivist]);

#[derive(OpenApi)]
#[openapi(paths(cases, open, case, stock), components(schemas(CasesBody, CaseLineBody, OpenBody, OpenedBody, CaseBody, FindingBody, StockBody)))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/marriage/cases", COUNTER, cases)
        .post("/api/v1/marriage/cases", COUNTER, open)
        .get("/api/v1/marriage/cases/{id}", COUNTER, case)
        .get("/api/v1/marriage/stock", COUNTER, stock)
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct OfficeParams {
    /// Public code of the office.
    office: String,
}

/// The cases that an office opened today.
#[derive(Debug, Serialize, ToSchema)]
struct CasesBody {
    /// Newest first, 100 at most.
    cases: Vec<CaseLineBody>,
}

/// One case of a list; names are masked.
#[derive(Debug, Serialize, ToSchema)]
struct CaseLineBody {
    /// Id.
    #[schema(value_type = String)]
    id: CaseId,
    /// 22 digits.
    case_no: String,
    /// Code of the state: 10 初审 … 60 放弃.
    state: String,
    /// The state in words.
    state_name: String,
    /// When it was opened.
    #[schema(value_type = String)]
    opened_at: Instant,
    /// The man, masked; empty before he is entered.
    a: String,
    /// The woman, masked.
    b: String,
}

impl From<CaseLine> for CaseLineBody {
    fn from(line: CaseLine) -> Self {
        Self {
            id: line.id,
            case_no: line.case_no,
            state: line.state.code().to_owned(),
            state_name: line.state.name().zh.into_owned(),
            opened_at: line.opened_at,
            a: line.a,
            b: line.b,
        }
    }
}

/// Opens the case of an appointment whose people stand at the counter.
#[derive(Debug, Deserialize, ToSchema)]
struct OpenBody {
    /// The appointment. The same one again gives the same case.
    #[schema(value_type = String)]
    booking: BookingId,
}

/// The case that was opened.
#[derive(Debug, Serialize, ToSchema)]
struct OpenedBody {
    /// Id.
    #[schema(value_type = String)]
    id: CaseId,
}

/// One case; names are masked, numbers and answers stay at the desk.
#[derive(Debug, Serialize, ToSchema)]
struct CaseBody {
    /// Id.
    #[schema(value_type = String)]
    id: CaseId,
    /// 22 digits.
    case_no: String,
    /// Version of the case.
    version: i64,
    /// Code of the state.
    state: String,
    /// The state in words.
    state_name: String,
    /// The man, masked.
    a: String,
    /// The woman, masked.
    b: String,
    /// Number of the certificates, once registered.
    cert_no: Option<String>,
    /// When it was registered.
    #[schema(value_type = Option<String>)]
    registered_at: Option<Instant>,
    /// What each rule finds now; empty once the case is closed.
    findings: Vec<FindingBody>,
}

/// What one rule found.
#[derive(Debug, Serialize, ToSchema)]
struct FindingBody {
    /// Id of the rule.
    rule: String,
    /// `pass`, `fail`, `warn`, `open` or `not_answered`.
    #[schema(value_type = String)]
    outcome: Outcome,
    /// What it looks at.
    title_zh: String,
    /// The same in English.
    title_en: String,
    /// Code of the message, where the rule is not kept.
    code: Option<String>,
}

impl From<Finding> for FindingBody {
    fn from(finding: Finding) -> Self {
        Self {
            rule: finding.rule,
            outcome: finding.outcome,
            title_zh: finding.title.zh.into_owned(),
            title_en: finding.title.en.into_owned(),
            code: finding.issue.map(|issue| issue.code.into_owned()),
        }
    }
}

impl From<CaseView> for CaseBody {
    fn from(view: CaseView) -> Self {
        let state = view.file.state.kind();
        let masked = |party: Option<&::marriage::PartyFile>| party.map(|party| mask::name(&party.snapshot.name)).unwrap_or_default();
        Self {
            id: view.file.id(),
            case_no: view.file.head.case_no.clone(),
            version: view.file.head.version,
            state: state.code().to_owned(),
            state_name: state.name().zh.into_owned(),
            a: masked(view.file.a.as_ref()),
            b: masked(view.file.b.as_ref()),
            registered_at: view.entry.as_ref().map(|entry| entry.registered_at),
            cert_no: view.entry.map(|entry| entry.cert_no),
            findings: view.findings.into_iter().map(FindingBody::from).collect(),
        }
    }
}

/// Blank certificates of an office.
#[derive(Debug, Serialize, ToSchema)]
struct StockBody {
    /// In stock.
    stock: i64,
    /// Used.
    used: i64,
    /// Spoiled.
    spoiled: i64,
    /// Returned.
    returned: i64,
    /// Fewer are left than the bureau wants.
    low: bool,
}

async fn office(caller: &Caller, params: &OfficeParams) -> Result<OfficeCard> {
    booking::ops::read::office(caller.ctx(), &params.office).await
}

/// Today's cases of an office.
#[utoipa::path(get, path = "/api/v1/marriage/cases", tag = "marriage", params(OfficeParams),
    responses((status = 200, body = CasesBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
async fn cases(caller: Caller, Query(params): Query<OfficeParams>) -> ApiAnswer<CasesBody> {
    let office = office(&caller, &params).await?;
    let lines = ops::cases_today(caller.ctx(), office.id).await?;
    Ok(Json(CasesBody { cases: lines.into_iter().map(CaseLineBody::from).collect() }))
}

/// Opens the case of an appointment.
#[utoipa::path(post, path = "/api/v1/marriage/cases", tag = "marriage", request_body = OpenBody,
    params(("Idempotency-Key" = String, Header, description = "The same again for a retry")),
    responses((status = 200, body = OpenedBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
async fn open(caller: Caller, _key: IdempotencyKey, Json(body): Json<OpenBody>) -> ApiAnswer<OpenedBody> {
    let booking = booking::ops::read::booking(caller.ctx(), body.booking).await?;
    let id = ops::open(caller.ctx(), Open { office: booking.office, booking: Some(booking.id) }).await?;
    Ok(Json(OpenedBody { id }))
}

/// One case with its checks.
#[utoipa::path(get, path = "/api/v1/marriage/cases/{id}", tag = "marriage", params(("id" = String, Path)),
    responses((status = 200, body = CaseBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
async fn case(caller: Caller, Path(id): Path<CaseId>) -> ApiAnswer<CaseBody> {
    Ok(Json(ops::view(caller.ctx(), &Ports::local(), id).await?.into()))
}

/// Blank certificates of an office.
#[utoipa::path(get, path = "/api/v1/marriage/stock", tag = "marriage", params(OfficeParams),
    responses((status = 200, body = StockBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
async fn stock(caller: Caller, Query(params): Query<OfficeParams>) -> ApiAnswer<StockBody> {
    let office = office(&caller, &params).await?;
    let stock = ops::stock(caller.ctx(), office.id).await?;
    let figures = stock.figures;
    Ok(Json(StockBody { stock: figures.stock, used: figures.used, spoiled: figures.spoiled, returned: figures.returned, low: stock.low }))
}
