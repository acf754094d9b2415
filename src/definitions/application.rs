//! What is done with a collection's documents after its extractors: taxonomies, clusters, alerts and enrichments.

use super::{Value, text, value};
use crate::syntax::Node;
use crate::text::{Span, Spanned};

/// Something that is applied to the documents of a collection.
#[derive(Debug)]
pub struct Application {
    /// What it is.
    pub kind: ApplicationKind,
    /// The whole entry.
    pub span: Span,
    /// The name or id of what is applied.
    pub id: Option<Spanned<String>>,
    /// The paths of the documents' fields that it reads.
    pub reads: Vec<Spanned<String>>,
    /// The fields that it writes into the documents.
    pub writes: Vec<Spanned<String>>,
    /// Which documents it is applied to.
    pub scroll_filters: Option<Value>,
}

/// What is applied to the documents of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApplicationKind {
    /// A taxonomy.
    Taxonomy,
    /// A clustering.
    Cluster,
    /// An alert.
    Alert,
    /// A retriever whose results are written back.
    Enrichment,
}

/// The keys of a collection that hold applications, and how each names what it applies.
const LISTS: [(&str, ApplicationKind, &str); 4] = [
    ("taxonomy_applications", ApplicationKind::Taxonomy, "taxonomy_id"),
    ("cluster_applications", ApplicationKind::Cluster, "cluster_id"),
    ("alert_applications", ApplicationKind::Alert, "alert_id"),
    ("retriever_enrichments", ApplicationKind::Enrichment, "retriever_id"),
];

/// All that is applied to a collection's documents, kind by kind.
pub(super) fn applications(collection: Node<'_>) -> Vec<Application> {
    let mut found = Vec::new();
    for (key, kind, id) in LISTS {
        let entries = collection.get(key).into_iter().flat_map(Node::items).filter(|item| item.is_object());
        found.extend(entries.map(|node| Application {
            kind,
            span: node.span(),
            id: text(node, id),
            reads: list(node, "input_mappings").filter_map(document_path).collect(),
            writes: list(node, "write_back_fields").filter_map(|entry| text(entry, "target_field")).collect(),
            scroll_filters: value(node, "scroll_filters"),
        }));
    }
    found
}

fn list<'a>(node: Node<'a>, key: &str) -> impl Iterator<Item = Node<'a>> {
    node.get(key).into_iter().flat_map(Node::items)
}

/// The path that an input is read from, when it is read from a field of the document.
fn document_path(mapping: Node<'_>) -> Option<Spanned<String>> {
    let source = mapping.get("source")?;
    let is_field = source.get("source_type").and_then(Node::as_str) == Some("document_field");
    text(source, "path").filter(|_| is_field)
}
