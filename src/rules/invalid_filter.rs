//! Filters that are not written in the grammar of filters.

use super::words::rewrite;
use super::{Check, Group, Report, Rule};
use crate::definitions::{Fault, FaultKind};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "invalid-filter",
    severity: Severity::Error,
    group: Group::Filters,
    summary: "a filter is not written as filters are, and matches nothing or everything",
    docs: include_str!("../../docs/rules/invalid-filter.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for fault in facts.filters.iter().flat_map(|used| &used.filter.faults) {
        let Fault { place, kind } = fault;
        let word = &place.value;
        let (label, message, help) = match kind {
            FaultKind::OutsideFilters => (
                "not below `filters`",
                format!("`{word}` stands beside `filters` or in its place, where it is dropped: nothing is filtered by it."),
                format!("Put it into an object under `filters`: `\"source_filters\": {{ \"filters\": {{ \"{word}\": … }} }}`."),
            ),
            FaultKind::Wrapped => (
                "taken for a field",
                "`filters` is taken for the name of a field here, so the filter matches nothing.".to_owned(),
                "Remove this level: the filter itself stands here.".to_owned(),
            ),
            FaultKind::Joiner(Some(meant)) => (
                "taken for a field",
                format!("`{word}` is taken for the name of a field, so the filter matches nothing."),
                format!("Write `{meant}`: conditions are joined by `AND`, `OR` and `NOT`."),
            ),
            FaultKind::Joiner(None) => (
                "taken for a field",
                format!("`{word}` is taken for the name of a field, so the filter matches nothing."),
                "Conditions are joined by `AND`, `OR` and `NOT`: write `NOT` with an `OR` in it.".to_owned(),
            ),
            FaultKind::NotAList => (
                "needs a list",
                format!("`{word}` needs a list of conditions."),
                format!("Put them into a list, also when there is one only: `\"{word}\": [ … ]`."),
            ),
            FaultKind::NoObject(found) => (
                "no condition",
                format!("A condition is an object, and this is {found}."),
                "Write `{ \"field\": …, \"operator\": …, \"value\": … }`.".to_owned(),
            ),
            FaultKind::Key("operator") => (
                "no key of a condition",
                format!("A condition has no key `{word}`: it is dropped, and the field is compared by `eq`."),
                "Write `operator`.".to_owned(),
            ),
            FaultKind::Key(meant) => (
                "no key of a condition",
                format!("A condition has no key `{word}`, so its keys are taken for names of fields, and it matches nothing."),
                format!("Write `{meant}`."),
            ),
            FaultKind::Missing(key) => (
                "incomplete",
                format!("This condition has no `{key}`, so its keys are taken for names of fields, and it matches nothing."),
                match *key {
                    "value" => "Give it a `value`; `exists` and `is_null` take `true` or `false`.".to_owned(),
                    _ => format!("Give it a `{key}`."),
                },
            ),
            FaultKind::Operator(meant) => (
                "no such operator",
                format!(
                    "There is no operator `{word}`, so the keys of this condition are taken for names of fields, and it matches nothing."
                ),
                meant.map_or_else(String::new, |meant| format!("Did you mean `{meant}`?")),
            ),
            FaultKind::OperatorAsKey(meant) => (
                "no operator here",
                format!("`{word}` is no operator here: the field is compared with this object as a whole, and matches nothing."),
                match meant {
                    Some(meant) => format!("Write `{{ \"field\": …, \"operator\": \"{meant}\", \"value\": … }}`."),
                    None => "Write `{ \"field\": …, \"operator\": …, \"value\": … }`.".to_owned(),
                },
            ),
        };
        let fix = match kind {
            FaultKind::Joiner(Some(meant)) => rewrite::surely(&facts.workspace.sources, place.span, meant),
            FaultKind::Key(meant) => rewrite::perhaps_path(&facts.workspace.sources, place, meant),
            FaultKind::Operator(Some(meant)) if meant.eq_ignore_ascii_case(word) => {
                rewrite::surely(&facts.workspace.sources, place.span, meant)
            }
            FaultKind::Operator(Some(meant)) => rewrite::perhaps_path(&facts.workspace.sources, place, meant),
            _ => None,
        };
        report.add(place.span, label, message).help(help).fix(fix);
    }
}
