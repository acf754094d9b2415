//! Buckets that nothing reads.

use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unused-bucket",
    severity: Severity::Warning,
    group: Group::Manifest,
    summary: "a manifest declares a bucket that no collection reads",
    docs: include_str!("../../docs/rules/unused-bucket.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for id in facts.workspace.unused_buckets() {
        let origin = &facts.workspace.buckets[id].origin;
        let message = format!("No collection reads the bucket `{}`: what is put there is never processed.", origin.name());
        report.add(origin.place(), "nothing reads it", message).help("Name it in the `source` of a collection, or remove it.");
    }
}
