//! Asking the stages in order, with filters, counts and the order among equals.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use tantivy::collector::{Count, FacetCollector, TopDocs};
use tantivy::query::{Query, TermQuery};
use tantivy::schema::{Facet, IndexRecordOption, Value as _};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader, TantivyDocument, Term};

use super::asked::Asked;
use super::plan::{FEW, plan};
use super::terms::{Boxed, Terms, all, any, fixed, weighed};
use crate::entry::{Entry, Kind};
use crate::error::Error;
use crate::generation::Generation;
use crate::highlight::{self, Segment};
use crate::schema::{self, Fields};

/// The most hits of one page.
pub const MAX_LIMIT: usize = 100;
/// The most hits that may be skipped.
pub const MAX_OFFSET: usize = 10_000;
/// How far what was found exactly stands above what is only near.
const ABOVE: f32 = 1_000.0;
/// What a region shared with the visitor adds to a score, per level.
const HOME_WEIGHT: f32 = 0.2;
/// What a step of [`Entry::prior`] adds to a score.
const PRIOR_WEIGHT: f32 = 0.02;

/// A question with its filters.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// What was typed.
    pub text: String,
    /// Only this kind; the counts of [`Answer::kinds`] leave this filter out.
    pub kind: Option<Kind>,
    /// Only this region and what lies in it: codes from the province down.
    pub region: Vec<String>,
    /// Where [`Answer::regions`] counts: one level below this region, whether it is a filter or not.
    pub below: Vec<String>,
    /// Only entries with all of these, each `dimension/value`.
    pub facets: Vec<String>,
    /// The dimension of facets that [`Answer::facets`] counts; empty counts none.
    pub count: String,
    /// The visitor's region, from the province down: among equal matches it comes first.
    pub home: Vec<String>,
    /// Hits to skip; no more than [`MAX_OFFSET`] are.
    pub offset: usize,
    /// Hits wanted; no more than [`MAX_LIMIT`] are given.
    pub limit: usize,
}

impl Request {
    /// A question without filters, for the first twenty hits.
    pub fn new(text: impl Into<String>) -> Request {
        Request { text: text.into(), limit: 20, ..Request::default() }
    }
}

/// Which stage answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nothing was found.
    Nothing,
    /// All hits have what was typed: as written, by its sound or by its initials.
    Exact,
    /// A few have it; the others, behind them, are only close.
    ExactAndNear,
    /// Nothing has it; the hits are only close.
    Near,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// One page of hits.
    pub hits: Vec<Hit>,
    /// All hits, with the filters.
    pub total: usize,
    /// Which stage answered.
    pub stage: Stage,
    /// Hits of each kind, whatever kind was asked for.
    pub kinds: Vec<(Kind, usize)>,
    /// Hits in the regions one level below [`Request::below`]: code and count.
    pub regions: Vec<(String, usize)>,
    /// Hits with each value of the dimension [`Request::count`].
    pub facets: Vec<(String, usize)>,
    /// Whether the question was longer than [`super::MAX_QUERY_CHARS`] and was cut.
    pub cut: bool,
}

/// One hit with its marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// What was found.
    pub entry: Entry,
    /// The Chinese name in pieces.
    pub title: Vec<Segment>,
    /// The English name in pieces.
    pub title_en: Vec<Segment>,
    /// The code in pieces.
    pub code: Vec<Segment>,
    /// Another name, when it is that which was asked for.
    pub alias: Option<Vec<Segment>>,
    /// The passage of the Chinese text that was asked for; empty when there is none.
    pub excerpt: Vec<Segment>,
    /// The same of the English text.
    pub excerpt_en: Vec<Segment>,
    /// In how many places it can be had, within the region asked for; none for what is one place itself.
    pub places: usize,
    /// Whether it is only close to what was asked for.
    pub near: bool,
}

impl Hit {
    /// An entry that was found otherwise than by the index, marked in the same way.
    pub fn exact(entry: Entry, request: &Request) -> Hit {
        marked(entry, &Asked::new(&request.text), request, false)
    }
}

