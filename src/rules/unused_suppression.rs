//! Suppressions that suppress nothing.

use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unused-suppression",
    severity: Severity::Warning,
    group: Group::Housekeeping,
    summary: "a suppression that suppresses nothing, has expired, or is misspelt",
    docs: include_str!("../../docs/rules/unused-suppression.md"),
    check: Check::All(check),
};

/// What suppressions suppress is known when all rules have been applied, so `policy` reports these.
fn check(_: &Facts<'_>, _: &mut Report) {}
