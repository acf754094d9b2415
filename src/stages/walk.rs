//! Walks over the parameters of a stage: what its texts stand for, and which keys it does not have.

use super::StageKind;
use crate::definitions::{Data, Entry, Value};
use crate::extractors::Parameter;
use crate::path::is_template;
use crate::suggest::nearest;

/// What a text among the parameters stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A field of the documents at hand.
    Field,
    /// A field that the stage writes.
    WrittenField,
    /// A field of the documents of another collection.
    FieldOf,
    /// A feature URI.
    FeatureUri,
    /// The address of a model of one's own.
    PluginUri,
    /// A collection.
    Collection,
    /// A taxonomy.
    Taxonomy,
    /// A retriever.
    Retriever,
    /// A connection.
    Connection,
    /// A filter; the value is a whole tree.
    Filter,
    /// The parameters of another stage, as a whole.
    NestedStage,
    /// Anything else.
    Other,
}

/// A value among the parameters, and what it stands for.
#[derive(Debug)]
pub struct RoleAt<'a> {
    /// What it stands for.
    pub role: Role,
    /// The value.
    pub value: &'a Value,
    /// Where it stands: `searches[0].feature_uri`.
    pub path: String,
    /// Whether the field that it names needs an index.
    pub needs_index: bool,
}

/// A key that a stage does not have.
#[derive(Debug)]
pub struct Stray<'a> {
    /// The key, with its value.
    pub entry: &'a Entry,
    /// Where it stands: empty at the root, else the path of the object.
    pub holder: String,
    /// The key that was probably meant; an empty text where the key has gone for good.
    pub meant: Option<&'a str>,
    /// The keys that there are.
    pub known: Vec<&'a str>,
    /// The default that is used because the key which was meant is left out.
    pub default: Option<&'a Value>,
}

fn role(name: &str) -> Role {
    match name {
        "field" => Role::Field,
        "written_field" => Role::WrittenField,
        "field_of" => Role::FieldOf,
        "feature_uri" => Role::FeatureUri,
        "plugin_feature_uri" => Role::PluginUri,
        "collection" => Role::Collection,
        "taxonomy" => Role::Taxonomy,
        "retriever" => Role::Retriever,
        "connection" => Role::Connection,
        "filter" => Role::Filter,
        "nested_stage" => Role::NestedStage,
        _ => Role::Other,
    }
}

/// Every value that stands for something, in the order of the text.
pub fn roles<'a>(kind: &'a StageKind, parameters: &'a Value) -> Vec<RoleAt<'a>> {
    let mut found = Vec::new();
    for entry in parameters.entries() {
        if let Some(parameter) = kind.parameter(&entry.key.value) {
            collect(parameter, &entry.value, entry.key.value.to_string(), &mut found);
        }
    }
    found
}

fn collect<'a>(parameter: &'a Parameter, value: &'a Value, path: String, found: &mut Vec<RoleAt<'a>>) {
    if let Some(name) = &parameter.role {
        let role = role(name);
        // A list may stand where one value should, and the other way round.
        let values = if role != Role::Filter && !value.items().is_empty() { value.items() } else { std::slice::from_ref(value) };
        let needs_index = parameter.needs_index;
        found.extend(values.iter().map(|value| RoleAt { role, value, path: path.clone(), needs_index }));
    }
    if let Some(items) = &parameter.items {
        for (number, item) in value.items().iter().enumerate() {
            collect(items, item, format!("{path}[{number}]"), found);
        }
    }
    for entry in value.entries() {
        if let Some(inner) = parameter.properties.iter().find(|inner| inner.name == entry.key.value) {
            collect(inner, &entry.value, format!("{path}.{}", entry.key.value), found);
        }
    }
}

/// Every key that the stage does not have, at any depth where its keys are known.
pub fn strays<'a>(kind: &'a StageKind, parameters: &'a Value) -> Vec<Stray<'a>> {
    let mut found = Vec::new();
    if !kind.has_more_parameters {
        level(kind, &kind.parameters, parameters, String::new(), &mut found);
    }
    found
}

fn level<'a>(kind: &'a StageKind, known: &'a [Parameter], value: &'a Value, holder: String, found: &mut Vec<Stray<'a>>) {
    let names = || known.iter().map(|parameter| parameter.name.as_str());
    for entry in value.entries() {
        let key = entry.key.value.as_str();
        if let Some(parameter) = known.iter().find(|parameter| parameter.name == key) {
            below(kind, parameter, &entry.value, join(&holder, key), found);
            continue;
        }
        // A rule of its own says where it belongs.
        if is_template(key) || kind.rules.iter().any(|rule| rule.kind == "misplaced" && rule.detail("parameter") == key) {
            continue;
        }
        let outdated = kind.outdated.iter().find(|(old, _)| old == key && holder.is_empty()).map(|(_, new)| new.as_str());
        let meant = outdated.or_else(|| nearest(key, names()));
        let left_out = meant.and_then(|meant| known.iter().find(|one| one.name == meant && value.get(meant).is_none()));
        let default = left_out.and_then(|parameter| parameter.default.as_ref());
        found.push(Stray { entry, holder: holder.clone(), meant, known: names().collect(), default });
    }
}

fn below<'a>(kind: &'a StageKind, parameter: &'a Parameter, value: &'a Value, path: String, found: &mut Vec<Stray<'a>>) {
    match (&parameter.items, &value.data) {
        (Some(items), Data::Array(list)) => {
            for (number, item) in list.iter().enumerate() {
                below(kind, items, item, format!("{path}[{number}]"), found);
            }
        }
        _ if !parameter.properties.is_empty() => level(kind, &parameter.properties, value, path, found),
        _ => {}
    }
}

fn join(holder: &str, key: &str) -> String {
    if holder.is_empty() { key.to_owned() } else { format!("{holder}.{key}") }
}
