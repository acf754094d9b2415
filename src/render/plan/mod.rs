//! Plans, as bytes: a tree for people, the service's own shape for programs, and the picture of the lineage for two drawing tools.

mod dot;
mod graph;
mod json;
mod mermaid;
mod overview;
mod paint;
mod tree;

use std::io::{self, Write};

use super::{Look, printable};
use crate::definitions::{FeatureExtractor, Origin};
use crate::plan::Plan;
use crate::workspace::{BucketId, CollectionId, Link};

/// A format of plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanFormat {
    /// For people.
    Tree(Look),
    /// For programs: a list of objects in the shape of the service's answer to a collection.
    Json,
    /// The lineage, for Mermaid.
    Mermaid,
    /// The lineage, for Graphviz.
    Dot,
}

/// Writes a plan in a format.
pub fn plan(format: PlanFormat, plan: &Plan<'_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        PlanFormat::Tree(look) => tree::tree(plan, look, out),
        PlanFormat::Json => json::json(plan, out),
        PlanFormat::Mermaid => mermaid::mermaid(&graph::Graph::new(plan), out),
        PlanFormat::Dot => dot::dot(&graph::Graph::new(plan), out),
    }
}

/// What a collection reads, as a picture has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Node {
    Bucket(BucketId),
    /// A source that is not known, as written.
    Unseen(String),
    Collection(CollectionId),
}

/// What a collection reads, each with whether that is a guess.
fn sources(plan: &Plan<'_>, id: CollectionId) -> Vec<(Node, bool)> {
    let references = plan.workspace.collections[id].source.references.iter().map(|reference| reference.value.as_str());
    let links = plan.workspace.links[id].iter().zip(references.chain(std::iter::repeat("an unnamed source")));
    let node = |(link, reference): (&Link, &str)| match link {
        Link::Bucket(bucket, by) => (Node::Bucket(*bucket), by.is_guess()),
        Link::Collection(above, by) => (Node::Collection(*above), by.is_guess()),
        Link::None(_) => (Node::Unseen(reference.to_owned()), false),
    };
    let mut sources: Vec<(Node, bool)> = links.map(node).collect();
    sources.dedup();
    sources
}

/// The extractors of a collection, in words: `text_extractor v1`.
fn extractors(used: &[FeatureExtractor]) -> String {
    let names: Vec<String> = used.iter().map(extractor).collect();
    names.join(", ")
}

fn extractor(used: &FeatureExtractor) -> String {
    let name = used.name.as_ref().map_or("an unnamed extractor", |name| &name.value);
    match &used.version {
        Some(version) => format!("{name} {}", version.value),
        None => name.to_owned(),
    }
}

/// The namespace that a definition says it is in, in words.
fn namespace(origin: &Origin) -> String {
    origin.namespace.as_ref().map(|namespace| format!(", namespace {}", namespace.value)).unwrap_or_default()
}

/// `1 field`, `2 fields`.
fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// A text from a definition on one line, with nothing in it that a terminal would obey.
fn one_line(text: &str) -> String {
    printable(text).replace(['\n', '\r', '\t'], " ")
}
