//! Collections: a source, and the feature extractors that run over it.

use super::{Form, Origin, Schema, strings};
use crate::syntax::{Kind, Node};
use crate::text::{Span, Spanned};

/// A collection.
#[derive(Debug)]
pub struct Collection {
    /// Where it is written, and what it is called.
    pub origin: Origin,
    /// What it reads.
    pub source: Source,
    /// The schema that it says its source has.
    pub input_schema: Option<Schema>,
    /// The extractors it runs: one today, any number in the oldest bodies.
    pub extractors: Vec<FeatureExtractor>,
    /// The schema of its documents, in an answer.
    pub output_schema: Option<Schema>,
    /// Whether something other than its extractors writes fields into its documents, so that their names are not known here.
    pub is_enriched: bool,
}

/// What a collection reads.
#[derive(Debug)]
pub struct Source {
    /// The whole `source`, or its key's absence.
    pub span: Option<Span>,
    /// What kind of thing it reads.
    pub kind: SourceKind,
    /// The names or ids of what it reads, as written.
    pub references: Vec<Spanned<String>>,
    /// Whether what it reads lies in another namespace.
    pub is_elsewhere: bool,
    /// Of each source that has one: which fields it gives, and under which names.
    pub field_map: Vec<FieldMap>,
    /// The key `field_map`.
    pub field_map_span: Option<Span>,
    /// Whether it names things of the other kind than its `type` says.
    pub is_contradictory: bool,
}

/// The fields that one of several sources gives.
#[derive(Debug)]
pub struct FieldMap {
    /// The source, as written.
    pub source: String,
    /// The fields.
    pub fields: Vec<FieldPassthrough>,
}

/// What kind of thing a collection reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// One bucket, or several.
    Bucket,
    /// One collection, or several.
    Collection,
    /// Something else that the platform feeds.
    Other,
    /// Something that could not be read.
    Unreadable,
}

/// A feature extractor as a collection uses it.
#[derive(Debug)]
pub struct FeatureExtractor {
    /// The whole object.
    pub span: Span,
    /// Its name.
    pub name: Option<Spanned<String>>,
    /// Its version.
    pub version: Option<Spanned<String>>,
    /// Which source field feeds which input: one entry for each path.
    pub input_mappings: Vec<InputMapping>,
    /// Where the input mappings stand.
    pub input_mappings_span: Option<Span>,
    /// The source fields that are passed on to the documents.
    pub field_passthrough: Vec<FieldPassthrough>,
    /// Where the passthrough stands.
    pub field_passthrough_span: Option<Span>,
    /// Whether all source fields are passed on, where that is said.
    pub include_all_source_fields: Option<bool>,
    /// The names of the parameters that are set.
    pub parameters: Vec<String>,
}

/// One path that feeds an extractor's input.
#[derive(Debug)]
pub struct InputMapping {
    /// The input.
    pub input: String,
    /// The path of the source field.
    pub path: Spanned<String>,
}

/// A source field that is passed on.
#[derive(Debug)]
pub struct FieldPassthrough {
    /// The path of the source field.
    pub source_path: Spanned<String>,
    /// The name in the documents, when it is not the path's last segment.
    pub target_path: Option<Spanned<String>>,
    /// Whether a value is given for documents whose source lacks the field.
    pub has_default: bool,
}

impl FieldPassthrough {
    /// The name that the field has in the documents, and where that name is written.
    pub fn output(&self) -> (&str, Span) {
        match &self.target_path {
            Some(target) => (&target.value, target.span),
            None => {
                let path = self.source_path.value.as_str();
                (path.rsplit_once('.').map_or(path, |(_, last)| last), self.source_path.span)
            }
        }
    }
}

/// What writes fields besides the extractors.
const ENRICHMENTS: [&str; 5] =
    ["features", "retriever_transform", "retriever_enrichments", "taxonomy_applications", "cluster_applications"];

impl Collection {
    pub(super) fn lower(node: Node<'_>, form: Form) -> Collection {
        let extractors = match (node.get("feature_extractor"), node.get("feature_extractors")) {
            (Some(one), _) if one.is_object() => vec![FeatureExtractor::lower(one)],
            (Some(many), _) | (None, Some(many)) => {
                many.items().filter(|item| item.is_object()).map(FeatureExtractor::lower).collect()
            }
            (None, None) => Vec::new(),
        };
        let schema = |key: &str| node.member(key).and_then(Schema::lower);
        let filled = |key: &str| node.get(key).is_some_and(|value| value.kind() != Kind::Null && is_filled(value));
        Collection {
            origin: Origin::new(node, form, "collection_name", "collection_id"),
            source: Source::lower(node.get("source")),
            input_schema: schema("input_schema"),
            output_schema: schema("output_schema"),
            is_enriched: extractors.is_empty() || ENRICHMENTS.iter().any(|key| filled(key)),
            extractors,
        }
    }
}

fn is_filled(value: Node<'_>) -> bool {
    value.kind() != Kind::Array || value.items().next().is_some()
}

