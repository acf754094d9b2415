//! Sources of collections, and of source adapters, that are named and not defined.

use std::collections::{HashMap, HashSet};

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Form, Noun, Origin, SourceKind};
use crate::diagnostic::Severity;
use crate::workspace::{Facts, Link, Unlinked};

pub(super) static RULE: Rule = Rule {
    name: "unknown-source",
    severity: Severity::Error,
    group: Group::Links,
    summary: "a collection or a source adapter names a source that is not defined",
    docs: include_str!("../../docs/rules/unknown-source.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    let collections = workspace.collections.iter().zip(&workspace.links);
    let of_collections =
        collections.map(|(reader, links)| (&reader.origin, reader.source.kind, &reader.source.references[..], links));
    let buckets = workspace.buckets.iter().zip(&workspace.adapter_links);
    let of_adapters = buckets.filter_map(|(reader, links)| {
        let (kind, references) = reader.source_adapter.as_ref()?.reads()?;
        Some((&reader.origin, kind, references, links))
    });
    let mut unknown = Vec::new();
    for (reader, kind, references, links) in of_collections.chain(of_adapters) {
        for (reference, link) in references.iter().zip(links) {
            if let Link::None(Unlinked::UnknownName { near, elsewhere: None }) = link {
                unknown.push((reader, kind, reference, *near));
            }
        }
    }
    let wanted: HashSet<&str> = unknown.iter().map(|(_, _, reference, _)| reference.value.as_str()).collect();
    let mut first: HashMap<(&str, &str), &Origin> = HashMap::new();
    for (kind, origin) in workspace.origins().filter(|(_, origin)| wanted.contains(origin.name())) {
        first.entry((kind, origin.name())).or_insert(origin);
    }
    for (reader, wanted_kind, reference, near) in unknown {
        let (kind, other) = match wanted_kind {
            SourceKind::Collection => ("collection", "bucket"),
            _ => ("bucket", "collection"),
        };
        let origin = |number: usize| match wanted_kind {
            SourceKind::Collection => &workspace.collections[number].origin,
            _ => &workspace.buckets[number].origin,
        };
        let wanted = reference.value.as_str();
        let finding =
            report.add(reference.span, format!("no such {kind}"), format!("No {kind} in these files is named `{wanted}`."));
        // Only a manifest has to declare all that it names; a body may name what exists in the service.
        if reader.form != Form::Manifest {
            finding.at_most(Severity::Warning);
        }
        if let Some(origin) = first.get(&(other, wanted)) {
            finding
                .related(origin.place(), format!("this is a {other}"))
                .help(format!("A {other} of this name exists: is the type right?"));
        } else if let Some(near) = near.map(origin) {
            let case = if near.name().eq_ignore_ascii_case(wanted) { " Letter case counts." } else { "" };
            finding
                .related(near.place(), format!("the {kind} with the nearest name"))
                .help(format!("Did you mean `{}`?{case}", near.name()))
                .fix(rewrite::perhaps_path(&workspace.sources, reference, near.name()));
        }
        let kind = if wanted_kind == SourceKind::Collection { Noun::Collection } else { Noun::Bucket };
        words::unless_made_of_labels(finding, workspace, kind);
    }
}
