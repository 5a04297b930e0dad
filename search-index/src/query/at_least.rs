//! "At least so many of these terms", led by the rarest.
//!
//! The engine's own disjunction reads every list to its end. But whatever has k of m terms has one of the m − k + 1 rarest: only
//! their lists are read, and the long ones are looked up in.

use tantivy::postings::SegmentPostings;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// At least so many of the terms of one field; each counts by how rare it is, all of them together 1.
#[derive(Debug, Clone)]
pub(super) struct AtLeast {
    terms: Vec<Term>,
    least: usize,
}

impl AtLeast {
    /// Terms that stand twice count once.
    pub(super) fn new(mut terms: Vec<Term>, least: usize) -> AtLeast {
        terms.sort();
        terms.dedup();
        let least = least.clamp(1, terms.len().max(1));
        AtLeast { terms, least }
    }
}

impl Query for AtLeast {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let rarity = |term: &Term| -> tantivy::Result<f32> {
            let Some(searcher) = scoring.searcher() else { return Ok(1.0) };
            Ok(rarity(searcher.doc_freq(term)?, searcher.num_docs()))
        };
        let terms = self.terms.iter().map(|term| Ok((term.clone(), rarity(term)?))).collect::<tantivy::Result<Vec<_>>>()?;
        let whole: f32 = terms.iter().map(|(_, rarity)| rarity).sum();
        Ok(Box::new(AtLeastWeight { terms, least: self.least, whole }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        for term in &self.terms {
            visitor(term, false);
        }
    }
}

/// How much a term tells: the logarithm of how seldom it is.
fn rarity(with_it: u64, all: u64) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a weight, not a count")]
    let share = (all.max(1) as f32) / (with_it as f32 + 1.0);
    (1.0 + share).ln()
}

struct AtLeastWeight {
    terms: Vec<(Term, f32)>,
    least: usize,
    whole: f32,
}

impl AtLeastWeight {
    fn found(&self, reader: &SegmentReader) -> tantivy::Result<Vec<(DocId, f32)>> {
        let mut lists: Vec<(SegmentPostings, f32)> = Vec::new();
        for (term, rarity) in &self.terms {
            if let Some(list) = reader.inverted_index(term.field())?.read_postings(term, IndexRecordOption::Basic)? {
                lists.push((list, *rarity));
            }
        }
        let mut found = Vec::new();
        if lists.len() < self.least {
            return Ok(found);
        }
        lists.sort_by_key(|(list, _)| list.doc_freq());
        let leaders = lists.len() - self.least + 1;
        let (leading, others) = lists.split_at_mut(leaders);
        loop {
            let doc = leading.iter().map(|(list, _)| list.doc()).min().unwrap_or(TERMINATED);
            if doc == TERMINATED {
                return Ok(found);
            }
            let (mut count, mut told) = (0, 0.0);
            for (list, rarity) in leading.iter_mut().filter(|(list, _)| list.doc() == doc) {
                count += 1;
                told += *rarity;
                list.advance();
            }
            let mut left = others.len();
            for (list, rarity) in others.iter_mut() {
                if count + left < self.least {
                    break;
                }
                left -= 1;
                if list.doc() < doc {
                    list.seek(doc);
                }
                if list.doc() == doc {
                    count += 1;
                    told += *rarity;
                }
            }
            if count >= self.least {
                found.push((doc, told / self.whole));
            }
        }
    }
}

impl Weight for AtLeastWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(Found { docs: self.found(reader)?, at: 0, boost }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let found = self.found(reader)?;
        let score = found.iter().find(|(found, _)| *found == doc).map(|(_, score)| *score);
        score.map(|score| Explanation::new("share of the terms, the rare ones counting more", score)).ok_or_else(|| TantivyError::InvalidArgument(format!("document {doc} has too few of the terms")))
    }
}

/// The documents that were found, in order.
struct Found {
    docs: Vec<(DocId, f32)>,
    at: usize,
    boost: Score,
}

impl DocSet for Found {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.docs.get(self.at..).map_or(0, |rest| rest.partition_point(|(doc, _)| *doc < target));
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.docs.len()).unwrap_or(u32::MAX)
    }
}

impl Scorer for Found {
    fn score(&mut self) -> Score {
        self.docs.get(self.at).map_or(0.0, |(_, score)| *score * self.boost)
    }
}
