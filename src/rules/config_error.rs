//! Mistakes in the configuration.

use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "config-error",
    severity: Severity::Error,
    group: Group::Housekeeping,
    summary: "the configuration has a mistake in it, so nothing was checked",
    docs: include_str!("../../docs/rules/config-error.md"),
    check: Check::All(check),
};

/// A configuration is read before there are facts; with a mistake in it there never are any.
fn check(_: &Facts<'_>, _: &mut Report) {}
