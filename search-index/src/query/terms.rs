//! The small pieces from which questions to the engine are put together.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, InvertedIndexRangeQuery, PhrasePrefixQuery, PhraseQuery, Query,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::Token;

use crate::schema::Fields;
use crate::syllables;
use crate::tokens::{self, Edge};

/// A question to the engine.
pub(super) type Boxed = Box<dyn Query>;

/// Terms that the beginning of a word is expanded to.
const EXPANSIONS: u32 = 30;
/// Terms that the beginning of a whole string is expanded to.
const MAX_TERMS: u64 = 4_000;

/// Makes questions for the fields of one schema.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    pub(super) fields: &'a Fields,
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
        let field = self.fields.syllables;
        let cuts = syllables::cut(letters).into_iter();
        cuts.filter_map(|cut| match (cut.open, cut.syllables.as_slice()) {
            (false, all) => self.phrase(field, all),
            (true, [only]) if only.len() < 2 => None,
            (true, all) => Some(self.phrase_prefix(field, all)),
        })
        .collect()
    }

    /// The initials somewhere inside a name; only for three and more.
    pub(super) fn initials_inside(self, letters: &str) -> Option<Boxed> {
        self.phrase(self.fields.initials, &tokens::grams(letters))
    }
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

/// At least so many of them.
pub(super) fn some(queries: Vec<Boxed>, least: usize) -> Boxed {
    Box::new(BooleanQuery::union_with_minimum_required_clauses(queries, least))
}

/// The same, counting more or less.
pub(super) fn weighed(query: Boxed, weight: f32) -> Boxed {
    Box::new(BoostQuery::new(query, weight))
}

/// The same with one score for all.
pub(super) fn fixed(query: Boxed, score: f32) -> Boxed {
    Box::new(ConstScoreQuery::new(query, score))
}
