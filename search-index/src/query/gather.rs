//! One pass over the hits: the best of them, and all counts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::ColumnValues;
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, DocSet as _, Score, SegmentOrdinal, SegmentReader, TERMINATED};

use super::request::{Request, Sort};
use crate::entry::Kind;
use crate::schema;
use crate::table::{Table, Tables, Traits};

/// What a region shared with the visitor adds to a score, per level.
const HOME_WEIGHT: f32 = 0.2;
/// What a step of [`crate::Entry::prior`] adds to a score.
const PRIOR_WEIGHT: f32 = 0.02;
/// A place whose nearness to the visitor has not been looked at.
const UNSEEN: u8 = u8::MAX;

/// What decides which hits are shown, and what is counted.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    kind: Option<Kind>,
    /// By dimension, the facets of which one has to be there.
    facets: BTreeMap<String, Vec<String>>,
    from: Option<u32>,
    to: Option<u32>,
    home: Vec<u64>,
    below: Vec<u64>,
    sort: Sort,
    /// Hits wanted, those to be skipped included.
    best: usize,
    /// Whether anything is counted but the hits.
    counts: bool,
}

impl Wanted {
    pub(super) fn new(request: &Request, best: usize) -> Wanted {
        let mut facets: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for facet in &request.facets {
            facets.entry(dimension(facet).to_owned()).or_default().push(facet.clone());
        }
        Wanted {
            kind: request.kind,
            facets,
            from: request.from,
            to: request.to,
            home: numbers(&request.home),
            below: numbers(&request.below),
            sort: request.sort,
            best,
            counts: true,
        }
    }

    /// The best hits alone, by relevance.
    pub(super) fn best(best: usize, home: &[String]) -> Wanted {
        Wanted { home: numbers(home), best, ..Wanted::default() }
    }

    fn is_kind(&self, traits: &Traits) -> bool {
        self.kind.is_none_or(|kind| traits.kind == Some(kind))
    }

    /// The dimensions whose filters a set of facets does not pass.
    fn failed<'a>(&'a self, traits: &'a Traits) -> impl Iterator<Item = &'a str> {
        let lacks = |(_, any): &(&String, &Vec<String>)| !any.iter().any(|facet| traits.facets.contains(facet));
        self.facets.iter().filter(lacks).map(|(dimension, _)| dimension.as_str())
    }

    /// How many levels the nearest of the places has in common with the visitor's.
    fn nearness(&self, paths: &[Vec<u64>]) -> u8 {
        let shared = |path: &Vec<u64>| path.iter().zip(&self.home).take_while(|(one, other)| one == other).count();
        paths.iter().map(shared).max().map_or(0, |levels| u8::try_from(levels).unwrap_or(UNSEEN - 1))
    }
}

fn numbers(codes: &[String]) -> Vec<u64> {
    codes.iter().filter_map(|code| code.parse().ok()).collect()
}

/// The dimension of `dimension/value`.
fn dimension(facet: &str) -> &str {
    facet.split_once('/').map_or(facet, |(dimension, _)| dimension)
}

/// A hit with what it is ordered by: the higher comes first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Best {
    pub(super) key: u64,
    pub(super) address: DocAddress,
}

/// What one pass found.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The best hits, in order.
    pub(super) best: Vec<Best>,
    /// Hits that pass all filters.
    pub(super) total: usize,
    /// By kind, hits that pass all other filters.
    pub(super) kinds: BTreeMap<Kind, usize>,
    /// By facet, hits that pass all filters but that of its dimension.
    pub(super) facets: BTreeMap<String, usize>,
    /// By region one level below the one asked for, hits that pass all filters.
    pub(super) regions: BTreeMap<u64, usize>,
}

impl Gathered {
    /// Hits of all kinds.
    pub(super) fn all_kinds(&self) -> usize {
        self.kinds.values().sum()
    }
}

/// The collector.
pub(super) struct Gather<'a> {
    pub(super) wanted: Arc<Wanted>,
    pub(super) tables: &'a Tables,
}

