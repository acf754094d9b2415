//! Ranges of the service's own timestamps in `pre_filters`, which match nothing.

use super::{Check, Group, Report, Rule};
use crate::definitions::Filter;
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unreliable-range-filter",
    severity: Severity::Warning,
    group: Group::Filters,
    summary: "`pre_filters` compare a timestamp of the service by a range, which may match nothing",
    docs: include_str!("../../docs/rules/unreliable-range-filter.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in facts.pipelines.iter().flat_map(|pipeline| &pipeline.stages) {
        let filter = used.stage.pre_filters.as_ref().map(Filter::read).unwrap_or_default();
        for condition in &filter.conditions {
            let name = condition.field.value.trim_start_matches("_internal.");
            let Some(operator) =
                condition.operator.as_ref().filter(|one| matches!(one.value.as_str(), "gt" | "gte" | "lt" | "lte"))
            else {
                continue;
            };
            let is_own = used.reads.schemas.iter().any(|(schema, _)| schema.fields.get(name).is_some());
            if matches!(name, "created_at" | "updated_at") && !is_own {
                let message = format!(
                    "A range over `{}` in `pre_filters` matches nothing in the vector store, and nothing says so.",
                    condition.field.value
                );
                report
                    .add(operator.span, "matches nothing", message)
                    .help("Compare it in an `attribute_filter` after the search, or pass a date of your own on.");
            }
        }
    }
}
