//! P1-11: nothing that must be said is left out, and every gap is told at once.

use kernel::{Issue, Text};
use serde_json::Value;

use crate::fields::{FIELDS, is_blank};
use crate::issues;
use crate::model::{Elements, Layer};

/// Longest text of one element, in characters; a name is shorter (OVP P1.3: at most 200).
const TEXT_LIMIT: usize = 2_000;
const NAME_LIMIT: usize = 200;

pub(super) fn missing(elements: &Elements, layer: Layer) -> Option<Issue> {
    let document = serde_json::to_value(elements).unwrap_or(Value::Null);
    let gaps: Vec<_> = FIELDS.iter().filter(|field| field.is_needed(layer) && is_blank(field.value(&document))).collect();
    let labels: Vec<Text> = gaps.iter().map(|field| field.label()).collect();
    let keys: Vec<String> = gaps.iter().map(|field| field.key()).collect();
    (!gaps.is_empty()).then(|| issues::missing(&labels, &keys))
}

pub(super) fn too_long(elements: &Elements) -> Vec<Issue> {
    let document = serde_json::to_value(elements).unwrap_or(Value::Null);
    FIELDS
        .iter()
        .filter_map(|field| {
            let limit = if field.pointer == "/name" { NAME_LIMIT } else { TEXT_LIMIT };
            (longest(field.value(&document)) > limit).then(|| issues::too_long(&field.key(), limit))
        })
        .collect()
}

fn longest(value: &Value) -> usize {
    match value {
        Value::String(text) => text.chars().count(),
        Value::Array(list) => list.iter().map(longest).max().unwrap_or(0),
        Value::Object(map) => map.values().map(longest).max().unwrap_or(0),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}
