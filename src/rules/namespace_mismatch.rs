//! Sources that are defined in another namespace than the one in which they are looked up.

use super::{Check, Group, Report, Rule};
use crate::definitions::{Form, SourceKind};
use crate::diagnostic::Severity;
use crate::workspace::{Facts, Link, Unlinked};

pub(super) static RULE: Rule = Rule {
    name: "namespace-mismatch",
    severity: Severity::Error,
    group: Group::Links,
    summary: "a collection names a source that is defined in another namespace",
    docs: include_str!("../../docs/rules/namespace-mismatch.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for (collection, links) in workspace.collections.iter().zip(&workspace.links) {
        if workspace.is_in_unknown_namespace(&collection.origin) {
            continue;
        }
        for (reference, link) in collection.source.references.iter().zip(links) {
            let Link::None(Unlinked::UnknownName { elsewhere: Some(there), .. }) = link else { continue };
            let (kind, there) = match collection.source.kind {
                SourceKind::Collection => ("collection", &workspace.collections[*there].origin),
                _ => ("bucket", &workspace.buckets[*there].origin),
            };
            let (Some(own), Some(other)) = (&collection.origin.namespace, &there.namespace) else { continue };
            let wanted = &reference.value;
            let message = format!(
                "The {kind} `{wanted}` is in namespace `{}`; this collection is in `{}`, and its sources are looked up there.",
                other.value, own.value
            );
            let finding = report.add(reference.span, format!("not in `{}`", own.value), message);
            // Only a manifest has to declare all that it names; a body may name what exists in the service.
            if collection.origin.form != Form::Manifest {
                finding.at_most(Severity::Warning);
            }
            finding
                .related(own.span, "the namespace of this collection")
                .related(there.place(), format!("`{wanted}` is in `{}`", other.value));
            finding.help(match kind {
                "bucket" => format!(
                    "Move one of them, or read the bucket across with `\"source_namespace_id\"`: the id of `{}`.",
                    other.value
                ),
                _ => "Move one of them: only buckets can be read across namespaces.".to_owned(),
            });
        }
    }
}
