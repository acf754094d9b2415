//! Fields that a stage needs an index over, and that have none.

use std::collections::HashSet;

use super::{Check, Group, Report, Rule};
use crate::definitions::{Filter, Form, Namespace};
use crate::diagnostic::Severity;
use crate::path::is_template;
use crate::text::{ShortText, Spanned};
use crate::workspace::{Facts, Named, Readable, readable_path};

pub(super) static RULE: Rule = Rule {
    name: "unindexed-filter",
    severity: Severity::Warning,
    group: Group::Filters,
    summary: "a search filters or groups by a field without a payload index",
    docs: include_str!("../../docs/rules/unindexed-filter.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for pipeline in &facts.pipelines {
        let Some(namespace) = facts.workspace.namespace_of(&pipeline.retriever.origin) else { continue };
        // An answer may be older than an index, and the service may make indexes by itself.
        if namespace.origin.form == Form::Answer || namespace.makes_indexes {
            continue;
        }
        let indexed: HashSet<&str> = namespace.payload_indexes.iter().map(|index| index.field.value.as_str()).collect();
        for used in &pipeline.stages {
            let filter = used.stage.pre_filters.as_ref().map(Filter::read).unwrap_or_default();
            for condition in &filter.conditions {
                check_field(&condition.field, &used.reads, &indexed, namespace, None, report);
            }
            for field in used.fields.iter().filter(|field| field.needs_index) {
                check_field(&field.path, &used.reads, &indexed, namespace, Some(&field.parameter), report);
            }
        }
    }
}

/// A field that somebody passes on himself has no index unless he asks for one; extractors may bring theirs.
fn check_field(
    path: &Spanned<ShortText>,
    reads: &Readable<'_>,
    indexed: &HashSet<&str>,
    namespace: &Namespace,
    parameter: Option<&str>,
    report: &mut Report,
) {
    let Some(parts) = readable_path(&path.value) else { return };
    let Named::Field(field) = reads.look_up(&parts) else { return };
    if field.span.is_none() || is_template(&path.value) || indexed.contains(path.value.as_str()) {
        return;
    }
    let name = &path.value;
    let message = match parameter {
        Some(parameter) => {
            format!("`{parameter}` needs a keyword index over `{name}`, and `{}` has none.", namespace.origin.name())
        }
        None => format!(
            "`pre_filters` need an index over each field that they compare, and `{}` has none over `{name}`.",
            namespace.origin.name()
        ),
    };
    let kind = index_type(field.kind.name(), parameter.is_some());
    report
        .add(path.span, "no index", message)
        .related(namespace.origin.place(), "the namespace")
        .help(format!("Add `{{ field_name: {name}, type: {kind} }}` to its `payload_indexes`."));
}

/// The type of index that fits a field.
fn index_type(kind: &str, must_be_keyword: bool) -> &'static str {
    match kind {
        _ if must_be_keyword => "keyword",
        "integer" => "integer",
        "number" | "float" => "float",
        "boolean" => "bool",
        "date" | "datetime" => "datetime",
        _ => "keyword",
    }
}
