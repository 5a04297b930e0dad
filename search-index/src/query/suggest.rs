//! Completions while somebody types: what is exactly that first, then what begins with it, parts only when there are few.
//!
//! Each question looks at the first hits only, in the order of the index. That loses none that is exactly what was typed, as a code or as a
//! name, and none of the visitor's own region: either is asked for by itself, and of them there are never so many. Of the others that
//! begin with it one is as good as another.

use std::cmp::Reverse;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::DocAddress;

use super::answer::{facet_filter, load};
use super::asked::{Asked, Shape};
use super::gather::{Best, Gather, Glance, Wanted};
use super::terms::{Boxed, Terms, all, any, fixed};
use crate::entry::{Entry, Kind};
use crate::error::Error;
use crate::generation::Generation;
use crate::highlight::{self, Segment};
use crate::schema;
use crate::tokens::Edge;

/// The most suggestions of one answer.
const MAX_SUGGESTIONS: usize = 20;
/// Hits of a segment that each question looks at.
const GLANCE: usize = 20_000;
/// So many times fewer are looked at where the places of characters have to be read for each.
const DEARER: usize = 4;

/// One completion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What it is.
    pub kind: Kind,
    /// The Chinese name in pieces.
    pub title: Vec<Segment>,
    /// The English name; may be empty.
    pub title_en: String,
    /// The page it leads to.
    pub url: String,
}

/// Completes what is being typed.
pub(crate) fn suggest(live: &Generation, typed: &str, home: &[String], limit: usize) -> Result<Vec<Suggestion>, Error> {
    suggest_of(live, typed, home, limit, GLANCE)
}

/// The same from so many hits.
fn suggest_of(live: &Generation, typed: &str, home: &[String], limit: usize, most: usize) -> Result<Vec<Suggestion>, Error> {
    let asked = Asked::new(typed);
    let limit = limit.clamp(1, MAX_SUGGESTIONS);
    let searcher = live.reader.searcher();
    let wanted = Arc::new(Wanted::best(limit, home));
    let look = |query: &Boxed, most: usize| -> Result<Vec<Best>, Error> {
        let glance = Glance { gather: Gather { wanted: Arc::clone(&wanted), tables: &live.tables }, most };
        Ok(searcher.search(query, &glance)?.best)
    };
    let mut found: Vec<DocAddress> = Vec::new();
    let [exact, beginnings, parts] = queries(Terms { fields: &live.fields, searcher: &searcher }, &asked);
    for (queries, most) in [(exact, most), (beginnings, most), (parts, most / DEARER)] {
        if found.len() >= limit || queries.is_empty() {
            continue;
        }
        let query = any(queries);
        let mut best = look(&query, most)?;
        if !home.is_empty() {
            let there = facet_filter(&live.fields, schema::region_facet(home));
            best.extend(look(&all(vec![query, there]), most)?);
        }
        best.sort_by_key(|best| (Reverse(best.key), best.address));
        for Best { address, .. } in best {
            if !found.contains(&address) {
                found.push(address);
            }
        }
    }
    found.truncate(limit);
    found.into_iter().map(|address| load(&searcher, &live.fields, address).map(|entry| suggestion(entry, &asked, home))).collect()
}

fn suggestion(mut entry: Entry, asked: &Asked, home: &[String]) -> Suggestion {
    entry.lead(asked.code(), &[], home);
    Suggestion { kind: entry.kind, title: highlight::name(&entry.title, asked), title_en: entry.title_en, url: entry.url }
}

