//! Passthrough entries that name a field which is not in the source schema.

use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::Severity;
use crate::workspace::{Facts, Site};

pub(super) static RULE: Rule = Rule {
    name: "unknown-passthrough-field",
    severity: Severity::Warning,
    group: Group::Output,
    summary: "a passthrough entry names a field that its source does not have",
    docs: include_str!("../../docs/rules/unknown-passthrough-field.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in facts.failing_uses().filter(|used| used.is_passthrough()) {
        let has_default = matches!(used.site, Site::Passthrough(entry) | Site::FieldMap(entry, _) if entry.default.is_some());
        let consequence = if has_default { ", so the default is always used." } else { ", so there is nothing to pass through." };
        words::report_missing(facts, report, used, consequence);
    }
}
