//! The lineage for Graphviz.

use std::io::{self, Write};

use super::graph::{Graph, NodeLook};

/// Writes the picture.
pub(super) fn dot(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "digraph lineage {{")?;
    writeln!(out, "  rankdir=LR;")?;
    writeln!(out, "  node [shape=box];")?;
    for (number, (namespace, nodes)) in graph.groups.iter().enumerate() {
        let indent = if namespace.is_empty() { "  " } else { "    " };
        if !namespace.is_empty() {
            writeln!(out, "  subgraph cluster_{number} {{")?;
            writeln!(out, "    label={};", quoted(&format!("namespace {namespace}")))?;
        }
        for node in nodes {
            let look = match node.look {
                NodeLook::Bucket => ", shape=cylinder",
                NodeLook::Collection => "",
                NodeLook::Disabled => ", color=gray, fontcolor=gray",
                NodeLook::Unseen => ", style=dashed",
            };
            writeln!(out, "{indent}{} [label={}{look}];", node.id, quoted(&node.label))?;
        }
        if !namespace.is_empty() {
            writeln!(out, "  }}")?;
        }
    }
    for edge in &graph.edges {
        let look = if edge.is_guess { ", style=dotted" } else { "" };
        writeln!(out, "  {} -> {} [label={}{look}];", edge.from, edge.to, quoted(&edge.label))?;
    }
    writeln!(out, "}}")
}

fn quoted(label: &str) -> String {
    format!("\"{}\"", label.replace('\\', "\\\\").replace('"', "\\\""))
}
