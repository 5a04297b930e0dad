//! The home page, the pages about the site itself, and what machines ask first.

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use platform::regions;
use site::pages::{about, home};

use super::{Access, Answer, Page, Routes};
use crate::App;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/", Access::Anyone, show)
        .get("/privacy", Access::Anyone, privacy)
        .get("/accessibility", Access::Anyone, accessibility)
}

/// Routes without a visit: no cookies, no session.
pub(super) fn plain_routes() -> Router<App> {
    Router::new().route("/robots.txt", get(robots)).route("/healthz", get(healthz))
}

async fn show(page: Page) -> Answer {
    page.html(home::page(page.shell(), &home::Home::default()))
}

async fn privacy(page: Page) -> Answer {
    page.html(about::privacy(page.shell()))
}

async fn accessibility(page: Page) -> Answer {
    page.html(about::accessibility(page.shell()))
}

/// Guides and offices are for search engines, nothing personal is.
async fn robots() -> impl IntoResponse {
    let text = "User-agent: *\nAllow: /$\nAllow: /items/\nAllow: /offices\nAllow: /assets/\nDisallow: /\n";
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text)
}

/// Says whether the program and its database answer: for a load balancer.
async fn healthz(State(app): State<App>) -> impl IntoResponse {
    match regions::find(app.platform.db(), &app.platform.settings().region).await {
        Ok(_) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
