//! Questions with Chinese characters, alone or mixed with letters.

use super::plan::Step;
use super::terms::{Boxed, Terms, all, any, fixed, weighed};
use crate::name::Name;
use crate::tokens::{self, Edge, INITIAL_GRAM, bigrams};

/// Lengths of a run that is also tried as two parts with something between (厦门结婚登记).
const TWO_PARTS: std::ops::RangeInclusive<usize> = 4..=16;
/// Fewer letters are no initials.
const MIN_INITIALS: usize = 2;
/// What a name counts that has all that was asked for, but not in one piece.
const NEAR_WEIGHT: f32 = 20.0;
/// Lengths of a mixed question whose letters may be initials (xm结婚登记).
const MIXED: std::ops::RangeInclusive<usize> = INITIAL_GRAM..=12;

pub(super) fn plan(terms: Terms<'_>, runs: &[Vec<char>]) -> Vec<Step> {
    let fields = terms.fields;
    let joined: Vec<char> = runs.concat();
    let text: String = joined.iter().collect();
    let name = Name::new(&text);
    let mut exact = vec![
        all(runs.iter().map(|run| one(terms, run)).collect()),
        fixed(terms.term(fields.whole_name, &text), 60.0),
        fixed(terms.starts(Edge::Name, &text), 12.0),
    ];
    if name.has_short_form() {
        let short: Vec<char> = name.short().chars().collect();
        exact.push(fixed(terms.term(fields.whole_name, &name.short()), 40.0));
        exact.extend(terms.part(&short));
    }
    if runs.len() > 1 {
        exact.extend(terms.part(&joined).map(|whole| weighed(whole, 3.0)));
        exact.extend(mixed(terms, runs, &name));
    }
    let mut steps = vec![Step::exact(any(exact))];
    let few = terms.few(fields.whole_name, &text);
    if runs.iter().any(|run| has_parts(run)) {
        steps.push(Step::parts(all(runs.iter().map(|run| if has_parts(run) { two_parts(terms, run) } else { one(terms, run) }).collect()), few));
    }
    let near = near(terms, &joined, &name);
    if !near.is_empty() {
        steps.push(Step::near(any(near), few));
    }
    steps
}

/// One run, in a name or in the text.
fn one(terms: Terms<'_>, run: &[char]) -> Boxed {
    let fields = terms.fields;
    let text: String = run.iter().collect();
    if run.iter().all(char::is_ascii) {
        let mut ways = terms.pinyin(&text);
        ways.extend(terms.initials_inside(&text));
        if text.len() >= MIN_INITIALS && text.bytes().all(|b| b.is_ascii_lowercase()) {
            ways.push(fixed(terms.starts(Edge::Initials, &text), 1.0));
        }
        ways.push(terms.term(fields.words, &text));
        ways.push(weighed(terms.term(fields.text, &text), 0.3));
        ways.extend(terms.part(run));
        return any(ways);
    }
    let mut ways: Vec<Boxed> = terms.part(run).map(|part| weighed(part, 2.0)).into_iter().collect();
    ways.extend(in_text(terms, run).map(|text| weighed(text, 0.3)));
    any(ways)
}

fn has_parts(run: &[char]) -> bool {
    TWO_PARTS.contains(&run.len()) && !run.iter().all(char::is_ascii)
}

/// The run in the text; none where the text of no entry has all of its pairs.
fn in_text(terms: Terms<'_>, run: &[char]) -> Option<Boxed> {
    let tokens = tokens::running(&run.iter().collect::<String>());
    if terms.has_all(terms.fields.text, &tokens) { terms.placed(terms.fields.text, &tokens) } else { None }
}

/// Two parts of the run with something between: both in a name, or one of them in the text.
fn two_parts(terms: Terms<'_>, run: &[char]) -> Boxed {
    let pairs: Vec<String> = bigrams(run).into_iter().map(|pair| pair.text).collect();
    // Where the name has something between, one pair is missing, and it is neither the first nor the last.
    let ends = [&pairs[0], &pairs[pairs.len() - 1]].map(|pair| fixed(terms.term(terms.fields.pairs, pair), 0.0));
    let both = terms.at_least(terms.fields.pairs, pairs.iter().cloned(), pairs.len() - 1);
    let mut ways = vec![all(ends.into_iter().chain([weighed(both, 10.0)]).collect())];
    for at in 2..=run.len() - 2 {
        let (front, back) = run.split_at(at);
        for (named, told) in [(front, back), (back, front)] {
            ways.extend(in_text(terms, told).zip(terms.part(named)).map(|(told, named)| all(vec![named, weighed(told, 0.3)])));
        }
    }
    any(ways)
}

/// Letters as initials: the initials of the whole question stand in the name, and so do half of its Chinese pairs.
fn mixed(terms: Terms<'_>, runs: &[Vec<char>], name: &Name) -> Option<Boxed> {
    let letters = |run: &&Vec<char>| run.iter().all(char::is_ascii);
    let only_letters = runs.iter().filter(letters).flatten().all(char::is_ascii_alphabetic);
    let has_both = runs.iter().any(|run| letters(&run)) && !runs.iter().all(|run| letters(&run));
    if !(has_both && only_letters && MIXED.contains(&name.chars.len())) {
        return None;
    }
    let initials: Vec<Boxed> = name.full_initials().iter().filter_map(|row| terms.initials_inside(row)).collect();
    let mut needed = vec![any(initials)];
    for run in runs.iter().filter(|run| !letters(run)) {
        if run.len() < 3 {
            needed.extend(terms.part(run));
        } else {
            let pairs: Vec<String> = bigrams(run).into_iter().map(|pair| pair.text).collect();
            let half = pairs.len().div_ceil(2);
            needed.push(weighed(terms.at_least(terms.fields.pairs, pairs, half), NEAR_WEIGHT));
        }
    }
    Some(weighed(all(needed), 2.0))
}

/// A character wrong, missing or swapped, or another character of the same sound.
fn near(terms: Terms<'_>, joined: &[char], name: &Name) -> Vec<Boxed> {
    let fields = terms.fields;
    let count = joined.len();
    let mut found = Vec::new();
    if count < 2 {
        return found;
    }
    let everything: Vec<usize> = (0..name.chars.len()).collect();
    let rows = name.rows(&everything);
    found.extend(rows.iter().filter_map(|row| terms.sounds(row)).map(|same| weighed(same, 3.0)));
    found.extend(rows.iter().filter_map(|row| terms.slurs(row)));
    let single = || joined.iter().map(char::to_string);
    // All but one of the characters, in any order; of two, both.
    let least = if count < 3 { count } else { count - 1 };
    found.push(weighed(terms.at_least(fields.chars, single(), least), NEAR_WEIGHT));
    if count >= 3 {
        let pairs: Vec<String> = bigrams(joined).into_iter().map(|pair| pair.text).collect();
        let least = least_pairs(pairs.len());
        found.push(weighed(terms.at_least(fields.pairs, pairs, least), NEAR_WEIGHT));
    }
    found
}

/// One wrong character breaks two pairs, so two may be missing, and more of a long question; but more than half of it must be there.
fn least_pairs(pairs: usize) -> usize {
    pairs.saturating_sub(2).min((pairs * 3).div_ceil(5)).max(1)
}
