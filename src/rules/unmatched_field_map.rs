//! Entries of a `field_map` that belong to no source.

use super::{Report, Rule};
use crate::definitions::{Form, Source};
use crate::diagnostic::Severity;
use crate::path::is_placeholder;
use crate::suggest;
use crate::workspace::{CollectionId, Facts, Link, field_map_of, is_id};

pub(super) static RULE: Rule = Rule {
    name: "unmatched-field-map",
    severity: Severity::Warning,
    summary: "a `field_map` has an entry for something that is no source of its collection",
    docs: include_str!("../../docs/rules/unmatched-field-map.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for (number, collection) in workspace.collections.iter().enumerate() {
        let source = &collection.source;
        if source.references.is_empty() || collection.origin.form == Form::Answer {
            continue;
        }
        for map in &source.field_map {
            let key = map.source.value.as_str();
            let is_used = |at| field_map_of(workspace, number, at).is_some_and(|used| std::ptr::eq(used, map));
            let all = 0..source.references.len();
            if is_placeholder(key) || all.clone().any(|at| is_used(at) || may_be(facts, number, at, key)) {
                continue;
            }
            let message = format!("`{key}` is no source of this collection, so what `field_map` says of it has no effect.");
            let finding = report.add(map.source.span, "no source of this collection", message);
            if let Some(span) = source.references.first().map(|reference| reference.span) {
                finding.related(span, "the sources are named here");
            }
            finding.help(meant(source, key));
        }
    }
}

/// Whether a source may be meant after all: one that is filled in later, or a name for an id that the repository does not tell.
fn may_be(facts: &Facts<'_>, number: CollectionId, at: usize, key: &str) -> bool {
    let workspace = facts.workspace;
    let reference = &workspace.collections[number].source.references[at].value;
    let id = match workspace.links[number].get(at) {
        Some(Link::Bucket(bucket, _)) => &workspace.buckets[*bucket].origin.id,
        Some(Link::Collection(upstream, _)) => &workspace.collections[*upstream].origin.id,
        Some(Link::None(_)) | None => &None,
    };
    is_placeholder(reference) || (id.is_none() && is_id(key) != is_id(reference))
}

fn meant(source: &Source, key: &str) -> String {
    let names = || source.references.iter().map(|reference| reference.value.as_str());
    match suggest::nearest(key, names()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => {
            let names: Vec<String> = names().take(3).map(|name| format!("`{name}`")).collect();
            let more = if source.references.len() > names.len() { ", …" } else { "" };
            format!("Its sources are {}{more}: use one of these as the key.", names.join(", "))
        }
    }
}
