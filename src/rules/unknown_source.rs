//! Sources that are named and not defined.

use std::collections::HashMap;

use super::{Report, Rule};
use crate::definitions::{Form, Origin, SourceKind};
use crate::diagnostic::Severity;
use crate::workspace::{Facts, Link, Unlinked};

pub(super) static RULE: Rule = Rule {
    name: "unknown-source",
    severity: Severity::Error,
    summary: "a collection names a source that is not defined",
    docs: include_str!("../../docs/rules/unknown-source.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    let mut first: HashMap<(&str, &str), &Origin> = HashMap::new();
    workspace.origins().for_each(|(kind, origin)| {
        first.entry((kind, origin.name())).or_insert(origin);
    });
    for (collection, links) in workspace.collections.iter().zip(&workspace.links) {
        for (reference, link) in collection.source.references.iter().zip(links) {
            let Link::None(Unlinked::UnknownName { near, elsewhere: None }) = link else { continue };
            let (kind, other) = match collection.source.kind {
                SourceKind::Collection => ("collection", "bucket"),
                _ => ("bucket", "collection"),
            };
            let origin = |number: usize| match collection.source.kind {
                SourceKind::Collection => &workspace.collections[number].origin,
                _ => &workspace.buckets[number].origin,
            };
            let wanted = reference.value.as_str();
            let finding =
                report.add(reference.span, format!("no such {kind}"), format!("No {kind} in these files is named `{wanted}`."));
            // Only a manifest has to declare all that it names; a body may name what exists in the service.
            if collection.origin.form != Form::Manifest {
                finding.at_most(Severity::Warning);
            }
            if let Some(origin) = first.get(&(other, wanted)) {
                finding
                    .related(origin.place(), format!("this is a {other}"))
                    .help(format!("A {other} of this name exists: is `type` right?"));
            } else if let Some(near) = near.map(origin) {
                let case = if near.name().eq_ignore_ascii_case(wanted) { " Letter case counts." } else { "" };
                finding
                    .related(near.place(), format!("the {kind} with the nearest name"))
                    .help(format!("Did you mean `{}`?{case}", near.name()));
            }
        }
    }
}
