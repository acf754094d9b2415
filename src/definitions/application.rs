//! What is done with a collection's documents after its extractors: taxonomies, clusters, alerts and enrichments.

use super::{Value, text, value};
use crate::syntax::Node;
use crate::text::{ShortText, Span, Spanned};

/// Something that is applied to the documents of a collection.
#[derive(Debug)]
pub struct Application {
    /// What it is.
    pub kind: ApplicationKind,
    /// The whole entry.
    pub span: Span,
    /// The name or id of what is applied.
    pub id: Option<Spanned<ShortText>>,
    /// The key `input_mappings`.
    pub inputs_key: Option<Span>,
    /// What feeds the inputs of the retriever that it runs.
    pub inputs: Vec<ApplicationInput>,
    /// The fields that it writes into the documents.
    pub writes: Vec<WriteBack>,
    /// Which documents it is applied to.
    pub scroll_filters: Option<Value>,
    /// When it runs, from 1 to 4, where that is said; the place is that of the value.
    pub phase: Option<Spanned<u8>>,
}

/// What feeds an input of a retriever that is run for each document.
#[derive(Debug)]
pub struct ApplicationInput {
    /// The whole entry.
    pub span: Span,
    /// The input.
    pub input: Option<Spanned<ShortText>>,
    /// `document_field`, `constant` or `source_blob`, where that is said.
    pub source_type: Option<Spanned<ShortText>>,
    /// The path of the field, or the property of the blob.
    pub path: Option<Spanned<ShortText>>,
}

/// A field that is written back into the documents.
#[derive(Debug)]
pub struct WriteBack {
    /// The field of the results.
    pub source: Option<Spanned<ShortText>>,
    /// The field of the documents.
    pub target: Spanned<ShortText>,
}

/// What is applied to the documents of a collection, in the order in which the kinds usually run.
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

impl ApplicationKind {
    /// The last phase that it can run in. Source: the models of the applications in `mixpeek` 1.3.783 on PyPI.
    pub fn last_phase(self) -> u8 {
        match self {
            ApplicationKind::Taxonomy | ApplicationKind::Cluster => 3,
            ApplicationKind::Alert | ApplicationKind::Enrichment => 4,
        }
    }

    /// The phase that it runs in when none is said.
    pub fn usual_phase(self) -> u8 {
        match self {
            ApplicationKind::Taxonomy => 1,
            ApplicationKind::Cluster => 2,
            ApplicationKind::Alert => 3,
            ApplicationKind::Enrichment => 4,
        }
    }
}

impl Application {
    fn lower(node: Node<'_>, kind: ApplicationKind, id: &str) -> Application {
        Application {
            kind,
            span: node.span(),
            id: text(node, id).or_else(|| text(node, id.trim_end_matches("_id"))),
            inputs_key: node.member("input_mappings").map(|member| member.key.span()),
            inputs: list(node, "input_mappings").map(ApplicationInput::lower).collect(),
            writes: list(node, "write_back_fields").filter_map(WriteBack::lower).collect(),
            scroll_filters: value(node, "scroll_filters"),
            phase: node.get("execution_phase").and_then(phase),
        }
    }

    /// The phase that it runs in.
    pub fn phase(&self) -> u8 {
        self.phase.as_ref().map_or(self.kind.usual_phase(), |phase| phase.value)
    }

    /// The paths of the documents' fields that it reads.
    pub fn reads(&self) -> impl Iterator<Item = &Spanned<ShortText>> {
        let is_field = |input: &&ApplicationInput| {
            input.source_type.as_ref().is_some_and(|source_type| source_type.value == "document_field")
        };
        self.inputs.iter().filter(is_field).filter_map(|input| input.path.as_ref())
    }
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
    for ((_, kind, id), list) in LISTS.into_iter().zip(collection.pick(LISTS.map(|(key, ..)| key))) {
        let entries = list.into_iter().flat_map(|list| list.value.items()).filter(|item| item.is_object());
        found.extend(entries.map(|node| Application::lower(node, kind, id)));
    }
    found
}

/// The retriever that a collection runs for each of its sources, in the place of an extractor.
pub(super) fn transform(collection: Node<'_>) -> Option<Application> {
    let node = collection.get("retriever_transform").filter(|node| node.is_object())?;
    Some(Application::lower(node, ApplicationKind::Enrichment, "retriever_id"))
}

fn list<'a>(node: Node<'a>, key: &str) -> impl Iterator<Item = Node<'a>> {
    node.get(key).into_iter().flat_map(Node::items)
}

fn phase(node: Node<'_>) -> Option<Spanned<u8>> {
    Some(Spanned { value: node.text().parse().ok()?, span: node.span() })
}

impl ApplicationInput {
    fn lower(node: Node<'_>) -> ApplicationInput {
        let source = |key: &str| node.get("source").and_then(|source| text(source, key));
        ApplicationInput {
            span: node.span(),
            input: text(node, "input_key"),
            source_type: source("source_type"),
            path: source("path"),
        }
    }
}

impl WriteBack {
    fn lower(node: Node<'_>) -> Option<WriteBack> {
        Some(WriteBack { source: text(node, "source_field"), target: text(node, "target_field")? })
    }
}
