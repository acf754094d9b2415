//! A repository's own extractors: from files like ours, or from saved answers of the service's list of extractors.

use std::sync::Arc;

use super::read::{flag, list, names, sentence, text};
use super::{Catalogue, Confidence, Extractor, Input, Output, Requirement, Vector, json_schema};
use crate::definitions::{Data, Entry, Field, FieldType, Value};
use crate::text::{ShortText, Span, Spanned};

/// What is wrong with an entry of a catalogue: where, and a sentence.
pub type Fault = (Span, String);

/// The keys under which a saved answer lists extractors.
const LISTS: [&str; 5] = ["extractors", "feature_extractors", "extractor_catalog", "results", "items"];

/// Keys that only entries of answers have.
const OF_ANSWERS: [&str; 4] = ["input_schema", "parameter_schema", "output_schema", "required_vector_indexes"];

/// The extractors that a file describes, and what is wrong with it. `from` is what to call the file.
pub fn read(document: &Value, from: &str) -> (Vec<Extractor>, Vec<Fault>) {
    let listed = LISTS.iter().find_map(|key| document.get(key)).filter(|list| matches!(list.data, Data::Array(_)));
    let entries: Vec<&Value> = match (&document.data, listed) {
        (Data::Array(items), _) => items.iter().collect(),
        (_, Some(list)) => list.items().iter().collect(),
        _ => vec![document],
    };
    let built_in = Catalogue::default();
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for entry in entries {
        match extractor(entry, from, &built_in) {
            Ok(extractor) => found.push(extractor),
            Err(message) => faults.push((entry.span, message.to_owned())),
        }
    }
    (found, faults)
}

fn extractor(entry: &Value, from: &str, built_in: &Catalogue) -> Result<Extractor, &'static str> {
    if !entry.is_object() {
        return Err("An extractor is an object.");
    }
    let name = name_key(entry);
    let is_answer = name != "name" || OF_ANSWERS.iter().any(|key| entry.get(key).is_some());
    if sentence(entry, name).is_none() {
        return Err("An extractor needs a `name`, or a `feature_extractor_name` as the service's answers have it.");
    }
    if sentence(entry, "version").is_none() {
        return Err("An extractor needs a `version`, which is a string.");
    }
    if !is_answer && entry.get("inputs").is_none() && entry.get("parameters").is_none() {
        return Err("An extractor needs `inputs` or `parameters`, or it says nothing.");
    }
    let extractor = if is_answer { answer(entry, from, built_in) } else { file(entry, from) };
    extractor.ok_or("This is not an extractor.")
}

/// The key that has the name: the service's answers have it under two.
fn name_key(entry: &Value) -> &'static str {
    if entry.get("feature_extractor_name").is_some() { "feature_extractor_name" } else { "name" }
}

/// A file like ours. What it says is sure, unless it says that it is not.
fn file(entry: &Value, from: &str) -> Option<Extractor> {
    let mut sure = entry.clone();
    make_sure(&mut sure, &["confidence", "version_confidence"]);
    if let Data::Object(entries) = &mut sure.data {
        for part in entries {
            match part.key.value.as_str() {
                "inputs" | "outputs" | "parameter_rules" => items_mut(&mut part.value).for_each(|item| {
                    make_sure(item, &["confidence"]);
                    entries_mut(item)
                        .filter(|part| part.key.value == "vector")
                        .for_each(|part| make_sure(&mut part.value, &["confidence"]));
                }),
                "parameters" => entries_mut(&mut part.value).for_each(|one| make_sure(&mut one.value, &["confidence"])),
                "input_requirement" => make_sure(&mut part.value, &["confidence"]),
                _ => {}
            }
        }
    }
    let mut extractor = Extractor::read(&sure)?;
    extractor.is_own = true;
    extractor.source = sentence(entry, "source").unwrap_or_else(|| from.to_owned());
    extractor.has_more_inputs = entry.get("inputs").is_none() || says_incomplete(entry, "inputs_complete");
    extractor.has_more_outputs = entry.get("outputs").is_none() || says_incomplete(entry, "outputs_complete");
    extractor.has_more_parameters = entry.get("parameters").is_none();
    extractor.requirement = extractor.requirement.or_else(|| requirement(&extractor.inputs));
    Some(extractor)
}

fn says_incomplete(entry: &Value, key: &str) -> bool {
    entry.get(key).is_some() && !flag(entry, key)
}

/// An entry of a saved answer. What it does not tell of an extractor that we know is taken from ours.
fn answer(entry: &Value, from: &str, built_in: &Catalogue) -> Option<Extractor> {
    let ours = built_in.fresh(&text(entry, name_key(entry)), &text(entry, "version"));
    let is_known = ours.is_some();
    let mut extractor = match ours {
        Some(ours) => ours,
        None => Extractor::read(&named(entry)?)?,
    };
    extractor.is_own = true;
    extractor.is_removed = false;
    extractor.source = from.to_owned();
    (extractor.confidence, extractor.version_confidence) = (Confidence::High, Confidence::High);
    extractor.description = sentence(entry, "description").unwrap_or(extractor.description);
    let schema = entry.get("input_schema");
    if let Some(properties) = schema.and_then(|schema| schema.get("properties")).filter(|_| !is_known) {
        extractor.inputs = properties.entries().iter().map(|property| input(property, entry, from)).collect();
        extractor.requirement = requirement(&extractor.inputs);
    }
    if !is_known {
        extractor.has_more_inputs = schema.is_none_or(json_schema::is_open);
        extractor.has_more_outputs = true;
    }
    let parameters = entry.get("parameter_schema");
    if let Some(schema) = parameters.filter(|schema| schema.get("properties").is_some()) {
        extractor.parameters = json_schema::parameters(schema, from);
    }
    extractor.has_more_parameters = parameters.is_none_or(json_schema::is_open);
    let known: Vec<ShortText> = extractor.outputs.iter().map(|output| output.field.name.clone()).collect();
    let told = outputs(entry).filter(|output| !known.contains(&output.field.name)).collect::<Vec<_>>();
    extractor.outputs.extend(told);
    Some(extractor)
}

