//! Inputs of retrievers that no stage uses.

use std::collections::{HashMap, HashSet};

use super::{Check, Group, Report, Rule};
use crate::definitions::Form;
use crate::diagnostic::Severity;
use crate::suggest::nearest;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unused-input",
    severity: Severity::Info,
    group: Group::Retrieval,
    summary: "a retriever declares an input that none of its stages uses",
    docs: include_str!("../../docs/rules/unused-input.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    // What is used and not declared has a finding of its own, and may be meant to be one of these.
    let mut slips: HashMap<usize, Vec<&str>> = HashMap::new();
    facts.undeclared_inputs().for_each(|(variable, _)| slips.entry(variable.retriever).or_default().push(variable.name()));
    let written = facts.workspace.retrievers.iter().enumerate().filter(|(_, retriever)| retriever.origin.form != Form::Answer);
    for (number, retriever) in written {
        // What could not be read may use it.
        let Some(schema) = retriever.input_schema.as_ref().filter(|_| !facts.workspace.is_broken(retriever.origin.span.file))
        else {
            continue;
        };
        let used = facts.workspace.used_inputs(retriever);
        let names = || schema.inputs.iter().map(|input| input.name.value.as_str());
        let meant: HashSet<&str> = slips.get(&number).into_iter().flatten().filter_map(|slip| nearest(slip, names())).collect();
        let is_used = |name: &str| used.contains(name) || meant.contains(name);
        for input in schema.inputs.iter().filter(|input| !is_used(&input.name.value)) {
            let name = &input.name.value;
            let message = format!("No stage of `{}` uses the input `{name}`: it changes nothing.", retriever.origin.name());
            let finding = report.add(input.name.span, "not used", message);
            finding.help(format!("Use it as `{{{{INPUT.{name}}}}}`, or take it out."));
        }
    }
}
