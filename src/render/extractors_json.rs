//! The catalogue for programs. Its shape is versioned; these types are its only definition.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::definitions::{Data, Value};
use crate::extractors::{CATALOGUE, Extractor, Input, Output, Parameter, ParameterRule, Requirement, Vector};

/// The version of the document's shape.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    catalogue: &'static str,
    extractors: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    version: &'a str,
    status: &'static str,
    description: &'a str,
    source: &'a str,
    confidence: &'static str,
    version_confidence: &'static str,
    is_own: bool,
    inputs: Vec<Json>,
    inputs_complete: bool,
    input_requirement: Option<Json>,
    input_aliases: Map<String, Json>,
    parameters: Map<String, Json>,
    parameter_rules: Vec<Json>,
    undeclared_parameters: Map<String, Json>,
    outputs: Vec<Json>,
    outputs_complete: bool,
    feature_uris: &'a [String],
}

/// Writes the document.
pub fn extractors_json(extractors: &[&Extractor], out: &mut dyn Write) -> io::Result<()> {
    let extractors = extractors.iter().map(|extractor| entry(extractor)).collect();
    serde_json::to_writer_pretty(&mut *out, &Document { version: VERSION, catalogue: CATALOGUE, extractors })?;
    writeln!(out)
}

fn entry(extractor: &Extractor) -> Entry<'_> {
    let pairs = extractor.undeclared_parameters.iter();
    Entry {
        name: &extractor.name,
        version: &extractor.version,
        status: if extractor.is_removed { "removed" } else { "current" },
        description: &extractor.description,
        source: &extractor.source,
        confidence: extractor.confidence.name(),
        version_confidence: extractor.version_confidence.name(),
        is_own: extractor.is_own,
        inputs: extractor.inputs.iter().map(input).collect(),
        inputs_complete: !extractor.has_more_inputs,
        input_requirement: extractor.requirement.as_ref().map(requirement),
        input_aliases: extractor
            .input_aliases
            .iter()
            .map(|(alias, inputs)| (alias.clone(), Json::from(inputs.clone())))
            .collect(),
        parameters: extractor.parameters.iter().map(named).collect(),
        parameter_rules: extractor.parameter_rules.iter().map(rule).collect(),
        undeclared_parameters: pairs.map(|(name, instead)| (name.clone(), Json::from(instead.clone()))).collect(),
        outputs: extractor.outputs.iter().map(output).collect(),
        outputs_complete: !extractor.has_more_outputs,
        feature_uris: &extractor.feature_uris,
    }
}

fn input(input: &Input) -> Json {
    serde_json::json!({
        "name": input.name,
        "accepts": input.accepts,
        "tolerates": input.tolerates,
        "required": input.is_required,
        "multiple": input.takes_several,
        "name_from_parameter": input.named_by,
        "only_with": input.only_with,
        "confidence": input.confidence.name(),
        "source": input.source,
    })
}

fn requirement(requirement: &Requirement) -> Json {
    serde_json::json!({
        "all_of": requirement.all_of,
        "any_of": requirement.any_of,
        "confidence": requirement.confidence.name(),
    })
}

fn named(parameter: &Parameter) -> (String, Json) {
    (parameter.name.clone(), constraint(parameter, true))
}

/// What a parameter takes. Its parts have no sources of their own.
fn constraint(parameter: &Parameter, is_whole: bool) -> Json {
    let mut found = Map::new();
    let mut set = |key: &str, value: Option<Json>| found.extend(value.map(|value| (key.to_owned(), value)));
    let list = |values: &[Value]| (!values.is_empty()).then(|| values.iter().map(json).collect());
    let some = |names: &[String]| (!names.is_empty()).then(|| Json::from(names.to_vec()));
    set("type", some(&parameter.types));
    set("enum", list(&parameter.allowed));
    set("const", parameter.only.as_ref().map(json));
    set("known_values", some(&parameter.known));
    set("minimum", parameter.minimum.map(Json::from));
    set("maximum", parameter.maximum.map(Json::from));
    set("pattern", parameter.pattern.clone().map(Json::from));
    set("default", parameter.default.as_ref().map(json));
    set("nullable", parameter.is_nullable.then_some(Json::Bool(true)));
    set("items", parameter.items.as_ref().map(|items| constraint(items, false)));
    let properties: Map<String, Json> =
        parameter.properties.iter().map(|property| (property.name.clone(), constraint(property, false))).collect();
    set("properties", (!properties.is_empty()).then_some(Json::Object(properties)));
    set("required", some(&parameter.required));
    set("note", parameter.note.clone().map(Json::from));
    if is_whole {
        set("source", Some(Json::from(parameter.source.clone())));
        set("confidence", Some(Json::from(parameter.confidence.name())));
    }
    Json::Object(found)
}

fn rule(rule: &ParameterRule) -> Json {
    json(&rule.details)
}

fn output(output: &Output) -> Json {
    let when: Map<String, Json> = output.when.iter().map(|(name, value)| (name.clone(), json(value))).collect();
    serde_json::json!({
        "name": output.field.name.as_str(),
        "type": output.field.kind.name(),
        "description": output.description,
        "always": output.is_always_written,
        "when": when,
        "vector": output.vector.as_ref().map(vector),
        "confidence": output.confidence.name(),
    })
}

fn vector(vector: &Vector) -> Json {
    serde_json::json!({
        "dimensions": vector.dimensions,
        "distance": vector.distance,
        "type": vector.kind,
        "model": vector.model,
        "feature_uri": vector.feature_uri,
        "confidence": vector.confidence.name(),
    })
}

/// A value of the catalogue. What cannot be read is null.
fn json(value: &Value) -> Json {
    match &value.data {
        Data::Bool(value) => Json::Bool(*value),
        Data::Number(text) => serde_json::from_str(text).unwrap_or(Json::Null),
        Data::String(text) => Json::from(text.as_str()),
        Data::Array(items) => items.iter().map(json).collect(),
        Data::Object(entries) => entries.iter().map(|entry| (entry.key.value.clone(), json(&entry.value))).collect(),
        Data::Null | Data::Invalid => Json::Null,
    }
}
