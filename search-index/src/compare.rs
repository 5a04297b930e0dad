//! What the index holds beside what the database says, one range of keys at a time.

use std::collections::BTreeSet;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, TERMINATED};

use crate::entry::{Kind, uid};
use crate::error::Error;
use crate::generation::Generation;
use crate::query;
use crate::writer::Change;

/// Stray entries that one call tells of; what is beyond is found by the next comparison.
const STRAYS: usize = 1_000;

/// Whether the index is already as the change leaves it.
pub(crate) fn holds(live: &Generation, change: &Change) -> Result<bool, Error> {
    Ok(match change {
        Change::Put(entry) => query::get(live, &entry.uid)?.as_ref() == Some(entry.as_ref()),
        Change::Remove(uid) => query::get(live, uid)?.is_none(),
    })
}

/// Ids behind `after` and up to `upto` (all that follow, for none) that the index holds and `known` does not name.
pub(crate) fn strays(live: &Generation, kind: Kind, after: &str, upto: Option<&str>, known: &BTreeSet<&str>) -> Result<Vec<String>, Error> {
    let begin = uid(kind, "");
    let after = uid(kind, after);
    let mut found = BTreeSet::new();
    for segment in live.reader.searcher().segment_readers() {
        let keys = segment.inverted_index(live.fields.uid)?;
        // The ids of a kind stand together, in their order.
        let range = keys.terms().range().gt(after.as_bytes());
        let range = match upto {
            Some(upto) => range.le(uid(kind, upto).as_bytes()),
            None => range,
        };
        let mut range = range.into_stream()?;
        while found.len() < STRAYS && range.advance() {
            let Some(id) = std::str::from_utf8(range.key()).ok().and_then(|key| key.strip_prefix(begin.as_str())) else { break };
            if known.contains(id) || found.contains(id) {
                continue;
            }
            let documents = keys.read_postings_from_terminfo(range.value(), IndexRecordOption::Basic)?;
            if is_any_alive(segment, documents) {
                found.insert(id.to_owned());
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// Whether one of the documents was not taken out again: a key stays in a segment until the next merge.
fn is_any_alive(segment: &SegmentReader, mut documents: impl DocSet) -> bool {
    while documents.doc() != TERMINATED {
        if segment.alive_bitset().is_none_or(|alive| alive.is_alive(documents.doc())) {
            return true;
        }
        documents.advance();
    }
    false
}
