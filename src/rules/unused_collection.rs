//! Collections of manifests that nothing uses.

use std::collections::HashSet;

use super::{Report, Rule};
use crate::definitions::{Form, Noun};
use crate::diagnostic::Severity;
use crate::workspace::{Facts, Link, Target, Unlinked};

pub(super) static RULE: Rule = Rule {
    name: "unused-collection",
    severity: Severity::Warning,
    summary: "nothing searches or reads a collection of a manifest",
    docs: include_str!("../../docs/rules/unused-collection.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    // Without a retriever in any manifest, what searches lies elsewhere.
    if !workspace.retrievers.iter().any(|retriever| retriever.origin.form == Form::Manifest) {
        return;
    }
    let named = || workspace.references().filter(|referring| referring.reference.to == Noun::Collection);
    // What is searched may be filled in later.
    if named().any(|referring| matches!(referring.target, Target::Placeholder | Target::LiveId | Target::Unreadable)) {
        return;
    }
    let links = workspace.links.iter().chain(&workspace.adapter_links).flatten();
    // What a misspelt name, or one of another namespace, was meant to use is not unused too.
    let read = links.filter_map(|link| match link {
        Link::Collection(id, _) => Some(*id),
        Link::None(Unlinked::UnknownName { near, elsewhere }) => near.or(*elsewhere),
        Link::Bucket(..) | Link::None(_) => None,
    });
    let several = named().filter_map(|referring| match referring.target {
        Target::Ambiguous(first, second) => Some([*first, *second]),
        _ => None,
    });
    let used: HashSet<usize> =
        read.chain(named().filter_map(|referring| referring.target.meant())).chain(several.flatten()).collect();
    for (number, collection) in workspace.collections.iter().enumerate() {
        let origin = &collection.origin;
        if origin.form == Form::Manifest && !used.contains(&number) && !origin.name().is_empty() {
            let message =
                format!("Nothing uses the collection `{}`: no retriever searches it, and nothing reads it.", origin.name());
            report
                .add(origin.place(), "not used", message)
                .help("Add it to the `collection_identifiers` of a retriever, or take it out.");
        }
    }
}
