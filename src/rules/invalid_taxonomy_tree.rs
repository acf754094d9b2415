//! Trees of taxonomies that are none: parents that are no nodes, and circles.

use std::collections::HashMap;

use super::words::rewrite;
use super::{Check, Group, Report, Rule};
use crate::definitions::{Form, Taxonomy, TaxonomyNode};
use crate::diagnostic::Severity;
use crate::path::is_placeholder;
use crate::suggest;
use crate::text::Sources;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "invalid-taxonomy-tree",
    severity: Severity::Error,
    group: Group::Retrieval,
    summary: "the nodes of a taxonomy do not make a tree",
    docs: include_str!("../../docs/rules/invalid-taxonomy-tree.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for taxonomy in facts.workspace.taxonomies.iter().filter(|taxonomy| taxonomy.origin.form != Form::Answer) {
        let mut nodes: HashMap<&str, &TaxonomyNode> = HashMap::new();
        for node in &taxonomy.nodes {
            let Some(collection) = &node.collection else { continue };
            if let Some(first) = nodes.get(collection.value.as_str()) {
                let message = format!("Two nodes of `{}` have the collection `{}`.", taxonomy.origin.name(), collection.value);
                let finding = report.add(collection.span, "again", message);
                if let Some(first) = &first.collection {
                    finding.related(first.span, "the first one");
                }
                continue;
            }
            nodes.insert(&collection.value, node);
        }
        check_parents(&facts.workspace.sources, taxonomy, &nodes, report);
    }
}

fn check_parents(sources: &Sources, taxonomy: &Taxonomy, nodes: &HashMap<&str, &TaxonomyNode>, report: &mut Report) {
    let mut names: Vec<&str> = nodes.keys().copied().collect();
    names.sort_unstable();
    for node in &taxonomy.nodes {
        let (Some(collection), Some(parent)) = (&node.collection, &node.parent) else { continue };
        if is_placeholder(&parent.value) {
            continue;
        }
        if !nodes.contains_key(parent.value.as_str()) {
            let message = format!(
                "The parent of `{}` is `{}`, which is no node of `{}`.",
                collection.value,
                parent.value,
                taxonomy.origin.name()
            );
            let finding = report.add(parent.span, "no such node", message);
            match suggest::nearest(&parent.value, names.iter().copied()) {
                Some(near) => {
                    let fix = rewrite::slip(sources, parent.span, (parent.value.as_str(), near), names.iter().copied());
                    finding.help(format!("Did you mean `{near}`?")).fix(fix)
                }
                None => finding.help("Add a node with this collection, or leave `parent_collection_id` out for a root."),
            };
        } else if let Some(circle) = circle(nodes, &collection.value) {
            // A circle is told of once, at its first node.
            if circle.iter().min() == Some(&collection.value.as_str()) {
                let message = format!(
                    "The nodes {} → `{}` are each other's parents in a circle, so there is no root above them.",
                    arrows(&circle),
                    collection.value
                );
                report
                    .add(parent.span, "leads back to this node", message)
                    .help("Leave `parent_collection_id` out of the topmost one.");
            }
        }
    }
}

fn arrows(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" → ")
}

/// The nodes from one up to itself, when its parents lead back to it.
fn circle<'a>(nodes: &HashMap<&'a str, &'a TaxonomyNode>, start: &'a str) -> Option<Vec<&'a str>> {
    let mut road = vec![start];
    let mut at = start;
    while road.len() <= nodes.len() {
        at = nodes.get(at)?.parent.as_ref()?.value.as_str();
        if at == start {
            return Some(road);
        }
        road.push(at);
    }
    None
}