/// Answers a question.
pub(crate) fn search(live: &Generation, request: &Request) -> Result<Answer, Error> {
    let asked = Asked::new(&request.text);
    let searcher = live.reader.searcher();
    let (limit, offset) = (request.limit.clamp(1, MAX_LIMIT), request.offset.min(MAX_OFFSET));
    let Some(found) = stages(&searcher, &live.fields, &asked, request)? else {
        return Ok(Answer {
            hits: Vec::new(),
            total: 0,
            stage: Stage::Nothing,
            kinds: Kind::ALL.map(|kind| (kind, 0)).to_vec(),
            regions: Vec::new(),
            facets: Vec::new(),
            cut: asked.cut,
        });
    };
    let kinds = kinds(&searcher, &found.query)?;
    let query = match request.kind {
        Some(kind) => all(vec![found.query, facet_filter(&live.fields, schema::kind_facet(kind))]),
        None => found.query,
    };
    let below = schema::region_facet(&request.below);
    let counted = (!request.count.is_empty()).then(|| schema::own_facet(&request.count));
    let mut facets = FacetCollector::for_field(schema::FACETS);
    facets.add_facet(below.clone());
    if let Some(counted) = &counted {
        facets.add_facet(counted.clone());
    }
    let (top, total, facets) = searcher.search(&query, &(top(limit, offset, &request.home), Count, facets))?;
    let hits = top.into_iter().map(|(_, address)| {
        let entry = load(&searcher, &live.fields, address)?;
        let near = found.exact.as_ref().is_some_and(|exact| !exact.contains(&address));
        Ok(marked(entry, &asked, request, near))
    });
    Ok(Answer {
        hits: hits.collect::<Result<_, Error>>()?,
        total,
        stage: found.stage,
        kinds,
        regions: children(&facets.get(below).collect::<Vec<_>>()),
        facets: counted.map(|counted| children(&facets.get(counted).collect::<Vec<_>>())).unwrap_or_default(),
        cut: asked.cut,
    })
}

/// How many entries of a kind there are.
pub(crate) fn count(live: &Generation, kind: Kind) -> Result<usize, Error> {
    Ok(live.reader.searcher().search(&facet_filter(&live.fields, schema::kind_facet(kind)), &Count)?)
}

/// The entry with this key.
pub(crate) fn get(live: &Generation, uid: &str) -> Result<Option<Entry>, Error> {
    let searcher = live.reader.searcher();
    let query = TermQuery::new(schema::uid_term(&live.fields, uid), IndexRecordOption::Basic);
    let found = searcher.search(&query, &TopDocs::with_limit(1).order_by_score())?;
    found.first().map(|(_, address)| load(&searcher, &live.fields, *address)).transpose()
}

/// The stages that were needed, as one question.
struct Found {
    query: Boxed,
    stage: Stage,
    /// What was found exactly, where near hits stand behind it; none when all are exact.
    exact: Option<HashSet<DocAddress>>,
}

/// Asks stage after stage until there is enough. The kind is no part of this, so that all tabs show the same stage.
fn stages(searcher: &Searcher, fields: &Fields, asked: &Asked, request: &Request) -> Result<Option<Found>, Error> {
    let mut found: Option<Found> = None;
    let mut total = 0;
    for step in plan(Terms { fields }, asked) {
        if total >= step.below {
            break;
        }
        let query = filtered(step.query, fields, request);
        let count = searcher.search(&query, &Count)?;
        if count == 0 {
            continue;
        }
        total += count;
        found = Some(match (found, step.near) {
            (None, false) => Found { query, stage: Stage::Exact, exact: None },
            (None, true) => Found { query, stage: Stage::Near, exact: Some(HashSet::new()) },
            (Some(before), near) => {
                let exact = searcher.search(&before.query, &TopDocs::with_limit(FEW).order_by_score())?;
                let stage = if near { Stage::ExactAndNear } else { before.stage };
                Found {
                    query: any(vec![weighed(before.query, ABOVE), query]),
                    stage,
                    exact: Some(exact.into_iter().map(|(_, address)| address).collect()),
                }
            }
        });
    }
    // What is near is often the exact hit itself once more; then there is nothing near to speak of.
    if let Some(found) = &mut found
        && found.stage == Stage::ExactAndNear
        && found.exact.as_ref().map(HashSet::len) == Some(searcher.search(&found.query, &Count)?)
    {
        found.stage = Stage::Exact;
        found.exact = None;
    }
    Ok(found)
}

