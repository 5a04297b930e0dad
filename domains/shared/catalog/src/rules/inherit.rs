//! P1-8 and the rest of P1.4: what the upper level holds stays as it is; what is local may only be better.

use kernel::{Issue, Lang, Text};
use serde_json::Value;

use super::limits;
use crate::fields::{FIELDS, Hold};
use crate::issues;
use crate::model::{Counts, Elements, Material};

/// The locked elements that differ from the upper level's, all in one issue.
pub fn locked(local: &Elements, upper: &Elements) -> Option<Issue> {
    let (ours, theirs) = (document(local), document(upper));
    let mut labels: Vec<Text> = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    for field in FIELDS.iter().filter(|field| field.hold == Hold::Locked) {
        if field.value(&ours) != field.value(&theirs) {
            labels.push(field.label());
            keys.push(field.key());
        }
    }
    if local.materials.iter().any(|material| !within(material, &upper.materials)) {
        labels.push(Text::new("申请材料", "materials"));
        keys.push("materials".to_owned());
    }
    (!keys.is_empty()).then(|| issues::locked(&labels, &keys))
}

/// Whether a local material is one of the upper level's, asked for no more strictly.
fn within(local: &Material, upper: &[Material]) -> bool {
    upper.iter().any(|theirs| {
        theirs.key == local.key
            && theirs.name == local.name
            && local.originals <= theirs.originals
            && local.copies <= theirs.copies
            && (local.to_bring() <= theirs.to_bring())
    })
}

/// The local elements that are worse than the upper level's.
pub(super) fn not_better(local: &Elements, upper: &Elements, calendar: &dyn Counts) -> Vec<Issue> {
    let mut found = Vec::new();
    if limits::first_later(&local.promise, &upper.promise, calendar).is_some() {
        found.push(issues::promise_over_upper(&upper.promise.text(Lang::Zh), &upper.promise.text(Lang::En)));
    }
    if local.visits.count > upper.visits.count {
        found.push(issues::visits_over_upper(upper.visits.count));
    }
    found
}

/// Whether a new version of a basic item suspends the lists that have not taken it over by its first day:
/// the legal limit or the basis changed, or what the list says would now be refused.
pub fn suspends_children(old: &Elements, new: &Elements, child: &Elements, calendar: &dyn Counts) -> bool {
    old.legal_limit != new.legal_limit
        || old.bases != new.bases
        || limits::promise_over_law(&Elements { legal_limit: new.legal_limit.clone(), ..child.clone() }, calendar).is_some()
        || !not_better(child, new, calendar).is_empty()
        || child.materials.iter().any(|material| material.to_bring() && !within(material, &new.materials))
}

fn document(elements: &Elements) -> Value {
    serde_json::to_value(elements).unwrap_or(Value::Null)
}
