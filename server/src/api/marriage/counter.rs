//! What a counter keeps besides its cases: blank certificates, registrars, facts that other bodies told.

use axum::{Json, extract::Query};
use identity::facts::{self, FactKind, NewFact};
use kernel::Instant;
use ::marriage::BookletKind;
use ::marriage::ops::{self, Stock};
use platform::{Error, Role, StaffId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{COUNTER, OfficeParams, office};
use crate::api::{ApiAnswer, Caller};
use crate::http::{Access, Routes};

/// Whoever enters facts at a counter.
const ENTERS: Access = Access::Staff(&[Role::Clerk, Role::Registrar, Role::Reviewer]);
/// Whoever may see who registers here.
const LOOKS: Access = Access::Staff(&[Role::SystemAdmin, Role::SecurityAdmin, Role::Registrar, Role::Supervisor]);

#[derive(OpenApi)]
#[openapi(paths(stock, receive, take_out, registrars, enter_fact, sources))]
pub(super) struct Doc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/marriage/stock", COUNTER, stock)
        .post("/api/v1/marriage/stock/deliveries", COUNTER, receive)
        .post("/api/v1/marriage/stock/withdrawals", COUNTER, take_out)
        .get("/api/v1/marriage/registrars", LOOKS, registrars)
        .post("/api/v1/facts", ENTERS, enter_fact)
        .get("/api/v1/fact-sources", LOOKS, sources)
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
    /// The next serials, lowest first.
    next: Vec<String>,
    /// The last deliveries.
    deliveries: Vec<DeliveryBody>,
    /// The last that were spoiled or returned.
    gone: Vec<GoneBody>,
}

/// A delivery.
#[derive(Debug, Serialize, ToSchema)]
struct DeliveryBody {
    /// First serial.
    first_serial: String,
    /// Last serial.
    last_serial: String,
    /// How many.
    count: i64,
    /// When it came.
    #[schema(value_type = String)]
    received_at: Instant,
}

/// A serial that left the stock other than by being used.
#[derive(Debug, Serialize, ToSchema)]
struct GoneBody {
    /// The serial.
    serial: String,
    /// `spoiled` or `returned`.
    state: String,
    /// Why.
    reason: String,
    /// When.
    #[schema(value_type = String)]
    at: Instant,
}

impl From<Stock> for StockBody {
    fn from(stock: Stock) -> Self {
        let figures = stock.figures;
        let deliveries = stock.deliveries.into_iter().map(|one| DeliveryBody {
            first_serial: one.first_serial,
            last_serial: one.last_serial,
            count: one.count,
            received_at: one.received_at,
        });
        let gone = stock.gone.into_iter().map(|one| GoneBody { serial: one.serial, state: one.state, reason: one.reason, at: one.moved_at });
        Self {
            stock: figures.stock,
            used: figures.used,
            spoiled: figures.spoiled,
            returned: figures.returned,
            low: stock.low,
            next: stock.next,
            deliveries: deliveries.collect(),
            gone: gone.collect(),
        }
    }
}

/// What is printed into a booklet.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Booklets {
    /// Marriage certificates.
    #[default]
    Marriage,
    /// Divorce certificates.
    Divorce,
}

impl From<Booklets> for BookletKind {
    fn from(kind: Booklets) -> Self {
        match kind {
            Booklets::Marriage => Self::Marriage,
            Booklets::Divorce => Self::Divorce,
        }
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct StockParams {
    /// Public code of the office.
    office: String,
    /// Which booklets; of marriages without it.
    #[param(inline)]
    kind: Booklets,
}

/// Blank certificates of an office.
#[utoipa::path(get, path = "/api/v1/marriage/stock", tag = "marriage", params(StockParams), responses((status = 200, body = StockBody)))]
async fn stock(caller: Caller, Query(params): Query<StockParams>) -> ApiAnswer<StockBody> {
    stock_of(&caller, &params.office, params.kind).await
}

async fn stock_of(caller: &Caller, code: &str, kind: Booklets) -> ApiAnswer<StockBody> {
    Ok(Json(ops::stock(caller.ctx(), office(caller, code).await?.id, kind.into()).await?.into()))
}

/// A delivery of blank certificates.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReceiveBody {
    /// Public code of the office.
    office: String,
    /// First serial.
    first_serial: String,
    /// Last serial, included.
    last_serial: String,
    /// Which booklets; of marriages without it.
    #[serde(default)]
    kind: Booklets,
}

/// Takes in a delivery. A serial that was ever delivered is refused.
#[utoipa::path(post, path = "/api/v1/marriage/stock/deliveries", tag = "marriage", request_body = ReceiveBody, responses((status = 200, body = StockBody)))]
async fn receive(caller: Caller, Json(body): Json<ReceiveBody>) -> ApiAnswer<StockBody> {
    let place = office(&caller, &body.office).await?;
    ops::receive_booklets(caller.ctx(), place.id, body.kind.into(), &body.first_serial, &body.last_serial).await?;
    stock_of(&caller, &body.office, body.kind).await
}

/// What becomes of a blank certificate that is not used.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Fate {
    /// Spoiled.
    Spoiled,
    /// Back to who sent it.
    Returned,
}

