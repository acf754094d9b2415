//! What the service says of definitions, and no rule of ours does.

use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "service-finding",
    severity: Severity::Error,
    group: Group::Housekeeping,
    summary: "an answer of the service says it, and `mixlint locate` shows where",
    docs: include_str!("../../docs/rules/service-finding.md"),
    check: Check::All(check),
};

/// Answers of the service are read by `mixlint locate` alone.
fn check(_: &Facts<'_>, _: &mut Report) {}
