//! Taxonomies whose retriever does not search the labels.

use super::words::series_of_many;
use super::{Check, Group, Report, Rule};
use crate::definitions::{Form, Noun};
use crate::diagnostic::Severity;
use crate::text::{ShortText, Spanned};
use crate::workspace::{Facts, Target};

pub(super) static RULE: Rule = Rule {
    name: "taxonomy-searches-elsewhere",
    severity: Severity::Warning,
    group: Group::Retrieval,
    summary: "the retriever of a taxonomy does not search the collection of its labels",
    docs: include_str!("../../docs/rules/taxonomy-searches-elsewhere.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for taxonomy in workspace.taxonomies.iter().filter(|taxonomy| taxonomy.origin.form != Form::Answer) {
        let flat = (taxonomy.source_collection.as_ref(), taxonomy.retriever.as_ref());
        let nodes =
            taxonomy.nodes.iter().map(|node| (node.collection.as_ref(), node.retriever.as_ref().or(taxonomy.retriever.as_ref())));
        for (labels, named) in nodes.chain([flat]) {
            let (Some(labels), Some(named)) = (labels, named) else { continue };
            let found = |name: &Spanned<ShortText>, to: Noun| workspace.target(name.span, to).and_then(Target::found);
            let (Some(collection), Some(number)) = (found(labels, Noun::Collection), found(named, Noun::Retriever)) else {
                continue;
            };
            let retriever = &workspace.retrievers[number];
            let scope = workspace.scope(retriever.origin.form, &retriever.collections);
            if !scope.is_complete || scope.collections.is_empty() || scope.collections.contains(&collection) {
                continue;
            }
            let searched: Vec<&str> = scope.collections.iter().map(|id| workspace.collections[*id].origin.name()).collect();
            let message = format!(
                "`{}` takes its labels from `{}`, and its retriever `{}` does not search there.",
                taxonomy.origin.name(),
                labels.value,
                retriever.origin.name()
            );
            let finding = report.add(named.span, "searches elsewhere", message);
            let place = retriever.collections_key.unwrap_or_else(|| retriever.origin.place());
            finding.related(place, format!("it searches {}", series_of_many(&searched)));
            finding.help(format!("Add `{}` to its `collection_identifiers`, or name another retriever.", labels.value));
        }
    }
}
