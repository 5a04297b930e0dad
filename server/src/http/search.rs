//! The search page, and the cookie that lets somebody who has just saved something find it.

use axum::{
    extract::Query,
    http::{HeaderMap, HeaderValue, Method, header},
    response::Response,
};
use kernel::RegionCode;
use platform::{Ctx, change, regions};
use search_index::{Kind, MAX_OFFSET, Request};
use serde::Deserialize;
use site::pages::search::{self as view, PER_PAGE, Place, REACH, Reach};

use super::{
    Access, Answer, Page, Routes, Visit,
    cookies::{self, Life},
    security,
};
use crate::App;
use crate::search::{Origin, POSITION_COOKIE, read_position, write_position};

/// Seconds that the position of a change is remembered; the index is long past it by then.
const REMEMBERED: u32 = 60;

pub(super) fn routes() -> Routes {
    Routes::new().get("/search", Access::Anyone, show)
}

/// What the address says. Everything in it may be nonsense that somebody typed: then it is left out, not refused.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    kind: String,
    region: String,
    reach: String,
    page: String,
}

async fn show(page: Page, headers: HeaderMap, Query(asked): Query<Asked>) -> Answer {
    let ctx = page.ctx();
    let number = asked.page.parse().unwrap_or(1).clamp(1, MAX_OFFSET / PER_PAGE);
    let kind = Kind::parse(&asked.kind);
    let path = chosen(ctx, &asked.region).await?;
    let mut search = view::Search { text: asked.q.trim().to_owned(), kind, page: number, reach: Reach::parse(&asked.reach), ..view::Search::default() };
    let top = regions::path(ctx.db(), &ctx.settings().region).await?;
    search.chosen = path.iter().filter(|region| !top.iter().any(|above| above.code == region.code)).map(place).collect();
    if !search.text.is_empty() {
        let request = Request {
            text: search.text.clone(),
            kind,
            region: codes(&path),
            below: codes(if path.is_empty() { &top } else { &path }),
            home: home(ctx, &path).await?,
            offset: (number - 1) * PER_PAGE,
            limit: PER_PAGE,
            facets: search.reach.into_iter().map(Reach::facet).collect(),
            count: vec![REACH.to_owned()],
            ..Request::default()
        };
        let found = page.app().search.answer(ctx, request, wrote(page.app(), &headers)).await?;
        search.narrower = narrower(ctx, path.last().or(top.last()), &found.answer.regions).await?;
        search.only_exact = found.origin == Origin::Database;
        search.behind = found.behind;
        search.answer = Some(found.answer);
    }
    page.html(view::page(page.shell(), &search))
}

/// The regions from the top down to the one that was chosen; none for a code that this site does not know.
async fn chosen(ctx: &Ctx, code: &str) -> platform::Result<Vec<regions::Region>> {
    match RegionCode::parse(code) {
        Ok(code) => regions::path(ctx.db(), &code).await,
        Err(_) => Ok(Vec::new()),
    }
}

/// Where the visitor is, as far as it is known: the region chosen, else where a member of staff works.
pub(crate) async fn home(ctx: &Ctx, chosen: &[regions::Region]) -> platform::Result<Vec<String>> {
    match ctx.actor().staff() {
        Some(staff) if chosen.is_empty() => Ok(codes(&regions::path(ctx.db(), &staff.region).await?)),
        _ => Ok(codes(chosen)),
    }
}

/// Codes of a path.
pub(crate) fn codes(path: &[regions::Region]) -> Vec<String> {
    path.iter().map(|region| region.code.to_string()).collect()
}

fn place(region: &regions::Region) -> Place {
    Place { code: region.code.to_string(), name: region.name.clone() }
}

/// The regions below with something in them, in the order of their codes.
async fn narrower(ctx: &Ctx, parent: Option<&regions::Region>, counts: &[(String, usize)]) -> platform::Result<Vec<(Place, usize)>> {
    let Some(parent) = parent.filter(|_| !counts.is_empty()) else { return Ok(Vec::new()) };
    let below = regions::children(ctx.db(), &parent.code).await?;
    let count = |region: &regions::Region| counts.iter().find(|(code, _)| *code == region.code.to_string()).map(|(_, count)| *count);
    Ok(below.iter().filter_map(|region| Some((place(region), count(region)?))).collect())
}

/// The position of the visitor's own last change.
pub(crate) fn wrote(app: &App, headers: &HeaderMap) -> Option<i64> {
    cookies::get(headers, POSITION_COOKIE).and_then(|cookie| read_position(app.platform.keys(), cookie))
}

/// After a member of staff changed something: remembers how far the change log had come, so that their next search waits for it.
/// Citizens change nothing that is searched, and must not pay for the question.
pub(super) async fn remember(app: &App, visit: &Visit, method: &Method, response: &mut Response) {
    let changed = !method.is_safe() && (response.status().is_success() || response.status().is_redirection());
    if !changed || visit.ctx.actor().staff().is_none() {
        return;
    }
    match change::newest(app.platform.db()).await {
        Ok(position) => {
            let value = write_position(app.platform.keys(), position);
            let cookie: HeaderValue = cookies::set(POSITION_COOKIE, &value, Life::Seconds(REMEMBERED), security::is_https(app));
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        Err(error) => tracing::warn!(%error, "the position of a change could not be read; a search may miss it for a moment"),
    }
}
