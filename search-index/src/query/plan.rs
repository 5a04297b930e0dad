//! The stages in which a question is answered: each is asked only when those before it found hardly anything.

use super::asked::{Asked, Shape};
use super::terms::{Boxed, Terms, any, fixed};
use crate::tokens::Edge;

/// Names found exactly, below which near ones are shown too.
pub(super) const FEW: usize = 3;
/// Shorter codes are too near to one another to be taken for a slip.
const NEAR_CODE: usize = 10;
/// A credit code has this many characters: one that is as long is not the beginning of another.
const CREDIT_CODE: usize = 18;

/// One stage.
pub(super) struct Step {
    /// What is asked.
    pub(super) query: Boxed,
    /// Asked only when the stages before found fewer than this.
    pub(super) below: usize,
    /// Whether what it finds is only close to what was typed.
    pub(super) near: bool,
}

impl Step {
    /// The first stage: what was typed, as it was typed.
    pub(super) fn exact(query: Boxed) -> Step {
        Step { query, below: usize::MAX, near: false }
    }

    /// A later stage of what was typed, where it has to be taken apart.
    pub(super) fn parts(query: Boxed, below: usize) -> Step {
        Step { query, below, near: false }
    }

    /// A later stage: what is close to it.
    pub(super) fn near(query: Boxed, below: usize) -> Step {
        Step { query, below, near: true }
    }
}

/// The stages for a question.
pub(super) fn plan(terms: Terms<'_>, asked: &Asked) -> Vec<Step> {
    match &asked.shape {
        Shape::Empty => Vec::new(),
        Shape::Code(code) => codes(terms, code),
        Shape::Letters(words) => super::letters::plan(terms, words),
        Shape::Runs(runs) => super::chinese::plan(terms, runs),
    }
}

/// An exact code, its beginning, or a number that stands in a name or a text; then, for long ones, one digit wrong.
fn codes(terms: Terms<'_>, code: &str) -> Vec<Step> {
    let fields = terms.fields;
    let lower = code.to_ascii_lowercase();
    let mut exact = vec![
        fixed(terms.term(fields.code, code), 30.0),
        fixed(terms.starts(Edge::Code, code), 10.0),
        fixed(terms.term(fields.text, &lower), 0.5),
    ];
    exact.extend(terms.part(&lower.chars().collect::<Vec<_>>()));
    let mut steps = vec![Step::exact(any(exact))];
    if code.len() >= NEAR_CODE {
        let near = if code.len() >= CREDIT_CODE { terms.near(fields.code, code) } else { terms.starts_near(fields.code, code) };
        steps.push(Step::near(near, 1));
    }
    steps
}
