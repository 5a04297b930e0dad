//! Marked texts, as pieces that a page may show: never as markup.

use serde::{Deserialize, Serialize};

use crate::marks;
use crate::name::Name;
use crate::normalise;
use crate::query::Asked;

/// A piece of a text, and whether it is what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// The piece as it stands in the original.
    pub text: String,
    /// Whether it answers the question.
    pub hit: bool,
}

/// Characters shown before the first mark of an excerpt.
const EXCERPT_BEFORE: usize = 20;
/// Characters of an excerpt.
const EXCERPT_CHARS: usize = 90;

/// A Chinese name, marked where it was meant: by its characters, its syllables or its initials.
pub(crate) fn name(original: &str, asked: &Asked) -> Vec<Segment> {
    segments(original, &marks::of_name(&Name::new(original), asked))
}

/// An English name, marked by the words asked for.
pub(crate) fn words(original: &str, asked: &Asked) -> Vec<Segment> {
    segments(original, &marks::of_words(&normalise::normalise(original), asked))
}

/// A code, marked where the code asked for stands in it.
pub(crate) fn code(original: &str, asked: &Asked) -> Vec<Segment> {
    segments(original, &marks::of_code(original, asked))
}

/// The passage of the running text that holds the first mark; nothing when there is none.
pub(crate) fn excerpt(original: &str, asked: &Asked) -> Vec<Segment> {
    let marks = marks::of_text(&normalise::normalise(original), asked);
    let Some(first) = marks.first() else { return Vec::new() };
    let start = first.saturating_sub(EXCERPT_BEFORE);
    let passage: String = original.chars().skip(start).take(EXCERPT_CHARS).collect();
    let inside: Vec<usize> = marks.into_iter().filter(|at| (start..start + EXCERPT_CHARS).contains(at)).map(|at| at - start).collect();
    let mut found = segments(&passage, &inside);
    if start > 0 {
        found.insert(0, Segment { text: "…".to_owned(), hit: false });
    }
    if original.chars().nth(start + EXCERPT_CHARS).is_some() {
        found.push(Segment { text: "…".to_owned(), hit: false });
    }
    found
}

/// Whether anything is marked.
pub(crate) fn has_hit(segments: &[Segment]) -> bool {
    segments.iter().any(|segment| segment.hit)
}

/// The length in characters of the longest marked piece: how well a name answers.
pub(crate) fn longest(segments: &[Segment]) -> usize {
    segments.iter().filter(|segment| segment.hit).map(|segment| segment.text.chars().count()).max().unwrap_or(0)
}

/// Cuts a text at the marked characters, given by their places.
fn segments(original: &str, marked: &[usize]) -> Vec<Segment> {
    let mut found: Vec<Segment> = Vec::new();
    for (at, c) in original.chars().enumerate() {
        let hit = marked.binary_search(&at).is_ok();
        match found.last_mut() {
            Some(last) if last.hit == hit => last.text.push(c),
            _ => found.push(Segment { text: c.to_string(), hit }),
        }
    }
    found
}
