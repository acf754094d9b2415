//! Syncs that bring objects which nothing processes.

use super::{Check, Group, Report, Rule};
use crate::definitions::Form;
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unprocessed-sync",
    severity: Severity::Warning,
    group: Group::Schema,
    summary: "a sync brings objects, and is told not to have them processed",
    docs: include_str!("../../docs/rules/unprocessed-sync.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for bucket in facts.workspace.buckets.iter().filter(|bucket| bucket.origin.form != Form::Answer) {
        let Some(skips) = bucket.sync.as_ref().and_then(|sync| sync.skips_batches) else { continue };
        let message = format!(
            "The sync of `{}` brings objects and submits no batch of them: nothing of them is ever found.",
            bucket.origin.name()
        );
        report.add(skips, "never processed", message).help("Take it out, unless something else submits the batches.");
    }
}
