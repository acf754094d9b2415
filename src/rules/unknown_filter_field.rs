//! Filters on fields that are not there.

use super::words::{Nothing, report_nothing};
use super::{Report, Rule};
use crate::definitions::Data;
use crate::diagnostic::Severity;
use crate::workspace::{Facts, readable_path};

pub(super) static RULE: Rule = Rule {
    name: "unknown-filter-field",
    severity: Severity::Warning,
    summary: "a filter names a field that what it is applied to does not have",
    docs: include_str!("../../docs/rules/unknown-filter-field.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in &facts.filters {
        for condition in &used.filter.conditions {
            let Some(parts) = readable_path(&condition.field.value) else { continue };
            let operator = condition.operator.as_ref().map_or("eq", |operator| &operator.value);
            let consequence = match (operator, &condition.value.data) {
                // Something that is nowhere is not equal to anything.
                ("ne" | "nin", _) | ("exists", Data::Bool(false)) => ", so this condition changes nothing.",
                ("exists", Data::Bool(true)) => ", so this condition never holds.",
                ("exists" | "is_null", _) => ", so this condition has nothing to look at.",
                _ => ", so this condition never holds.",
            };
            report_nothing(facts, report, &Nothing { path: &condition.field, parts: &parts, reads: &used.reads, consequence });
        }
    }
}
