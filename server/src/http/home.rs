//! The home page, the pages about the site itself, and what machines ask first.

use std::sync::LazyLock;

use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::IntoResponse,
    routing::get,
};
use platform::{Ctx, Error, Result, regions};
use site::pages::{about, home};
use ui::url;

use super::{Access, Answer, Page, Routes, sitemap};
use crate::App;

/// Notices on the home page.
const NOTICES: i64 = 3;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/", Access::Anyone, show)
        .get("/privacy", Access::Anyone, privacy)
        .get("/accessibility", Access::Anyone, accessibility)
}

/// Routes without a visit: no cookies, no session.
pub(super) fn plain_routes() -> Router<App> {
    Router::new()
        .route("/robots.txt", get(sitemap::robots))
        .route("/sitemap.xml", get(sitemap::index))
        .route("/sitemap/pages.xml", get(sitemap::pages))
        .route("/sitemap/organizations/{from}", get(sitemap::organizations))
        .route("/healthz", get(healthz))
}

async fn show(page: Page) -> Answer {
    let mut home = offered(page.ctx()).await?;
    if page.ctx().actor().citizen().is_some() {
        home.notices = newest(page.ctx()).await?;
    }
    page.html(home::page(page.shell(), &home))
}

/// The last few things that the person was told.
async fn newest(ctx: &Ctx) -> Result<Vec<home::HomeNotice>> {
    let line = |notice: notices::ops::Summary| home::HomeNotice { day: notice.told_at.day(), title: notice.words.title, href: url::notice(notice.id) };
    Ok(notices::ops::newest(ctx, NOTICES).await?.into_iter().map(line).collect())
}

/// What most people come for, as basic codes.
#[derive(serde::Deserialize)]
struct Front {
    front: Vec<String>,
}

/// Where an item stands on the home page among what most people come for; none for the others.
pub fn front(basic_code: &str) -> Option<usize> {
    static FRONT: LazyLock<Front> = LazyLock::new(|| toml::from_str(include_str!("../../../data/home.toml")).expect("a test reads the file that is carried"));
    FRONT.front.iter().position(|code| code == basic_code)
}

/// What this instance's region offers: what most people come for first, then the others.
async fn offered(ctx: &Ctx) -> Result<home::Home> {
    let items = match catalog::ops::list(ctx, &ctx.settings().region).await {
        // The divisions are not loaded yet: a fresh installation still has a home page.
        Err(Error::NotFound) => Vec::new(),
        other => other?,
    };
    let profiles = booking::ops::read::profiles(ctx).await?;
    let (mut home, mut services) = (home::Home::default(), Vec::new());
    for item in items {
        let name = item.version.elements.name;
        let bookable = profiles.iter().any(|profile| profile.serves(&item.code));
        match front(&item.basic_code) {
            Some(place) if bookable => services.push((place, home::ServiceLink::bookable(name, &item.code))),
            Some(place) => services.push((place, home::ServiceLink::guided(name, &item.code))),
            None => home.more.push((name, url::item(&item.code))),
        }
    }
    services.sort_by_key(|(place, _)| *place);
    home.services = services.into_iter().map(|(_, service)| service).collect();
    Ok(home)
}

async fn privacy(page: Page) -> Answer {
    page.html(about::privacy(page.shell()))
}

async fn accessibility(page: Page) -> Answer {
    page.html(about::accessibility(page.shell()))
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
