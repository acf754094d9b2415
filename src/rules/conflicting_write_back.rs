//! Enrichments that write into fields which are already there.

use std::collections::HashMap;

use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Collection, Field, Form, Value, reserved_output};
use crate::diagnostic::Severity;
use crate::path::is_template;
use crate::text::Span;
use crate::workspace::{CollectionId, Facts};

pub(super) static RULE: Rule = Rule {
    name: "conflicting-write-back",
    severity: Severity::Warning,
    group: Group::Output,
    summary: "an enrichment writes into a field that something else writes",
    docs: include_str!("../../docs/rules/conflicting-write-back.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    check_clusters(facts, report);
    for (number, collection) in facts.workspace.collections.iter().enumerate() {
        if collection.origin.form == Form::Answer {
            continue;
        }
        let mut firsts: HashMap<&str, Span> = HashMap::new();
        for target in collection.applications.iter().flat_map(|application| &application.writes).map(|written| &written.target) {
            let name = target.value.as_str();
            if is_template(name) {
                continue;
            }
            if let Some(kind) = reserved_output(name) {
                let message = format!("{}.", words::reserved_name(name, kind));
                report.add(target.span, "a name of the service's own", message).help("Choose another `target_field`.");
            }
            if let Some(first) = firsts.get(name) {
                let message = format!("`{name}` is written back twice: which of the two values stays is not said.");
                report
                    .add(target.span, "written again", message)
                    .related(*first, "written here too")
                    .help("Choose another `target_field`.");
                continue;
            }
            firsts.insert(name, target.span);
            let Some(field) = facts.workspace.outputs.get(&number).and_then(|output| output.fields.get(name)) else { continue };
            let (span, by) = match field.span {
                Some(span) => (Some(span), "is a field of the source that is passed on".to_owned()),
                None => match writer(facts, collection, field) {
                    Some((span, name)) => (span, format!("is written by `{name}`")),
                    None => continue,
                },
            };
            let message = format!("`{name}` {by}, and this writes over it.");
            let finding = report.add(target.span, "is a field already", message);
            if let Some(span) = span {
                finding.related(span, format!("`{name}` is from here"));
            }
            finding.help("Choose another `target_field`.");
        }
    }
}

/// What clusterings write into the documents that they group.
fn check_clusters(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for cluster in workspace.clusters.iter().filter(|cluster| cluster.origin.form != Form::Answer) {
        let mappings = cluster.part("source_enrichment_config", "field_mappings").map(Value::items).unwrap_or_default();
        let scope = workspace.scope(cluster.origin.form, &cluster.collections);
        for target in mappings.iter().filter_map(|entry| entry.get("target_field")) {
            let Some(name) = target.as_str().filter(|name| !is_template(name)) else { continue };
            let has_it = |id: &&CollectionId| {
                let written = workspace.enriched.get(*id).map(|enriched| &enriched.own).or_else(|| workspace.outputs.get(*id));
                written.and_then(|own| own.fields.get(name)).is_some_and(|field| field.span.is_some())
            };
            if let Some(id) = scope.collections.iter().find(has_it) {
                let origin = &workspace.collections[*id].origin;
                let message =
                    format!("`{name}` is a field of the documents of `{}` already, and this writes over it.", origin.name());
                report
                    .add(target.span, "is a field already", message)
                    .related(origin.place(), "the collection")
                    .help("Choose another `target_field`.");
            }
        }
    }
}

/// The extractor that surely writes a field, and where it is named.
fn writer<'w>(facts: &Facts<'w>, collection: &'w Collection, field: &Field) -> Option<(Option<Span>, &'w str)> {
    collection.extractors.iter().find_map(|used| {
        let extractor = facts.workspace.catalogue.of(used)?;
        let output = extractor.outputs.iter().find(|output| output.field.name == field.name)?;
        output.is_always_written.then(|| (used.name.as_ref().map(|name| name.span), extractor.name.as_str()))
    })
}