/// A blank certificate that leaves the stock without being used.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TakeOutBody {
    /// Public code of the office.
    office: String,
    /// Its serial.
    serial: String,
    /// What becomes of it.
    fate: Fate,
    /// Why.
    reason: String,
    /// Which booklets; of marriages without it.
    #[serde(default)]
    kind: Booklets,
}

/// Takes a blank certificate out of the stock.
#[utoipa::path(post, path = "/api/v1/marriage/stock/withdrawals", tag = "marriage", request_body = TakeOutBody, responses((status = 200, body = StockBody)))]
async fn take_out(caller: Caller, Json(body): Json<TakeOutBody>) -> ApiAnswer<StockBody> {
    let (ctx, place) = (caller.ctx(), office(&caller, &body.office).await?.id);
    match body.fate {
        Fate::Spoiled => ops::spoil_blank(ctx, place, body.kind.into(), &body.serial, &body.reason).await?,
        Fate::Returned => ops::return_booklet(ctx, place, body.kind.into(), &body.serial, &body.reason).await?,
    }
    stock_of(&caller, &body.office, body.kind).await
}

/// A registrar.
#[derive(Debug, Serialize, ToSchema)]
struct RegistrarBody {
    /// The member of staff.
    #[schema(value_type = String)]
    staff: StaffId,
    /// The number on his badge.
    registrar_no: String,
    /// The day of his last examination.
    exam_on: String,
    /// Not suspended.
    on_duty: bool,
}

/// The registrars of an office.
#[utoipa::path(get, path = "/api/v1/marriage/registrars", tag = "marriage", params(OfficeParams), responses((status = 200, body = Vec<RegistrarBody>)))]
async fn registrars(caller: Caller, Query(params): Query<OfficeParams>) -> ApiAnswer<Vec<RegistrarBody>> {
    let found = ops::registrars(caller.ctx(), office(&caller, &params.office).await?.id).await?;
    let shown = found.into_iter().map(|one| RegistrarBody {
        staff: one.staff,
        registrar_no: one.registrar_no,
        exam_on: one.exam_on.to_string(),
        on_duty: one.on_duty,
    });
    Ok(Json(shown.collect()))
}

/// A fact that another body told or a paper shows.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FactBody {
    /// `death`, `parent`, `court_paper`, `marriage` or `divorce_case`.
    #[schema(example = "death")]
    kind: String,
    /// The person's document number.
    number: String,
    /// The spouse's or the parent's number; empty where unknown.
    #[serde(default)]
    other_number: String,
    /// Number of the paper, certificate or judgment.
    #[serde(default)]
    doc_no: String,
    /// Day of death, of effect, of the start.
    #[schema(example = "2026-05-20")]
    valid_on: String,
    /// Day on which a marriage or a divorce case ended; empty while it lasts.
    #[serde(default)]
    #[schema(example = "")]
    ended_on: String,
    /// Who said so: register, court, hospital.
    #[schema(example = "市公安局")]
    source: String,
    /// An original paper was shown; else a register said so.
    on_paper: bool,
}

/// What was entered.
#[derive(Debug, Serialize, ToSchema)]
struct FactEntered {
    /// Id of the fact.
    id: String,
}

/// Enters a fact about a person, in the region of the member of staff who asks.
#[utoipa::path(post, path = "/api/v1/facts", tag = "marriage", request_body = FactBody, responses((status = 200, body = FactEntered)))]
async fn enter_fact(caller: Caller, Json(body): Json<FactBody>) -> ApiAnswer<FactEntered> {
    let staff = caller.ctx().actor().staff().ok_or(Error::SignIn)?;
    let fact = NewFact {
        kind: FactKind::from_code(&body.kind).ok_or(Error::NotFound)?,
        number: body.number,
        other_number: body.other_number,
        doc_no: body.doc_no,
        valid_on: body.valid_on,
        ended_on: body.ended_on,
        source: body.source,
        on_paper: body.on_paper,
        region: staff.region,
    };
    Ok(Json(FactEntered { id: facts::record(caller.ctx(), fact).await?.to_string() }))
}

/// Whether questions of one kind are answered.
#[derive(Debug, Serialize, ToSchema)]
struct SourceBody {
    /// The kind of fact.
    #[schema(example = "death")]
    kind: String,
    /// The base is connected and complete enough to say "none".
    answers: bool,
    /// What an officer reads beside the answer.
    note: String,
    /// When it was set.
    #[schema(value_type = String)]
    set_at: Instant,
}

/// The kinds of facts and whether they are answered.
#[utoipa::path(get, path = "/api/v1/fact-sources", tag = "marriage", responses((status = 200, body = Vec<SourceBody>)))]
async fn sources(caller: Caller) -> ApiAnswer<Vec<SourceBody>> {
    let all = facts::sources(caller.ctx().db()).await?;
    let shown = all.into_iter().map(|one| SourceBody { kind: one.kind, answers: one.answers, note: one.note, set_at: one.set_at });
    Ok(Json(shown.collect()))
}
