//! Input mappings that read a field which is not in the source schema.

use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unknown-source-field",
    severity: Severity::Error,
    group: Group::Mappings,
    summary: "an input mapping reads a field that its source does not have",
    docs: include_str!("../../docs/rules/unknown-source-field.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in facts.failing_uses().filter(|used| !used.is_passthrough()) {
        words::report_missing(facts, report, used, ".");
    }
}