fn filtered(query: Boxed, fields: &Fields, request: &Request) -> Boxed {
    let mut needed = vec![query];
    if !request.region.is_empty() {
        needed.push(facet_filter(fields, schema::region_facet(&request.region)));
    }
    needed.extend(request.facets.iter().map(|facet| facet_filter(fields, schema::own_facet(facet))));
    all(needed)
}

fn facet_filter(fields: &Fields, facet: Facet) -> Boxed {
    fixed(Box::new(TermQuery::new(Term::from_facet(fields.facets, &facet), IndexRecordOption::Basic)), 0.0)
}

fn kinds(searcher: &Searcher, query: &dyn Query) -> Result<Vec<(Kind, usize)>, Error> {
    let mut collector = FacetCollector::for_field(schema::FACETS);
    collector.add_facet("/kind");
    let counts = searcher.search(query, &collector)?;
    let found = children(&counts.get("/kind").collect::<Vec<_>>());
    let of = |kind: Kind| found.iter().find(|(name, _)| name == kind.as_str()).map_or(0, |(_, count)| *count);
    Ok(Kind::ALL.map(|kind| (kind, of(kind))).to_vec())
}

fn children(counts: &[(&Facet, u64)]) -> Vec<(String, usize)> {
    let last = |facet: &Facet| facet.to_path().last().map(|part| (*part).to_owned());
    counts.iter().filter_map(|(facet, count)| Some((last(facet)?, usize::try_from(*count).unwrap_or(usize::MAX)))).collect()
}

/// The best hits: by score, raised a little for the visitor's own region and for the entry's own weight, so that equal matches
/// do not stand in random order.
pub(super) fn top(
    limit: usize,
    offset: usize,
    home: &[String],
) -> impl tantivy::collector::Collector<Fruit = Vec<(Score, DocAddress)>> + use<> {
    let home: Vec<u64> = home.iter().filter_map(|code| code.parse().ok()).collect();
    TopDocs::with_limit(limit).and_offset(offset).tweak_score(move |segment: &SegmentReader| {
        let home = home.clone();
        let regions = segment.fast_fields().u64(schema::REGIONS).ok();
        let prior = segment.fast_fields().u64(schema::PRIOR).ok();
        move |doc: DocId, score: Score| {
            let shared =
                regions.as_ref().map_or(0, |column| column.values_for_doc(doc).filter(|code| home.contains(code)).count());
            let prior = prior.as_ref().and_then(|column| column.first(doc)).unwrap_or(0);
            score * (1.0 + HOME_WEIGHT * small(shared as u64) + PRIOR_WEIGHT * small(prior))
        }
    })
}

/// Counts of at most a few dozen, as a factor.
fn small(count: u64) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

/// Reads an entry back.
pub(super) fn load(searcher: &Searcher, fields: &Fields, address: DocAddress) -> Result<Entry, Error> {
    let doc: TantivyDocument = searcher.doc(address)?;
    let stored = doc.get_first(fields.entry).and_then(|value| value.as_str()).unwrap_or_default();
    Ok(serde_json::from_str(stored)?)
}

fn marked(mut entry: Entry, asked: &Asked, request: &Request, near: bool) -> Hit {
    let places = entry.places_in(&request.region);
    entry.lead(asked.code(), &request.region, &request.home);
    let title = highlight::name(&entry.title, asked);
    let title_en = highlight::words(&entry.title_en, asked);
    let alias = if highlight::has_hit(&title) || highlight::has_hit(&title_en) {
        None
    } else {
        entry.aliases.iter().map(|alias| highlight::name(alias, asked)).max_by_key(|s| highlight::longest(s)).filter(|s| highlight::has_hit(s))
    };
    Hit {
        title,
        title_en,
        code: highlight::code(&entry.code, asked),
        alias,
        excerpt: highlight::excerpt(&entry.text, asked),
        excerpt_en: highlight::excerpt(&entry.text_en, asked),
        places,
        entry,
        near,
    }
}
