//! Sources of one collection whose schemas do not fit together.

use std::collections::HashSet;

use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Collection, Fields, Form, SourceKind};
use crate::diagnostic::Severity;
use crate::workspace::{Difference, Facts, Link, Workspace, differences, origin};

pub(super) static RULE: Rule = Rule {
    name: "incompatible-sources",
    severity: Severity::Error,
    group: Group::Links,
    summary: "a collection reads several sources whose schemas do not fit together",
    docs: include_str!("../../docs/rules/incompatible-sources.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for (collection, links) in workspace.collections.iter().zip(&workspace.links) {
        // With a `field_map` the schemas may differ; and what an answer tells of, the service has taken.
        if links.len() < 2 || collection.source.field_map_span.is_some() || collection.origin.form == Form::Answer {
            continue;
        }
        let mut known = links.iter().enumerate().filter_map(|(at, link)| Some((at, link, fields(workspace, link)?)));
        let Some((_, first_link, first)) = known.next() else { continue };
        let mut seen = HashSet::from([std::ptr::from_ref(first)]);
        for (at, link, other) in known.filter(|(_, _, fields)| seen.insert(std::ptr::from_ref(*fields))) {
            let mut found = differences(first, other);
            if collection.source.kind == SourceKind::Collection {
                found.retain(|difference| difference.is_contradiction() && is_declared(difference));
            }
            if !found.is_empty() {
                let names = [name(workspace, first_link), name(workspace, link)];
                add(report, collection, at, &found, &names);
            }
        }
    }
}

fn add(report: &mut Report, collection: &Collection, at: usize, found: &[Difference<'_>], [first, second]: &[String; 2]) {
    let Some(reference) = collection.source.references.get(at) else { return };
    let is_bucket = collection.source.kind == SourceKind::Bucket;
    let kind = if is_bucket { "buckets" } else { "collections" };
    let how = words::differing(found, first, second);
    let message = format!("The {kind} {first} and {second} cannot be read by one collection: {how}.");
    let finding = report.add(reference.span, format!("differs from {first}"), message);
    words::show_differing(finding, found, first, second);
    if is_bucket {
        finding.help(
            "Without a `field_map`, all buckets of a collection need the same fields, of the same types, with the same `required`. \
             Make them alike, or say in a `field_map` which fields each one gives.",
        );
    } else {
        // Of collections it is only published that their schemas must be compatible.
        finding.at_most(Severity::Warning);
        finding.help("Give the field one type, or say in a `field_map` which fields each collection gives.");
    }
}

/// The fields of a source, when enough is known to compare them.
fn fields<'w>(workspace: &'w Workspace, link: &Link) -> Option<&'w Fields> {
    match link {
        Link::Bucket(bucket, by) if !by.is_guess() => {
            let schema = workspace.buckets[*bucket].schema.as_ref()?;
            (!schema.is_open && !schema.is_damaged).then_some(&schema.fields)
        }
        Link::Collection(upstream, _) => workspace.outputs.get(upstream).map(|output| &*output.fields),
        Link::Bucket(..) | Link::None(_) => None,
    }
}

/// What an extractor writes is catalogued, and not declared here.
fn is_declared(difference: &Difference<'_>) -> bool {
    matches!(difference, Difference::Type(one, other) if one.declaration.is_some() && other.declaration.is_some())
}

fn name(workspace: &Workspace, link: &Link) -> String {
    format!("`{}`", origin(workspace, link).map_or("", |origin| origin.name()))
}
