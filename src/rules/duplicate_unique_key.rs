//! Two objects of one file with the same unique key.

use super::words::objects;
use super::{Check, Group, Report, Rule};
use crate::definitions::{Bucket, Value};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-unique-key",
    severity: Severity::Error,
    group: Group::Data,
    summary: "two objects of one file have the same unique key",
    docs: include_str!("../../docs/rules/duplicate-unique-key.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for checked in &facts.objects {
        if let Some(first) = checked.same_key {
            let (object, bucket) = (&checked.object.value, checked.bucket);
            let finding = phrase(object, checked.object.origin.place(), bucket, "another object of this file", report);
            finding.related(first, "the other one");
            objects::soften(finding, checked);
        }
    }
}

/// Says that an object has the key of another one; `other` says which.
pub(super) fn phrase<'r>(
    object: &Value,
    start: Span,
    bucket: &Bucket,
    other: &str,
    report: &'r mut Report,
) -> &'r mut Diagnostic {
    let key = bucket.unique_key.as_ref();
    let names = || key.iter().flat_map(|key| &key.fields).map(|field| field.value.as_str());
    let said = |name: &str| object.get(name).map(|value| format!("`{name}` is {}", objects::shown(value)));
    let values: Vec<String> = names().filter_map(said).collect();
    let span = names().find_map(|name| object.get(name)).map_or(start, |value| value.span);
    let policy = key.and_then(|key| key.default_policy.as_ref()).map(|policy| policy.value.as_str());
    let outcome = match policy {
        Some("insert") => "The service refuses it.",
        Some("upsert") => "It replaces the first one.",
        Some("update") => "It changes the first one.",
        _ => "What becomes of it depends on the policy of the request.",
    };
    let which = if values.is_empty() { String::new() } else { format!(": {}", values.join(", and ")) };
    let finding =
        report.add(span, "the same key again", format!("This object has the same unique key as {other}{which}. {outcome}"));
    if policy != Some("insert") {
        finding.at_most(Severity::Warning);
    }
    if let Some(key) = key {
        finding.related(key.key, "objects are told apart by this key");
    }
    finding
}
