//! Requests and answers of the pages: routes, the visit, forms, errors, files of the browser part.
//!
//! # A noun's handlers, to copy (`server/src/http/booking.rs`)
//! ```ignore
//! /// The pages of bookings.
//! pub(crate) fn routes() -> Routes {
//!     Routes::new()
//!         .get("/bookings/{id}", Access::Citizen, show)
//!         .get("/bookings/{id}/cancel", Access::Citizen, ask)
//!         .post("/bookings/{id}/cancel", Access::Citizen, cancel)
//! }
//!
//! async fn show(page: Page, Path(id): Path<BookingId>) -> Answer {
//!     let booking = booking::ops::show(page.ctx(), id).await?;          // every platform::Error becomes its page
//!     page.html(site::pages::booking::receipt(page.shell(), &booking))
//! }
//!
//! async fn cancel(page: Page, Path(id): Path<BookingId>, form: FormData) -> Answer {
//!     match booking::ops::cancel(page.ctx(), id, form.values().get("reason")).await {
//!         Ok(()) => page.go_with(url::me(), "booking-cancelled"),        // 303 and a line shown once: ui::flash
//!         Err(error) => page.again(error, form.values(), |values| site::pages::booking::cancel(page.shell(), id, values)),
//!     }
//! }
//! ```
//! Then add the module here, and its `routes()` to [`pages`].
//!
//! * [`Access`] is the door: it is checked before the handler and listed by [`table`]. What a person may see or do with
//!   *this* thing is decided by the operation (`ctx.require`).
//! * [`FormData`] has checked the token. A stale page never reaches the handler: the visitor gets the form back with what
//!   was typed and a new token (422). For files use `Routes::upload` and `form.file("photo")`.
//! * [`Page::again`] answers a refusal with the same page: 422, what was typed, the issues at their fields. A lost session
//!   keeps what was typed until the person has signed in; anything else becomes its own page.
//! * Language, type size, who is signed in, token, nonce and flash are in `page.shell()`; cookies are set by the visit.
//! * `Path<BookingId>` that cannot be read is a 404 page; `Query<T>` wants `#[serde(default)]` on its fields.

pub(crate) mod admin_items;
mod admin_offices;
mod admin_releases;
mod account;
mod account_data;
mod account_own;
mod account_staff;
mod account_tokens;
mod admin_system;
mod archive;
pub mod assets;
mod booking;
mod certificates;
mod check;
mod complaints;
mod complaints_desk;
pub mod cookies;
pub mod csrf;
mod desk;
mod desk_backentry;
mod desk_case;
mod desk_divorce;
mod countries;
mod desk_facts;
mod desk_network;
mod desk_registry;
mod desk_reissue;
mod error;
pub mod feedback;
mod forms;
mod guard;
mod hall;
mod hall_admin;
mod hall_desk;
mod help;
pub mod home;
mod intake;
mod items;
pub mod lane;
mod licences_admin;
mod matters;
mod notices;
mod offices;
pub(crate) mod organizations;
mod organizations_export;
mod organizations_import;
mod organizations_papers;
mod organizations_public;
mod organizations_supervision;
pub(crate) mod packets;
pub(crate) mod papers;
mod page;
mod ratings;
mod ratings_desk;
mod releases;
mod routes;
pub(crate) mod search;
pub mod security;
mod self_check;
pub(crate) mod session;
mod settings;
mod sheets;
mod sitemap;
pub(crate) mod statistics;
mod succession;
pub(crate) mod supervision;
mod visit;
mod work;

use axum::{Router, extract::DefaultBodyLimit, middleware};

pub use assets::Assets;
pub use error::{Answer, Fault};
pub use forms::{FormData, Upload};
pub use page::Page;
pub use routes::{Access, RouteInfo, Routes};
pub use visit::{Visit, language};

use crate::App;

/// Most bytes of a request without files.
const BODY_LIMIT: usize = 256 * 1024;

/// Every page of every noun.
fn pages() -> Routes {
    Routes::new()
        .merge(home::routes())
        .merge(items::routes())
        .merge(admin_items::routes())
        .merge(account::routes())
        .merge(account_data::routes())
        .merge(account_own::routes())
        .merge(account_staff::routes())
        .merge(account_tokens::routes())
        .merge(admin_system::routes())
        .merge(search::routes())
        .merge(settings::routes())
        .merge(offices::routes())
        .merge(organizations::routes())
        .merge(organizations_public::routes())
        .merge(organizations_supervision::routes())
        .merge(organizations_papers::routes())
        .merge(organizations_export::routes())
        .merge(organizations_import::routes())
        .merge(booking::routes())
        .merge(admin_offices::routes())
        .merge(admin_releases::routes())
        .merge(check::routes())
        .merge(help::routes())
        .merge(self_check::routes())
        .merge(certificates::routes())
        .merge(licences_admin::routes())
        .merge(desk::routes())
        .merge(hall::routes())
        .merge(hall_desk::routes())
        .merge(hall_admin::routes())
        .merge(countries::routes())
        .merge(desk_facts::routes())
        .merge(desk_backentry::routes())
        .merge(desk_network::routes())
        .merge(desk_registry::routes())
        .merge(desk_reissue::routes())
        .merge(ratings::routes())
        .merge(ratings_desk::routes())
        .merge(complaints::routes())
        .merge(complaints_desk::routes())
        .merge(notices::routes())
        .merge(papers::routes())
        .merge(matters::routes())
        .merge(statistics::routes())
        .merge(succession::routes())
        .merge(supervision::routes())
        .merge(archive::routes())
        .merge(work::routes())
        .merge(intake::routes())
        .merge(sheets::routes())
        .merge(packets::routes())
}

/// What everybody asks for at the same moment; see [`lane`].
fn crowded() -> Routes {
    releases::routes().merge(crate::api::crowded())
}

/// Every route with who may enter: for the tests that look for a route without a permission.
pub fn table() -> Vec<RouteInfo> {
    pages().merge(crate::api::routes()).merge(crowded()).table().to_vec()
}

/// The whole program as one router. Serve it with `into_make_service_with_connect_info::<SocketAddr>()`, so that the
/// visitor's address is known.
pub fn router(app: App) -> Router {
    let visited = |routes: Router<App>| {
        routes
            .method_not_allowed_fallback(error::wrong_method)
            .layer(DefaultBodyLimit::max(BODY_LIMIT))
            .layer(middleware::from_fn_with_state(app.clone(), visit::visit))
    };
    let calm = visited(pages().merge(crate::api::routes()).into_router().fallback(error::missing));
    let crowded = visited(crowded().into_router()).layer(middleware::from_fn_with_state(lane::Lane::default(), lane::pass));
    let plain = assets::routes().merge(home::plain_routes());
    Router::new()
        .merge(plain)
        .merge(calm)
        .merge(crowded)
        .layer(middleware::from_fn_with_state(app.clone(), security::headers))
        .with_state(app)
}
