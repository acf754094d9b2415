//! The lineage as a picture: nodes in their namespaces, and what leads from one to the other. The drawing tools differ only in how
//! they spell it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Node, extractors, one_line, sources};
use crate::definitions::Origin;
use crate::plan::Plan;

/// A picture of the lineage.
pub(super) struct Graph {
    /// The nodes of each namespace; those of no namespace have an empty name.
    pub(super) groups: BTreeMap<String, Vec<Drawn>>,
    pub(super) edges: Vec<Edge>,
}

/// A node, as it is drawn.
pub(super) struct Drawn {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) look: NodeLook,
}

/// What kind of node it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NodeLook {
    Bucket,
    Collection,
    /// A collection that does not run.
    Disabled,
    /// A source that is not known.
    Unseen,
}

/// What leads from a source to what reads it.
pub(super) struct Edge {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) label: String,
    pub(super) is_guess: bool,
}

impl Graph {
    pub(super) fn new(plan: &Plan<'_>) -> Graph {
        let workspace = plan.workspace;
        let mut graph = Graph { groups: BTreeMap::new(), edges: Vec::new() };
        for &bucket in &plan.buckets {
            graph.draw(Node::Bucket(bucket), &workspace.buckets[bucket].origin, NodeLook::Bucket);
        }
        let mut unseen = BTreeSet::new();
        for planned in &plan.collections {
            let collection = planned.collection;
            let look = if collection.is_enabled { NodeLook::Collection } else { NodeLook::Disabled };
            graph.draw(Node::Collection(planned.id), &collection.origin, look);
            for (source, is_guess) in sources(plan, planned.id) {
                graph.edges.push(Edge {
                    from: name(&source),
                    to: name(&Node::Collection(planned.id)),
                    label: one_line(&extractors(&collection.extractors)),
                    is_guess,
                });
                if let Node::Unseen(reference) = source {
                    unseen.insert(reference);
                }
            }
        }
        for reference in unseen {
            let drawn = Drawn { label: one_line(&reference), id: name(&Node::Unseen(reference)), look: NodeLook::Unseen };
            graph.groups.entry(String::new()).or_default().push(drawn);
        }
        graph
    }

    fn draw(&mut self, node: Node, origin: &Origin, look: NodeLook) {
        let namespace = origin.namespace.as_ref().map(|namespace| one_line(&namespace.value)).unwrap_or_default();
        let drawn = Drawn { id: name(&node), label: one_line(origin.name()), look };
        self.groups.entry(namespace).or_default().push(drawn);
    }
}

/// A name that both drawing tools take as it is.
fn name(node: &Node) -> String {
    match node {
        Node::Bucket(number) => format!("bucket{number}"),
        Node::Collection(number) => format!("collection{number}"),
        // Letters that are not plain stand as their numbers, so that two references never have one name.
        Node::Unseen(reference) => reference.chars().fold("source_".to_owned(), |name, letter| match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' => name + letter.encode_utf8(&mut [0; 4]),
            _ => format!("{name}_{:x}_", u32::from(letter)),
        }),
    }
}
