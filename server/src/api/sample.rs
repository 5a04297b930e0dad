//! Examples made from a schema: what a field says itself, else a usual value for its name, else the simplest one that fits.

use serde_json::{Map, Value, json};

/// How deep an example goes.
const DEEPEST: usize = 8;

/// An example of `schema`, which belongs to a field of this name; `schemas` are those that it may refer to.
pub fn of(schema: &Value, schemas: &Value, name: &str) -> Value {
    at_depth(schema, schemas, name, 0)
}

fn at_depth(schema: &Value, schemas: &Value, name: &str, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    let deeper = |schema: &Value, name: &str| at_depth(schema, schemas, name, depth + 1);
    let said = schema.get("example").or_else(|| schema["examples"].get(0)).or_else(|| schema.get("const")).or_else(|| schema["enum"].get(0));
    if let Some(said) = said {
        return said.clone();
    }
    if let Some(target) = schema["$ref"].as_str().and_then(|target| target.rsplit('/').next()) {
        return deeper(&schemas[target], name);
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(list) = schema[key].as_array() {
            return list.iter().find(|part| part["type"] != "null").map_or(Value::Null, |part| deeper(part, name));
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let merged: Map<String, Value> = parts.iter().filter_map(|part| deeper(part, name).as_object().cloned()).flatten().collect();
        return Value::Object(merged);
    }
    match kind(schema) {
        "object" => {
            let properties = schema["properties"].as_object().into_iter().flatten();
            Value::Object(properties.map(|(name, schema)| (name.clone(), deeper(schema, name))).collect())
        }
        "array" => json!([deeper(&schema["items"], name)]),
        "integer" => schema.get("minimum").cloned().unwrap_or(json!(1)),
        "number" => json!(1.5),
        "boolean" => json!(true),
        "string" => json!(word(schema, name)),
        _ => json!({}),
    }
}

/// The type, of several the one that is something.
fn kind(schema: &Value) -> &str {
    match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or_default(),
        one => one.as_str().unwrap_or_default(),
    }
}

fn word(schema: &Value, name: &str) -> &'static str {
    match schema["format"].as_str() {
        Some("date") => return "2026-05-20",
        Some("date-time") => return "2026-05-20T09:30:00+08:00",
        _ => {}
    }
    WORDS.iter().find(|(known, _)| *known == name).map_or("01hzy3v7q8m5x2k9r4t6w1n0ab", |(_, word)| word)
}

/// Usual values by the name of the field; an id for all others.
const WORDS: &[(&str, &str)] = &[
    ("a", "张*试"),
    ("action", "marriage.register"),
    ("address_en", "1 Renmin Road"),
    ("address_zh", "人民路1号"),
    ("after", ""),
    ("b", "李*例"),
    ("basic", "000711001001"),
    ("basic_code", "000711001001"),
    ("before", ""),
    ("birth", "2000-01-13"),
    ("case_no", "9901012026070100000001"),
    ("cert_no", "J990101-2026-000001"),
    ("code", "990101-01"),
    ("counters", "2"),
    ("day", "2026-05-20"),
    ("days", "30"),
    ("document", "statement-a.pdf"),
    ("effective_from", "2026-05-20"),
    ("effective_to", ""),
    ("exam_on", "2026-03-01"),
    ("first_serial", "10000001"),
    ("from", "2026-05-20"),
    ("holder", "A"),
    ("holder_no", "990101200001130017"),
    ("hours", "09:00-12:00 13:30-17:00"),
    ("id_no", "990101200001130017"),
    ("id_type", "111"),
    ("id_valid_to", "2036-05-19"),
    ("issued_on", "2026-05-20"),
    ("item", "11990126YY9990101F4000799001001"),
    ("item_kind", "marriage.domestic"),
    ("kind", "marriage.domestic"),
    ("kinds", "marriage.domestic"),
    ("lang", "zh"),
    ("last_serial", "10000010"),
    ("level", "4"),
    ("limit", "20"),
    ("marital", "10"),
    ("minutes", "30"),
    ("name", "张测试"),
    ("name_en", "Chengzhong Marriage Registry"),
    ("name_zh", "城中区民政局婚姻登记处"),
    ("near", "990101"),
    ("note", "当面询问"),
    ("number", "J990101-2026-000001"),
    ("office", "990101-01"),
    ("org", "11990126YY9990101F"),
    ("part", "file"),
    ("phone", "13800138000"),
    ("phones", "0990-1234567"),
    ("places", "5"),
    ("position", "121.47,31.23"),
    ("q", "结婚登记"),
    ("reason", "填写有误"),
    ("region", "990101"),
    ("registrar_no", "DJ-001"),
    ("role", "clerk"),
    ("serial", "10000001"),
    ("serial_a", "10000001"),
    ("serial_b", "10000002"),
    ("side", "A"),
    ("state", "10"),
    ("state_name", "初审"),
    ("suspicion", "0"),
    ("title_en", "Of age"),
    ("title_zh", "达到法定婚龄"),
    ("to", "2026-05-27"),
    ("type_code", "11100000MB0306120C001"),
    ("uscc", "11990126YY9990101F"),
    ("username", "registrar1"),
];
