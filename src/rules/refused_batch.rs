//! Batches of objects that the service does not take.

use std::collections::HashSet;

use super::words::objects;
use super::{Check, Group, Report, Rule};
use crate::definitions::Form;
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "refused-batch",
    severity: Severity::Error,
    group: Group::Data,
    summary: "a batch has too many objects, or its bucket takes none",
    docs: include_str!("../../docs/rules/refused-batch.md"),
    check: Check::All(check),
};

/// How many objects a batch may have.
const MOST: usize = 100;

fn check(facts: &Facts<'_>, report: &mut Report) {
    let mut seen = HashSet::new();
    for object in facts.workspace.objects.iter().filter(|object| object.origin.form != Form::Answer) {
        let Some(batch) = object.batch.filter(|batch| batch.size > MOST && seen.insert(batch.key)) else { continue };
        let message = format!("This batch has {} objects, and the service takes {MOST} at once.", batch.size);
        report.add(batch.key, format!("more than {MOST}"), message).help("Send it in several parts.");
    }
    let mut seen = HashSet::new();
    for checked in &facts.objects {
        let Some(batch) = checked.object.batch.filter(|batch| seen.insert(batch.key)) else { continue };
        let Some(key) = &checked.bucket.unique_key else { continue };
        let name = checked.bucket.origin.name();
        let finding = report.add(
            batch.key,
            "a batch",
            format!("Bucket `{name}` has a unique key, and the service refuses batches of objects for such a bucket."),
        );
        finding.related(key.key, "the unique key").help("Send the objects one by one.");
        objects::soften(finding, checked);
    }
}
