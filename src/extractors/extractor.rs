//! An extractor version as the catalogue has it: what it takes, what it gives, and how sure each fact is.

use std::sync::Arc;

use super::parameter::{Parameter, ParameterRule};
use super::read::{confidence, flag, list, names, number, sentence, text};
use crate::definitions::{Field, FieldType, Value};

/// An extractor version, as catalogued.
#[derive(Debug)]
pub struct Extractor {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it does, in a sentence.
    pub description: String,
    /// Where the facts come from.
    pub source: String,
    /// How sure it is that it exists.
    pub confidence: Confidence,
    /// How sure it is that it exists in this version.
    pub version_confidence: Confidence,
    /// Whether the service no longer has it.
    pub is_removed: bool,
    /// The extractors to use in its place, when it is removed.
    pub replacements: Vec<Replacement>,
    /// What it takes.
    pub inputs: Vec<Input>,
    /// Whether it may take inputs that the catalogue does not name.
    pub has_more_inputs: bool,
    /// Which inputs must be fed, where that is known.
    pub requirement: Option<Requirement>,
    /// Names that documents use for its inputs, each with the inputs that were perhaps meant.
    pub input_aliases: Vec<(String, Vec<String>)>,
    /// The fields that it writes into its documents, some of them only under some parameters.
    pub outputs: Vec<Output>,
    /// Vectors that it writes into fields whose names are not published.
    pub unnamed_vectors: Vec<Vector>,
    /// Whether it may write fields that the catalogue does not name.
    pub has_more_outputs: bool,
    /// The parameters that make it write fields whose names only they know.
    pub outputs_depend_on: Vec<String>,
    /// Whether the sources disagree on whether it passes all source fields on without being told to.
    pub may_pass_all_source_fields: bool,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Whether it may take parameters that the catalogue does not name.
    pub has_more_parameters: bool,
    /// What holds between its parameters.
    pub parameter_rules: Vec<ParameterRule>,
    /// Parameters that documents use and that it never had, each with the one to use in its place.
    pub undeclared_parameters: Vec<(String, Option<String>)>,
    /// The feature URIs that retrievers use for its vectors.
    pub feature_uris: Vec<String>,
    /// Whether it is not ours: a repository's own catalogue has it, and says all that there is to say.
    pub is_own: bool,
}

/// An extractor to use in the place of a removed one.
#[derive(Debug)]
pub struct Replacement {
    /// The input of the removed extractor that it takes over.
    pub input: String,
    /// Its name.
    pub extractor: String,
}

/// How sure a fact is. What is low never causes an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// A guess, or sources that contradict each other.
    Low,
    /// Deduced, or told by one source only.
    Medium,
    /// Told by the service's own published models.
    High,
}

impl Confidence {
    /// The confidence of this name; what does not say so is not sure.
    pub fn parse(name: Option<&str>) -> Confidence {
        match name {
            Some("high") => Confidence::High,
            Some("medium") => Confidence::Medium,
            _ => Confidence::Low,
        }
    }

    /// The confidence in one word.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
}

/// An input of an extractor.
#[derive(Debug)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// The types of fields that it is made for.
    pub accepts: Vec<String>,
    /// The types that it can make do with, such as a string that holds the address of an image.
    pub tolerates: Vec<String>,
    /// Whether it must be fed.
    pub is_required: bool,
    /// Whether it takes several fields, or a list.
    pub takes_several: bool,
    /// The parameter that gives it another name.
    pub named_by: Option<String>,
    /// Inputs without which it means nothing.
    pub only_with: Vec<String>,
    /// How sure this is.
    pub confidence: Confidence,
    /// Where it is from.
    pub source: String,
}

/// Which inputs must be fed.
#[derive(Debug)]
pub struct Requirement {
    /// All of these.
    pub all_of: Vec<String>,
    /// And, when there are any, at least one of these.
    pub any_of: Vec<String>,
    /// How sure this is.
    pub confidence: Confidence,
}

/// A field that an extractor writes.
#[derive(Debug)]
pub struct Output {
    /// The field; it is declared nowhere.
    pub field: Arc<Field>,
    /// What it holds, in a few words.
    pub description: String,
    /// Whether every document has it.
    pub is_always_written: bool,
    /// The parameters that must have these values for it to be written.
    pub when: Vec<(String, Value)>,
    /// The vector in it.
    pub vector: Option<Vector>,
    /// How sure this is.
    pub confidence: Confidence,
}

/// A vector that an extractor writes.
#[derive(Debug, Clone)]
pub struct Vector {
    /// How many numbers it has.
    pub dimensions: Option<u32>,
    /// How two are compared: `cosine`, ….
    pub distance: String,
    /// `dense`, or `multi_dense` for several vectors a document.
    pub kind: String,
    /// The model that makes it.
    pub model: Option<String>,
    /// The feature URI that retrievers use for it.
    pub feature_uri: Option<String>,
    /// The parameter that gives it another model or other dimensions.
    pub depends_on: Option<String>,
    /// How sure this is.
    pub confidence: Confidence,
}

