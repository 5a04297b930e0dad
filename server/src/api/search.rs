//! Searching, for programs and for the search field's completions.

use axum::{Json, extract::Query, http::HeaderMap};
use kernel::{Issue, RegionCode};
use platform::{Ctx, Error, Result, regions};
use search_index::{Hit, Kind, MAX_LIMIT, MAX_OFFSET, Request, Segment, Stage, Suggestion};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Caller};
use crate::http::{Access, Routes, search as pages};
use crate::search::Origin;
use site::pages::search::REACH;

/// Suggestions of one answer.
const SUGGESTIONS: usize = 8;

#[derive(OpenApi)]
#[openapi(paths(search, suggest), components(schemas(SearchBody, HitBody, PieceBody, CountBody, SuggestBody, SuggestionBody)))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/api/v1/search", Access::Anyone, search).get("/api/v1/suggest", Access::Anyone, suggest)
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct SearchParams {
    /// What is looked for; what is beyond 64 characters is cut off.
    #[param(example = "jiehun")]
    q: String,
    /// `item`, `guide` or `office`; all without it.
    #[param(required = false, pattern = "^(item|guide|office)?$")]
    kind: String,
    /// Code of a region; what lies in it is found.
    #[param(required = false, pattern = "^([0-9]{6}|[0-9]{9}|[0-9]{12})?$")]
    region: String,
    /// `dimension/value`, such as `service/marriage`.
    #[param(required = false)]
    facet: String,
    /// Hits to skip, 0 to 10000.
    #[param(required = false, pattern = "^[0-9]{0,5}$")]
    offset: String,
    /// Hits wanted, 1 to 100; 20 without it.
    #[param(required = false, pattern = "^[0-9]{0,3}$")]
    limit: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct SuggestParams {
    /// What was typed so far.
    #[param(example = "jieh")]
    q: String,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
struct SearchBody {
    /// One page of hits.
    hits: Vec<HitBody>,
    /// All hits with the filters.
    total: usize,
    /// `nothing`; `exact`: all hits have what was asked for; `exact_and_near`: those behind are only close; `near`: all are only close.
    #[schema(value_type = String)]
    stage: Stage,
    /// Hits of each kind, whatever kind was asked for.
    kinds: Vec<CountBody>,
    /// Hits in the regions one level below the one asked for.
    regions: Vec<CountBody>,
    /// Hits that are to be had across the `province` or across `provinces`; the facet `reach/provinces` finds them alone.
    reach: Vec<CountBody>,
    /// Whether the question was too long and was cut.
    cut: bool,
    /// Whether only exact names and codes were looked for, because the index is being made.
    only_exact: bool,
    /// Whether the caller's own last change may still be missing.
    behind: bool,
}

/// One hit.
#[derive(Debug, Serialize, ToSchema)]
struct HitBody {
    /// `item`, `guide` or `office`.
    #[schema(value_type = String)]
    kind: Kind,
    /// Its id within the kind.
    id: String,
    /// The public code; may be empty.
    code: String,
    /// The Chinese name in pieces.
    title: Vec<PieceBody>,
    /// The English name; may be empty.
    title_en: String,
    /// Another name, when it is that which was asked for.
    alias: Option<Vec<PieceBody>>,
    /// The passage of the Chinese text that was asked for; empty when there is none.
    excerpt: Vec<PieceBody>,
    /// The same of the English text.
    excerpt_en: Vec<PieceBody>,
    /// In how many places an item can be had within the region asked for; 0 for anything else.
    places: usize,
    /// Region codes from the province down: of an item, those of the implementation that the hit leads to.
    region: Vec<String>,
    /// The page that it leads to.
    url: String,
    /// Whether it is only close to what was asked for.
    near: bool,
}

/// A piece of a text.
#[derive(Debug, Serialize, ToSchema)]
struct PieceBody {
    /// The piece.
    text: String,
    /// Whether it is what was asked for.
    hit: bool,
}

/// How many there are.
#[derive(Debug, Serialize, ToSchema)]
struct CountBody {
    /// Kind or code of a region.
    code: String,
    /// Number of hits.
    count: usize,
}

/// Completions of what was typed.
#[derive(Debug, Serialize, ToSchema)]
struct SuggestBody {
    /// The best first, eight at most.
    suggestions: Vec<SuggestionBody>,
}

/// One completion.
#[derive(Debug, Serialize, ToSchema)]
struct SuggestionBody {
    /// `item`, `guide` or `office`.
    #[schema(value_type = String)]
    kind: Kind,
    /// The Chinese name in pieces.
    title: Vec<PieceBody>,
    /// The English name; may be empty.
    title_en: String,
    /// The page that it leads to.
    url: String,
}

/// Searches items, guides and offices: by words, parts of names, pinyin, initials, traditional characters, codes, and with a slip.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", params(SearchParams),
    responses((status = 200, body = SearchBody)))]
