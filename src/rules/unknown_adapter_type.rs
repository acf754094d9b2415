//! Source adapters whose type is a slip of another.

use super::words::rewrite;
use super::{Check, Group, Report, Rule};
use crate::definitions::Form;
use crate::diagnostic::Severity;
use crate::suggest;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unknown-adapter-type",
    severity: Severity::Warning,
    group: Group::Schema,
    summary: "the type of a source adapter is misspelt",
    docs: include_str!("../../docs/rules/unknown-adapter-type.md"),
    check: Check::All(check),
};

/// The types that are documented. That there are no others is not said, so only a slip of one of them is reported.
const TYPES: [&str; 5] = ["mux", "iconik", "generic_webhook", "collection", "bucket"];

fn check(facts: &Facts<'_>, report: &mut Report) {
    let written = facts.workspace.buckets.iter().filter(|bucket| bucket.origin.form != Form::Answer);
    for kind in written.filter_map(|bucket| bucket.source_adapter.as_ref()?.kind.as_ref()) {
        let near = suggest::nearest(&kind.value, TYPES).filter(|_| !TYPES.contains(&kind.value.as_str()));
        if let Some(near) = near {
            let message = format!("No type of source adapter is named `{}`.", kind.value);
            let fix = rewrite::slip(&facts.workspace.sources, kind.span, (kind.value.as_str(), near), TYPES);
            report.add(kind.span, "no such type", message).help(format!("Did you mean `{near}`?")).fix(fix);
        }
    }
}