impl Collector for Gather<'_> {
    type Fruit = Gathered;
    type Child = Segment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Segment> {
        let table = self.tables.of(reader)?;
        let fast = reader.fast_fields();
        let numbers = |name: &str| -> tantivy::Result<Arc<dyn ColumnValues<u64>>> { fast.column_first_or_default::<u64>(name) };
        let dated = self.wanted.from.is_some() || self.wanted.to.is_some();
        let order = match self.wanted.sort {
            Sort::Relevance => None,
            Sort::Name => Some((Order::Rising, numbers(schema::ORDER)?)),
            Sort::Newest => Some((Order::Falling, numbers(schema::SINCE)?)),
            Sort::Oldest => Some((Order::RisingZeroLast, numbers(schema::SINCE)?)),
            Sort::Level => Some((Order::Falling, numbers(schema::LEVEL)?)),
        };
        let shown = table.traits.iter().map(|traits| self.wanted.is_kind(traits) && self.wanted.failed(traits).next().is_none());
        Ok(Segment {
            segment,
            shown: shown.collect(),
            hits: vec![0; table.traits.len()],
            here: vec![0; table.places.len()],
            nearness: vec![UNSEEN; table.places.len()],
            since: if dated { Some(numbers(schema::SINCE)?) } else { None },
            ties: if self.wanted.sort == Sort::Level { Some(numbers(schema::ORDER)?) } else { None },
            order,
            heap: BinaryHeap::with_capacity(self.wanted.best + 1),
            wanted: Arc::clone(&self.wanted),
            table,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.wanted.sort == Sort::Relevance
    }

    fn merge_fruits(&self, segments: Vec<Gathered>) -> tantivy::Result<Gathered> {
        let mut all = Gathered::default();
        for one in segments {
            all.total += one.total;
            all.best.extend(one.best);
            add(&mut all.kinds, one.kinds);
            add(&mut all.facets, one.facets);
            add(&mut all.regions, one.regions);
        }
        all.best.sort_by_key(|best| (Reverse(best.key), best.address));
        all.best.truncate(self.wanted.best);
        Ok(all)
    }
}

/// The best among the first hits of each segment, counting nothing: whoever has typed a letter or a digit that begins half of all names
/// will type another, and must not wait for all of them to be compared.
pub(super) struct Glance<'a> {
    pub(super) gather: Gather<'a>,
    /// Hits of a segment that it takes in; what lies behind them is not seen.
    pub(super) most: usize,
}

impl Collector for Glance<'_> {
    type Fruit = Gathered;
    type Child = Segment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Segment> {
        self.gather.for_segment(segment, reader)
    }

    fn requires_scoring(&self) -> bool {
        self.gather.requires_scoring()
    }

    fn merge_fruits(&self, segments: Vec<Gathered>) -> tantivy::Result<Gathered> {
        self.gather.merge_fruits(segments)
    }

    fn collect_segment(&self, weight: &dyn Weight, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Gathered> {
        let mut hits = self.for_segment(segment, reader)?;
        let mut found = weight.scorer(reader, 1.0)?;
        let alive = reader.alive_bitset();
        let mut seen = 0;
        while found.doc() != TERMINATED && seen < self.most {
            if alive.is_none_or(|alive| alive.is_alive(found.doc())) {
                hits.collect(found.doc(), found.score());
            }
            found.advance();
            seen += 1;
        }
        Ok(hits.harvest())
    }
}

fn add<K: Ord>(into: &mut BTreeMap<K, usize>, from: BTreeMap<K, usize>) {
    for (key, count) in from {
        *into.entry(key).or_default() += count;
    }
}

/// How a column becomes a key of which the highest comes first.
#[derive(Debug, Clone, Copy)]
enum Order {
    Rising,
    RisingZeroLast,
    Falling,
}

/// The pass over one segment.
pub(super) struct Segment {
    segment: SegmentOrdinal,
    wanted: Arc<Wanted>,
    table: Arc<Table>,
    /// By set of facets: whether it passes all filters, and how many hits have it.
    shown: Vec<bool>,
    hits: Vec<u32>,
    /// By place: how many hits that pass lie there, and how near the visitor is.
    here: Vec<u32>,
    nearness: Vec<u8>,
    since: Option<Arc<dyn ColumnValues<u64>>>,
    ties: Option<Arc<dyn ColumnValues<u64>>>,
    order: Option<(Order, Arc<dyn ColumnValues<u64>>)>,
    /// The worst of the best on top.
    heap: BinaryHeap<Reverse<(u64, Reverse<DocId>)>>,
}

