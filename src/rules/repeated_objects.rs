//! Collections that run on a schedule over objects which nothing tells apart.

use super::{Check, Group, Report, Rule};
use crate::definitions::Form;
use crate::diagnostic::Severity;
use crate::workspace::{Facts, Link};

pub(super) static RULE: Rule = Rule {
    name: "repeated-objects",
    severity: Severity::Warning,
    group: Group::Data,
    summary: "a collection runs on a schedule over a bucket without a unique key",
    docs: include_str!("../../docs/rules/repeated-objects.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for (number, collection) in workspace.collections.iter().enumerate() {
        let Some(schedule) = collection.schedule.filter(|_| collection.origin.form != Form::Answer) else { continue };
        let buckets = workspace.links[number].iter().filter_map(|link| match link {
            Link::Bucket(id, by) if !by.is_guess() => Some(&workspace.buckets[*id]),
            _ => None,
        });
        let mut without =
            buckets.filter(|bucket| bucket.unique_key.is_none() && bucket.origin.form != Form::Answer && !bucket.is_change);
        if let Some(bucket) = without.next() {
            let message = format!(
                "`{}` runs again and again over `{}`, which has no unique key: what was there before comes a second time.",
                collection.origin.name(),
                bucket.origin.name()
            );
            report
                .add(schedule, "runs again", message)
                .related(bucket.origin.place(), "it has no `unique_key`")
                .help("Give the bucket a `unique_key` with `default_policy: upsert`.");
        }
    }
}
