//! Every stage of the catalogue: a minimal one passes, and each of its parameters, made wrong in each way that it can be, is reported
//! at its place.

use mixlint::diagnostic::Diagnostic;
use mixlint::extractors::{Confidence, Parameter};
use mixlint::stages::{self, StageKind};
use mixlint::workspace::Workspace;
use serde_json::{Map, Value, json};

/// The rules that look at parameters.
const RULES: [&str; 4] = ["invalid-stage-parameter", "unknown-stage-parameter", "default-hides-typo", "unset-stage-parameter"];

/// The least that a stage needs to be right, beside a search before it.
fn minimal(kind: &StageKind) -> Value {
    match kind.id.as_str() {
        "api_call" => json!({ "url": "https://example.org/price", "allowed_domains": ["example.org"] }),
        "attribute_filter" => json!({ "field": "shelf", "operator": "eq", "value": "a" }),
        "deduplicate" => json!({ "fields": ["shelf"] }),
        "document_enrich" => json!({ "target_collection_id": "col_prices", "output_field": "price" }),
        "feature_search" => {
            json!({ "searches": [{ "feature_uri": "mixpeek://text_extractor@v1/x", "query": { "input_mode": "text", "value": "a" } }] })
        }
        "sort_attribute" => json!({ "field": "shelf" }),
        "sql_lookup" => json!({ "connection_id": "conn_1", "query": "SELECT a FROM b" }),
        "taxonomy_enrich" => json!({ "taxonomy_id": "tax_topics" }),
        "web_scrape" => json!({ "url": "https://example.org" }),
        _ => {
            let value = |name: &String| {
                let parameter = kind.parameter(name).unwrap_or_else(|| panic!("{name}"));
                (name.clone(), sample(parameter))
            };
            Value::Object(kind.required.iter().map(value).collect())
        }
    }
}

fn sample(parameter: &Parameter) -> Value {
    if let Some(first) = parameter.allowed.first() {
        return json!(first.shown());
    }
    match parameter.types.first().map(String::as_str) {
        Some("integer" | "number") => json!(parameter.minimum.unwrap_or(1.0)),
        Some("boolean") => json!(true),
        Some("array") => json!([]),
        Some("object") => json!({}),
        _ if parameter.role.as_deref() == Some("feature_uri") => json!("mixpeek://colbert_extractor@v1/colbertv2_v1"),
        _ if parameter.role.as_deref() == Some("collection") => json!("col_prices"),
        _ => json!("conn_1"),
    }
}

/// Where a key of the parameters stands in a body.
fn place(text: &str, key: &str) -> usize {
    let after = text.find("\"parameters\":").map_or(0, |at| at + 1);
    after + text[after..].find(&format!("{key:?}:")).unwrap_or_else(|| panic!("{key}: {text}"))
}

fn check(kind: &StageKind, parameters: &Value) -> (Workspace, String) {
    let stage = json!({ "stage_name": "it", "config": { "stage_id": kind.id, "parameters": parameters } });
    let body = json!({ "retriever_name": "r", "collection_identifiers": [], "stages": [stage] });
    let text = body.to_string();
    (Workspace::from_texts([("retriever.json", text.as_str())]), text)
}

fn about_parameters(workspace: &Workspace) -> Vec<Diagnostic> {
    mixlint::check(workspace).into_iter().filter(|finding| RULES.contains(&finding.rule)).collect()
}

#[test]
fn a_minimal_stage_passes() {
    for id in stages::ids() {
        let kind = stages::get(id).unwrap_or_else(|| panic!("{id}"));
        let (workspace, text) = check(kind, &minimal(kind));
        let found = mixlint::check(&workspace);
        assert!(found.is_empty(), "{id}: {text} {:?}", found.iter().map(|finding| &finding.message).collect::<Vec<_>>());
    }
}

/// The values that a parameter does not take, each with what is wrong.
fn wrong_values(parameter: &Parameter) -> Vec<(&'static str, Value)> {
    let mut wrong = Vec::new();
    match parameter.types.first().map(String::as_str) {
        Some("string") => wrong.push(("type", json!([7]))),
        Some("integer" | "number") => wrong.push(("type", json!("many"))),
        Some("boolean") => wrong.push(("type", json!("perhaps"))),
        Some("array") => wrong.push(("type", json!(7))),
        Some("object") => wrong.push(("type", json!(7))),
        _ => {}
    }
    let list = |item: Value| if parameter.items.is_some() { json!([item]) } else { item };
    let leaf = parameter.items.as_deref().unwrap_or(parameter);
    if !leaf.allowed.is_empty() {
        wrong.push(("enum", list(json!("no_such_value"))));
    }
    if let Some(least) = leaf.minimum {
        wrong.push(("minimum", list(json!(least - 1.0))));
    }
    if let Some(most) = leaf.maximum {
        wrong.push(("maximum", list(json!(most + 1.0))));
    }
    if parameter.shortest == Some(1.0) {
        wrong.push(("length", if parameter.types.iter().any(|name| name == "array") { json!([]) } else { json!("") }));
    }
    wrong
}

#[test]
fn every_parameter_made_wrong_is_reported_at_its_place() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for kind in stages::ids().filter_map(stages::get).filter(|kind| kind.confidence == Confidence::High) {
        for parameter in &kind.parameters {
            for (what, value) in wrong_values(parameter) {
                let mut parameters = minimal(kind);
                parameters[&parameter.name] = value.clone();
                let (workspace, text) = check(kind, &parameters);
                let found = about_parameters(&workspace);
                let begin = place(&text, &parameter.name);
                let here = begin..begin + parameter.name.len() + 3 + value.to_string().len();
                let is_here = |finding: &Diagnostic| here.contains(&finding.primary.span.range().start);
                if !found.iter().any(is_here) {
                    wrong.push(format!("{}.{}: {what}: {value}", kind.id, parameter.name));
                }
                tried += 1;
            }
            // Misspelt, with a letter too many.
            if kind.has_more_parameters {
                continue;
            }
            let slip = format!("{}e", parameter.name);
            let mut parameters = minimal(kind);
            let members: &mut Map<String, Value> = parameters.as_object_mut().expect("an object");
            let value = members.remove(&parameter.name).unwrap_or_else(|| sample(parameter));
            members.insert(slip.clone(), value);
            let (workspace, text) = check(kind, &parameters);
            let begin = place(&text, &slip);
            let found = about_parameters(&workspace);
            let is_told = |finding: &Diagnostic| {
                finding.primary.span.range().start == begin
                    && finding.help.as_ref().is_some_and(|help| help.contains(&parameter.name))
            };
            if !found.iter().any(is_told) {
                wrong.push(format!("{}.{slip}: not told: {found:?}", kind.id));
            }
            tried += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 400, "{tried}");
}
