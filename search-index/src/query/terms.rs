//! The small pieces from which questions to the engine are put together.

use std::ops::Bound;

use tantivy::{Searcher, Term};
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, InvertedIndexRangeQuery, PhrasePrefixQuery, PhraseQuery, Query,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::Token;

use super::at_least::AtLeast;
use super::plan::FEW;
use crate::schema::Fields;
use crate::syllables;
use crate::tokens::{self, Edge};

/// A question to the engine.
pub(super) type Boxed = Box<dyn Query>;

/// Terms that the beginning of a word is expanded to.
const EXPANSIONS: u32 = 30;
/// Shorter names are often only the beginning of what is meant.
const WHOLE: usize = 6;
/// Terms that the beginning of a whole string is expanded to.
const MAX_TERMS: u64 = 4_000;

/// Makes questions for the fields of one schema.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    pub(super) fields: &'a Fields,
    /// Asked for whether a term is there at all, before anything is built from it.
    pub(super) searcher: &'a Searcher,
}

impl Terms<'_> {
    /// The field has this term.
    pub(super) fn term(self, field: Field, text: &str) -> Boxed {
        Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
    }

    /// The field has these terms one after another.
    pub(super) fn phrase<S: AsRef<str>>(self, field: Field, texts: &[S]) -> Option<Boxed> {
        match texts {
            [] => None,
            [only] => Some(self.term(field, only.as_ref())),
            _ => Some(Box::new(PhraseQuery::new(self.terms(field, texts)))),
        }
    }

    /// As [`Terms::phrase`], the last term being the beginning of one.
    pub(super) fn phrase_prefix<S: AsRef<str>>(self, field: Field, texts: &[S]) -> Boxed {
        let mut query = PhrasePrefixQuery::new(self.terms(field, texts));
        query.set_max_expansions(EXPANSIONS);
        Box::new(query)
    }

    /// A part of a name: these characters, one after another.
    pub(super) fn part(self, chars: &[char]) -> Option<Boxed> {
        let text = || chars.iter().collect::<String>();
        match chars.len() {
            1 => Some(self.term(self.fields.chars, &text())),
            2 => Some(self.term(self.fields.pairs, &text())),
            _ => self.placed(self.fields.threes, &tokens::trigrams(chars)),
        }
    }

    /// As [`Terms::phrase`], for tokens whose positions may have holes.
    pub(super) fn placed(self, field: Field, tokens: &[Token]) -> Option<Boxed> {
        match tokens {
            [] => None,
            [only] => Some(self.term(field, &only.text)),
            _ => Some(Box::new(PhraseQuery::new_with_offset(
                tokens.iter().map(|token| (token.position, Term::from_field_text(field, &token.text))).collect(),
            ))),
        }
    }

    /// How few hits there must be for something else than what was typed to be looked for: whoever typed a whole name has no need of
    /// others that are close to it.
    pub(super) fn few(self, whole: Field, text: &str) -> usize {
        let is_whole = text.chars().count() >= WHOLE && self.searcher.doc_freq(&Term::from_field_text(whole, text)).is_ok_and(|found| found > 0);
        if is_whole { 1 } else { FEW }
    }

    /// Whether all these terms are there; a failure to read is left to the question itself.
    pub(super) fn has_all(self, field: Field, tokens: &[Token]) -> bool {
        tokens.iter().all(|token| self.searcher.doc_freq(&Term::from_field_text(field, &token.text)).is_ok_and(|found| found > 0))
    }

    /// At least so many of the terms.
    pub(super) fn at_least(self, field: Field, texts: impl IntoIterator<Item = String>, least: usize) -> Boxed {
        Box::new(AtLeast::new(texts.into_iter().map(|text| Term::from_field_text(field, &text)).collect(), least))
    }

    /// A part of a name with these syllables.
    pub(super) fn sounds<S: AsRef<str>>(self, syllables: &[S]) -> Option<Boxed> {
        match syllables {
            [] => None,
            [only] => Some(fixed(self.term(self.fields.syllables, only.as_ref()), 1.0)),
            [_, _] => Some(self.term(self.fields.sounds, &tokens::heard(syllables))),
            _ => self.phrase(self.fields.sound_threes, &heard(syllables, 3)),
        }
    }

    /// The same, the last one being only the beginning of a syllable.
    fn sounds_begun(self, syllables: &[String]) -> Boxed {
        match syllables {
            [only] => self.phrase_prefix(self.fields.syllables, &[only]),
            [_, _] => self.phrase_prefix(self.fields.sounds, &[tokens::heard(syllables)]),
            _ => self.phrase_prefix(self.fields.sound_threes, &heard(syllables, 3)),
        }
    }

    /// A part of a name that sounds nearly like these syllables.
    pub(super) fn slurs<S: AsRef<str>>(self, syllables: &[S]) -> Option<Boxed> {
        let slurred: Vec<String> = syllables.iter().map(|syllable| tokens::slur(syllable.as_ref())).collect();
        if slurred.len() < 2 { None } else { self.phrase(self.fields.slurs, &heard(&slurred, 2)) }
    }

    fn terms<S: AsRef<str>>(self, field: Field, texts: &[S]) -> Vec<Term> {
        texts.iter().map(|text| Term::from_field_text(field, text.as_ref())).collect()
    }

    /// A whole string begins with this.
    pub(super) fn starts(self, edge: Edge, text: &str) -> Boxed {
        let (mark, longest) = edge.shape();
        if text.chars().count() <= longest {
            return self.term(self.fields.edges, &format!("{mark}{text}"));
        }
        let field = match edge {
            Edge::Name => self.fields.whole_name,
            Edge::Pinyin => self.fields.whole_pinyin,
            Edge::Initials => self.fields.whole_initials,
            Edge::Code => self.fields.code,
            Edge::Word => self.fields.words,
        };
        let from = Term::from_field_text(field, text);
        let below = Term::from_field_text(field, &format!("{text}{}", char::MAX));
        let mut range = InvertedIndexRangeQuery::new(Bound::Included(from), Bound::Excluded(below));
        range.limit(MAX_TERMS);
        Box::new(range)
    }

    /// A term with one letter wrong, missing, added or swapped.
    pub(super) fn near(self, field: Field, text: &str) -> Boxed {
        Box::new(FuzzyTermQuery::new(Term::from_field_text(field, text), 1, true))
    }

    /// A term that begins with something that has one letter wrong.
    pub(super) fn starts_near(self, field: Field, text: &str) -> Boxed {
        Box::new(FuzzyTermQuery::new_prefix(Term::from_field_text(field, text), 1, true))
    }

    /// The syllables that a row of letters may be cut into.
    pub(super) fn pinyin(self, letters: &str) -> Vec<Boxed> {
        let cuts = syllables::cut(letters).into_iter();
        cuts.filter_map(|cut| match (cut.open, cut.syllables.as_slice()) {
            (false, all) => self.sounds(all),
            (true, [only]) if only.len() < 2 => None,
            (true, all) => Some(self.sounds_begun(all)),
        })
        .collect()
    }

    /// The same for a row with a slip in it.
    pub(super) fn slurred(self, letters: &str) -> Vec<Boxed> {
        let cuts = syllables::cut(letters).into_iter().filter(|cut| !cut.open);
        cuts.filter_map(|cut| self.slurs(&cut.syllables)).collect()
    }

    /// The initials somewhere inside a name; only for three and more.
    pub(super) fn initials_inside(self, letters: &str) -> Option<Boxed> {
        self.phrase(self.fields.initials, &tokens::grams(letters))
    }
}

/// The terms of so many neighbours of a row of syllables.
fn heard<S: AsRef<str>>(syllables: &[S], length: usize) -> Vec<String> {
    syllables.windows(length).map(tokens::heard).collect()
}

/// Any of them; the scores add up.
pub(super) fn any(queries: Vec<Boxed>) -> Boxed {
    Box::new(BooleanQuery::union(queries))
}

/// All of them.
pub(super) fn all(mut queries: Vec<Boxed>) -> Boxed {
    match queries.len() {
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::intersection(queries)),
    }
}

/// The same, counting more or less.
pub(super) fn weighed(query: Boxed, weight: f32) -> Boxed {
    Box::new(BoostQuery::new(query, weight))
}

/// The same with one score for all.
pub(super) fn fixed(query: Boxed, score: f32) -> Boxed {
    Box::new(ConstScoreQuery::new(query, score))
}