impl Source {
    /// Which fields of the source at `index` are given, when a field map says so.
    pub fn field_map_of(&self, index: usize) -> Option<&[FieldPassthrough]> {
        let source = bare(&self.references.get(index)?.value);
        self.field_map.iter().find(|map| bare(&map.source) == source).map(|map| &map.fields[..])
    }

    fn lower(node: Option<Node<'_>>) -> Source {
        let node = node.filter(|node| node.kind() != Kind::Null);
        let get = |keys: &[&str]| node.and_then(|node| keys.iter().find_map(|key| node.get(key)));
        let buckets = get(&["bucket_ids", "bucket_id", "buckets", "bucket", "bucket_names", "bucket_name"]);
        let collections =
            get(&["collection_ids", "collection_id", "collections", "collection", "collection_names", "collection_name"]);
        let said = get(&["type"]).and_then(Node::as_str).map(str::to_ascii_lowercase);
        let kind = match said.as_deref() {
            Some("bucket") => SourceKind::Bucket,
            Some("collection") => SourceKind::Collection,
            Some(_) => SourceKind::Other,
            None if node.is_some_and(|node| node.kind() == Kind::Invalid) => SourceKind::Unreadable,
            None if node.is_some_and(|node| !node.is_object()) => SourceKind::Other,
            None if collections.is_some() && buckets.is_none() => SourceKind::Collection,
            None => SourceKind::Bucket,
        };
        let references = match kind {
            SourceKind::Bucket => buckets,
            SourceKind::Collection => collections,
            SourceKind::Other | SourceKind::Unreadable => None,
        };
        let field_map = node.and_then(|node| node.member("field_map"));
        let others = if kind == SourceKind::Collection { buckets } else { collections };
        Source {
            span: node.map(Node::span),
            kind,
            references: references.map(named).unwrap_or_default(),
            is_elsewhere: get(&["source_namespace_id"]).is_some_and(|id| id.kind() != Kind::Null),
            field_map_span: field_map.map(|member| member.key.span()),
            is_contradictory: references.is_none() && others.is_some() && kind != SourceKind::Other,
            field_map: field_map
                .into_iter()
                .flat_map(|member| member.value.members())
                .map(|member| FieldMap { source: member.key.text().to_owned(), fields: passthrough(member.value) })
                .collect(),
        }
    }
}

impl FeatureExtractor {
    fn lower(node: Node<'_>) -> FeatureExtractor {
        let text = |key: &str| node.get(key).and_then(Node::as_string);
        let mappings = node.get("input_mappings");
        let passed = node.get("field_passthrough");
        let parameters = node.get("parameters").into_iter().flat_map(Node::members);
        FeatureExtractor {
            span: node.span(),
            name: text("feature_extractor_name").or_else(|| text("name")),
            version: text("version"),
            input_mappings: mappings.map(input_mappings).unwrap_or_default(),
            input_mappings_span: mappings.map(Node::span),
            field_passthrough: passed.map(passthrough).unwrap_or_default(),
            field_passthrough_span: passed.map(Node::span),
            include_all_source_fields: node.get("include_all_source_fields").and_then(Node::as_bool),
            parameters: parameters.map(|member| member.key.text().to_owned()).collect(),
        }
    }
}

/// All forms: input to path, input to list of paths, and the list of objects with `input_key` and `path`.
fn input_mappings(node: Node<'_>) -> Vec<InputMapping> {
    let by_input = node.members().flat_map(|member| {
        strings(member.value, Node::as_string)
            .into_iter()
            .map(move |path| InputMapping { input: member.key.text().to_owned(), path })
    });
    let listed = node.items().filter_map(|item| {
        // A literal is no path, and a vector names an index of the source, not a field.
        let kind = item.get("source_type").and_then(Node::as_str).unwrap_or("payload").to_ascii_lowercase();
        let path = item.get("path").and_then(Node::as_string).filter(|_| matches!(kind.as_str(), "payload" | "blob"))?;
        Some(InputMapping { input: item.get("input_key").map_or_else(String::new, |key| key.text().to_owned()), path })
    });
    by_input.chain(listed).collect()
}

/// A list of objects with `source_path`; older bodies list bare paths.
fn passthrough(node: Node<'_>) -> Vec<FieldPassthrough> {
    let text = |item: Node<'_>, key: &str| item.get(key).and_then(Node::as_string);
    let entry = |item: Node<'_>| {
        let source_path = item.as_string().or_else(|| text(item, "source_path"))?;
        let target_path = text(item, "target_path").filter(|target| !target.value.is_empty());
        Some(FieldPassthrough { source_path, target_path, has_default: item.get("default").is_some() })
    };
    node.items().filter_map(entry).collect()
}

/// A name or id without what tells the two apart: `bkt_my_bucket` and `my-bucket` may be the same thing.
fn bare(reference: &str) -> String {
    let name = reference.strip_prefix("bkt_").or_else(|| reference.strip_prefix("col_")).unwrap_or(reference);
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Names or ids; an empty text is none.
fn named(references: Node<'_>) -> Vec<Spanned<String>> {
    let mut named = strings(references, Node::as_name);
    named.retain(|reference| !reference.value.is_empty());
    named
}
