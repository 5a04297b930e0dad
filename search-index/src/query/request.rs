//! What may be asked, and how the answer is put together.

use serde::{Deserialize, Serialize};

use super::asked::Asked;
use crate::entry::{Entry, Kind};
use crate::highlight::Segment;

/// The most hits of one page.
pub const MAX_LIMIT: usize = 100;
/// The most hits that may be skipped.
pub const MAX_OFFSET: usize = 10_000;

/// In which order hits stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// What answers best comes first.
    #[default]
    Relevance,
    /// By the sound of the Chinese name.
    Name,
    /// The latest [`Entry::since`] first.
    Newest,
    /// The earliest first; those without one last.
    Oldest,
    /// The highest [`Entry::level`] first, equal ones by name.
    Level,
}

impl Sort {
    /// All orders, in the order in which they are offered.
    pub const ALL: [Sort; 5] = [Sort::Relevance, Sort::Name, Sort::Newest, Sort::Oldest, Sort::Level];

    /// As it stands in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Sort::Relevance => "relevance",
            Sort::Name => "name",
            Sort::Newest => "newest",
            Sort::Oldest => "oldest",
            Sort::Level => "level",
        }
    }

    /// The order of that word.
    pub fn parse(text: &str) -> Option<Sort> {
        Sort::ALL.into_iter().find(|sort| sort.as_str() == text)
    }
}

/// A question with its filters. Without a text, but with a kind or a facet, everything that passes the filters is found.
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
    /// Only entries with these, each `dimension/value`: one value of each dimension that is named.
    pub facets: Vec<String>,
    /// The dimensions of facets that [`Answer::facets`] counts.
    pub count: Vec<String>,
    /// Only entries with [`Entry::since`] on or after this day, as `yyyymmdd`.
    pub from: Option<u32>,
    /// Only entries with [`Entry::since`] on or before this day.
    pub to: Option<u32>,
    /// The visitor's region, from the province down: among equal matches it comes first.
    pub home: Vec<String>,
    /// In which order.
    pub sort: Sort,
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

    /// Whether an entry has what the facets and the days ask for; the kind and the region are asked for apart.
    pub fn passes(&self, entry: &Entry) -> bool {
        let dimension = |facet: &str| facet.split_once('/').map_or(facet.len(), |(dimension, _)| dimension.len());
        let has_one_of = |wanted: &String| {
            let same = |facet: &&String| facet[..dimension(facet)] == wanted[..dimension(wanted)];
            self.facets.iter().filter(same).any(|facet| entry.facets.contains(facet))
        };
        let from = self.from.is_none_or(|from| entry.since.is_some_and(|day| day >= from));
        let to = self.to.is_none_or(|to| entry.since.is_some_and(|day| day <= to));
        from && to && self.facets.iter().all(has_one_of)
    }

    /// Whether it asks for everything that passes the filters.
    pub fn is_browsing(&self) -> bool {
        self.text.trim().is_empty() && (self.kind.is_some() || !self.facets.is_empty())
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

/// A value of a dimension and how many hits have it.
pub type Counts = Vec<(String, usize)>;

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
    pub regions: Counts,
    /// Hits with each value of the dimensions of [`Request::count`], whatever value of that dimension was asked for.
    pub facets: Vec<(String, Counts)>,
    /// Whether the question was longer than [`super::MAX_QUERY_CHARS`] and was cut.
    pub cut: bool,
}

impl Answer {
    /// An answer without hits.
    pub fn nothing(cut: bool) -> Answer {
        Answer {
            hits: Vec::new(),
            total: 0,
            stage: Stage::Nothing,
            kinds: Kind::ALL.map(|kind| (kind, 0)).to_vec(),
            regions: Vec::new(),
            facets: Vec::new(),
            cut,
        }
    }

    /// How many hits have each value of a dimension.
    pub fn counts(&self, dimension: &str) -> &[(String, usize)] {
        self.facets.iter().find(|(name, _)| name == dimension).map_or(&[], |(_, counts)| counts)
    }
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
        super::answer::marked(entry, &Asked::new(&request.text), request, false)
    }
}
