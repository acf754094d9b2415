//! The lineage for Mermaid, which wiki pages and code hosts draw.

use std::io::{self, Write};

use super::graph::{Graph, NodeLook};

/// Writes the picture.
pub(super) fn mermaid(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "flowchart LR")?;
    for (number, (namespace, nodes)) in graph.groups.iter().enumerate() {
        let indent = if namespace.is_empty() { "  " } else { "    " };
        if !namespace.is_empty() {
            writeln!(out, "  subgraph namespace{number}[\"namespace {}\"]", escaped(namespace))?;
        }
        for node in nodes {
            let (open, close, class) = match node.look {
                NodeLook::Bucket => ("[(", ")]", ""),
                NodeLook::Collection => ("[", "]", ""),
                NodeLook::Disabled => ("[", "]", ":::disabled"),
                NodeLook::Unseen => ("([", "])", ":::unknown"),
            };
            writeln!(out, "{indent}{}{open}\"{}\"{close}{class}", node.id, escaped(&node.label))?;
        }
        if !namespace.is_empty() {
            writeln!(out, "  end")?;
        }
    }
    for edge in &graph.edges {
        let arrow = if edge.is_guess { "-.->" } else { "-->" };
        let label = if edge.label.is_empty() { String::new() } else { format!("|\"{}\"|", escaped(&edge.label)) };
        writeln!(out, "  {} {arrow}{label} {}", edge.from, edge.to)?;
    }
    let is_there = |look| graph.groups.values().flatten().any(|node| node.look == look);
    if is_there(NodeLook::Disabled) {
        writeln!(out, "  classDef disabled opacity:0.5")?;
    }
    if is_there(NodeLook::Unseen) {
        writeln!(out, "  classDef unknown stroke-dasharray:4 4")?;
    }
    Ok(())
}

/// Letters that mean something inside of quotes are written as entities, and a label is never empty.
fn escaped(label: &str) -> String {
    let mut escaped = String::with_capacity(label.len());
    for letter in label.chars() {
        match letter {
            '"' | '#' | '&' | '<' | '>' | '`' | ';' | '\\' => escaped.push_str(&format!("#{};", u32::from(letter))),
            _ => escaped.push(letter),
        }
    }
    if escaped.trim().is_empty() { "?".to_owned() } else { escaped }
}
