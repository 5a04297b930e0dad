//! Questions with Chinese characters, alone or mixed with letters.

use super::plan::{FEW, Step};
use super::terms::{Boxed, Terms, all, any, fixed, some, weighed};
use crate::name::Name;
use crate::tokens::{self, Edge, INITIAL_GRAM, bigrams};

/// Lengths of a run that is also tried as two parts with something between (厦门结婚登记).
const TWO_PARTS: std::ops::RangeInclusive<usize> = 4..=16;
/// Fewer letters are no initials.
const MIN_INITIALS: usize = 2;
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
        exact.extend(terms.placed(fields.pairs, &bigrams(&short)));
    }
    if runs.len() > 1 {
        exact.extend(terms.placed(fields.pairs, &bigrams(&joined)).map(|whole| weighed(whole, 3.0)));
        exact.extend(mixed(terms, runs, &name));
    }
    let mut steps = vec![Step::exact(any(exact))];
    let near = near(terms, &joined, &name);
    if !near.is_empty() {
        steps.push(Step::near(any(near), FEW));
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
        ways.extend(terms.placed(fields.pairs, &bigrams(run)));
        return any(ways);
    }
    let mut ways = vec![weighed(in_name(terms, run), 2.0), weighed(in_text(terms, run), 0.3)];
    if TWO_PARTS.contains(&run.len()) {
        ways.push(weighed(two_parts(terms, run), 0.5));
    }
    any(ways)
}

fn in_name(terms: Terms<'_>, run: &[char]) -> Boxed {
    let fields = terms.fields;
    let text: String = run.iter().collect();
    match run {
        [_] => terms.term(fields.chars, &text),
        _ => terms.placed(fields.pairs, &bigrams(run)).expect("a run has at least two characters here"),
    }
}

fn in_text(terms: Terms<'_>, run: &[char]) -> Boxed {
    let text: String = run.iter().collect();
    let tokens = tokens::running(&text);
    terms.placed(terms.fields.text, &tokens).unwrap_or_else(|| terms.term(terms.fields.text, &text))
}

/// Two parts of the run, one of them in a name, the other in a name or the text, at every place where it can be cut.
fn two_parts(terms: Terms<'_>, run: &[char]) -> Boxed {
    let ways = (2..=run.len() - 2).flat_map(|at| {
        let (front, back) = run.split_at(at);
        [
            all(vec![in_name(terms, front), in_name(terms, back)]),
            all(vec![in_name(terms, front), weighed(in_text(terms, back), 0.3)]),
            all(vec![weighed(in_text(terms, front), 0.3), in_name(terms, back)]),
        ]
    });
    any(ways.collect())
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
        let pairs: Vec<Boxed> = bigrams(run).iter().map(|pair| terms.term(terms.fields.pairs, &pair.text)).collect();
        if run.len() < 3 {
            needed.push(in_name(terms, run));
        } else {
            let half = pairs.len().div_ceil(2);
            needed.push(some(pairs, half));
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
    let sounds: Vec<String> = name.readings.iter().filter_map(|list| list.first().cloned()).collect();
    if sounds.len() == count {
        found.extend(terms.phrase(fields.syllables, &sounds).map(|same| weighed(same, 3.0)));
    }
    let single = || -> Vec<Boxed> { joined.iter().map(|c| terms.term(fields.chars, &c.to_string())).collect() };
    found.push(weighed(all(single()), 2.0));
    if count >= 3 {
        found.push(some(single(), count - 1));
        let pairs: Vec<Boxed> = bigrams(joined).iter().map(|pair| terms.term(fields.pairs, &pair.text)).collect();
        let least = least_pairs(pairs.len());
        found.push(some(pairs, least));
    }
    found
}

/// One wrong character breaks two pairs, so two may be missing; but more than half of a long question must be there.
fn least_pairs(pairs: usize) -> usize {
    if pairs <= 2 {
        return 1;
    }
    let most = pairs - 2;
    (pairs * 55).div_ceil(100).clamp(1, most).max(most)
}
