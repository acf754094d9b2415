//! Collections that nothing searches or reads.

use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unused-collection",
    severity: Severity::Warning,
    group: Group::Manifest,
    summary: "a manifest declares a collection that nothing searches or reads",
    docs: include_str!("../../docs/rules/unused-collection.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for id in facts.workspace.unused_collections() {
        let origin = &facts.workspace.collections[id].origin;
        let message =
            format!("Nothing searches or reads the collection `{}`: its documents are made, and never found.", origin.name());
        report
            .add(origin.place(), "nothing names it", message)
            .help("Name it in the `collection_identifiers` of a retriever, or remove it.");
    }
}
