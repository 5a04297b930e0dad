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

/// Characters shown before the first mark of an excerpt that does not begin with a sentence.
const EXCERPT_BEFORE: usize = 20;
/// How far before the first mark the beginning of its sentence may be.
const SENTENCE_BEFORE: usize = 50;
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

/// The passage of the running text that holds the first mark, from the beginning of its sentence where that is near; nothing when
/// there is none.
pub(crate) fn excerpt(original: &str, asked: &Asked) -> Vec<Segment> {
    let marks = marks::of_text(&normalise::normalise(original), asked);
    let Some(first) = marks.first() else { return Vec::new() };
    let chars: Vec<char> = original.chars().collect();
    let (start, is_sentence) = beginning(&chars, *first);
    let end = ending(&chars, start);
    let passage: String = chars[start..end].iter().collect();
    let inside: Vec<usize> = marks.into_iter().filter(|at| (start..end).contains(at)).map(|at| at - start).collect();
    let mut found = segments(passage.trim_end(), &inside);
    let more = || Segment { text: "…".to_owned(), hit: false };
    if !is_sentence {
        found.insert(0, more());
    }
    if chars[end..].iter().any(|c| !c.is_whitespace()) {
        found.push(more());
    }
    found
}

/// Where an excerpt begins, and whether that is the beginning of a sentence; else it is that of a word.
fn beginning(chars: &[char], first: usize) -> (usize, bool) {
    let earliest = first.saturating_sub(SENTENCE_BEFORE);
    let ends = |at: usize| match chars[at] {
        '。' | '？' | '！' => true,
        '.' | '?' | '!' => chars.get(at + 1).is_some_and(|c| c.is_whitespace()),
        _ => false,
    };
    let sentence = (earliest..first).rev().find(|at| ends(*at)).map(|at| at + 1).or((earliest == 0).then_some(0));
    if let Some(start) = sentence {
        let spaces = chars[start..first].iter().take_while(|c| c.is_whitespace()).count();
        return (start + spaces, true);
    }
    let mut start = first.saturating_sub(EXCERPT_BEFORE);
    while start > earliest && inside_word(chars, start) {
        start -= 1;
    }
    (start, false)
}

/// Where an excerpt ends: not within a word.
fn ending(chars: &[char], start: usize) -> usize {
    let most = start + EXCERPT_CHARS;
    if most >= chars.len() {
        return chars.len();
    }
    (start + EXCERPT_CHARS * 2 / 3..=most).rev().find(|at| !inside_word(chars, *at)).unwrap_or(most)
}

/// Whether a cut in front of this character would go through a word or a number.
fn inside_word(chars: &[char], at: usize) -> bool {
    at > 0 && chars[at - 1].is_ascii_alphanumeric() && chars.get(at).is_some_and(char::is_ascii_alphanumeric)
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
