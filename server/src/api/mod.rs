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
//! async fn book(caller: Caller, Json(body): Json<BookBody>) -> ApiAnswer<BookingBody> { … }
//! ```
//! Then add the module here, its `routes()` to [`routes`] and its `Doc` to [`description`]. A test holds that every route under
//! `/api/v1` is described. Errors become the error object by themselves, and the description says of every operation how it may
//! refuse (`describe`), so a handler names its own answer only.
//!
//! * What changes something takes a bearer token (cookies serve only for reading) and an [`IdempotencyKey`]: `Routes` sees to it that the
//!   call runs once and that its answer is told again to whoever repeats it (`once`). A POST that only asks is `Routes::ask`.
//! * What has a version is told as [`Versioned`] and changed with [`IfMatch`]; [`told`] answers 412 with the newer state.

mod admin;
mod apply;
mod archive;
mod booking;
mod catalog;
mod cert_share;
mod certificates;
mod credit;
mod describe;
mod errors;
mod hall;
mod help;
mod identity;
mod intake;
mod interaction;
mod licence_stock;
mod licences;
mod marriage;
mod matters;
mod notices;
pub(crate) mod once;
mod organizations;
mod organizations_public;
mod organizations_supervision;
mod papers;
mod releases;
pub mod sample;
mod search;
mod serving;
mod statistics;
mod supervision;
pub mod together;
mod version;
mod waiting;
mod work;

use std::sync::{Arc, LazyLock};

use axum::{Json, extract::FromRequestParts, http::request::Parts};
use data_encoding::BASE64;
use kernel::Issue;
use platform::{Ctx, Error};
use serde_json::Value;
use utoipa::{
    Modify, OpenApi, ToSchema,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

pub use errors::ErrorBody;
pub use once::IdempotencyKey;
pub use version::{ApiVersioned, IfMatch, Versioned, told};

use together::together;

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

/// The content of a file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "describes answers that are no JSON")]
pub(crate) struct Bytes(Vec<u8>);

/// A file that was sent in JSON.
fn base64(field: &'static str, text: &str) -> Result<Vec<u8>, Issue> {
    BASE64.decode(text.as_bytes()).map_err(|_| Issue::error("E-API02", "文件应以 Base64 编码", "Send the file in Base64").field(field))
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Tongban", description = "The interface of a civil affairs service for terminals, mini-programs and other systems."),
    components(schemas(ErrorBody, errors::IssueBody)),
    modifiers(&Bearer)
)]
struct Base;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let words = "A token that an administrator issued to a system, or a personal one, with which a program acts as its owner.";
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(words)).build();
        openapi.components.get_or_insert_default().add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// Every route of every noun but those of [`crowded`].
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/openapi.json", Access::Anyone, openapi)
        .merge(catalog::routes())
        .merge(apply::routes())
        .merge(matters::routes())
        .merge(booking::routes())
        .merge(hall::routes())
        .merge(help::routes())
        .merge(waiting::routes())
        .merge(notices::routes())
        .merge(identity::routes())
        .merge(licences::routes())
        .merge(interaction::routes())
        .merge(intake::routes())
        .merge(certificates::routes())
        .merge(cert_share::routes())
        .merge(licence_stock::routes())
        .merge(marriage::routes())
        .merge(search::routes())
        .merge(organizations::routes())
        .merge(organizations_public::routes())
        .merge(organizations_supervision::routes())
        .merge(papers::routes())
        .merge(statistics::routes())
        .merge(supervision::routes())
        .merge(work::routes())
        .merge(credit::routes())
        .merge(serving::routes())
        .merge(archive::routes())
        .merge(admin::routes())
}

/// Those that everybody calls at the same moment, when a sought-after day is released.
pub(crate) fn crowded() -> Routes {
    releases::routes()
}

/// All of them.
fn all() -> Routes {
    routes().merge(crowded())
}

/// The description of all of them.
pub fn description() -> &'static Value {
    static DESCRIPTION: LazyLock<Value> = LazyLock::new(|| {
        let parts = [
            ("Catalog", catalog::Doc::openapi()),
            ("Apply", apply::Doc::openapi()),
            ("Matters", matters::Doc::openapi()),
            ("Booking", booking::Doc::openapi()),
            ("Releases", releases::Doc::openapi()),
            ("Hall", hall::Doc::openapi()),
            ("Help", help::Doc::openapi()),
            ("Waiting", waiting::Doc::openapi()),
            ("Notices", notices::Doc::openapi()),
            ("Identity", identity::Doc::openapi()),
            ("Licences", licences::Doc::openapi()),
            ("Interaction", interaction::Doc::openapi()),
            ("Intake", intake::Doc::openapi()),
            ("Certificates", certificates::Doc::openapi()),
            ("CertShare", cert_share::Doc::openapi()),
            ("LicenceStock", licence_stock::Doc::openapi()),
            ("Search", search::Doc::openapi()),
            ("Organizations", organizations::Doc::openapi()),
            ("OrganizationsPublic", organizations_public::Doc::openapi()),
            ("OrganizationsSupervision", organizations_supervision::Doc::openapi()),
            ("Papers", papers::Doc::openapi()),
            ("Statistics", statistics::Doc::openapi()),
            ("Supervision", supervision::Doc::openapi()),
            ("Work", work::Doc::openapi()),
            ("Credit", credit::Doc::openapi()),
            ("Serving", serving::Doc::openapi()),
            ("Archive", archive::Doc::openapi()),
        ];
        let document = together(Base::openapi(), parts.into_iter().chain(marriage::describe()).chain(admin::describe()));
        describe::complete(document, all().table())
    });
    &DESCRIPTION
}

async fn openapi() -> Json<&'static Value> {
    Json(description())
}
