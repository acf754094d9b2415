//! Stages of one retriever that have the same name.

use std::collections::HashMap;

use super::{Check, Group, Report, Rule};
use crate::definitions::Form;
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-stage-name",
    severity: Severity::Warning,
    group: Group::Retrieval,
    summary: "two stages of a retriever have the same name",
    docs: include_str!("../../docs/rules/duplicate-stage-name.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for retriever in facts.workspace.retrievers.iter().filter(|retriever| retriever.origin.form != Form::Answer) {
        let mut firsts = HashMap::new();
        for name in retriever.stages.iter().filter_map(|stage| stage.name.as_ref()) {
            let first = *firsts.entry(name.value.as_str()).or_insert(name.span);
            if first != name.span {
                let message = format!("`{}` has two stages with the name `{}`.", retriever.origin.name(), name.value);
                let finding = report.add(name.span, "again", message);
                finding
                    .related(first, "the first one")
                    .help("Give it a name of its own: what refers to a stage does so by name.");
            }
        }
    }
}
