//! Completions while somebody types: beginnings first, parts only when there are few.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::DocAddress;

use super::answer::load;
use super::asked::{Asked, Shape};
use super::gather::{Gather, Glance, Wanted};
use super::terms::{Boxed, Terms, any, fixed};
use crate::entry::{Entry, Kind};
use crate::error::Error;
use crate::generation::Generation;
use crate::highlight::{self, Segment};
use crate::tokens::{Edge, bigrams};

/// The most suggestions of one answer.
const MAX_SUGGESTIONS: usize = 20;

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
    let asked = Asked::new(typed);
    let limit = limit.clamp(1, MAX_SUGGESTIONS);
    let searcher = live.reader.searcher();
    let (beginnings, parts) = queries(Terms { fields: &live.fields, searcher: &searcher }, &asked);
    let mut found: Vec<DocAddress> = Vec::new();
    for queries in [beginnings, parts] {
        if found.len() >= limit || queries.is_empty() {
            continue;
        }
        let glance = Glance(Gather { wanted: Arc::new(Wanted::best(limit, home)), tables: &live.tables });
        for best in searcher.search(&any(queries), &glance)?.best {
            if !found.contains(&best.address) {
                found.push(best.address);
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

/// What begins with it, and what has it inside.
fn queries(terms: Terms<'_>, asked: &Asked) -> (Vec<Boxed>, Vec<Boxed>) {
    let fields = terms.fields;
    match &asked.shape {
        Shape::Empty => (Vec::new(), Vec::new()),
        Shape::Code(code) => (vec![fixed(terms.starts(Edge::Code, code), 1.0)], Vec::new()),
        Shape::Letters(words) => {
            let joined = words.concat();
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
            (beginnings, parts)
        }
        Shape::Runs(runs) => {
            let joined: Vec<char> = runs.concat();
            let text: String = joined.iter().collect();
            let parts = match joined.as_slice() {
                [_] => vec![terms.term(fields.chars, &text)],
                _ => terms.placed(fields.pairs, &bigrams(&joined)).into_iter().collect(),
            };
            (vec![fixed(terms.starts(Edge::Name, &text), 20.0)], parts)
        }
    }
}