async fn search(caller: Caller, headers: HeaderMap, Query(asked): Query<SearchParams>) -> ApiAnswer<SearchBody> {
    let ctx = caller.ctx();
    let path = region(ctx, &asked.region).await?;
    let top = regions::path(ctx.db(), &ctx.settings().region).await?;
    let request = Request {
        text: asked.q.trim().to_owned(),
        kind: kind(&asked.kind)?,
        region: pages::codes(&path),
        below: pages::codes(if path.is_empty() { &top } else { &path }),
        home: pages::home(ctx, &path).await?,
        count: vec![REACH.to_owned()],
        facets: Some(asked.facet).filter(|facet| !facet.is_empty()).into_iter().collect(),
        offset: number("offset", &asked.offset, 0, 0, MAX_OFFSET)?,
        limit: number("limit", &asked.limit, 20, 1, MAX_LIMIT)?,
        ..Request::default()
    };
    let found = caller.app().search.answer(ctx, request, pages::wrote(caller.app(), &headers)).await?;
    let counts = |list: Vec<(String, usize)>| list.into_iter().map(|(code, count)| CountBody { code, count }).collect();
    Ok(Json(SearchBody {
        hits: found.answer.hits.into_iter().map(HitBody::from).collect(),
        total: found.answer.total,
        stage: found.answer.stage,
        kinds: counts(found.answer.kinds.into_iter().map(|(kind, count)| (kind.as_str().to_owned(), count)).collect()),
        regions: counts(found.answer.regions),
        reach: counts(found.answer.counts(REACH).to_vec()),
        cut: found.answer.cut,
        only_exact: found.origin == Origin::Database,
        behind: found.behind,
    }))
}

/// Completes what is being typed.
#[utoipa::path(get, path = "/api/v1/suggest", tag = "search", params(SuggestParams), responses((status = 200, body = SuggestBody)))]
async fn suggest(caller: Caller, Query(asked): Query<SuggestParams>) -> ApiAnswer<SuggestBody> {
    let home = pages::home(caller.ctx(), &[]).await?;
    let found = caller.app().search.suggest(asked.q, home, SUGGESTIONS).await?;
    Ok(Json(SuggestBody { suggestions: found.into_iter().map(SuggestionBody::from).collect() }))
}

fn kind(text: &str) -> Result<Option<Kind>> {
    match text {
        "" => Ok(None),
        text => Kind::parse(text).map(Some).ok_or_else(|| unknown("kind", "item, guide, office")),
    }
}

/// The path of a region that this site serves.
async fn region(ctx: &Ctx, code: &str) -> Result<Vec<regions::Region>> {
    if code.is_empty() {
        return Ok(Vec::new());
    }
    let path = match RegionCode::parse(code) {
        Ok(code) => regions::path(ctx.db(), &code).await?,
        Err(_) => Vec::new(),
    };
    if path.is_empty() { Err(unknown("region", "本站的地区代码")) } else { Ok(path) }
}

fn number(field: &'static str, text: &str, without: usize, least: usize, most: usize) -> Result<usize> {
    match text {
        "" => Ok(without),
        text => text.parse().ok().filter(|n| (least..=most).contains(n)).ok_or_else(|| unknown(field, &format!("{least}–{most}"))),
    }
}

fn unknown(field: &'static str, allowed: &str) -> Error {
    let (zh, en) = (format!("{field} 的取值不对，应为：{allowed}"), format!("{field} must be one of: {allowed}"));
    Issue::error("E-API02", zh, en).field(field).into()
}

impl From<Hit> for HitBody {
    fn from(hit: Hit) -> Self {
        Self {
            id: hit.entry.id().to_owned(),
            kind: hit.entry.kind,
            code: hit.entry.code,
            title: pieces(hit.title),
            title_en: hit.entry.title_en,
            alias: hit.alias.map(pieces),
            excerpt: pieces(hit.excerpt),
            excerpt_en: pieces(hit.excerpt_en),
            places: hit.places,
            region: hit.entry.region,
            url: hit.entry.url,
            near: hit.near,
        }
    }
}

impl From<Suggestion> for SuggestionBody {
    fn from(found: Suggestion) -> Self {
        Self { kind: found.kind, title: pieces(found.title), title_en: found.title_en, url: found.url }
    }
}

fn pieces(segments: Vec<Segment>) -> Vec<PieceBody> {
    segments.into_iter().map(|Segment { text, hit }| PieceBody { text, hit }).collect()
}
