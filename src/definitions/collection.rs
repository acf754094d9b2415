//! Collections: a source, and the feature extractors that run over it.

use super::application::{applications, transform};
use super::extractor::passthrough;
use super::{Application, FeatureExtractor, FieldMap, Form, Noun, Origin, Schema, Value, strings, text, value};
use crate::path::is_template;
use crate::syntax::{Kind, Member, Node};
use crate::text::{ShortText, Span, Spanned};

/// A collection.
#[derive(Debug)]
pub struct Collection {
    /// Where it is written, and what it is called.
    pub origin: Origin,
    /// What it reads.
    pub source: Source,
    /// The schema that it says its source has.
    pub input_schema: Option<Box<Schema>>,
    /// The extractors it runs: one today, any number in the oldest bodies.
    pub extractors: Box<[FeatureExtractor]>,
    /// The schema of its documents, in an answer.
    pub output_schema: Option<Box<Schema>>,
    /// The keys by which something other than its extractors writes fields into its documents.
    pub enriched_by: Box<[&'static str]>,
    /// What is applied to its documents.
    pub applications: Box<[Application]>,
    /// The retriever that it runs for each of its sources, in the place of an extractor.
    pub transform: Option<Box<Application>>,
    /// The keys of features that stand for extractors.
    pub features: Box<[Spanned<ShortText>]>,
    /// The key `schedule`, when it has one.
    pub schedule: Option<Span>,
    /// Whether it runs; it does when that is not said.
    pub is_enabled: bool,
}

/// What a collection reads.
#[derive(Debug)]
pub struct Source {
    /// The whole `source`, or its key's absence.
    pub span: Option<Span>,
    /// What kind of thing it reads.
    pub kind: SourceKind,
    /// Its `type`, as written.
    pub type_name: Option<Spanned<ShortText>>,
    /// The names or ids of what it reads, as written.
    pub references: Box<[Spanned<ShortText>]>,
    /// The namespace that it reads from, when that is another one.
    pub elsewhere: Option<Spanned<ShortText>>,
    /// Which objects or documents it reads: its `source_filters`.
    pub filters: Option<Box<Value>>,
    /// Of each source that has one: which fields it gives, and under which names.
    pub field_map: Box<[FieldMap]>,
    /// The key `field_map`.
    pub field_map_span: Option<Span>,
    /// Whether it names things of the other kind than its `type` says.
    pub is_contradictory: bool,
    /// The keys that mean something only for a source of the other kind.
    pub misplaced: Box<[Spanned<ShortText>]>,
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

/// What writes fields besides the extractors.
const ENRICHMENTS: [&str; 5] =
    ["features", "retriever_transform", "retriever_enrichments", "taxonomy_applications", "cluster_applications"];

impl Collection {
    pub(super) fn lower(node: Node<'_>, form: Form) -> Collection {
        let picked = node.pick([
            "feature_extractor",
            "feature_extractors",
            "source",
            "features",
            "enabled",
            "input_schema",
            "output_schema",
            "schedule",
        ]);
        let [_, _, _, _, _, input_schema, output_schema, schedule] = picked;
        let [one, many, source, features, enabled, ..] = picked.map(|member| member.map(|member| member.value));
        let extractors = match (one, many) {
            (Some(one), _) if one.is_object() => Box::from([FeatureExtractor::lower(one, Some(node))]),
            (Some(many), _) | (None, Some(many)) => {
                many.items().filter(|item| item.is_object()).map(|item| FeatureExtractor::lower(item, None)).collect()
            }
            (None, None) => Box::default(),
        };
        let schema = |member: Option<Member<'_>>| member.and_then(Schema::lower).map(Box::new);
        let enriched_by = ENRICHMENTS.into_iter().zip(node.pick(ENRICHMENTS));
        let enriched_by = enriched_by.filter(|(_, member)| member.is_some_and(|member| is_filled(member.value)));
        Collection {
            origin: Origin::new(node, form, Noun::Collection),
            source: Source::lower(source),
            input_schema: schema(input_schema),
            output_schema: schema(output_schema),
            enriched_by: enriched_by.map(|(key, _)| key).collect(),
            extractors,
            applications: applications(node).into(),
            transform: transform(node).map(Box::new),
            features: features.map(|features| strings(features, Node::as_string).into()).unwrap_or_default(),
            schedule: schedule.filter(|member| member.value.is_object()).map(|member| member.key.span()),
            is_enabled: enabled.and_then(Node::as_bool) != Some(false),
        }
    }