/// The name and the version of an answer's entry, as our files have them.
fn named(entry: &Value) -> Option<Value> {
    let part = |key: &str, value: Option<&Value>| {
        let key = Spanned { value: key.into(), span: entry.span };
        Some(Entry { key, value: value?.clone() })
    };
    let parts = vec![part("name", entry.get(name_key(entry)))?, part("version", entry.get("version"))?];
    Some(Value { span: entry.span, data: Data::Object(parts) })
}

/// An input by its JSON Schema; which types of fields feed it is told beside the schema, if at all.
fn input(property: &Entry, entry: &Value, from: &str) -> Input {
    let name = &property.key.value;
    let expected = entry.get("expected_input_types").and_then(|types| sentence(types, name));
    let supported = names(entry, "supported_input_types");
    let of_its_name = supported.iter().find(|kind| *kind == name).cloned();
    let confidence = if expected.is_some() { Confidence::High } else { Confidence::Medium };
    let mut accepts = expected.or(of_its_name).map_or(supported, |kind| vec![kind]);
    // An answer may name types that no bucket has; these say nothing.
    accepts.retain(|kind| !matches!(FieldType::parse(kind), FieldType::Unknown(_)));
    let tolerates = if accepts.is_empty() { Vec::new() } else { vec!["text".to_owned(), "string".to_owned()] };
    let is_list = json_schema::types(&property.value).iter().any(|kind| kind == "array");
    let most = entry.get("max_inputs").into_iter().flat_map(Value::entries).filter_map(|entry| entry.value.as_number());
    Input {
        name: name.to_string(),
        accepts,
        tolerates,
        is_required: entry.get("input_schema").is_some_and(|schema| names(schema, "required").iter().any(|one| one == name)),
        takes_several: is_list || most.fold(1.0, f64::max) > 1.0,
        named_by: None,
        only_with: Vec::new(),
        confidence,
        source: from.to_owned(),
    }
}

fn requirement(inputs: &[Input]) -> Option<Requirement> {
    let all_of: Vec<String> = inputs.iter().filter(|input| input.is_required).map(|input| input.name.clone()).collect();
    (!all_of.is_empty()).then_some(Requirement { all_of, any_of: Vec::new(), confidence: Confidence::High })
}

/// The fields and the vectors that an answer tells.
fn outputs(entry: &Value) -> impl Iterator<Item = Output> {
    let schema = entry.get("output_schema");
    let required = schema.map(|schema| names(schema, "required")).unwrap_or_default();
    let properties = schema.and_then(|schema| schema.get("properties")).into_iter().flat_map(Value::entries);
    let fields = properties.map(move |property| {
        let kind = json_schema::types(&property.value).into_iter().next().unwrap_or_default();
        let is_always_written = required.iter().any(|one| *one == property.key.value);
        output(&property.key.value, FieldType::parse(&kind), text(&property.value, "description"), is_always_written, None)
    });
    let vectors = list(entry, "required_vector_indexes").filter_map(|definition| {
        let index = definition.get("index")?;
        let vector = Vector::read_sure(index, sentence(definition, "feature_uri"));
        Some(output(&sentence(index, "name")?, FieldType::Array, text(definition, "description"), true, Some(vector)))
    });
    fields.chain(vectors)
}

fn output(name: &str, kind: FieldType, description: String, is_always_written: bool, vector: Option<Vector>) -> Output {
    let field = Arc::new(Field::undeclared(name, None, kind));
    Output { field, description, is_always_written, when: Vec::new(), vector, confidence: Confidence::High }
}

/// Says that an object is sure, where it does not say how sure it is.
fn make_sure(value: &mut Value, keys: &[&str]) {
    let span = value.span;
    for key in keys.iter().filter(|_| value.is_object()).copied().collect::<Vec<_>>() {
        if value.get(key).is_none()
            && let Data::Object(entries) = &mut value.data
        {
            let key = Spanned { value: key.into(), span };
            entries.push(Entry { key, value: Value { span, data: Data::String("high".into()) } });
        }
    }
}

fn items_mut(value: &mut Value) -> impl Iterator<Item = &mut Value> {
    let items = if let Data::Array(items) = &mut value.data { &mut items[..] } else { &mut [] };
    items.iter_mut()
}

fn entries_mut(value: &mut Value) -> impl Iterator<Item = &mut Entry> {
    let entries = if let Data::Object(entries) = &mut value.data { &mut entries[..] } else { &mut [] };
    entries.iter_mut()
}
