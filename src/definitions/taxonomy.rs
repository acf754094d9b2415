//! Taxonomies: labels that a retriever finds for documents, and the fields that come with them.

use super::{Form, Noun, Origin, Value, text, value};
use crate::syntax::Node;
use crate::text::{ShortText, Span, Spanned};

/// A taxonomy.
#[derive(Debug)]
pub struct Taxonomy {
    /// Where it is written, and what it is called.
    pub origin: Origin,
    /// `flat` or `hierarchical`, where that is said.
    pub kind: Option<Spanned<ShortText>>,
    /// The retriever that finds the labels; of a tree, that of the nodes which name none.
    pub retriever: Option<Spanned<ShortText>>,
    /// What feeds the inputs of that retriever.
    pub input_mappings: Vec<RetrieverMapping>,
    /// The key `input_mappings`.
    pub input_mappings_key: Option<Span>,
    /// The collection that the labels lie in, when it is flat.
    pub source_collection: Option<Spanned<ShortText>>,
    /// The fields that it gives to documents.
    pub enrichment_fields: Vec<EnrichmentField>,
    /// The nodes of a tree.
    pub nodes: Vec<TaxonomyNode>,
    /// Whether its labels stand in the manifest itself, so that apply makes a bucket, a collection and a retriever for them.
    pub has_labels: bool,
    /// Its `config`, with all that is in it.
    pub config: Option<Value>,
}

/// What feeds an input of a retriever that somebody else runs: a taxonomy, or the labeling of a cluster.
#[derive(Debug)]
pub struct RetrieverMapping {
    /// The whole entry.
    pub span: Span,
    /// The input.
    pub input: Option<Spanned<ShortText>>,
    /// `payload`, `literal`, `vector` or `blob`.
    pub source_type: Option<Spanned<ShortText>>,
    /// The field of the document, or the feature.
    pub path: Option<Spanned<ShortText>>,
}

/// A field that a taxonomy gives to documents.
#[derive(Debug)]
pub struct EnrichmentField {
    /// Its path in the documents of the labels.
    pub path: Spanned<ShortText>,
    /// Its name in the documents that get it, when it is another one.
    pub target: Option<Spanned<ShortText>>,
}

/// A node of a tree of labels.
#[derive(Debug)]
pub struct TaxonomyNode {
    /// The whole node.
    pub span: Span,
    /// The collection that its labels lie in.
    pub collection: Option<Spanned<ShortText>>,
    /// The collection of the node above it.
    pub parent: Option<Spanned<ShortText>>,
    /// Its own retriever.
    pub retriever: Option<Spanned<ShortText>>,
    /// What feeds the inputs of its retriever.
    pub input_mappings: Vec<RetrieverMapping>,
    /// The key `input_mappings`.
    pub input_mappings_key: Option<Span>,
    /// The fields that it gives to documents.
    pub enrichment_fields: Vec<EnrichmentField>,
}

impl Taxonomy {
    /// The oldest bodies have all of it beside `config`, not inside of it; it is read from there too.
    pub(super) fn lower(node: Node<'_>, form: Form) -> Taxonomy {
        let config = node.get("config").filter(|config| config.is_object());
        let inner = config.unwrap_or(node);
        let source = inner.get("source_collection").filter(|source| source.is_object());
        Taxonomy {
            origin: Origin::new(node, form, Noun::Taxonomy),
            kind: text(inner, "taxonomy_type"),
            retriever: reference(inner, "retriever"),
            input_mappings: RetrieverMapping::all(inner),
            input_mappings_key: inner.member("input_mappings").map(|member| member.key.span()),
            source_collection: source.and_then(|source| reference(source, "collection")),
            enrichment_fields: source.map(EnrichmentField::all).unwrap_or_default(),
            nodes: inner.get("hierarchical_nodes").into_iter().flat_map(Node::items).map(TaxonomyNode::lower).collect(),
            has_labels: node.get("labels").is_some() || config.is_some_and(|config| config.get("labels").is_some()),
            config: value(node, "config"),
        }
    }
}

impl TaxonomyNode {
    fn lower(node: Node<'_>) -> TaxonomyNode {
        TaxonomyNode {
            span: node.span(),
            collection: reference(node, "collection"),
            parent: reference(node, "parent_collection"),
            retriever: reference(node, "retriever"),
            input_mappings: RetrieverMapping::all(node),
            input_mappings_key: node.member("input_mappings").map(|member| member.key.span()),
            enrichment_fields: EnrichmentField::all(node),
        }
    }
}

impl RetrieverMapping {
    /// The entries of `input_mappings`.
    pub(super) fn all(node: Node<'_>) -> Vec<RetrieverMapping> {
        let entries = node.get("input_mappings").into_iter().flat_map(Node::items).filter(|entry| entry.is_object());
        let lower = |entry: Node<'_>| RetrieverMapping {
            span: entry.span(),
            input: text(entry, "input_key"),
            source_type: text(entry, "source_type"),
            path: text(entry, "path"),
        };
        entries.map(lower).collect()
    }
}

impl EnrichmentField {
    /// The entries of `enrichment_fields`; a bare string, as older bodies have it, is the path.
    fn all(node: Node<'_>) -> Vec<EnrichmentField> {
        let entry = |entry: Node<'_>| {
            let path = entry.as_string().or_else(|| text(entry, "field_path"))?;
            Some(EnrichmentField { path, target: text(entry, "target_field") })
        };
        node.get("enrichment_fields").into_iter().flat_map(Node::items).filter_map(entry).collect()
    }
}

/// What is named under a key, with `_id` or without.
fn reference(node: Node<'_>, key: &str) -> Option<Spanned<ShortText>> {
    text(node, &format!("{key}_id")).or_else(|| text(node, key))
}
