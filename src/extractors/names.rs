//! Names: of extractors that documents use and the service never had, and of embedding models.

use super::Confidence;
use super::read::{confidence, flag, list, names, number, sentence, text};
use crate::definitions::Value;

/// What the catalogue knows besides extractors.
#[derive(Debug, Default)]
pub struct Names {
    /// Names of extractors that documents use and the service never had.
    pub never_existed: Vec<NeverExisted>,
    /// The models that make vectors.
    pub models: Vec<Model>,
    /// The keys of features that are published; there are more.
    pub feature_keys: Vec<String>,
}

/// The name of an extractor that the service never had.
#[derive(Debug)]
pub struct NeverExisted {
    /// The name.
    pub name: String,
    /// The extractors that do what it promises.
    pub instead: Vec<String>,
    /// The parameter that makes them do it, with its value where one is needed.
    pub parameter: Option<(String, Option<String>)>,
    /// Why there is none, in a sentence.
    pub note: Option<String>,
    /// Whether documents use it as the example name of a custom plugin, so that a repository may really have one.
    pub is_example: bool,
    /// How sure this is.
    pub confidence: Confidence,
}

/// A model that makes vectors.
#[derive(Debug)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// Other spellings of its name.
    pub aliases: Vec<String>,
    /// How many numbers its vectors have.
    pub dimensions: u32,
    /// The parameter that gives them another number.
    pub depends_on: Option<String>,
    /// `dense` or `multi_dense`.
    pub kind: String,
    /// How two vectors are compared.
    pub distance: String,
    /// How sure this is.
    pub confidence: Confidence,
}

impl Names {
    pub(super) fn read(file: &Value) -> Names {
        let known = file.get("feature_keys").map(|keys| names(keys, "known"));
        Names {
            never_existed: list(file, "never_existed").filter_map(NeverExisted::read).collect(),
            models: list(file, "embedding_models").filter_map(Model::read).collect(),
            feature_keys: known.unwrap_or_default(),
        }
    }

    /// The model that is called this, by any of its spellings.
    pub fn model(&self, name: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.name == name || model.aliases.iter().any(|alias| alias == name))
    }
}

impl NeverExisted {
    fn read(value: &Value) -> Option<NeverExisted> {
        Some(NeverExisted {
            name: sentence(value, "name")?,
            instead: names(value, "suggest"),
            parameter: sentence(value, "parameter").map(|parameter| (parameter, sentence(value, "value"))),
            note: sentence(value, "note"),
            is_example: flag(value, "placeholder"),
            confidence: confidence(value, "confidence"),
        })
    }
}

impl Model {
    fn read(value: &Value) -> Option<Model> {
        Some(Model {
            name: sentence(value, "name")?,
            aliases: names(value, "aliases"),
            dimensions: number(value, "dimensions")? as u32,
            depends_on: sentence(value, "depends_on"),
            kind: text(value, "type"),
            distance: text(value, "distance"),
            confidence: confidence(value, "confidence"),
        })
    }
}
