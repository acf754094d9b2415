//! Plans in the shape of the service's answer to a collection. A key whose value is not known is left out.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::definitions::{
    ApplicationKind, Collection, Data, FeatureExtractor, Field, FieldPassthrough, Fields, SourceKind, Value,
};
use crate::plan::{Note, Plan, Planned};
use crate::workspace::{CollectionId, Link, Vector};

/// Lineages that are longer than this are left out, for each of their entries has a schema.
const LONGEST_LINEAGE: usize = 64;

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    collection_id: Option<&'a str>,
    collection_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    input_schema: Option<Schema<'a>>,
    output_schema: Schema<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feature_extractor: Option<Extractor<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_bucket_schemas: Option<BTreeMap<&'a str, Schema<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_lineage: Option<Vec<LineageEntry<'a>>>,
    vector_indexes: Vec<VectorIndex<'a>>,
    payload_indexes: Vec<Plain<'a>>,
    enabled: bool,
    taxonomy_applications: Vec<TaxonomyApplication<'a>>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct LineageEntry<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    source_config: Option<Source<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feature_extractor: Option<Extractor<'a>>,
    output_schema: Schema<'a>,
}

#[derive(Serialize, Default)]
struct Source<'a> {
    r#type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bucket_ids: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_namespace_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    collection_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    collection_ids: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_filters: Option<Plain<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    field_map: BTreeMap<&'a str, Vec<Passthrough<'a>>>,
}

#[derive(Serialize)]
struct Extractor<'a> {
    feature_extractor_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    params: Option<Plain<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameters: Option<Plain<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    input_mappings: Option<BTreeMap<&'a str, Mapped<'a>>>,
    field_passthrough: Vec<Passthrough<'a>>,
    include_all_source_fields: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    feature_extractor_id: Option<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Mapped<'a> {
    One(&'a str),
    Several(Vec<&'a str>),
}

#[derive(Serialize)]
struct Passthrough<'a> {
    source_path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<Plain<'a>>,
    required: bool,
}

#[derive(Serialize)]
struct VectorIndex<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feature_uri: Option<&'a str>,
    r#type: &'static str,
    index: Index<'a>,
}

#[derive(Serialize)]
struct Index<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dimensions: Option<u64>,
    r#type: &'a str,
    distance: &'a str,
}

#[derive(Serialize)]
struct TaxonomyApplication<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    taxonomy_id: Option<&'a str>,
}

#[derive(Serialize)]
struct Schema<'a> {
    properties: Properties<'a>,
}

/// Fields, in their order.
struct Properties<'a>(Vec<&'a Field>);

/// A value as it is written.
struct Plain<'a>(&'a Value);

/// Writes a list with an answer for each collection.
pub(super) fn json(plan: &Plan<'_>, out: &mut dyn Write) -> io::Result<()> {
    // One by one: the lineages of many collections are long.
    let mut list = serde_json::Serializer::pretty(&mut *out);
    let mut answers = list.serialize_seq(None)?;
    for planned in plan.asked() {
        answers.serialize_element(&answer(plan, planned))?;
    }
    SerializeSeq::end(answers)?;
    writeln!(out)
}

fn answer<'a>(plan: &'a Plan<'_>, planned: &'a Planned<'_>) -> Answer<'a> {
    let collection = planned.collection;
    let taxonomies = collection.applications.iter().filter(|application| application.kind == ApplicationKind::Taxonomy);
    let chain = plan.lineage(planned.id).filter(|chain| chain.len() <= LONGEST_LINEAGE);
    let entries = |chain: Vec<CollectionId>| chain.into_iter().filter_map(|id| plan.planned(id)).map(lineage_entry).collect();
    Answer {
        collection_id: collection.origin.id.as_ref().map(|id| id.value.as_str()),
        collection_name: collection.origin.name(),
        input_schema: planned.input.map(|schema| fields(&schema.fields)),
        output_schema: output(planned),
        feature_extractor: only_extractor(collection),
        source: source(collection),
        source_bucket_schemas: bucket_schemas(plan, planned),
        source_lineage: chain.map(entries),
        vector_indexes: planned.vectors.iter().map(vector_index).collect(),
        payload_indexes: planned.payload_indexes.iter().map(|index| Plain(&index.entry)).collect(),
        enabled: collection.is_enabled,
        taxonomy_applications: taxonomies
            .map(|application| TaxonomyApplication { taxonomy_id: application.id.as_ref().map(|id| id.value.as_str()) })
            .collect(),
        warnings: warnings(planned),
    }
}

