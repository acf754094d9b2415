//! Namespaces.

use super::{Form, Noun, Origin, Value, strings, text, value};
use crate::syntax::{Kind, Node};
use crate::text::{ShortText, Span, Spanned};

/// A namespace: a room of its own for the names of buckets and collections, and the extractors that they may use.
#[derive(Debug)]
pub struct Namespace {
    /// Where it is written, and what it is called.
    pub origin: Origin,
    /// The extractors that are registered; nothing when the list is left out.
    pub extractors: Option<Vec<RegisteredExtractor>>,
    /// The key `feature_extractors`.
    pub extractors_key: Option<Span>,
    /// The keys of features that stand for extractors. Which extractors they stand for is not published.
    pub features: Vec<Spanned<ShortText>>,
    /// The fields that filters find quickly.
    pub payload_indexes: Vec<PayloadIndex>,
    /// Whether the service may make more of these by itself.
    pub makes_indexes: bool,
}

/// An index over a field of documents.
#[derive(Debug)]
pub struct PayloadIndex {
    /// The path of the field.
    pub field: Spanned<ShortText>,
    /// The whole entry.
    pub entry: Value,
}

/// An extractor that is registered in a namespace.
#[derive(Debug)]
pub struct RegisteredExtractor {
    /// The whole entry.
    pub span: Span,
    /// Its name.
    pub name: Spanned<ShortText>,
    /// Its version.
    pub version: Option<Spanned<ShortText>>,
    /// The parameters that decide the dimensions of its vectors.
    pub params: Option<Value>,
}

impl Namespace {
    pub(super) fn lower(node: Node<'_>, form: Form) -> Namespace {
        let mut origin = Origin::new(node, form, Noun::Namespace);
        origin.namespace = None;
        let extractors = node.member("feature_extractors").filter(|member| member.value.kind() == Kind::Array);
        Namespace {
            origin,
            extractors: extractors.map(|member| member.value.items().filter_map(RegisteredExtractor::lower).collect()),
            extractors_key: extractors.map(|member| member.key.span()),
            makes_indexes: ["auto_create_indexes", "adaptive_indexing"]
                .iter()
                .any(|key| node.get(key).is_some_and(|value| value.kind() != Kind::Null && value.as_bool() != Some(false))),
            features: node.get("features").map(|features| strings(features, Node::as_string)).unwrap_or_default(),
            payload_indexes: node
                .get("payload_indexes")
                .into_iter()
                .flat_map(Node::items)
                .filter_map(PayloadIndex::lower)
                .collect(),
        }
    }
}

impl PayloadIndex {
    fn lower(node: Node<'_>) -> Option<PayloadIndex> {
        Some(PayloadIndex { field: text(node, "field_name")?, entry: Value::lower(node) })
    }
}

impl RegisteredExtractor {
    fn lower(node: Node<'_>) -> Option<RegisteredExtractor> {
        Some(RegisteredExtractor {
            span: node.span(),
            name: text(node, "feature_extractor_name").or_else(|| text(node, "name"))?,
            version: text(node, "version"),
            params: value(node, "params"),
        })
    }
}
