//! Questions in ASCII letters: syllables, initials or English words; nobody says which.

use super::plan::Step;
use super::terms::{Boxed, Terms, all, any, fixed, weighed};
use crate::tokens::{Edge, grams};

/// Fewer letters are too common as the beginning of joined syllables or of a word.
const MIN_PREFIX: usize = 3;
/// Fewer letters with a slip in them could be nearly anything.
const MIN_NEAR_PINYIN: usize = 8;
/// The same for initials.
const MIN_NEAR_INITIALS: usize = 6;
/// What a name counts that has nearly these initials.
const INITIALS_WEIGHT: f32 = 10.0;
/// The same for English words.
const MIN_NEAR_WORD: usize = 5;
/// Longer rows are no initials.
const MAX_INITIALS: usize = 20;

pub(super) fn plan(terms: Terms<'_>, words: &[String]) -> Vec<Step> {
    let joined = words.concat();
    let mut exact = Vec::new();
    let pinyin: Vec<Vec<Boxed>> = words.iter().map(|word| terms.pinyin(word)).collect();
    if pinyin.iter().all(|cuts| !cuts.is_empty()) {
        exact.push(all(pinyin.into_iter().map(any).collect()));
    }
    if words.len() > 1 {
        exact.extend(terms.pinyin(&joined).into_iter().map(|cut| weighed(cut, 2.0)));
    }
    exact.extend(whole(terms, &joined));
    exact.push(english(terms, words));
    let mut steps = vec![Step::exact(any(exact))];
    let mut slurred = slurred(terms, words, &joined);
    slurred.extend(initials_with_a_slip(terms, &joined));
    if !slurred.is_empty() {
        let few = terms.few(terms.fields.whole_pinyin, &joined).min(terms.few(terms.fields.whole_initials, &joined));
        steps.push(Step::near(any(slurred), few));
    }
    let near = near(terms, words, &joined);
    if !near.is_empty() {
        steps.push(Step::near(any(near), 1));
    }
    steps
}

/// Whole names by their joined syllables and by their initials.
fn whole(terms: Terms<'_>, joined: &str) -> Vec<Boxed> {
    let fields = terms.fields;
    let mut found = Vec::new();
    if joined.len() >= MIN_PREFIX {
        found.push(fixed(terms.starts(Edge::Pinyin, joined), 20.0));
        found.push(fixed(terms.term(fields.whole_pinyin, joined), 30.0));
    }
    if (2..=MAX_INITIALS).contains(&joined.len()) {
        found.push(fixed(terms.term(fields.whole_initials, joined), 25.0));
        found.push(fixed(terms.starts(Edge::Initials, joined), 8.0));
        found.extend(terms.initials_inside(joined));
    }
    found
}

/// All words, each in the English name or the text; the last may be the beginning of one.
fn english(terms: Terms<'_>, words: &[String]) -> Boxed {
    let fields = terms.fields;
    let last = words.len().saturating_sub(1);
    let each = words.iter().enumerate().map(|(at, word)| {
        let mut ways = vec![weighed(terms.term(fields.words, word), 2.0), weighed(terms.term(fields.text, word), 0.3)];
        if at == last && word.len() >= MIN_PREFIX {
            ways.push(fixed(terms.starts(Edge::Word, word), 1.0));
        }
        any(ways)
    });
    all(each.collect())
}

/// Sounds that are mixed up (zh and z, ng and n, l and n), in each word or across them.
fn slurred(terms: Terms<'_>, words: &[String], joined: &str) -> Vec<Boxed> {
    let mut found = terms.slurred(joined);
    if words.len() > 1 {
        let each: Vec<Vec<Boxed>> = words.iter().map(|word| terms.slurred(word)).collect();
        if each.iter().all(|cuts| !cuts.is_empty()) {
            found.push(all(each.into_iter().map(any).collect()));
        }
    }
    found
}

/// Most of the grams of a row of initials: one letter may be wrong or missing, or a word left out.
fn initials_with_a_slip(terms: Terms<'_>, joined: &str) -> Option<Boxed> {
    if !(MIN_NEAR_INITIALS..=MAX_INITIALS).contains(&joined.len()) {
        return None;
    }
    let grams = grams(joined);
    let least = (grams.len() * 3).div_ceil(5);
    Some(weighed(terms.at_least(terms.fields.initials, grams, least), INITIALS_WEIGHT))
}

/// One letter wrong in the syllables (zh for z, ng for n) or in each English word.
fn near(terms: Terms<'_>, words: &[String], joined: &str) -> Vec<Boxed> {
    let fields = terms.fields;
    let mut found = Vec::new();
    if joined.len() >= MIN_NEAR_PINYIN {
        found.push(terms.starts_near(fields.whole_pinyin, joined));
    }
    if words.iter().any(|word| word.len() >= MIN_NEAR_WORD) {
        let each = words.iter().map(|word| {
            if word.len() >= MIN_NEAR_WORD { terms.near(fields.words, word) } else { terms.term(fields.words, word) }
        });
        found.push(all(each.collect()));
    }
    found
}
