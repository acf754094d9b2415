//! Retrievers whose templates use inputs, and that declare none.

use std::collections::BTreeMap;

use super::words::series_of_many;
use super::{Check, Group, Report, Rule};
use crate::definitions::{Braces, Root};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "missing-input-schema",
    severity: Severity::Warning,
    group: Group::Retrieval,
    summary: "the templates of a retriever use inputs, and it has no `input_schema`",
    docs: include_str!("../../docs/rules/missing-input-schema.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let mut used: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    let of_inputs = facts.variables.iter().filter(|one| one.part.root == Root::Input && one.part.braces == Braces::Double);
    for variable in of_inputs.filter(|variable| !variable.name().is_empty()) {
        let names = used.entry(variable.retriever).or_default();
        if !names.contains(&variable.name()) {
            names.push(variable.name());
        }
    }
    for (number, names) in used {
        let retriever = &facts.workspace.retrievers[number];
        if retriever.input_schema.is_some() {
            continue;
        }
        let origin = &retriever.origin;
        let inputs = if names.len() == 1 { "the input" } else { "the inputs" };
        let message =
            format!("`{}` uses {inputs} {} in its templates, and has no `input_schema`.", origin.name(), series_of_many(&names));
        let fields: Vec<String> = names.iter().map(|name| format!("{name}: {{ type: text, required: true }}")).collect();
        let finding = report.add(origin.place(), "no `input_schema`", message);
        finding.help(format!("Declare what it is asked: `input_schema: {{ {} }}`.", fields.join(", ")));
    }
}