    /// Whether something other than its extractors writes fields into its documents, so that their names are not known here.
    pub fn is_enriched(&self) -> bool {
        self.extractors.is_empty() || !self.enriched_by.is_empty()
    }
}

fn is_filled(value: Node<'_>) -> bool {
    value.kind() != Kind::Null && (value.kind() != Kind::Array || value.items().next().is_some())
}

/// The types of sources that the platform gives to the collections that it makes itself.
const PLATFORM_TYPES: [&str; 5] = ["taxonomy", "cluster", "direct_upsert", "signals", "none"];

impl Source {
    /// Whether its type is one that only the platform gives.
    pub fn is_of_platform(&self) -> bool {
        let is_it = |name: &Spanned<ShortText>| PLATFORM_TYPES.iter().any(|one| one.eq_ignore_ascii_case(&name.value));
        self.type_name.as_ref().is_some_and(is_it)
    }

    fn lower(node: Option<Node<'_>>) -> Source {
        let node = node.filter(|node| node.kind() != Kind::Null);
        let get = |keys: &[&str]| node.and_then(|node| keys.iter().find_map(|key| node.get(key)));
        let buckets = get(&["bucket_ids", "bucket_id", "buckets", "bucket", "bucket_names", "bucket_name"]);
        let collections =
            get(&["collection_ids", "collection_id", "collections", "collection", "collection_names", "collection_name"]);
        let kind = match get(&["type"]).and_then(Node::as_str) {
            Some(said) if said.eq_ignore_ascii_case("bucket") => SourceKind::Bucket,
            Some(said) if said.eq_ignore_ascii_case("collection") => SourceKind::Collection,
            Some(_) => SourceKind::Other,
            None if node.is_some_and(|node| !node.is_object() && !node.as_str().is_some_and(is_template)) => {
                SourceKind::Unreadable
            }
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
        let misplaced = match kind {
            SourceKind::Bucket => node.and_then(|node| node.member("inherited_bucket_ids")),
            SourceKind::Collection => node.and_then(|node| node.member("source_namespace_id")),
            SourceKind::Other | SourceKind::Unreadable => None,
        };
        let misplaced = misplaced.filter(|member| is_filled(member.value));
        let others = if kind == SourceKind::Collection { buckets } else { collections };
        Source {
            span: node.map(Node::span),
            kind,
            type_name: node.and_then(|node| text(node, "type")),
            misplaced: misplaced.and_then(|member| member.key.as_string()).into_iter().collect(),
            references: references.map(named).unwrap_or_default(),
            elsewhere: node.and_then(|node| text(node, "source_namespace_id")),
            filters: node.and_then(|node| value(node, "source_filters")).map(Box::new),
            field_map_span: field_map.map(|member| member.key.span()),
            is_contradictory: references.is_none() && others.is_some() && kind != SourceKind::Other,
            field_map: field_map
                .into_iter()
                .flat_map(|member| member.value.members())
                .filter(|member| member.value.kind() == Kind::Array)
                .map(|member| FieldMap {
                    source: Spanned { value: member.key.text().into(), span: member.key.span() },
                    fields: passthrough(member.value),
                })
                .collect(),
        }
    }
}

/// A name or id without what tells the two apart: `bkt_my_bucket` and `my-bucket` may be the same thing.
pub fn bare(reference: &str) -> String {
    let name = reference.strip_prefix("bkt_").or_else(|| reference.strip_prefix("col_")).unwrap_or(reference);
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Names or ids; an empty text is none.
fn named(references: Node<'_>) -> Box<[Spanned<ShortText>]> {
    let mut named = strings(references, Node::as_name);
    named.retain(|reference| !reference.value.is_empty());
    named.into()
}
