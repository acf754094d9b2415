//! Source adapters that do not say what they read.

use super::{Report, Rule};
use crate::definitions::Form;
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "incomplete-adapter",
    severity: Severity::Warning,
    summary: "a source adapter does not say what it reads",
    docs: include_str!("../../docs/rules/incomplete-adapter.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let written = facts.workspace.buckets.iter().filter(|bucket| bucket.origin.form != Form::Answer);
    for adapter in written.filter_map(|bucket| bucket.source_adapter.as_ref()) {
        let Some(kind) = &adapter.kind else { continue };
        let (reads, key) = match kind.value.as_str() {
            "collection" if adapter.source_collection.is_none() => ("a collection", "source_collection_id"),
            "bucket" if adapter.source_buckets.is_empty() => ("buckets", "source_bucket_ids"),
            _ => continue,
        };
        let message = format!("A source adapter of type `{}` reads {reads}, and this one does not say which.", kind.value);
        report.add(kind.span, "reads nothing", message).help(format!("Add `{key}` beside `adapter_type`."));
    }
}