/// What is exactly that, what begins with it, and what has it inside.
fn queries(terms: Terms<'_>, asked: &Asked) -> [Vec<Boxed>; 3] {
    let fields = terms.fields;
    match &asked.shape {
        Shape::Empty => [Vec::new(), Vec::new(), Vec::new()],
        Shape::Code(code) => [vec![fixed(terms.term(fields.code, code), 1.0)], vec![fixed(terms.starts(Edge::Code, code), 1.0)], Vec::new()],
        Shape::Letters(words) => {
            let joined = words.concat();
            let exact = vec![fixed(terms.term(fields.whole_pinyin, &joined), 3.0), fixed(terms.term(fields.whole_initials, &joined), 2.0)];
            let mut beginnings = vec![fixed(terms.starts(Edge::Pinyin, &joined), 3.0)];
            if joined.len() > 1 {
                // One letter begins the sound and the initials of the same names.
                beginnings.push(fixed(terms.starts(Edge::Initials, &joined), 2.0));
            }
            if let [word] = words.as_slice() {
                beginnings.push(fixed(terms.starts(Edge::Word, word), 1.0));
            }
            let mut parts = terms.pinyin(&joined);
            parts.extend(terms.initials_inside(&joined));
            if words.len() > 1 {
                parts.push(terms.phrase_prefix(fields.words, words));
            }
            [exact, beginnings, parts]
        }
        Shape::Runs(runs) => {
            let joined: Vec<char> = runs.concat();
            let text: String = joined.iter().collect();
            let parts = terms.part(&joined).into_iter().collect();
            [vec![fixed(terms.term(fields.whole_name, &text), 20.0)], vec![fixed(terms.starts(Edge::Name, &text), 20.0)], parts]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Change, SearchIndex};

    /// Hits that the tests look at, and organisations whose names and codes all begin alike.
    const MOST: usize = 10;
    const ALIKE: usize = 60;

    fn organization(id: &str, title: &str, code: &str, region: [&str; 2]) -> Entry {
        Entry {
            code: code.to_owned(),
            url: id.to_owned(),
            region: region.map(str::to_owned).to_vec(),
            ..Entry::new(Kind::Organization, id, title)
        }
    }

    /// The addresses of what is suggested where, behind many that begin alike, one lies at home and one is exactly what was typed.
    fn suggested(typed: &str, home: &[String], most: usize) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (index, _) = SearchIndex::open(folder.path(), "").expect("an empty folder opens");
        let mut rebuild = index.rebuild().expect("begins");
        let alike = (0..ALIKE).map(|n| organization(&n.to_string(), &format!("保定第{n}协会"), &format!("51130{n:02}"), ["130000", "130600"]));
        let behind = [organization("home", "保定商会", "5113099", ["350000", "350200"]), organization("exact", "保定", "51130", ["130000", "130600"])];
        rebuild.apply(&alike.chain(behind).map(Change::put).collect::<Vec<_>>()).expect("taken in");
        let _writer = rebuild.finish(1).expect("ends");
        let found = suggest_of(&index.live().expect("made"), typed, home, MAX_SUGGESTIONS, most).expect("answers");
        found.into_iter().map(|suggestion| suggestion.url).collect()
    }

    #[test]
    fn a_suggestion_is_looked_for_among_the_first_hits_but_what_is_exactly_that_is_never_lost() {
        for typed in ["保定", "baoding", "bd", "51130"] {
            let found = suggested(typed, &[], MOST);
            let first: Vec<String> = std::iter::once("exact".to_owned()).chain((0..MOST).map(|n| n.to_string())).collect();
            assert_eq!(found, first, "{typed}");
            assert_eq!(suggested(typed, &[], ALIKE).len(), MAX_SUGGESTIONS, "{typed}: more are there");
        }
    }

    #[test]
    fn what_lies_at_home_is_suggested_however_many_others_begin_alike() {
        let home = ["350000", "350200"].map(str::to_owned);
        for typed in ["保", "保定", "b", "baod", "bd", "511"] {
            let found = suggested(typed, &home, MOST);
            let place = found.iter().position(|url| url == "home");
            assert!(place.is_some_and(|place| place <= 1), "{typed}: {found:?}");
            assert!(!suggested(typed, &[], MOST).contains(&"home".to_owned()), "{typed}: it is behind the others");
        }
    }
}
