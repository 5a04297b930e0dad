//! Asking the stages in order, with filters, counts and the order among equals.

use std::collections::HashSet;
use std::sync::Arc;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{AllQuery, TermQuery};
use tantivy::schema::{Facet, IndexRecordOption, Value as _};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};

use super::asked::{Asked, Shape};
use super::closeness::distance;
use super::gather::{Best, Gather, Gathered, Wanted};
use super::plan::{FEW, Step, plan};
use super::request::{Answer, Hit, MAX_LIMIT, MAX_OFFSET, Request, Sort, Stage};
use super::terms::{Boxed, Terms, all, any, fixed, weighed};
use crate::entry::{Entry, Kind};
use crate::error::Error;
use crate::generation::Generation;
use crate::highlight;
use crate::name::Name;
use crate::schema::{self, Fields};

/// How far what was found exactly stands above what is only near.
const ABOVE: f32 = 1_000.0;
/// Near hits that are put in order by how close their names are.
const COMPARED: usize = 60;

/// Answers a question.
pub(crate) fn search(live: &Generation, request: &Request) -> Result<Answer, Error> {
    let asked = Asked::new(&request.text);
    let searcher = live.reader.searcher();
    let (limit, offset) = (request.limit.clamp(1, MAX_LIMIT), request.offset.min(MAX_OFFSET));
    let question = Question { live, searcher: &searcher, asked: &asked, request };
    let Some(found) = question.stages((offset + limit).max(FEW))? else { return Ok(Answer::nothing(asked.cut)) };
    let page = found.gathered.best.iter().skip(offset).take(limit);
    let hits = page.map(|best| {
        let near = found.exact.as_ref().is_some_and(|exact| !exact.contains(&best.address));
        Ok(marked(load(&searcher, &live.fields, best.address)?, &asked, request, near))
    });
    let hits = hits.collect::<Result<_, Error>>()?;
    let Gathered { total, kinds, facets, regions, .. } = found.gathered;
    let values = |dimension: &String| {
        let start = format!("{dimension}/");
        let of = facets.iter().filter_map(|(facet, count)| Some((facet.strip_prefix(&start)?.to_owned(), *count)));
        (dimension.clone(), of.collect())
    };
    Ok(Answer {
        hits,
        total,
        stage: if total == 0 && kinds.is_empty() { Stage::Nothing } else { found.stage },
        kinds: Kind::ALL.map(|kind| (kind, kinds.get(&kind).copied().unwrap_or_default())).to_vec(),
        regions: regions.into_iter().map(|(code, count)| (code.to_string(), count)).collect(),
        facets: request.count.iter().map(values).collect(),
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

/// A question and where it is asked.
struct Question<'a> {
    live: &'a Generation,
    searcher: &'a Searcher,
    asked: &'a Asked,
    request: &'a Request,
}

/// What the stages that were needed have found.
struct Found {
    gathered: Gathered,
    stage: Stage,
    /// What was found exactly, where near hits stand behind it; none when all are exact.
    exact: Option<HashSet<DocAddress>>,
}

impl Question<'_> {
    /// Asks stage after stage until there is enough. The kind does not decide this, so that all tabs show the same stage.
    fn stages(&self, best: usize) -> Result<Option<Found>, Error> {
        let fields = &self.live.fields;
        let mut found: Option<(Boxed, Found)> = None;
        for step in self.plan() {
            if found.as_ref().is_some_and(|(_, found)| found.gathered.all_kinds() >= step.below) {
                break;
            }
            let Some((before, known)) = found.take() else {
                let (stage, exact) = if step.near { (Stage::Near, Some(HashSet::new())) } else { (Stage::Exact, None) };
                let gathered = self.gather(filtered(step.query.box_clone(), fields, self.request), best, exact.as_ref())?;
                if gathered.all_kinds() > 0 {
                    found = Some((step.query, Found { gathered, stage, exact }));
                }
                continue;
            };
            let both = any(vec![weighed(before.box_clone(), ABOVE), step.query]);
            let exact = known.exact.clone().or_else(|| step.near.then(|| known.gathered.best.iter().map(|best| best.address).collect()));
            let gathered = self.gather(filtered(both.box_clone(), fields, self.request), best, exact.as_ref())?;
            if gathered.all_kinds() == known.gathered.all_kinds() {
                // What is near is often the exact hit itself once more.
                found = Some((before, known));
                continue;
            }
            let stage = if step.near && known.stage == Stage::Exact { Stage::ExactAndNear } else { known.stage };
            found = Some((both, Found { gathered, stage, exact }));
        }
        Ok(found.map(|(_, found)| found))
    }

    fn plan(&self) -> Vec<Step> {
        if self.request.is_browsing() {
            return vec![Step::exact(fixed(Box::new(AllQuery), 1.0))];
        }
        plan(Terms { fields: &self.live.fields, searcher: self.searcher }, self.asked)
    }

    /// One pass. Where there are near hits, those that are not among the exact ones are put in order by their names.
    fn gather(&self, query: Boxed, best: usize, exact: Option<&HashSet<DocAddress>>) -> Result<Gathered, Error> {
        let compares = self.request.sort == Sort::Relevance && !matches!(self.asked.shape, Shape::Code(_));
        let exact = exact.filter(|_| compares);
        let best = if exact.is_some() { best.max(COMPARED) } else { best };
        let gather = Gather { wanted: Arc::new(Wanted::new(self.request, best)), tables: &self.live.tables };
        let mut gathered = self.searcher.search(&query, &gather)?;
        if let Some(exact) = exact {
            let near = gathered.best.iter().take_while(|best| exact.contains(&best.address)).count();
            self.put_in_order(&mut gathered.best[near..])?;
        }
        Ok(gathered)
    }

    /// Puts the first of the near hits in the order of how close their names are.
    fn put_in_order(&self, best: &mut [Best]) -> Result<(), Error> {
        let runs = self.asked.runs();
        let asked = Name::new(&runs.concat().into_iter().collect::<String>());
        let compared = best.len().min(COMPARED);
        let mut ranked = Vec::with_capacity(compared);
        for (place, best) in best[..compared].iter().enumerate() {
            let entry = load(self.searcher, &self.live.fields, best.address)?;
            let names = std::iter::once(&entry.title).chain(&entry.aliases);
            let closest = names.map(|name| self.distance(&asked, &Name::new(name))).min().unwrap_or(u32::MAX);
            ranked.push((closest, place, *best));
        }
        ranked.sort_by_key(|(closest, place, _)| (*closest, *place));
        for (slot, (_, _, ranked)) in best.iter_mut().zip(ranked) {
            *slot = ranked;
        }
        Ok(())
    }

    /// Letters are compared with the sound and the initials of a name, characters with its characters.
    fn distance(&self, asked: &Name, name: &Name) -> u32 {
        if matches!(self.asked.shape, Shape::Letters(_)) {
            let sounds = [name.joined(), name.full_joined(), name.initials(), name.full_initials()].into_iter().flatten();
            return sounds.map(|sound| distance(asked, &Name::new(&sound))).min().unwrap_or(u32::MAX);
        }
        distance(asked, name)
    }
}

fn filtered(query: Boxed, fields: &Fields, request: &Request) -> Boxed {
    if request.region.is_empty() {
        return query;
    }
    all(vec![query, facet_filter(fields, schema::region_facet(&request.region))])
}

pub(super) fn facet_filter(fields: &Fields, facet: Facet) -> Boxed {
    fixed(Box::new(TermQuery::new(Term::from_facet(fields.facets, &facet), IndexRecordOption::Basic)), 0.0)
}

/// Reads an entry back.
pub(super) fn load(searcher: &Searcher, fields: &Fields, address: DocAddress) -> Result<Entry, Error> {
    let doc: TantivyDocument = searcher.doc(address)?;
    let stored = doc.get_first(fields.entry).and_then(|value| value.as_str()).unwrap_or_default();
    Ok(serde_json::from_str(stored)?)
}

pub(super) fn marked(mut entry: Entry, asked: &Asked, request: &Request, near: bool) -> Hit {
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
