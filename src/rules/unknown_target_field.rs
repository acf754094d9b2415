//! Source adapters and syncs that write fields which the bucket schema does not have.

use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::Severity;
use crate::resolve::Resolution;
use crate::workspace::{Facts, NamedBy};

pub(super) static RULE: Rule = Rule {
    name: "unknown-target-field",
    severity: Severity::Error,
    group: Group::Output,
    summary: "a source adapter or a sync writes a field that the bucket schema does not have",
    docs: include_str!("../../docs/rules/unknown-target-field.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for named in facts.workspace.named_fields() {
        let writer = match named.by {
            NamedBy::UniqueKey => continue,
            NamedBy::Adapter(_) => "source adapter",
            NamedBy::Sync(_) | NamedBy::BlobProperty(_) => "sync",
        };
        let is_missing =
            matches!(named.resolution, Resolution::Missing { .. } | Resolution::NotAnObject { .. } | Resolution::Prefixed { .. });
        if is_missing {
            let message =
                format!("The {writer} writes {}, which the bucket schema does not have.", words::name(&named.name.value));
            let finding = report.add(named.name.span, "no such field", message);
            words::not_in_schema(finding, facts.workspace, &named);
        }
    }
}