/// What is not known, of the collection and of its fields and vectors.
fn warnings(planned: &Planned<'_>) -> Vec<String> {
    let fields = planned.fields.iter().filter_map(|planned| match &planned.note {
        Some(Note::Doubt(doubt)) => Some(format!("The field `{}`: {doubt}.", planned.field.name)),
        Some(Note::Optional) | None => None,
    });
    let vectors = planned.vectors.iter().flat_map(|vector| {
        let name = vector.name.as_deref().or(vector.short_name()).unwrap_or("a vector");
        vector.doubts.iter().map(move |doubt| format!("The index of `{name}`: {doubt}."))
    });
    planned.unknown.iter().cloned().chain(fields).chain(vectors).collect()
}

fn lineage_entry<'a>(planned: &'a Planned<'_>) -> LineageEntry<'a> {
    let collection = planned.collection;
    LineageEntry {
        source_config: source(collection),
        feature_extractor: only_extractor(collection),
        output_schema: output(planned),
    }
}

fn output<'a>(planned: &'a Planned<'_>) -> Schema<'a> {
    Schema { properties: Properties(planned.fields.iter().map(|planned| planned.field.as_ref()).collect()) }
}

/// Of a name that is declared twice, the last one counts.
fn fields(fields: &Fields) -> Schema<'_> {
    let counts = |field: &&Arc<Field>| fields.get(&field.name).is_some_and(|last| Arc::ptr_eq(last, field));
    Schema { properties: Properties(fields.iter().filter(counts).map(AsRef::as_ref).collect()) }
}

/// The answer has room for one extractor, as collections have had since bodies with several are outdated.
fn only_extractor(collection: &Collection) -> Option<Extractor<'_>> {
    let [used] = &collection.extractors[..] else { return None };
    Some(extractor(used)).filter(|extractor| !extractor.feature_extractor_name.is_empty())
}

fn extractor(used: &FeatureExtractor) -> Extractor<'_> {
    let name = used.name.as_ref().map_or("", |name| &name.value);
    let version = used.version.as_ref().map(|version| version.value.as_str());
    Extractor {
        feature_extractor_name: name,
        version,
        params: used.params.as_ref().map(Plain),
        parameters: used.parameters.as_ref().map(Plain),
        input_mappings: input_mappings(used),
        field_passthrough: used.field_passthrough.iter().map(passthrough).collect(),
        include_all_source_fields: used.include_all_source_fields == Some(true),
        feature_extractor_id: version.map(|version| format!("{name}_{version}")),
    }
}

/// Nothing when an input is fed by something else than paths.
fn input_mappings(used: &FeatureExtractor) -> Option<BTreeMap<&str, Mapped<'_>>> {
    let mut by_input: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for mapping in &used.input_mappings {
        by_input.entry(&mapping.input.value).or_default().push(&mapping.path.value);
    }
    let is_all = used.inputs.iter().all(|input| by_input.contains_key(input.value.as_str()));
    let is_list = |input: &str| used.input_mappings.iter().any(|mapping| mapping.input.value == input && mapping.list.is_some());
    let mapped = by_input.into_iter().map(|(input, paths)| match paths[..] {
        [one] if !is_list(input) => (input, Mapped::One(one)),
        _ => (input, Mapped::Several(paths)),
    });
    (is_all && used.input_mappings_span.is_some()).then(|| mapped.collect())
}

fn passthrough(entry: &FieldPassthrough) -> Passthrough<'_> {
    Passthrough {
        source_path: &entry.source_path.value,
        target_path: entry.target_path.as_ref().map(|target| target.value.as_str()),
        default: entry.default.as_deref().map(Plain),
        required: entry.required.as_ref().is_some_and(|required| required.value),
    }
}

