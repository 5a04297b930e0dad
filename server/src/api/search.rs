//! Searching, for programs and for the search field's completions.

use axum::{Json, extract::Query, http::HeaderMap};
use kernel::{Day, Issue, RegionCode};
use platform::{Ctx, Error, Result, regions};
use search_index::{Hit, Kind, MAX_LIMIT, MAX_OFFSET, Request, Segment, Sort, Stage, Suggestion};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Caller};
use crate::http::{Access, Routes, search as pages};
use crate::search::{Origin, counted_facets};

/// Suggestions of one answer.
const SUGGESTIONS: usize = 8;

#[derive(OpenApi)]
#[openapi(paths(search, suggest), components(schemas(SearchBody, HitBody, PieceBody, CountBody, FacetBody, SuggestBody, SuggestionBody)))]
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
    /// `item`, `guide`, `office` or `organization`; all without it. With a kind and without a question, everything of that kind is found.
    #[param(required = false, pattern = "^(item|guide|office|organization)?$")]
    kind: String,
    /// Code of a region; what lies in it is found.
    #[param(required = false, pattern = "^([0-9]{6}|[0-9]{9}|[0-9]{12})?$")]
    region: String,
    /// `dimension/value`, such as `service/marriage`; several separated by commas: one value of each dimension that is named. Of
    /// organisations: `type` (1 to 3), `status` (30 to 43), `level` (1 to 5), `list` (`abnormal`, `serious`), `authority` (`province`, `city`,
    /// `county`), `industry` (a code), `charity/yes`, `fundraising/yes`.
    #[param(required = false)]
    facet: String,
    /// Organisations established on or after this day.
    #[param(required = false, example = "2000-01-01", pattern = "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]
    from: String,
    /// Organisations established on or before this day.
    #[param(required = false, pattern = "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]
    to: String,
    /// `relevance`, `name`, `newest`, `oldest` or `level`; by relevance without it.
    #[param(required = false, pattern = "^(relevance|name|newest|oldest|level)?$")]
    sort: String,
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
    /// Hits with each value of the dimensions of this kind, whatever value of that dimension was asked for: of items `reach`, of
    /// organisations those named at the parameter `facet`.
    facets: Vec<FacetBody>,
    /// How many entries the index that is being made has so far; none while none is.
    made: Option<usize>,
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
    /// `item`, `guide`, `office` or `organization`.
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
    /// `dimension/value` of everything by which it can be narrowed.
    facets: Vec<String>,
    /// The day on which an organisation was established.
    #[schema(value_type = Option<String>, format = Date)]
    established_on: Option<Day>,
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

/// A dimension by which hits can be narrowed.
#[derive(Debug, Serialize, ToSchema)]
struct FacetBody {
    /// Its name.
    dimension: String,
    /// Its values.
    values: Vec<CountBody>,
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
    /// `item`, `guide`, `office` or `organization`.
    #[schema(value_type = String)]
    kind: Kind,
    /// The Chinese name in pieces.
    title: Vec<PieceBody>,
    /// The English name; may be empty.
    title_en: String,
    /// The page that it leads to.
    url: String,
}

/// Searches items, guides, offices and social organisations: by words, parts of names, pinyin, initials, traditional characters, codes, and with a slip.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", params(SearchParams),
    responses((status = 200, body = SearchBody)))]
async fn search(caller: Caller, headers: HeaderMap, Query(asked): Query<SearchParams>) -> ApiAnswer<SearchBody> {
    let ctx = caller.ctx();
    let path = region(ctx, &asked.region).await?;
    let top = regions::path(ctx.db(), &ctx.settings().region).await?;
    let kind = kind(&asked.kind)?;
    let request = Request {
        text: asked.q.trim().to_owned(),
        kind,
        region: pages::codes(&path),
        below: pages::codes(if path.is_empty() { &top } else { &path }),
        home: pages::home(ctx, &path).await?,
        count: counted_facets(kind),
        facets: asked.facet.split(',').filter(|facet| !facet.is_empty()).map(str::to_owned).collect(),
        from: day("from", &asked.from)?,
        to: day("to", &asked.to)?,
        sort: sort(&asked.sort)?,
        offset: number("offset", &asked.offset, 0, 0, MAX_OFFSET)?,
        limit: number("limit", &asked.limit, 20, 1, MAX_LIMIT)?,
    };
    let found = caller.app().search.answer(ctx, request, pages::wrote(caller.app(), &headers)).await?;
    let counts = |list: Vec<(String, usize)>| list.into_iter().map(|(code, count)| CountBody { code, count }).collect();
    Ok(Json(SearchBody {
        hits: found.answer.hits.into_iter().map(HitBody::from).collect(),
        total: found.answer.total,
        stage: found.answer.stage,
        kinds: counts(found.answer.kinds.into_iter().map(|(kind, count)| (kind.as_str().to_owned(), count)).collect()),
        regions: counts(found.answer.regions),
        facets: found.answer.facets.into_iter().map(|(dimension, values)| FacetBody { dimension, values: counts(values) }).collect(),
        made: caller.app().search.made(),
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
        text => Kind::parse(text).map(Some).ok_or_else(|| unknown("kind", "item, guide, office, organization")),
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

fn day(field: &'static str, text: &str) -> Result<Option<u32>> {
    match text {
        "" => Ok(None),
        text => text.parse::<Day>().ok().and_then(pages::number_of).map(Some).ok_or_else(|| unknown(field, "YYYY-MM-DD")),
    }
}

fn sort(text: &str) -> Result<Sort> {
    match text {
        "" => Ok(Sort::default()),
        text => Sort::parse(text).ok_or_else(|| unknown("sort", &Sort::ALL.map(Sort::as_str).join(", "))),
    }
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
            established_on: hit.entry.since.and_then(|day| Day::from_compact(&day.to_string())),
            facets: hit.entry.facets,
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
