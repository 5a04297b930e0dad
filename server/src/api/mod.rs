//! The interface for programs: JSON under `/api/v1`, described at `/api/openapi.json`.
//!
//! # A noun's handlers, to copy (`server/src/api/booking.rs`)
//! ```ignore
//! #[derive(utoipa::OpenApi)]
//! #[openapi(paths(show, book), components(schemas(BookingBody)))]
//! pub(crate) struct Doc;
//!
//! pub(crate) fn routes() -> Routes {
//!     Routes::new()
//!         .get("/api/v1/bookings/{id}", Access::SignedIn, show)
//!         .post("/api/v1/bookings", Access::SignedIn, book)
//! }
//!
//! /// One booking.
//! #[utoipa::path(get, path = "/api/v1/bookings/{id}", tag = "bookings", params(("id" = String, Path)),
//!     responses((status = 200, body = BookingBody), (status = 404, body = ErrorBody)))]
//! async fn show(caller: Caller, Path(id): Path<BookingId>) -> ApiAnswer<BookingBody> {
//!     Ok(Json(booking::ops::show(caller.ctx(), id).await?.into()))
//! }
//!
//! async fn book(caller: Caller, key: IdempotencyKey, Json(body): Json<BookBody>) -> ApiAnswer<BookingBody> { … }
//! ```
//! Then add the module here, its `routes()` to [`routes`] and its `Doc` to [`description`]. A test holds that every route under
//! `/api/v1` is described. Errors become the error object by themselves. What changes something takes a bearer token (cookies
//! serve only for reading) and an [`IdempotencyKey`].

mod catalog;
mod booking;
mod identity;
mod licences;
mod marriage;
mod search;

use std::sync::Arc;

use axum::{
    Json,
    extract::FromRequestParts,
    http::request::Parts,
};
use kernel::Issue;
use platform::{Ctx, Error};
use serde::Serialize;
use utoipa::{
    Modify, OpenApi, ToSchema,
    openapi::{
        ContentBuilder, Ref, ResponseBuilder,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{
    App,
    http::{Access, Fault, Routes, Visit},
};

/// What every handler here returns.
pub type ApiAnswer<T> = Result<Json<T>, Fault>;

/// Who asks.
#[derive(Clone)]
pub struct Caller {
    app: App,
    visit: Arc<Visit>,
}

impl Caller {
    /// Who acts, and when.
    pub fn ctx(&self) -> &Ctx {
        &self.visit.ctx
    }

    /// The program.
    pub fn app(&self) -> &App {
        &self.app
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let visit = parts.extensions.get::<Arc<Visit>>().cloned().ok_or_else(|| Error::internal("a call outside of the visit"))?;
        Ok(Self { app: app.clone(), visit })
    }
}

/// The `Idempotency-Key` of a call that changes something: 8 to 128 visible ASCII characters, the same again for a retry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(pub String);

impl FromRequestParts<App> for IdempotencyKey {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Fault> {
        let key = parts.headers.get("idempotency-key").and_then(|value| value.to_str().ok()).unwrap_or_default();
        if (8..=128).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Ok(Self(key.to_owned()));
        }
        let message = "请在请求头 Idempotency-Key 中给出 8 至 128 个可见字符，重试时保持不变";
        let english = "Send a header Idempotency-Key of 8 to 128 visible characters, the same again for a retry";
        Err(Issue::error("E-API01", message, english).field("Idempotency-Key").into())
    }
}

/// The error object.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    /// What is wrong, in the order of the fields.
    #[schema(value_type = Vec<IssueBody>)]
    pub errors: Vec<Issue>,
    /// Names the request: give it when asking for help.
    pub request_id: String,
}

impl ErrorBody {
    pub(crate) fn new(errors: Vec<Issue>, request_id: &str) -> Self {
        Self { errors, request_id: request_id.to_owned() }
    }
}

/// One finding of one rule, as it is written in JSON.
#[derive(ToSchema)]
#[schema(as = Issue)]
#[expect(dead_code, reason = "describes kernel::Issue, which knows nothing of OpenAPI")]
struct IssueBody {
    /// The code of the message.
    code: String,
    /// The message in Chinese.
    message_zh: String,
    /// The message in English.
    message_en: String,
    /// The field that it concerns.
    field: Option<String>,
    /// The rules behind it.
    rule_id: Vec<String>,
    /// The figures in the message.
    params: std::collections::BTreeMap<String, String>,
    /// `ERROR` or `WARN`.
    severity: String,
    /// Law and article.
    legal_basis: Option<String>,
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Tongban", description = "The interface of a civil affairs service for terminals, mini-programs and other systems."),
    components(schemas(ErrorBody, IssueBody)),
    modifiers(&Bearer),
    security(("bearer" = []), ())
)]
struct Base;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("A token that an administrator issued.")).build();
        openapi.components.get_or_insert_default().add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// Every route of every noun.
pub(crate) fn routes() -> Routes {
    Routes::new().get("/api/openapi.json", Access::Anyone, openapi).merge(catalog::routes()).merge(booking::routes()).merge(identity::routes()).merge(licences::routes()).merge(marriage::routes()).merge(search::routes())
}

/// The description of all of them.
pub fn description() -> utoipa::openapi::OpenApi {
    let mut all = Base::openapi();
    all.merge(catalog::Doc::openapi());
    all.merge(booking::Doc::openapi());
    all.merge(identity::Doc::openapi());
    all.merge(licences::Doc::openapi());
    all.merge(marriage::Doc::openapi());
    all.merge(search::Doc::openapi());
    describe_refusals(&mut all);
    all
}

/// What every operation may answer besides its own results: the error object, with the status that belongs to the kind of refusal.
fn describe_refusals(all: &mut utoipa::openapi::OpenApi) {
    let refusal = || {
        let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("ErrorBody"))).build();
        let words = "Refused, with the error object: 400 not readable, 401 no token, 403 not allowed, 404 not there, 409 changed by \
                     somebody else, 413 too large, 415 another type, 422 against a rule, 429 too often.";
        ResponseBuilder::new().description(words).content("application/json", body).build()
    };
    for path in all.paths.paths.values_mut() {
        for operation in [&mut path.get, &mut path.post, &mut path.put, &mut path.delete].into_iter().flatten() {
            operation.responses.responses.entry("4XX".to_owned()).or_insert_with(|| refusal().into());
        }
    }
}

async fn openapi() -> Json<utoipa::openapi::OpenApi> {
    Json(description())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_described_and_every_description_has_its_route() {
        let described = serde_json::to_value(description()).expect("a description is JSON");
        let mut wrong = Vec::new();
        let table: Vec<_> = routes().table().iter().filter(|route| route.path.starts_with("/api/v1/")).copied().collect();
        for route in &table {
            if described["paths"][route.path][route.method.to_lowercase()].is_null() {
                wrong.push(format!("{} {} is not described", route.method, route.path));
            }
        }
        for (path, methods) in described["paths"].as_object().into_iter().flatten() {
            for method in methods.as_object().into_iter().flatten().map(|(method, _)| method.to_uppercase()) {
                if !table.iter().any(|route| route.path == path && route.method == method) {
                    wrong.push(format!("{method} {path} is described but not there"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
