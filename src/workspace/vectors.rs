//! Vector indexes: their names, their feature URIs, and how many dimensions they have under the parameters that are set.

use super::{CollectionId, Workspace};
use crate::definitions::{Collection, Data, FeatureExtractor, Form, Namespace, Origin, Value};
use crate::extractors::{self, Condition, Confidence, Extractor, Output, Setting};

/// A vector index of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vector {
    /// The name that it is stored under, which is that of the field; nothing when it is not published.
    pub name: Option<String>,
    /// What retrievers call it.
    pub feature_uri: Option<String>,
    /// How many numbers it has.
    pub dimensions: Option<u64>,
    /// How two are compared.
    pub distance: String,
    /// `dense`, or `multi_dense` for several vectors a document.
    pub kind: String,
    /// The model that makes it.
    pub model: Option<String>,
    /// What keeps it from being certain, in words.
    pub doubts: Vec<String>,
    /// Whether the parameters that are set keep it from being written, or may do so.
    pub condition: Condition,
    /// How sure the catalogue is of it.
    pub confidence: Confidence,
}

/// The extractors of a collection, under the parameters that it and its namespace set.
#[derive(Debug, Clone, Copy)]
pub struct Settled<'w> {
    /// The definitions.
    pub workspace: &'w Workspace,
    /// The collection.
    pub collection: &'w Collection,
    /// Its namespace, where that is known.
    pub namespace: Option<&'w Namespace>,
}

impl Workspace {
    /// The extractors of a collection, under the parameters that are set.
    pub fn settled(&self, id: CollectionId) -> Settled<'_> {
        let collection = &self.collections[id];
        Settled { workspace: self, collection, namespace: self.namespace_of(&collection.origin) }
    }

    /// The namespace of a definition: the one that it names, or the only one that is defined.
    pub fn namespace_of(&self, origin: &Origin) -> Option<&Namespace> {
        let is_it = |namespace: &&Namespace| match &origin.namespace {
            Some(said) => {
                namespace.origin.name() == said.value || namespace.origin.id.as_ref().is_some_and(|id| id.value == said.value)
            }
            None => true,
        };
        let mut fitting = self.namespaces.iter().filter(is_it);
        let first = fitting.next()?;
        // The answer to a namespace tells of the one that the request made.
        fitting.all(|other| other.origin.name() == first.origin.name() && other.origin.form == Form::Answer).then_some(first)
    }
}

impl Vector {
    /// The last part of the feature URI, which is its short name.
    pub fn short_name(&self) -> Option<&str> {
        self.feature_uri.as_ref().and_then(|uri| uri.rsplit('/').next())
    }
}

impl<'w> Settled<'w> {
    /// Whether an extractor of the collection writes an output.
    pub fn condition(&self, used: &FeatureExtractor, output: &Output) -> Condition {
        let extractor = self.workspace.catalogue.of(used);
        extractor.map_or(Condition::Unknown, |extractor| extractor.writes(output, used, self.registered(extractor)))
    }

