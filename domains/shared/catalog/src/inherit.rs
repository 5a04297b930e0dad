//! Taking over what the upper level holds without dropping what is local.

use platform::{Error, Result};
use serde_json::Value;

use crate::fields::{FIELDS, Hold};
use crate::model::{Elements, Material};

/// `local` with the locked elements of `upper`. Materials that the upper level no longer asks for go, new ones come; a local relief
/// (asked for no more, shared) stays.
///
/// # Errors
/// `Internal` when the two do not fit the model together, which the model excludes.
pub fn rebase(local: &Elements, upper: &Elements) -> Result<Elements> {
    let mut ours = serde_json::to_value(local).map_err(Error::internal)?;
    let theirs = serde_json::to_value(upper).map_err(Error::internal)?;
    for field in FIELDS.iter().filter(|field| field.hold == Hold::Locked) {
        put(&mut ours, field.pointer, theirs.pointer(field.pointer).cloned());
    }
    let mut merged: Elements = serde_json::from_value(ours).map_err(Error::internal)?;
    merged.materials = upper.materials.iter().map(|material| relieved(material, &local.materials)).collect();
    Ok(merged)
}

fn relieved(upper: &Material, local: &[Material]) -> Material {
    match local.iter().find(|material| material.key == upper.key && !material.to_bring() && upper.to_bring()) {
        Some(ours) => Material { necessity: ours.necessity, shared_by: ours.shared_by.clone(), ..upper.clone() },
        None => upper.clone(),
    }
}

/// Puts a value at a pointer, or takes the member away where the other document has none.
fn put(document: &mut Value, pointer: &str, value: Option<Value>) {
    let Some((parent, member)) = pointer.rsplit_once('/') else { return };
    if let Some(Value::Object(map)) = document.pointer_mut(parent) {
        match value {
            Some(value) => drop(map.insert(member.to_owned(), value)),
            None => drop(map.remove(member)),
        }
    }
}
