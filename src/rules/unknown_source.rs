//! Sources that are named and not defined.

use std::collections::HashMap;

use super::{Report, Rule};
use crate::definitions::{Form, SourceKind};
use crate::diagnostic::Severity;
use crate::text::Span;
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
    let places: HashMap<(&str, &str), Span> =
        workspace.origins().map(|(kind, origin)| ((kind, origin.name()), origin.place())).collect();
    for (collection, links) in workspace.collections.iter().zip(&workspace.links) {
        for (reference, link) in collection.source.references.iter().zip(links) {
            let Link::None(Unlinked::UnknownName(nearest)) = link else { continue };
            let (kind, other) = match collection.source.kind {
                SourceKind::Collection => ("collection", "bucket"),
                _ => ("bucket", "collection"),
            };
            let finding =
                report.add(reference.span, format!("no such {kind}"), format!("No {kind} is named `{}`.", reference.value));
            // Only a manifest has to declare all that it names; a body may name what exists in the service.
            if collection.origin.form != Form::Manifest {
                finding.at_most(Severity::Warning);
            }
            if let Some(place) = places.get(&(other, reference.value.as_str())) {
                finding
                    .related(*place, format!("this is a {other}"))
                    .help(format!("A {other} of this name exists: is `type` right?"));
            } else if let Some(nearest) = nearest {
                finding.help(format!("Did you mean `{nearest}`?"));
                if let Some(place) = places.get(&(kind, nearest.as_str())) {
                    finding.related(*place, format!("the {kind} with the nearest name"));
                }
            }
        }
    }
}
