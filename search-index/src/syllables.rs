//! Cutting a row of letters into syllables: `xian` is 先 and 西安.

use std::collections::{BTreeSet, HashMap};
use std::ops::Bound;
use std::sync::LazyLock;

use crate::readings;

static SYLLABLES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let mut all: BTreeSet<&'static str> = readings::all_syllables().filter(|s| s.is_ascii() && !s.is_empty()).collect();
    // Interjections; with them nearly every row of letters could be cut.
    for noise in ["n", "m", "ng", "hm", "hng"] {
        all.remove(noise);
    }
    all
});

/// The place of a syllable in the alphabet of syllables.
pub(crate) fn rank(syllable: &str) -> u64 {
    RANKS.get(syllable).copied().unwrap_or_default()
}

static RANKS: LazyLock<HashMap<&'static str, u64>> = LazyLock::new(|| SYLLABLES.iter().copied().zip(0..).collect());

/// One way of cutting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut {
    /// The syllables in order.
    pub(crate) syllables: Vec<String>,
    /// Whether the last one is only the beginning of a syllable, as while somebody is still typing.
    pub(crate) open: bool,
}

/// Cuttings followed before the search for more is given up; real input has one to three.
const EXPLORED: usize = 8;
/// Cuttings that become queries.
const KEPT: usize = 3;
/// Up to this many letters a cutting with one syllable more than the shortest is kept too (`xian`).
const SHORT: usize = 8;
/// The longest beginnings of a syllable (`shuan`, `zhuan`).
const LONGEST_OPEN: usize = 5;

/// Builds the list before the first query.
pub(crate) fn warm() {
    LazyLock::force(&SYLLABLES);
}

/// The likely cuttings of lower-case ASCII letters, whole syllables before open ones, fewest syllables first.
pub(crate) fn cut(letters: &str) -> Vec<Cut> {
    let mut found = Vec::new();
    explore(letters, &mut Vec::new(), &mut found);
    found.sort_by_key(|cut| (cut.open, cut.syllables.len()));
    if found.iter().any(|cut| !cut.open) {
        found.retain(|cut| !cut.open);
    }
    let fewest = found.first().map_or(0, |cut| cut.syllables.len());
    found.retain(|cut| cut.syllables.len() == fewest || (letters.len() <= SHORT && cut.syllables.len() == fewest + 1));
    found.truncate(KEPT);
    found
}

fn explore(rest: &str, so_far: &mut Vec<String>, found: &mut Vec<Cut>) {
    if found.len() >= EXPLORED {
        return;
    }
    if rest.is_empty() {
        if !so_far.is_empty() {
            found.push(Cut { syllables: so_far.clone(), open: false });
        }
        return;
    }
    for length in (1..=rest.len().min(6)).rev() {
        if SYLLABLES.contains(&rest[..length]) {
            so_far.push(rest[..length].to_owned());
            explore(&rest[length..], so_far, found);
            so_far.pop();
        }
    }
    if rest.len() <= LONGEST_OPEN && !SYLLABLES.contains(rest) && begins_a_syllable(rest) {
        let mut syllables = so_far.clone();
        syllables.push(rest.to_owned());
        found.push(Cut { syllables, open: true });
    }
}

fn begins_a_syllable(letters: &str) -> bool {
    SYLLABLES.range::<str, _>((Bound::Included(letters), Bound::Unbounded)).next().is_some_and(|s| s.starts_with(letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(letters: &str) -> Vec<String> {
        cut(letters).iter().map(|cut| format!("{}{}", cut.syllables.join(" "), if cut.open { "…" } else { "" })).collect()
    }

    #[test]
    fn a_row_of_letters_is_cut_in_the_likely_ways() {
        assert_eq!(shown("jiehundengji"), ["jie hun deng ji"]);
        assert!(shown("xian").contains(&"xi an".to_owned()));
        assert!(shown("xian").contains(&"xian".to_owned()));
        assert_eq!(shown("jiehund")[0], "jie hun d…");
        assert!(shown("jhdj").is_empty());
    }

    #[test]
    fn a_hostile_row_of_letters_ends_soon() {
        assert!(cut(&"a".repeat(64)).len() <= KEPT);
        assert!(cut(&"angan".repeat(12)).len() <= KEPT);
    }
}
