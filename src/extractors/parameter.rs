//! Parameters of extractors, and what holds between them.

use super::Confidence;
use super::read::{confidence, flag, list, names, number, sentence, text};
use crate::definitions::Value;

/// A parameter, or a part of one: an item of its list, a key of its object.
#[derive(Debug)]
pub struct Parameter {
    /// Its name; empty for the items of a list.
    pub name: String,
    /// The JSON types it may have: `string`, `integer`, `number`, `boolean`, `array`, `object`.
    pub types: Vec<String>,
    /// The values it may have, when they are closed.
    pub allowed: Vec<Value>,
    /// The one value it may have.
    pub only: Option<Value>,
    /// Values that documents use, when others may be taken too.
    pub known: Vec<String>,
    /// The least number.
    pub minimum: Option<f64>,
    /// The greatest number.
    pub maximum: Option<f64>,
    /// The least number of items in a list, or of characters in a string.
    pub shortest: Option<f64>,
    /// The greatest number of them.
    pub longest: Option<f64>,
    /// The regular expression that a string matches.
    pub pattern: Option<String>,
    /// What the service takes when it is not set.
    pub default: Option<Value>,
    /// Whether it may be null.
    pub is_nullable: bool,
    /// What its list holds.
    pub items: Option<Box<Parameter>>,
    /// The keys of its object, when they are known.
    pub properties: Vec<Parameter>,
    /// The keys that its object must have.
    pub required: Vec<String>,
    /// What its text stands for, such as `field` or `collection`; only parameters of stages say so.
    pub role: Option<String>,
    /// Whether the field that it names needs an index.
    pub needs_index: bool,
    /// Something worth knowing, in a sentence.
    pub note: Option<String>,
    /// Where it is from.
    pub source: String,
    /// How sure this is.
    pub confidence: Confidence,
}

impl Parameter {
    /// The parameter that an entry of a catalogue describes.
    pub fn read(name: &str, value: &Value) -> Parameter {
        let properties = value.get("properties").into_iter().flat_map(Value::entries);
        Parameter {
            name: name.to_owned(),
            types: sentence(value, "type").map_or_else(|| names(value, "type"), |one| vec![one]),
            allowed: list(value, "enum").cloned().collect(),
            only: value.get("const").cloned(),
            known: names(value, "known_values"),
            minimum: number(value, "minimum"),
            maximum: number(value, "maximum"),
            shortest: number(value, "min_length"),
            longest: number(value, "max_length"),
            pattern: sentence(value, "pattern"),
            default: value.get("default").cloned(),
            is_nullable: flag(value, "nullable"),
            items: value.get("items").map(|items| Box::new(Parameter::read("", items))),
            properties: properties.map(|entry| Parameter::read(&entry.key.value, &entry.value)).collect(),
            required: names(value, "required"),
            role: sentence(value, "role"),
            needs_index: flag(value, "needs_index"),
            note: sentence(value, "note"),
            source: text(value, "source"),
            confidence: confidence(value, "confidence"),
        }
    }
}

/// What holds between parameters, or what is worth knowing of one.
#[derive(Debug)]
pub struct ParameterRule {
    /// What kind of rule it is: `less_than`, `needs`, `used_only_when`, `unused_when`, `values`, `unique`, `regex`, ….
    pub kind: String,
    /// The parameter that it is about.
    pub parameter: String,
    /// The whole entry, for what only its kind has.
    pub details: Value,
    /// What it says, in a sentence.
    pub text: String,
    /// How bad it is to break it: `error`, `warning` or `info`.
    pub severity: String,
    /// How sure this is.
    pub confidence: Confidence,
}

impl ParameterRule {
    pub(super) fn read(value: &Value) -> Option<ParameterRule> {
        Some(ParameterRule {
            kind: sentence(value, "kind")?,
            parameter: sentence(value, "parameter")?,
            details: value.clone(),
            text: text(value, "text"),
            severity: text(value, "severity"),
            confidence: confidence(value, "confidence"),
        })
    }
}
