//! Extractors that a namespace registers and none of its collections uses.

use super::{Check, Group, Report, Rule};
use crate::diagnostic::{Severity, Subject};
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unused-extractor",
    severity: Severity::Warning,
    group: Group::Manifest,
    summary: "a namespace registers an extractor that none of its collections uses",
    docs: include_str!("../../docs/rules/unused-extractor.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (number, registered) in facts.workspace.unused_extractors() {
        let origin = &facts.workspace.namespaces[number].origin;
        let version = registered.version.as_ref().map_or_else(String::new, |version| format!(" in version `{}`", version.value));
        let message = format!("No collection of the namespace `{}` uses `{}`{version}.", origin.name(), registered.name.value);
        report
            .add(registered.name.span, "not used", message)
            .help("Remove it from `feature_extractors`, or use it in a collection.")
            .about(Some(Subject { kind: "namespace", name: origin.name().to_owned(), span: origin.span }));
    }
}
