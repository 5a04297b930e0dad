//! What the engine would have to look up for every hit, looked up once for a segment.
//!
//! Counting facets hit by hit costs several reads each. But a million entries have only a few thousand different sets of facets,
//! and lie in a few thousand different places: each set is one value of one column, hits are counted by value, and only the values
//! are taken apart. The same way a filter is decided once for a set and not once for a hit.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::SegmentReader;
use tantivy::index::SegmentId;

use crate::entry::{Entry, Kind};
use crate::schema;

/// Between the parts of a set.
const PART: char = '\n';
/// Between the codes of a path.
const STEP: char = '/';

/// A set of facets that entries have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Traits {
    /// The kind; none for a value that is not ours.
    pub(crate) kind: Option<Kind>,
    /// [`Entry::prior`].
    pub(crate) prior: u8,
    /// [`Entry::facets`].
    pub(crate) facets: Vec<String>,
}

/// The paths of region codes of one value.
pub(crate) type Paths = Vec<Vec<u64>>;

/// The values of one segment, by their numbers in the column.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// Values of the column of facets.
    pub(crate) traits: Vec<Traits>,
    /// Values of the column of places.
    pub(crate) places: Vec<Paths>,
    /// By document, the number of its value in each: read for every hit, so they lie in memory as they are (8 bytes an entry).
    pub(crate) of: Vec<Of>,
}

/// The values of a document.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Of {
    /// Its number in [`Table::traits`].
    pub(crate) traits: u32,
    /// Its number in [`Table::places`].
    pub(crate) place: u32,
}

/// The tables of the segments that are in use.
#[derive(Debug, Default)]
pub(crate) struct Tables(Mutex<HashMap<SegmentId, Arc<Table>>>);

impl Tables {
    /// The table of a segment, read at the first question for it.
    pub(crate) fn of(&self, segment: &SegmentReader) -> tantivy::Result<Arc<Table>> {
        let id = segment.segment_id();
        if let Some(known) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Ok(Arc::clone(known));
        }
        let table = Arc::new(Table::read(segment)?);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::clone(&table));
        Ok(table)
    }

    /// Reads the tables of these segments and forgets the others.
    pub(crate) fn keep(&self, segments: &[SegmentReader]) -> tantivy::Result<()> {
        for segment in segments {
            self.of(segment)?;
        }
        let used: BTreeSet<SegmentId> = segments.iter().map(SegmentReader::segment_id).collect();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|id, _| used.contains(id));
        Ok(())
    }
}

impl Table {
    fn read(segment: &SegmentReader) -> tantivy::Result<Table> {
        let (traits, places) = (numbers(segment, schema::TRAITS)?, numbers(segment, schema::PLACES)?);
        Ok(Table {
            traits: values(segment, schema::TRAITS)?.iter().map(|value| read_traits(value)).collect(),
            places: values(segment, schema::PLACES)?.iter().map(|value| read_places(value)).collect(),
            of: traits.into_iter().zip(places).map(|(traits, place)| Of { traits, place }).collect(),
        })
    }
}

/// By document, the number of its value in a column.
fn numbers(segment: &SegmentReader, column: &str) -> tantivy::Result<Vec<u32>> {
    let Some(column) = segment.fast_fields().str(column)? else { return Ok(vec![0; segment.max_doc() as usize]) };
    let column = column.ords().clone().first_or_default_col(0);
    Ok((0..segment.max_doc()).map(|doc| u32::try_from(column.get_val(doc)).unwrap_or_default()).collect())
}

/// The values of a column in the order of their numbers.
fn values(segment: &SegmentReader, column: &str) -> tantivy::Result<Vec<String>> {
    let Some(column) = segment.fast_fields().str(column)? else { return Ok(Vec::new()) };
    let mut stream = column.dictionary().stream()?;
    let mut found = Vec::with_capacity(column.num_terms());
    while stream.advance() {
        found.push(String::from_utf8_lossy(stream.key()).into_owned());
    }
    Ok(found)
}

/// Kind, weight and facets as one value.
pub(crate) fn traits(entry: &Entry) -> String {
    let facets: BTreeSet<&String> = entry.facets.iter().collect();
    let mut value = format!("{}{PART}{}", entry.kind.as_str(), entry.prior.min(9));
    for facet in facets {
        value.push(PART);
        value.push_str(facet);
    }
    value
}

fn read_traits(value: &str) -> Traits {
    let mut parts = value.split(PART);
    Traits {
        kind: parts.next().and_then(Kind::parse),
        prior: parts.next().and_then(|prior| prior.parse().ok()).unwrap_or_default(),
        facets: parts.map(str::to_owned).collect(),
    }
}

/// Paths as one value; empty for the whole country.
pub(crate) fn places(paths: &BTreeSet<&[String]>) -> String {
    let paths: Vec<String> = paths.iter().map(|path| path.join("/")).collect();
    paths.join("\n")
}

fn read_places(value: &str) -> Paths {
    let paths = value.split(PART).filter(|path| !path.is_empty());
    paths.map(|path| path.split(STEP).filter_map(|code| code.parse().ok()).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_comes_back_as_it_was() {
        let entry = Entry {
            prior: 4,
            facets: vec!["type/1".to_owned(), "level/5".to_owned()],
            ..Entry::new(Kind::Organization, "1", "测试协会")
        };
        let back = read_traits(&traits(&entry));
        assert_eq!(back, Traits { kind: Some(Kind::Organization), prior: 4, facets: vec!["level/5".to_owned(), "type/1".to_owned()] });
        let (one, two) = (["350000".to_owned(), "350200".to_owned()], ["990000".to_owned()]);
        let paths: BTreeSet<&[String]> = [one.as_slice(), two.as_slice()].into();
        assert_eq!(read_places(&places(&paths)), [vec![350_000, 350_200], vec![990_000]]);
        assert!(read_places("").is_empty());
    }
}
