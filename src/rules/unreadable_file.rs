//! Files that could not be read.

use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::text::Span;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unreadable-file",
    severity: Severity::Warning,
    group: Group::Text,
    summary: "a file could not be read, so nothing in it was checked",
    docs: include_str!("../../docs/rules/unreadable-file.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for unreadable in &facts.workspace.unreadable {
        report
            .add(Span::new(unreadable.file, 0..0), "not read", format!("This file was not checked: {}.", unreadable.reason))
            .help("If it defines nothing, leave it out with a line in `.mixlintignore`.");
    }
}