impl Segment {
    fn key(&mut self, doc: DocId, score: Score, traits: usize, place: usize) -> u64 {
        let Some((order, column)) = &self.order else {
            if self.nearness.get(place) == Some(&UNSEEN) {
                self.nearness[place] = self.wanted.nearness(&self.table.places[place]);
            }
            let near = self.nearness.get(place).copied().unwrap_or_default();
            let prior = self.table.traits.get(traits).map_or(0, |traits| traits.prior);
            let score = score * (1.0 + HOME_WEIGHT * f32::from(near) + PRIOR_WEIGHT * f32::from(prior));
            // Of positive numbers, the bits are in the order of the numbers.
            return u64::from(score.max(0.0).to_bits());
        };
        let value = column.get_val(doc);
        match order {
            Order::Rising => u64::MAX - value,
            Order::RisingZeroLast if value == 0 => 0,
            Order::RisingZeroLast => u64::MAX - value,
            // The order by name has 63 bits; the levels are few.
            Order::Falling => match &self.ties {
                Some(names) => (value.min(255) << 55) | ((u64::MAX >> 1) - names.get_val(doc)) >> 8,
                None => value,
            },
        }
    }
}

impl SegmentCollector for Segment {
    type Fruit = Gathered;

    fn collect(&mut self, doc: DocId, score: Score) {
        if let Some(since) = &self.since {
            let day = since.get_val(doc);
            let before = self.wanted.from.is_some_and(|from| day < u64::from(from));
            let after = self.wanted.to.is_some_and(|to| day > u64::from(to));
            if day == 0 || before || after {
                return;
            }
        }
        let of = self.table.of.get(doc as usize).copied().unwrap_or_default();
        let (traits, place) = (of.traits as usize, of.place as usize);
        if let Some(hits) = self.hits.get_mut(traits) {
            *hits += 1;
        }
        if !self.shown.get(traits).copied().unwrap_or_default() {
            return;
        }
        if let Some(here) = self.here.get_mut(place) {
            *here += 1;
        }
        let key = self.key(doc, score, traits, place);
        if self.heap.len() < self.wanted.best {
            self.heap.push(Reverse((key, Reverse(doc))));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && worst.0.0 < key
        {
            *worst = Reverse((key, Reverse(doc)));
        }
    }

    fn harvest(self) -> Gathered {
        let mut found = Gathered::default();
        let sets = self.table.traits.iter().zip(&self.hits).filter(|(_, count)| **count > 0);
        for (traits, count) in sets {
            let count = *count as usize;
            let is_kind = self.wanted.is_kind(traits);
            let failed: Vec<&str> = self.wanted.failed(traits).take(2).collect();
            if failed.is_empty() {
                found.total += if is_kind { count } else { 0 };
                if let Some(kind) = traits.kind {
                    *found.kinds.entry(kind).or_default() += count;
                }
            }
            if self.wanted.counts && is_kind && failed.len() < 2 {
                for facet in traits.facets.iter().filter(|facet| failed.first().is_none_or(|failed| dimension(facet) == *failed)) {
                    *found.facets.entry(facet.clone()).or_default() += count;
                }
            }
        }
        if self.wanted.counts {
            let below = &self.wanted.below;
            for (paths, count) in self.table.places.iter().zip(&self.here).filter(|(_, count)| **count > 0) {
                let mut inside: Vec<u64> = paths.iter().filter(|path| path.starts_with(below)).filter_map(|path| path.get(below.len()).copied()).collect();
                inside.sort_unstable();
                inside.dedup();
                for code in inside {
                    *found.regions.entry(code).or_default() += *count as usize;
                }
            }
        }
        let segment = self.segment;
        let best = self.heap.into_iter().map(|Reverse((key, Reverse(doc)))| Best { key, address: DocAddress::new(segment, doc) });
        found.best = best.collect();
        found
    }
}