/// Nothing when what the collection reads is neither a bucket nor a collection.
fn source(collection: &Collection) -> Option<Source<'_>> {
    let source = &collection.source;
    let references: Vec<&str> = source.references.iter().map(|reference| reference.value.as_str()).collect();
    let base = Source {
        source_namespace_id: source.elsewhere.as_ref().map(|namespace| namespace.value.as_str()),
        source_filters: source.filters.as_deref().map(Plain),
        field_map: source
            .field_map
            .iter()
            .map(|map| (map.source.value.as_str(), map.fields.iter().map(passthrough).collect()))
            .collect(),
        ..Source::default()
    };
    match (source.kind, &references[..]) {
        (SourceKind::Other | SourceKind::Unreadable, _) | (_, []) => None,
        (SourceKind::Bucket, _) => Some(Source { r#type: "bucket", bucket_ids: Some(references), ..base }),
        (SourceKind::Collection, &[one]) => Some(Source { r#type: "collection", collection_id: Some(one), ..base }),
        (SourceKind::Collection, _) => Some(Source { r#type: "collection", collection_ids: Some(references), ..base }),
    }
}

/// The schemas of several buckets; that of a single one is the input schema.
fn bucket_schemas<'a>(plan: &'a Plan<'_>, planned: &'a Planned<'_>) -> Option<BTreeMap<&'a str, Schema<'a>>> {
    let links = &plan.workspace.links[planned.id];
    let references = planned.collection.source.references.iter().map(|reference| reference.value.as_str());
    let schemas = references.zip(links).map(|(reference, link)| match link {
        Link::Bucket(bucket, _) => Some((reference, fields(&plan.workspace.buckets[*bucket].schema.as_ref()?.fields))),
        Link::Collection(..) | Link::None(_) => None,
    });
    if links.len() > 1 { schemas.collect() } else { None }
}

fn vector_index(vector: &Vector) -> VectorIndex<'_> {
    VectorIndex {
        name: vector.short_name(),
        feature_uri: vector.feature_uri.as_deref(),
        r#type: "single",
        index: Index {
            name: vector.name.as_deref(),
            dimensions: vector.dimensions,
            r#type: &vector.kind,
            distance: &vector.distance,
        },
    }
}

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|field| (field.name.as_str(), FieldShape(field))))
    }
}

/// A field, without its name.
struct FieldShape<'a>(&'a Field);

impl Serialize for FieldShape<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let field = self.0;
        let mut map = serializer.serialize_map(None)?;
        if !field.kind.name().is_empty() {
            map.serialize_entry("type", field.kind.name())?;
        }
        if let Some(items) = &field.items {
            map.serialize_entry("items", &FieldShape(items))?;
        }
        if let Some(below) = &field.properties {
            map.serialize_entry("properties", &fields(below).properties)?;
        }
        if let Some(declaration) = &field.declaration {
            if let Some(default) = declaration.default() {
                map.serialize_entry("default", &Plain(default))?;
            }
            if let Some(allowed) = declaration.allowed() {
                map.serialize_entry("enum", &allowed.value.iter().map(Plain).collect::<Vec<_>>())?;
            }
        }
        if field.is_required() {
            map.serialize_entry("required", &true)?;
        }
        map.end()
    }
}

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.data {
            Data::Null | Data::Invalid => serializer.serialize_unit(),
            Data::Bool(value) => serializer.serialize_bool(*value),
            Data::Number(text) => match (text.parse::<i64>(), text.parse::<f64>()) {
                (Ok(whole), _) => serializer.serialize_i64(whole),
                (_, Ok(number)) if number.is_finite() => serializer.serialize_f64(number),
                _ => serializer.serialize_str(text),
            },
            Data::String(text) => serializer.serialize_str(text),
            Data::Array(items) => serializer.collect_seq(items.iter().map(Plain)),
            Data::Object(entries) => {
                serializer.collect_map(entries.iter().map(|entry| (entry.key.value.as_str(), Plain(&entry.value))))
            }
        }
    }
}
