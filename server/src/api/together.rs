//! One description out of those of the modules.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use utoipa::openapi::OpenApi;

/// Where references to bodies begin.
const BODIES: &str = "#/components/schemas/";

/// The description of a module, with the word that sets its bodies apart.
pub type Part = (&'static str, OpenApi);

/// Puts the parts together. Where two modules gave one name to different bodies, that of the later begins with its module: `WorkPaperBody`.
pub fn together(base: OpenApi, parts: impl IntoIterator<Item = Part>) -> Value {
    let json = |document: OpenApi| serde_json::to_value(document).expect("a description is JSON");
    let mut all = json(base);
    for (module, part) in parts {
        let part = set_apart(&all["components"]["schemas"], module, json(part));
        add(&mut all, part);
    }
    all
}

/// The part with other names for the bodies whose names stand for something else in `there`.
fn set_apart(there: &Value, module: &str, mut part: Value) -> Value {
    let Some(bodies) = part["components"]["schemas"].as_object_mut().map(std::mem::take) else { return part };
    let mut taken: BTreeSet<String> = bodies.iter().filter(|(name, body)| there.get(name).is_some_and(|known| known != *body)).map(|(name, _)| name.clone()).collect();
    // A body that is the same in words is another one as well if it refers to such a name.
    loop {
        let more: Vec<String> = bodies.iter().filter(|(name, body)| there.get(name).is_some() && !taken.contains(*name) && refers(body, &taken)).map(|(name, _)| name.clone()).collect();
        if more.is_empty() {
            break;
        }
        taken.extend(more);
    }
    let bodies: Map<String, Value> = bodies.into_iter().map(|(name, body)| if taken.contains(&name) { (format!("{module}{name}"), body) } else { (name, body) }).collect();
    part["components"]["schemas"] = Value::Object(bodies);
    rename(&mut part, module, &taken);
    part
}

fn refers(value: &Value, names: &BTreeSet<String>) -> bool {
    match value {
        Value::String(text) => text.strip_prefix(BODIES).is_some_and(|name| names.contains(name)),
        Value::Array(all) => all.iter().any(|one| refers(one, names)),
        Value::Object(all) => all.values().any(|one| refers(one, names)),
        _ => false,
    }
}

fn rename(value: &mut Value, module: &str, names: &BTreeSet<String>) {
    match value {
        Value::String(text) => {
            if let Some(name) = text.strip_prefix(BODIES).filter(|name| names.contains(*name)) {
                *text = format!("{BODIES}{module}{name}");
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|one| rename(one, module, names)),
        Value::Object(all) => all.values_mut().for_each(|one| rename(one, module, names)),
        _ => {}
    }
}

/// Adds what is not there yet.
fn add(all: &mut Value, part: Value) {
    match (all, part) {
        (Value::Object(all), Value::Object(part)) => {
            for (key, value) in part {
                match all.get_mut(&key) {
                    Some(there) => add(there, value),
                    None => drop(all.insert(key, value)),
                }
            }
        }
        (all @ Value::Null, part) => *all = part,
        _ => {}
    }
}
