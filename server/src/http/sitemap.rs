//! The list of pages for search engines: home, guides, questions, offices. Nothing personal is ever in it.

use std::fmt::Write as _;

use axum::{extract::State, http::header, response::IntoResponse};
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
    let text = format!("User-agent: *\nAllow: /$\nAllow: /items/\nAllow: /offices\nAllow: /help\nAllow: /organizations/\nDisallow: /organizations/follow/\nAllow: /assets/\nDisallow: /\nSitemap: {origin}/sitemap.xml\n");
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text)
}

/// `/sitemap.xml`.
pub(super) async fn sitemap(State(app): State<App>) -> axum::response::Response {
    match addresses(&Ctx::system(&app.platform, "sitemap")).await {
        Ok(paths) => {
            let origin = app.platform.settings().public_origin.trim_end_matches('/').to_owned();
            ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], written(&origin, &paths)).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "the site map could not be made");
            axum::http::StatusCode::SERVICE_UNAVAILABLE.into_response()
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
fn written(origin: &str, paths: &[String]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for path in paths {
        let _ = writeln!(out, "<url><loc>{origin}{path}</loc></url>");
    }
    out.push_str("</urlset>\n");
    out
}
