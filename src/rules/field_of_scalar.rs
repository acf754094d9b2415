//! Paths that go on below a value which has no fields.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::Severity;
use crate::resolve::Resolution;
use crate::workspace::{Facts, Lookup};

pub(super) static RULE: Rule = Rule {
    name: "field-of-scalar",
    severity: Severity::Error,
    group: Group::Mappings,
    summary: "a path asks for a field of something that has none, such as a string",
    docs: include_str!("../../docs/rules/field-of-scalar.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in facts.failing_uses() {
        let Lookup::Resolved { guess, resolution: Resolution::NotAnObject { at, parent }, .. } = &used.lookup else {
            continue;
        };
        let path = used.field_path();
        let above = path.between(0, *at);
        let what = parent.describe();
        let rest = path.range(*at).start..path.range(path.len() - 1).end;
        let place = facts.workspace.sources.part(used.path(), rest);
        let finding = report.add(
            place,
            format!("`{above}` is {what}"),
            format!("{}: `{above}` is {what} and has no fields.", words::missing(path.text)),
        );
        if let Some(span) = parent.span {
            finding.related(span, "declared here");
        }
        finding.help(format!("Write `{above}` to read the whole value."));
        finding.fix(rewrite::perhaps_path(&facts.workspace.sources, used.path(), above));
        words::soften(finding, facts, used, guess.as_deref());
    }
}
