//! Inputs that are given to a retriever, and that it does not have.

use super::words::its_inputs;
use super::words::rewrite;
use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::path::is_template;
use crate::suggest;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unknown-retriever-input",
    severity: Severity::Warning,
    group: Group::Retrieval,
    summary: "something gives a retriever an input that it does not have",
    docs: include_str!("../../docs/rules/unknown-retriever-input.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for call in &facts.calls {
        let retriever = &facts.workspace.retrievers[call.retriever];
        let Some(schema) = retriever.input_schema.as_ref().filter(|schema| schema.is_complete) else { continue };
        let names: Vec<&str> = schema.inputs.iter().map(|input| input.name.value.as_str()).collect();
        for given in call.given.iter().filter(|given| !names.contains(&given.value.as_str()) && !is_template(&given.value)) {
            let message = format!("The retriever `{}` has no input `{}`.", retriever.origin.name(), given.value);
            let finding = report.add(given.span, "no such input", message);
            finding.related(schema.key, its_inputs(&names));
            match suggest::nearest(&given.value, names.iter().copied()) {
                Some(near) => {
                    let fix =
                        rewrite::slip(&facts.workspace.sources, given.span, (given.value.as_str(), near), names.iter().copied());
                    finding.help(format!("Did you mean `{near}`?")).fix(fix)
                }
                None => finding.help("Declare it in the `input_schema` of the retriever, or take it out."),
            };
        }
    }
}
