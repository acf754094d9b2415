//! Filters on fields that are not there.

use super::words::{read_by_filters, report_nothing};
use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unknown-filter-field",
    severity: Severity::Warning,
    group: Group::Filters,
    summary: "a filter names a field that what it is applied to does not have",
    docs: include_str!("../../docs/rules/unknown-filter-field.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for read in read_by_filters(facts).filter(|read| read.lost(facts).is_none()) {
        report_nothing(facts, report, &read);
    }
}
