//! What every operation of the description says alike, taken from the table of routes: who may call it, which key and version it asks for,
//! how it refuses, and an example of everything.

use serde_json::{Map, Value, json};

use super::sample;
use crate::http::{Access, RouteInfo};

/// Completes the description of the operations in `table`.
pub(super) fn complete(mut document: Value, table: &[RouteInfo]) -> Value {
    document["components"]["securitySchemes"]["session"] =
        json!({ "type": "apiKey", "in": "cookie", "name": "tb_session", "description": "The session of a browser; it serves for reading only." });
    let schemas = document["components"]["schemas"].clone();
    for route in table.iter().filter(|route| route.path.starts_with("/api/v1/")) {
        let operation = &mut document["paths"][route.path][route.method.to_lowercase()];
        if let Some(operation) = operation.as_object_mut() {
            describe(operation, route, &schemas);
        }
    }
    document
}

fn describe(operation: &mut Map<String, Value>, route: &RouteInfo, schemas: &Value) {
    operation.insert("security".to_owned(), security(route));
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    let versioned = parameters.as_array().into_iter().flatten().any(|parameter| parameter["name"] == "If-Match");
    if let (true, Some(parameters)) = (route.keyed, parameters.as_array_mut()) {
        parameters.retain(|parameter| parameter["name"] != "Idempotency-Key");
        parameters.push(key());
    }
    for parameter in parameters.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        let schema = parameter.get("schema").cloned().unwrap_or_default();
        parameter.entry("example").or_insert_with(|| sample::of(&schema, schemas, &name));
    }
    let content = operation.get_mut("requestBody").map(|body| &mut body["content"]);
    let takes = content.is_some();
    content.into_iter().for_each(|content| exemplify(content, schemas));
    let responses = operation.entry("responses").or_insert_with(|| json!({}));
    let Some(responses) = responses.as_object_mut() else { return };
    // An operation that everybody may call says by itself whom it turns away.
    responses.retain(|status, _| status.starts_with('2') || status == "403");
    for response in responses.values_mut() {
        if let Some(content) = response.get_mut("content") {
            exemplify(content, schemas);
        }
    }
    for (status, words) in refusals(route, versioned, takes) {
        responses.insert(status.to_owned(), refusal(status, words));
    }
}

/// Whoever changes something shows a token: cookies could be used by another site.
fn security(route: &RouteInfo) -> Value {
    match (route.access, route.method) {
        (Access::Anyone, _) => json!([{}, { "bearer": [] }]),
        (_, "GET") => json!([{ "bearer": [] }, { "session": [] }]),
        _ => json!([{ "bearer": [] }]),
    }
}

fn key() -> Value {
    json!({
        "name": "Idempotency-Key", "in": "header", "required": true, "example": "5f2c8a1e-0001",
        "description": "The same again for a retry, which is answered like the first call (`Idempotency-Replayed: true`); another for every other call.",
        "schema": { "type": "string", "minLength": 8, "maxLength": 128, "pattern": "^[!-~]{8,128}$" },
    })
}

fn exemplify(content: &mut Value, schemas: &Value) {
    for (kind, media) in content.as_object_mut().into_iter().flatten() {
        if kind == "application/json"
            && let Some(media) = media.as_object_mut()
        {
            let schema = media.get("schema").cloned().unwrap_or_default();
            media.entry("example").or_insert_with(|| sample::of(&schema, schemas, ""));
        }
    }
}

/// The statuses with which an operation may refuse.
fn refusals(route: &RouteInfo, versioned: bool, takes: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    let closed = route.access != Access::Anyone;
    [
        (true, "400", "The request cannot be read."),
        (true, "401", "No token, or one that is not in force."),
        (closed, "403", "Not allowed for whoever acts."),
        (true, "404", "Not there, or not for whoever acts."),
        (route.keyed, "409", "The same call is running, or somebody else was first."),
        (versioned, "412", "Changed since the version in If-Match; `current` is what it is now."),
        (takes || route.keyed, "413", "Too large."),
        (takes, "415", "Of another type."),
        (true, "422", "Against a rule: every issue at its field."),
        (true, "429", "Too often; Retry-After says when."),
        (true, "500", "Not now; try again later."),
    ]
    .into_iter()
    .filter_map(|(applies, status, words)| applies.then_some((status, words)))
}

fn refusal(status: &str, words: &str) -> Value {
    let mut example = json!({
        "errors": [{ "code": format!("E-HTTP{status}"), "message_zh": "……", "message_en": words, "field": null, "rule_id": [], "params": {},
            "severity": "ERROR", "legal_basis": null }],
        "request_id": "5kq2m7xtd3hjw4ra",
    });
    if status == "412" {
        example["current"] = json!({ "version": 4 });
    }
    json!({
        "description": words,
        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ErrorBody" }, "example": example } },
    })
}
