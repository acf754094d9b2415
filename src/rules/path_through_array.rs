//! Paths that go on below an array.

use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::Severity;
use crate::resolve::Resolution;
use crate::workspace::{Facts, Lookup};

pub(super) static RULE: Rule = Rule {
    name: "path-through-array",
    severity: Severity::Warning,
    group: Group::Mappings,
    summary: "a path goes on below an array, where it is not defined which item it takes",
    docs: include_str!("../../docs/rules/path-through-array.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in facts.failing_uses() {
        let Lookup::Resolved { guess, resolution: Resolution::ThroughArray { at, array }, .. } = &used.lookup else {
            continue;
        };
        let path = used.field_path();
        let above = path.between(0, at + 1);
        let place = facts.workspace.sources.part(used.path(), path.range(*at));
        let unclear = match path.is_index(at + 1) {
            true => "whether a path may pick an item is not published",
            false => "which of its items it reads is not defined",
        };
        let message = format!("The path '{}' goes through `{above}`, {}: {unclear}.", path.text, array.describe());
        let finding = report.add(place, "an array", message);
        if let Some(span) = array.span {
            finding.related(span, "declared here");
        }
        finding.help(format!("Write `{above}` if the input takes several values, or declare the field outside of the array."));
        words::soften(finding, facts, used, guess.as_deref());
    }
}
