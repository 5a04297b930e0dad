//! The search page, and the cookie that lets somebody who has just saved something find it.

use std::collections::HashMap;

use axum::{
    extract::Query,
    http::{HeaderMap, HeaderValue, Method, header},
    response::Response,
};
use kernel::{Day, RegionCode};
use platform::{Ctx, change, regions};
use search_index::{Kind, MAX_OFFSET, MAX_QUERY_CHARS, Request, Sort};
use serde::Deserialize;
use site::pages::search::{self as view, PER_PAGE, Place};

use super::{
    Access, Answer, Page, Routes, Visit,
    cookies::{self, Life},
    security,
};
use crate::App;
use crate::search::{Origin, POSITION_COOKIE, asked_facets, counted_facets, facets, read_position, words, write_position};

/// Seconds that the position of a change is remembered; the index is long past it by then.
const REMEMBERED: u32 = 60;

pub(super) fn routes() -> Routes {
    Routes::new().get("/search", Access::Anyone, show)
}

/// What the address says, besides the filters of the kind. Everything in it may be nonsense that somebody typed: then it is left out,
/// not refused.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    kind: String,
    region: String,
    from: String,
    to: String,
    sort: String,
    page: String,
    #[serde(flatten)]
    filters: HashMap<String, String>,
}

/// What an address asks for, and the regions that the page names.
pub(super) struct Question {
    /// The question, from the first result on.
    pub(super) request: Request,
    /// From the top down to the region that was chosen.
    path: Vec<regions::Region>,
    /// From the top down to the region of this site.
    top: Vec<regions::Region>,
}

/// Reads what an address asks for.
pub(super) async fn question(ctx: &Ctx, asked: &Asked) -> platform::Result<Question> {
    let kind = Kind::parse(&asked.kind);
    let path = chosen(ctx, &asked.region).await?;
    let top = regions::path(ctx.db(), &ctx.settings().region).await?;
    let day = |typed: &str| typed.parse::<Day>().ok().and_then(number_of);
    let request = Request {
        text: asked.q.trim().chars().take(MAX_QUERY_CHARS + 1).collect(),
        kind,
        region: codes(&path),
        below: codes(if path.is_empty() { &top } else { &path }),
        home: home(ctx, &path).await?,
        offset: 0,
        limit: PER_PAGE,
        facets: asked_facets(kind, |key| asked.filters.get(key).map_or("", String::as_str)),
        count: counted_facets(kind),
        from: day(&asked.from),
        to: day(&asked.to),
        sort: if kind == Some(Kind::Organization) { Sort::parse(&asked.sort).unwrap_or_default() } else { Sort::default() },
    };
    Ok(Question { request, path, top })
}

async fn show(page: Page, headers: HeaderMap, Query(asked): Query<Asked>) -> Answer {
    let ctx = page.ctx();
    let last = MAX_OFFSET / PER_PAGE;
    // A page of a million is as good as the last that can be shown.
    let number = if asked.page.bytes().all(|b| b.is_ascii_digit()) { asked.page.parse().unwrap_or(if asked.page.is_empty() { 1 } else { last }) } else { 1 };
    let number = number.clamp(1, last);
    let Question { request, path, top } = question(ctx, &asked).await?;
    let kind = request.kind;
    let mut search = view::Search {
        text: request.text.chars().take(MAX_QUERY_CHARS).collect(),
        kind,
        page: number,
        from: asked.from.parse::<Day>().map(|day| day.to_string()).unwrap_or_default(),
        to: asked.to.parse::<Day>().map(|day| day.to_string()).unwrap_or_default(),
        sort: Sort::parse(&asked.sort).unwrap_or_default(),
        ordered: kind == Some(Kind::Organization),
        words: words(),
        ..view::Search::default()
    };
    search.chosen = path.iter().filter(|region| !top.iter().any(|above| above.code == region.code)).map(place).collect();
    let wanted = request.facets.clone();
    let request = Request { offset: (number - 1) * PER_PAGE, limit: PER_PAGE, ..request };
    // A register can be looked through without a question; items and offices have pages of their own for that.
    if !search.text.is_empty() || (search.ordered && request.is_browsing()) {
        let found = page.app().search.answer(ctx, request, wrote(page.app(), &headers)).await?;
        search.narrower = narrower(ctx, path.last().or(top.last()), &found.answer.regions).await?;
        search.only_exact = found.origin == Origin::Database;
        search.made = page.app().search.made();
        search.behind = found.behind;
        search.answer = Some(found.answer);
    }
    search.facets = facets(kind, &wanted, search.answer.as_ref());
    page.html(view::page(page.shell(), &search))
}

/// A day as the index holds it.
pub(crate) fn number_of(day: Day) -> Option<u32> {
    day.compact().parse().ok()
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
