//! Inputs of retrievers that are wrapped in `properties`.

use super::{Check, Group, Report, Rule};
use crate::definitions::Form;
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "wrapped-input-schema",
    severity: Severity::Info,
    group: Group::Shape,
    summary: "the inputs of a retriever stand below `properties`, as in JSON Schema",
    docs: include_str!("../../docs/rules/wrapped-input-schema.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for retriever in facts.workspace.retrievers.iter().filter(|retriever| retriever.origin.form != Form::Answer) {
        let Some(wrapper) = retriever.input_schema.as_ref().and_then(|schema| schema.wrapper) else { continue };
        let message = "The inputs stand below `properties`, as in JSON Schema: the published model of a retriever has them right below \
                       `input_schema`, and takes `properties` for the name of an input.";
        report.add(wrapper, "one level too many", message).help("Take this level out. They are checked as if it were not there.");
    }
}
