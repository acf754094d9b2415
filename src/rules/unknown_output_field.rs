//! Fields of documents that something reads, and that the documents do not have.

use super::words::{read_by_others, report_nothing};
use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unknown-output-field",
    severity: Severity::Warning,
    group: Group::Output,
    summary: "something reads a field of documents that they do not have",
    docs: include_str!("../../docs/rules/unknown-output-field.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for read in read_by_others(facts).filter(|read| read.lost(facts).is_none()) {
        report_nothing(facts, report, &read);
    }
}
