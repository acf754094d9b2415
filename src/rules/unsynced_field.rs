//! Collections that read a file which the sync of their bucket never fills.

use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::Severity;
use crate::resolve::Resolution;
use crate::workspace::{Facts, Link, Lookup};

pub(super) static RULE: Rule = Rule {
    name: "unsynced-field",
    severity: Severity::Warning,
    group: Group::Schema,
    summary: "a collection reads a file field that the sync of its bucket does not fill",
    docs: include_str!("../../docs/rules/unsynced-field.md"),
    check: Check::All(check),
};

/// Where a sync without a `schema_mapping` puts its files.
const SYNCED: &str = "content";

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    if workspace.buckets.iter().all(|bucket| bucket.sync.is_none()) {
        return;
    }
    for used in facts.uses.iter().filter(|used| !used.is_passthrough()) {
        let Lookup::Resolved { guess, resolution: Resolution::Field(field), .. } = &used.lookup else { continue };
        let [Link::Bucket(bucket, _)] = workspace.links[used.collection][..] else { continue };
        let bucket = &workspace.buckets[bucket];
        let Some(sync) = bucket.sync.as_ref().filter(|sync| sync.targets.is_none()) else { continue };
        // What else fills the bucket may well fill the field; and where a file goes when there is no such field is not published.
        let synced = bucket.schema.as_ref().and_then(|schema| schema.fields.get(SYNCED));
        let takes_files = synced.is_some_and(|synced| synced.kind.is_file());
        if bucket.source_adapter.is_some() || !takes_files || !field.kind.is_file() || field.name == SYNCED {
            continue;
        }
        let message = format!(
            "`{}` reads `{}`, but the sync of `{}` puts every file into `{SYNCED}`.",
            workspace.collections[used.collection].origin.name(),
            used.path().value,
            bucket.origin.name(),
        );
        let finding = report.add(used.path().span, "no synced object has it", message);
        finding.related(sync.key, "this sync has no `schema_mapping`");
        if let Some(span) = field.span {
            finding.related(span, "declared here");
        }
        finding.help(format!("Give the sync a `schema_mapping` that fills `{}`, or read `{SYNCED}`.", field.name));
        words::soften(finding, facts, used, guess.as_deref());
    }
}
