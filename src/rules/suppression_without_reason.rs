//! Suppressions that do not say why.

use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "suppression-without-reason",
    severity: Severity::Warning,
    group: Group::Housekeeping,
    summary: "a suppression that does not say why, where the configuration asks for reasons",
    docs: include_str!("../../docs/rules/suppression-without-reason.md"),
    check: Check::All(check),
};

/// Suppressions are no facts about definitions, so `policy` reports these.
fn check(_: &Facts<'_>, _: &mut Report) {}
