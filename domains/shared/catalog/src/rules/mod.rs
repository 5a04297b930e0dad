//! The rules P1-1 … P1-12. Pure: a document, what it is held against, and the calendar go in; all findings come out at once.

mod code;
mod complete;
mod fee;
mod inherit;
mod limits;
mod materials;
mod outcome;
mod questions;
mod visits;

use kernel::{Issue, Refusal};

pub use inherit::{locked, suspends_children};

use crate::model::{BasicCode, Counts, Elements, Layer};

/// What a document is held against.
pub struct Against<'a> {
    /// The layer to which it belongs.
    pub layer: Layer,
    /// Its basic code.
    pub basic_code: &'a BasicCode,
    /// Its implementation code as text, which may be wrong; absent for basic items.
    pub impl_code: Option<&'a str>,
    /// What the upper level has published; absent for basic items.
    pub upper: Option<&'a Elements>,
}

/// Every finding on a document that is to be published, in field order; empty if it may be.
pub fn check(elements: &Elements, against: &Against<'_>, calendar: &dyn Counts) -> Vec<Issue> {
    let mut found = Vec::new();
    found.extend(complete::missing(elements, against.layer));
    found.extend(complete::too_long(elements));
    found.extend(code::mismatch(elements, against));
    found.extend(limits::promise_over_law(elements, calendar));
    found.extend(limits::handling(elements));
    found.extend(visits::check(elements));
    found.extend(outcome::certificate_kind(elements));
    found.extend(fee::check(elements));
    found.extend(materials::shared_but_required(elements));
    found.extend(materials::catch_all(elements));
    found.extend(questions::keys(elements));
    if let Some(upper) = against.upper {
        found.extend(locked(elements, upper));
        found.extend(inherit::not_better(elements, upper, calendar));
    }
    found
}

/// [`check`] as a refusal.
///
/// # Errors
/// All findings, in field order.
pub fn hold(elements: &Elements, against: &Against<'_>, calendar: &dyn Counts) -> Result<(), Refusal> {
    let found = check(elements, against, calendar);
    if found.is_empty() {
        return Ok(());
    }
    let keys: Vec<String> = crate::fields::FIELDS.iter().map(|field| field.key()).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    Err(Refusal(found).in_field_order(&keys))
}

#[cfg(test)]
mod tests;
