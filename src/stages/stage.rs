//! A stage as the catalogue has it.

use crate::definitions::{Data, Value};
use crate::extractors::{Confidence, Parameter};

/// A stage, as catalogued.
#[derive(Debug)]
pub struct StageKind {
    /// Its id.
    pub id: String,
    /// What it does, in a sentence.
    pub description: String,
    /// Where the facts come from.
    pub source: String,
    /// How sure they are.
    pub confidence: Confidence,
    /// What kind of stage it is: `filter`, `sort`, `reduce`, `apply` or `enrich`.
    pub category: Option<String>,
    /// How dear it is.
    pub cost: Option<Cost>,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// The parameters that must be set.
    pub required: Vec<String>,
    /// Whether it may take parameters that the catalogue does not name.
    pub has_more_parameters: bool,
    /// Parameters that older documents use, each with the one that took its place; an empty text where none did.
    pub outdated: Vec<(String, String)>,
    /// What holds between its parameters.
    pub rules: Vec<StageRule>,
    /// Fields that it writes whatever its parameters are.
    pub adds: Vec<String>,
    start: Value,
    effect: Option<Value>,
}

/// How dear a stage is. The service has such classes; which stage is in which is deduced from its descriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cost {
    /// It looks at what is there.
    Cheap,
    /// It asks an index or a database.
    Moderate,
    /// It asks a model or somebody else's service for each document.
    Expensive,
}

/// Whether a stage finds documents by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// It does.
    Always,
    /// Only as the first stage.
    First,
    /// It works on what earlier stages found.
    Never,
}

/// What holds between the parameters of a stage.
#[derive(Debug)]
pub struct StageRule {
    /// What kind of rule it is; `holds.rs` has one arm for each.
    pub kind: String,
    /// What it says when it is broken, with `{is}` and the like for what is found.
    pub text: String,
    /// What to write instead.
    pub help: String,
    /// How bad it is to break it: `error`, `warning` or `info`.
    pub severity: String,
    /// How sure this is.
    pub confidence: Confidence,
    /// The whole entry.
    pub details: Value,
}

impl StageKind {
    pub(super) fn read(file: &Value) -> Option<StageKind> {
        let text = |key: &str| file.get(key).and_then(Value::as_str).map(str::to_owned);
        let entries = |key: &str| file.get(key).into_iter().flat_map(Value::entries);
        let confidence = Confidence::parse(file.get("confidence").and_then(Value::as_str));
        let parameters = entries("parameters").map(|entry| {
            let mut parameter = Parameter::read(&entry.key.value, &entry.value);
            parameter.confidence = confidence;
            parameter
        });
        Some(StageKind {
            id: text("id")?,
            description: text("description").unwrap_or_default(),
            source: text("source").unwrap_or_default(),
            confidence,
            category: text("category"),
            cost: match text("cost").as_deref() {
                Some("cheap") => Some(Cost::Cheap),
                Some("moderate") => Some(Cost::Moderate),
                Some("expensive") => Some(Cost::Expensive),
                _ => None,
            },
            parameters: parameters.collect(),
            required: strings(file.get("required")),
            has_more_parameters: file.get("parameters_complete").and_then(Value::as_bool) == Some(false),
            outdated: entries("outdated_parameters").map(|entry| (entry.key.value.to_string(), entry.value.shown())).collect(),
            rules: file.get("rules").into_iter().flat_map(Value::items).filter_map(StageRule::read).collect(),
            adds: strings(file.get("adds")),
            start: file.get("starts_pipeline").cloned().unwrap_or(Value { span: file.span, data: Data::Null }),
            effect: file.get("effect").cloned(),
        })
    }

    /// The parameter of this name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// Whether it finds documents by itself, when its parameters are set like this.
    pub fn start(&self, parameters: Option<&Value>) -> Start {
        match &self.start.data {
            Data::Bool(true) => Start::Always,
            Data::String(_) => Start::First,
            Data::Object(_) => {
                let with = self.start.get("with").and_then(Value::as_str).unwrap_or_default();
                let is_set = parameters.and_then(|parameters| parameters.get(with)).is_some_and(|value| value.data != Data::Null);
                if is_set { Start::Always } else { Start::Never }
            }
            _ => Start::Never,
        }
    }

    /// Whether the documents that leave it may have other fields than those that came in, when its parameters are set like this.
    pub fn replaces(&self, parameters: Option<&Value>, is_first: bool) -> bool {
        let Some(effect) = &self.effect else { return false };
        let setting = |name: &str| {
            let set = parameters.and_then(|parameters| parameters.get(name)).filter(|value| value.data != Data::Null);
            set.or_else(|| self.parameter(name)?.default.as_ref())
        };
        let conditions = |key: &str| effect.get(key).into_iter().flat_map(Value::entries);
        let names = |key: &str| effect.get(key).and_then(Value::as_str);
        let has = |name: &str| setting(name).is_some();
        let is_met = |name: &str, wanted: &Value| setting(name) == Some(wanted);
        conditions("when").all(|entry| setting(&entry.key.value).is_none() || is_met(&entry.key.value, &entry.value))
            && !conditions("unless").any(|entry| is_met(&entry.key.value, &entry.value))
            && names("unless_set").is_none_or(|name| !has(name))
            && names("when_set").is_none_or(has)
            && (effect.get("when_first").is_none() || is_first)
    }

    /// The first parts of the fields that it writes, when its parameters are set like this.
    pub fn writes(&self, parameters: Option<&Value>) -> Vec<String> {
        let mut written = self.adds.clone();
        for parameter in self.parameters.iter().filter(|parameter| parameter.role.as_deref() == Some("written_field")) {
            let set = parameters.and_then(|parameters| parameters.get(&parameter.name)).and_then(Value::as_str);
            written.extend(set.or_else(|| parameter.default.as_ref()?.as_str()).map(str::to_owned));
        }
        // Fields inside of lists and objects, such as those that a taxonomy gives.
        let inner = parameters.into_iter().flat_map(|parameters| super::roles(self, parameters));
        let inner = inner.filter(|at| at.role == super::Role::WrittenField && at.path.contains(['.', '[']));
        written.extend(inner.filter_map(|at| at.value.as_str().map(str::to_owned)));
        written.iter().map(|name| name.split('.').next().unwrap_or_default().to_owned()).collect()
    }
}

impl StageRule {
    fn read(entry: &Value) -> Option<StageRule> {
        let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(StageRule {
            kind: text("kind")?,
            text: text("text")?,
            help: text("help")?,
            severity: text("severity")?,
            confidence: Confidence::parse(entry.get("confidence").and_then(Value::as_str)),
            details: entry.clone(),
        })
    }

    /// A text of the entry.
    pub(super) fn detail(&self, key: &str) -> &str {
        self.details.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// The values of a list in the entry; nothing when it has none.
    pub(super) fn values(&self, key: &str) -> Option<&[Value]> {
        self.details.get(key).map(Value::items)
    }
}

fn strings(list: Option<&Value>) -> Vec<String> {
    list.into_iter().flat_map(Value::items).filter_map(|item| item.as_str().map(str::to_owned)).collect()
}
