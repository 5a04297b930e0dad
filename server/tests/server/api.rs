//! The interface for programs: what its description says, and how it is put together.

use serde_json::{Value, json};
use server::api::{description, sample, together::together};
use server::http::{Access, RouteInfo, table};
use utoipa::openapi::OpenApi;

/// Every route under `/api/v1`.
fn calls() -> Vec<RouteInfo> {
    table().into_iter().filter(|route| route.path.starts_with("/api/v1/")).collect()
}

#[test]
fn every_route_is_described_and_every_description_has_its_route() {
    let described = description();
    let mut wrong = Vec::new();
    let table = calls();
    for route in &table {
        if described["paths"][route.path][route.method.to_lowercase()].is_null() {
            wrong.push(format!("{} {} is not described", route.method, route.path));
        }
    }
    for (path, methods) in described["paths"].as_object().into_iter().flatten() {
        for method in methods.as_object().into_iter().flatten().map(|(method, _)| method.to_uppercase()) {
            if !table.iter().any(|route| route.path == path && route.method == method) {
                wrong.push(format!("{method} {path} is described but not there"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_body_that_is_referred_to_is_there_and_is_that_of_its_module() {
    fn referred(value: &Value, names: &mut Vec<String>) {
        match value {
            Value::Object(all) => all.values().for_each(|one| referred(one, names)),
            Value::Array(all) => all.iter().for_each(|one| referred(one, names)),
            Value::String(text) => names.extend(text.strip_prefix("#/components/schemas/").map(str::to_owned)),
            _ => {}
        }
    }
    let (described, mut names) = (description(), Vec::new());
    referred(described, &mut names);
    let bodies = &described["components"]["schemas"];
    let missing: Vec<_> = names.iter().filter(|name| bodies.get(name.as_str()).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for (body, field) in [("PaperBody", "name_zh"), ("WorkPaperBody", "state")] {
        assert!(!bodies[body]["properties"][field].is_null(), "{body}: {}", bodies[body]);
    }
}

/// Every operation under `/api/v1` with its route.
fn operations() -> Vec<(RouteInfo, Value)> {
    let document = description();
    calls().into_iter().map(|route| (route, document["paths"][route.path][route.method.to_lowercase()].clone())).collect()
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

/// A description with these paths and bodies.
fn described(paths: Value, bodies: Value) -> OpenApi {
    let document = json!({ "openapi": "3.1.0", "info": { "title": "", "version": "" }, "paths": paths, "components": { "schemas": bodies } });
    serde_json::from_value(document).expect("a description")
}

#[test]
fn bodies_of_one_name_are_set_apart_with_all_that_refer_to_them() {
    let list = json!({ "type": "array", "items": { "$ref": "#/components/schemas/PaperBody" } });
    let base = described(json!({}), json!({ "PaperBody": { "type": "string" }, "ListBody": list, "DayBody": { "type": "integer" } }));
    let answer = json!({ "description": "", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ListBody" } } } });
    let part = described(
        json!({ "/x": { "get": { "responses": { "200": answer } } } }),
        json!({ "PaperBody": { "type": "object" }, "ListBody": list, "DayBody": { "type": "integer" }, "NewBody": { "$ref": "#/components/schemas/DayBody" } }),
    );
    let all = together(base, [("Work", part)]);
    let bodies = &all["components"]["schemas"];
    let mut names: Vec<&str> = bodies.as_object().expect("bodies").keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["DayBody", "ListBody", "NewBody", "PaperBody", "WorkListBody", "WorkPaperBody"]);
    assert_eq!((&bodies["PaperBody"]["type"], &bodies["WorkPaperBody"]["type"]), (&json!("string"), &json!("object")));
    assert_eq!(bodies["ListBody"]["items"]["$ref"], "#/components/schemas/PaperBody");
    assert_eq!(bodies["WorkListBody"]["items"]["$ref"], "#/components/schemas/WorkPaperBody");
    let shown = &all["paths"]["/x"]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    assert_eq!(shown["$ref"], "#/components/schemas/WorkListBody");
}

#[test]
fn an_example_says_what_its_schema_says() {
    let schemas = json!({ "Day": { "type": "string", "format": "date" } });
    let schema = json!({ "type": "object", "properties": {
        "id_no": { "type": "string" }, "on": { "$ref": "#/components/schemas/Day" }, "seen": { "type": "integer", "minimum": 3 },
        "list": { "type": "array", "items": { "enum": ["x", "y"] } }, "maybe": { "oneOf": [{ "type": "null" }, { "type": "boolean" }] },
    } });
    let wanted = json!({ "id_no": "990101200001130017", "on": "2026-05-20", "seen": 3, "list": ["x"], "maybe": true });
    assert_eq!(sample::of(&schema, &schemas, ""), wanted);
}
