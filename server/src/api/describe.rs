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

#[cfg(test)]
mod tests {
    use super::super::{all, description};
    use super::*;

    /// Every operation under `/api/v1` with its route.
    fn operations() -> Vec<(RouteInfo, Value)> {
        let document = description();
        let table: Vec<_> = all().table().iter().filter(|route| route.path.starts_with("/api/v1/")).copied().collect();
        table.into_iter().map(|route| (route, document["paths"][route.path][route.method.to_lowercase()].clone())).collect()
    }

    #[test]
    fn every_operation_says_who_may_and_refuses_with_the_error_object() {
        for (route, operation) in operations() {
            let name = format!("{} {}", route.method, route.path);
            assert!(operation["security"].is_array(), "{name}");
            assert_eq!(operation["security"][0] == json!({}), route.access == Access::Anyone, "{name}");
            for (status, response) in operation["responses"].as_object().into_iter().flatten() {
                let error = response["content"]["application/json"]["schema"]["$ref"] == "#/components/schemas/ErrorBody";
                assert_eq!(error, !status.starts_with('2'), "{name} {status}");
            }
            for status in ["401", "422", "500"] {
                assert!(operation["responses"][status].is_object(), "{name} {status}");
            }
        }
    }

    #[test]
    fn every_write_demands_a_key_and_whoever_names_a_version_may_be_told_a_newer_one() {
        for (route, operation) in operations() {
            let named = |name: &str| operation["parameters"].as_array().into_iter().flatten().any(|parameter| parameter["name"] == name);
            assert_eq!(named("Idempotency-Key"), route.keyed, "{} {}", route.method, route.path);
            assert_eq!(named("If-Match"), operation["responses"]["412"].is_object(), "{} {}", route.method, route.path);
            assert!(!route.keyed || route.method != "GET");
        }
        let open: Vec<_> = operations().into_iter().filter(|(route, _)| !route.keyed && route.method != "GET").map(|(route, _)| route.path).collect();
        let questions = [
            "/api/v1/progress",
            "/api/v1/licences/check",
            "/api/v1/licences/check-token",
            "/api/v1/licences/check-copy",
            "/api/v1/licences/verify-file",
            "/api/v1/complaints/status",
            "/api/v1/certShare/queryCertInfoByHolderCode",
            "/api/v1/certShare/getFile",
            "/api/v1/marriage/partner-questions",
            "/api/v1/marriage/self-check",
            "/api/v1/organization-names/check",
            "/api/v1/organization-extracts/verify",
        ];
        assert_eq!(open, questions, "only questions with personal data, a plan nobody else is to read or a file are asked by POST without a key");
    }

    /// Every name to which something refers.
    fn targets(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
                map.values().for_each(|value| targets(value, found));
            }
            Value::Array(list) => list.iter().for_each(|value| targets(value, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let mut found = Vec::new();
        targets(description(), &mut found);
        let lost: Vec<_> = found.into_iter().filter(|target| description().pointer(target.trim_start_matches('#')).is_none()).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn everything_has_an_example() {
        for (route, operation) in operations() {
            let name = format!("{} {}", route.method, route.path);
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(!parameter["example"].is_null(), "{name} {parameter}");
            }
            let contents = operation["responses"].as_object().into_iter().flatten().map(|(_, response)| &response["content"]);
            for media in contents.chain([&operation["requestBody"]["content"]]).filter_map(|content| content.get("application/json")) {
                assert!(!media["example"].is_null(), "{name} {media}");
            }
        }
    }
}
