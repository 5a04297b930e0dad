//! The lists of pages for search engines: home, guides, questions, offices; every organisation of the public register, 50,000 a list. Nothing
//! personal is ever in them.

use std::fmt::Write as _;

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use platform::{Ctx, Result};
use ui::url;

use crate::App;

/// Most entries of one list by the protocol of site maps.
const MOST: usize = 50_000;
/// Rows read at a time.
const PART: u32 = 200;

/// `/robots.txt`: guides, questions, offices and the public register are for search engines, the rest is not.
pub(super) async fn robots(State(app): State<App>) -> impl IntoResponse {
    let origin = app.platform.settings().public_origin.trim_end_matches('/');
    let text = format!("User-agent: *\nAllow: /$\nAllow: /items/\nAllow: /offices\nAllow: /help\nAllow: /organizations/\nDisallow: /organizations/follow/\nAllow: /sitemap\nAllow: /assets/\nDisallow: /\nSitemap: {origin}/sitemap.xml\n");
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text)
}

/// `/sitemap.xml`: which lists there are.
pub(super) async fn index(State(app): State<App>) -> Response {
    let size = i64::try_from(MOST).unwrap_or(i64::MAX);
    let parts = organizations::public::parts(&Ctx::system(&app.platform, "sitemap"), size).await;
    let lists = parts.map(|parts| {
        let organizations = parts.iter().map(|first| format!("/sitemap/organizations/{first}"));
        std::iter::once("/sitemap/pages.xml".to_owned()).chain(organizations).collect()
    });
    answer(&app, ("sitemapindex", "sitemap"), lists)
}

/// `/sitemap/pages.xml`: guides, questions, offices.
pub(super) async fn pages(State(app): State<App>) -> Response {
    answer(&app, ("urlset", "url"), addresses(&Ctx::system(&app.platform, "sitemap")).await)
}

/// `/sitemap/organizations/{from}`: the pages of organisations from a credit code on.
pub(super) async fn organizations(State(app): State<App>, Path(from): Path<String>) -> Response {
    match organizations_from(&Ctx::system(&app.platform, "sitemap"), from).await {
        Ok(paths) if paths.is_empty() => StatusCode::NOT_FOUND.into_response(),
        paths => answer(&app, ("urlset", "url"), paths),
    }
}

async fn organizations_from(ctx: &Ctx, from: String) -> Result<Vec<String>> {
    let size = i64::try_from(MOST).unwrap_or(i64::MAX);
    Ok(organizations::public::codes(ctx, &from, size).await?.iter().map(url::organization).collect())
}

/// A list in its frame: the word for all of it, and that for one entry.
fn answer(app: &App, words: (&str, &str), paths: Result<Vec<String>>) -> Response {
    match paths {
        Ok(paths) => {
            let origin = app.platform.settings().public_origin.trim_end_matches('/').to_owned();
            ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], written(&origin, words, &paths)).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "the site map could not be made");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

async fn addresses(ctx: &Ctx) -> Result<Vec<String>> {
    let region = ctx.settings().region;
    let mut paths = vec![url::home(), url::offices(), url::check(), url::self_check()];
    paths.extend(super::help::addresses(ctx).await?);
    let mut after = String::new();
    while paths.len() < MOST {
        let items = catalog::ops::implementations(ctx, &region, None, &after, PART).await?;
        let Some(last) = items.last() else { break };
        after.clone_from(&last.code);
        paths.extend(items.iter().map(|item| url::item(&item.code)));
    }
    after.clear();
    while paths.len() < MOST {
        let offices = booking::ops::read::offices_within(ctx, &region, &after, i64::from(PART)).await?;
        let Some(last) = offices.last() else { break };
        after.clone_from(&last.code);
        paths.extend(offices.iter().map(|office| url::office(&office.code)));
    }
    paths.truncate(MOST);
    Ok(paths)
}

/// The addresses are already percent-encoded, so that only `&` could need care, and no path of ours has one.
fn written(origin: &str, (all, one): (&str, &str), paths: &[String]) -> String {
    let mut out = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{all} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for path in paths {
        let _ = writeln!(out, "<{one}><loc>{origin}{path}</loc></{one}>");
    }
    let _ = writeln!(out, "</{all}>");
    out
}