    /// The `params` that the namespace has registered for an extractor.
    fn registered(&self, extractor: &Extractor) -> Option<&'w Value> {
        let entries = self.namespace?.extractors.iter().flatten();
        let is_same = |version: &str| version == extractor.version;
        let mut entries = entries.filter(|entry| {
            entry.name.value == extractor.name && entry.version.as_ref().is_none_or(|version| is_same(&version.value))
        });
        entries.next()?.params.as_ref()
    }

    /// The vectors of the extractors of the collection, those among them that its parameters keep from being written.
    pub fn vectors(&self) -> Vec<Vector> {
        let mut found = Vec::new();
        for used in &self.collection.extractors {
            let Some(extractor) = self.workspace.catalogue.of(used) else { continue };
            for output in &extractor.outputs {
                let Some(vector) = &output.vector else { continue };
                let condition = self.condition(used, output);
                let doubts = if condition == Condition::Met { Vec::new() } else { vec![only_when(output)] };
                let confidence = vector.confidence.min(output.confidence);
                let mut planned = Vector { doubts, condition, confidence, ..Vector::of(vector) };
                planned.name = Some(output.field.name.to_string());
                if output.confidence == Confidence::Low || vector.confidence == Confidence::Low {
                    planned.doubts.push("not certain".to_owned());
                }
                self.adapt(&mut planned, vector, extractor, used);
                found.push(planned);
            }
            found.extend(extractor.unnamed_vectors.iter().map(|vector| Vector {
                doubts: vec!["the name that it is stored under is not published".to_owned()],
                ..Vector::of(vector)
            }));
            found.extend(ready_made(extractor, used));
        }
        found
    }

    /// Follows the parameter that picks another model or other dimensions.
    fn adapt(&self, planned: &mut Vector, vector: &extractors::Vector, extractor: &Extractor, used: &FeatureExtractor) {
        let registered = self.registered(extractor);
        let mut params = [used.params.as_ref(), registered].into_iter().flatten().flat_map(Value::entries);
        if let Some(entry) = params.find(|entry| extractor.parameter(&entry.key.value).is_none()) {
            planned.doubts.push(format!("`{}` in `params` may change it", entry.key.value));
        }
        let Some(parameter) = &vector.depends_on else { return };
        match self.setting(extractor, used, parameter) {
            Setting::Unset => {}
            Setting::Is(value) => match (value.as_str(), value.as_number()) {
                (Some(model), _) => self.use_model(planned, model, extractor),
                (None, Some(number)) if number >= 1.0 && number.fract() == 0.0 => planned.dimensions = Some(number as u64),
                _ => planned.forget(format!("`{parameter}` decides its dimensions")),
            },
            Setting::Unknown => planned.forget(format!("`{parameter}` is filled in later")),
        }
    }

    fn setting<'a>(&'a self, extractor: &'a Extractor, used: &'a FeatureExtractor, parameter: &str) -> Setting<'a> {
        extractor.setting(used, self.registered(extractor), parameter)
    }

    fn use_model(&self, planned: &mut Vector, name: &str, extractor: &Extractor) {
        let names = self.workspace.catalogue.names();
        let Some(model) = names.model(name) else {
            planned.forget(format!("the model `{name}` is not in the catalogue"));
            return;
        };
        if planned.model.as_deref() == Some(model.name.as_str()) {
            return;
        }
        planned.dimensions = Some(u64::from(model.dimensions));
        planned.distance.clone_from(&model.distance);
        planned.kind.clone_from(&model.kind);
        planned.feature_uri = Some(format!("mixpeek://{}@{}/{}", extractor.name, extractor.version, model.name));
        planned.model = Some(model.name.clone());
        planned.doubts.push("its feature URI is deduced from the model".to_owned());
        if model.confidence < Confidence::High {
            planned.doubts.push("its dimensions are those of the model's own page".to_owned());
        }
    }
}

impl Vector {
    fn of(vector: &extractors::Vector) -> Vector {
        Vector {
            name: None,
            feature_uri: vector.feature_uri.clone(),
            dimensions: vector.dimensions.map(u64::from),
            distance: vector.distance.clone(),
            kind: vector.kind.clone(),
            model: vector.model.clone(),
            doubts: Vec::new(),
            condition: Condition::Met,
            confidence: vector.confidence,
        }
    }

    /// Takes back what another model would change.
    fn forget(&mut self, why: String) {
        (self.dimensions, self.feature_uri, self.model) = (None, None, None);
        self.doubts.push(why);
    }
}

/// Vectors that are in the source already, and that parameters say where.
fn ready_made<'a>(extractor: &'a Extractor, used: &'a FeatureExtractor) -> impl Iterator<Item = Vector> + 'a {
    let takes_them = extractor.parameter("vector_fields").is_some();
    let listed = used.parameters.as_ref().and_then(|parameters| parameters.get("vector_fields")).filter(|_| takes_them);
    listed.into_iter().flat_map(Value::items).filter_map(|entry| {
        let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(Vector {
            name: Some(text("name")?),
            feature_uri: None,
            dimensions: entry.get("dimensions").and_then(Value::as_number).map(|number| number as u64),
            distance: text("distance").unwrap_or_else(|| "cosine".to_owned()),
            kind: "dense".to_owned(),
            model: None,
            doubts: vec!["its feature URI is not published".to_owned()],
            condition: Condition::Met,
            confidence: Confidence::High,
        })
    })
}

/// The parameters under which an output is written, in words.
pub fn only_when(output: &Output) -> String {
    let asked: Vec<String> = output.when.iter().map(|(name, value)| format!("`{name}` is `{}`", shown(value))).collect();
    format!("only when {}", asked.join(" and "))
}

fn shown(value: &Value) -> String {
    match &value.data {
        Data::Bool(value) => value.to_string(),
        Data::Number(text) | Data::String(text) => text.to_string(),
        _ => value.describe().to_owned(),
    }
}