impl Extractor {
    /// The extractor that a file of the catalogue describes; `None` when it has no name and version.
    pub(super) fn read(file: &Value) -> Option<Extractor> {
        let pairs = |key: &str| file.get(key).into_iter().flat_map(Value::entries);
        Some(Extractor {
            name: sentence(file, "name")?,
            version: sentence(file, "version")?,
            description: text(file, "description"),
            source: text(file, "source"),
            confidence: confidence(file, "confidence"),
            version_confidence: confidence(file, "version_confidence"),
            is_removed: file.get("status").and_then(Value::as_str) == Some("removed"),
            replacements: list(file, "replacement").filter_map(Replacement::read).collect(),
            inputs: list(file, "inputs").filter_map(Input::read).collect(),
            has_more_inputs: !flag(file, "inputs_complete"),
            requirement: file.get("input_requirement").filter(|value| !value.entries().is_empty()).map(Requirement::read),
            input_aliases: pairs("input_aliases").map(|pair| (pair.key.value.to_string(), strings(&pair.value))).collect(),
            outputs: list(file, "outputs").filter_map(Output::read).collect(),
            unnamed_vectors: list(file, "unnamed_vectors").map(Vector::read).collect(),
            has_more_outputs: !flag(file, "outputs_complete"),
            outputs_depend_on: names(file, "outputs_depend_on"),
            may_pass_all_source_fields: file.get("copies_source_fields").is_some(),
            parameters: pairs("parameters").map(|pair| Parameter::read(&pair.key.value, &pair.value)).collect(),
            has_more_parameters: false,
            parameter_rules: list(file, "parameter_rules").filter_map(ParameterRule::read).collect(),
            undeclared_parameters: list(file, "undeclared_parameters")
                .filter_map(|entry| Some((sentence(entry, "name")?, sentence(entry, "instead"))))
                .collect(),
            feature_uris: names(file, "feature_uris"),
            is_own: false,
        })
    }

    /// The input of this name.
    pub fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.iter().find(|input| input.name == name)
    }

    /// The parameter of this name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// The name and version together, as the service writes them: `text_extractor_v1`.
    pub fn id(&self) -> String {
        format!("{}_{}", self.name, self.version)
    }
}

impl Replacement {
    fn read(value: &Value) -> Option<Replacement> {
        Some(Replacement { input: sentence(value, "input")?, extractor: sentence(value, "extractor")? })
    }
}

impl Input {
    fn read(value: &Value) -> Option<Input> {
        Some(Input {
            name: sentence(value, "name")?,
            accepts: names(value, "accepts"),
            tolerates: names(value, "tolerates"),
            is_required: flag(value, "required"),
            takes_several: flag(value, "multiple"),
            named_by: sentence(value, "name_from_parameter"),
            only_with: value.get("only_with").map(strings).unwrap_or_default(),
            confidence: confidence(value, "confidence"),
            source: text(value, "source"),
        })
    }
}

impl Input {
    /// Whether a field of this type can feed it; of a type that nothing is known of, that cannot be denied,
    /// nor of an input of which no types are known.
    pub fn fits(&self, kind: &FieldType) -> bool {
        let is_listed = |name: &str| self.accepts.iter().chain(&self.tolerates).any(|listed| listed == name);
        self.accepts.is_empty() || matches!(kind, FieldType::Unknown(_)) || is_listed(kind.name())
    }
}

impl Requirement {
    fn read(value: &Value) -> Requirement {
        let confidence = confidence(value, "confidence");
        Requirement { all_of: names(value, "all_of"), any_of: names(value, "any_of"), confidence }
    }
}

impl Output {
    /// What an object holds is not catalogued, so it is open.
    fn read(value: &Value) -> Option<Output> {
        let kind = FieldType::parse(&text(value, "type"));
        let when = value.get("when").into_iter().flat_map(Value::entries);
        Some(Output {
            field: Arc::new(Field::undeclared(&sentence(value, "name")?, None, kind)),
            description: text(value, "description"),
            is_always_written: flag(value, "always"),
            when: when.map(|entry| (entry.key.value.to_string(), entry.value.clone())).collect(),
            vector: value.get("vector").filter(|vector| !vector.entries().is_empty()).map(Vector::read),
            confidence: confidence(value, "confidence"),
        })
    }
}

impl Vector {
    /// A vector as the service tells it.
    pub(super) fn read_sure(index: &Value, feature_uri: Option<String>) -> Vector {
        let model = sentence(index, "inference_service_id").or_else(|| sentence(index, "inference_name"));
        Vector { model, feature_uri, confidence: Confidence::High, ..Vector::read(index) }
    }

    fn read(value: &Value) -> Vector {
        Vector {
            dimensions: number(value, "dimensions").map(|dimensions| dimensions as u32),
            distance: text(value, "distance"),
            kind: text(value, "type"),
            model: sentence(value, "model"),
            feature_uri: sentence(value, "feature_uri"),
            depends_on: sentence(value, "depends_on"),
            confidence: confidence(value, "confidence"),
        }
    }
}

fn strings(value: &Value) -> Vec<String> {
    let one = value.as_str().map(str::to_owned);
    one.into_iter().chain(value.items().iter().filter_map(|item| item.as_str().map(str::to_owned))).collect()
}
