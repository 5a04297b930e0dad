//! Marriage registration for programs: all that the desk's pages do, by the same operations.
//!
//! Register acts are done by persons: a personal token of a registrar acts as that registrar (`crate::http::session`), and what he signs
//! is kept in his name; a system's token may read and open. Every act names the version of the case that it saw (`If-Match`).

mod acts;
mod backentry;
mod bodies;
mod counter;
mod countries;
mod divorce;
mod network;
mod papers;
mod partner;
mod register;
mod registry;
mod self_check;

use axum::{
    Json,
    extract::{Path, Query},
};
use booking::{BookingId, OfficeCard};
use casework::CaseId;
use ::marriage::ops::{self, Open};
use platform::{Error, Result, Role};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, ApiVersioned, Caller, Versioned, together::Part, told};
use crate::http::{Access, Routes};
use bodies::{CaseBody, CaseLineBody, DayBody};

/// Counter staff and programs with such a right.
const COUNTER: Access = Access::Staff(&[Role::Clerk, Role::Registrar, Role::Reviewer, Role::Supervisor, Role::Archivist]);

#[derive(OpenApi)]
#[openapi(paths(day, cases, open, case))]
struct Cases;

/// The description of everything here.
pub(super) fn describe() -> Vec<Part> {
    vec![
        ("MarriageCase", Cases::openapi()),
        ("MarriageAct", acts::Doc::openapi()),
        ("MarriageEntry", register::Doc::openapi()),
        ("MarriageRegister", registry::Doc::openapi()),
        ("MarriagePaper", papers::Doc::openapi()),
        ("MarriageCounter", counter::Doc::openapi()),
        ("MarriageCountries", countries::Doc::openapi()),
        ("Divorce", divorce::Doc::openapi()),
        ("BackEntry", backentry::Doc::openapi()),
        ("NetworkQuestion", network::Doc::openapi()),
        ("PartnerInstance", partner::Doc::openapi()),
        ("SelfCheck", self_check::Doc::openapi()),
    ]
}

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/marriage/day", COUNTER, day)
        .get("/api/v1/marriage/cases", COUNTER, cases)
        .post("/api/v1/marriage/cases", COUNTER, open)
        .get("/api/v1/marriage/cases/{id}", COUNTER, case)
        .merge(acts::routes())
        .merge(register::routes())
        .merge(registry::routes())
        .merge(papers::routes())
        .merge(counter::routes())
        .merge(countries::routes())
        .merge(divorce::routes())
        .merge(backentry::routes())
        .merge(network::routes())
        .merge(partner::routes())
        .merge(self_check::routes())
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

/// Opens a case: of an appointment whose people stand at the counter, or of a couple who walked in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OpenBody {
    /// The appointment. The same one again gives the same case.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = json!(null))]
    booking: Option<BookingId>,
    /// Public code of the office, for a couple without appointment.
    #[serde(default)]
    office: String,
    /// For a couple without appointment of whom one is from Hong Kong, Macao, Taiwan or abroad; by what the office does where it is not said.
    #[serde(default)]
    for_abroad: Option<bool>,
}

/// The case that was opened.
#[derive(Debug, Serialize, ToSchema)]
struct OpenedBody {
    /// Id.
    #[schema(value_type = String)]
    id: CaseId,
}

async fn office(caller: &Caller, code: &str) -> Result<OfficeCard> {
    booking::ops::read::office(caller.ctx(), code).await
}

/// The case as it stands, with its version.
async fn read(caller: &Caller, id: CaseId) -> Result<Versioned<CaseBody>> {
    let view = ops::view(caller.ctx(), &caller.app().ports, id).await?;
    Ok(Versioned { version: view.file.head.version, body: CaseBody::new(view, caller.ctx().actor().staff().is_some()) })
}

/// Answers an act on version `seen` of a case: what it is now, or why not.
async fn acted(caller: &Caller, id: CaseId, seen: i64, done: Result<()>) -> ApiVersioned<CaseBody> {
    match done {
        Ok(()) => Ok(read(caller, id).await?),
        Err(error) => Err(told(error, seen, read(caller, id)).await),
    }
}

/// The day of an office: its appointments, today's cases, and those of earlier days that are still open.
#[utoipa::path(get, path = "/api/v1/marriage/day", tag = "marriage", params(OfficeParams), responses((status = 200, body = DayBody)))]
async fn day(caller: Caller, Query(params): Query<OfficeParams>) -> ApiAnswer<DayBody> {
    let office = office(&caller, &params.office).await?;
    Ok(Json(DayBody::new(ops::desk(caller.ctx(), office.id).await?, caller.ctx().now())))
}

/// Today's cases of an office.
#[utoipa::path(get, path = "/api/v1/marriage/cases", tag = "marriage", params(OfficeParams), responses((status = 200, body = CasesBody)))]
async fn cases(caller: Caller, Query(params): Query<OfficeParams>) -> ApiAnswer<CasesBody> {
    let office = office(&caller, &params.office).await?;
    let lines = ops::cases_today(caller.ctx(), office.id).await?;
    Ok(Json(CasesBody { cases: lines.into_iter().map(CaseLineBody::from).collect() }))
}

/// Opens a case.
#[utoipa::path(post, path = "/api/v1/marriage/cases", tag = "marriage", request_body = OpenBody, responses((status = 200, body = OpenedBody)))]
async fn open(caller: Caller, Json(body): Json<OpenBody>) -> ApiAnswer<OpenedBody> {
    let input = match body.booking {
        Some(id) => {
            let booking = booking::ops::read::booking(caller.ctx(), id).await?;
            Open { office: booking.office, booking: Some(booking.id), for_abroad: None }
        }
        None => Open { office: office(&caller, &body.office).await?.id, booking: None, for_abroad: body.for_abroad },
    };
    Ok(Json(OpenedBody { id: ops::open(caller.ctx(), input).await? }))
}

/// One case with its checks. Names and numbers are whole for staff and masked for systems; the read is shown to both persons.
#[utoipa::path(get, path = "/api/v1/marriage/cases/{id}", tag = "marriage", params(("id" = String, Path)), responses((status = 200, body = CaseBody)))]
async fn case(caller: Caller, Path(id): Path<CaseId>) -> ApiVersioned<CaseBody> {
    Ok(read(&caller, id).await?)
}

/// Which side, from an address.
fn side(code: &str) -> Result<::marriage::model::Side> {
    ::marriage::model::Side::from_code(code).ok_or(Error::NotFound)
}
